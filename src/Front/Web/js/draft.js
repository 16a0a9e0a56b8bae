// A lot's form is kept as it is typed, and photos get a small copy for the lists before they are sent.
export function draft() {
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const state = form.querySelector("[data-draft-state]");
  let timer;
  const save = async () => {
    const fields = {};
    for (const [name, value] of new FormData(form)) if (typeof value === "string" && !["form_token", "command_id", "draft_id"].includes(name)) fields[name] = value;
    try {
      const body = new FormData();
      body.set("form_token", form.elements.form_token.value);
      for (const [name, value] of Object.entries(fields)) body.append(name, value);
      const answer = await fetch(form.dataset.draft, { method: "POST", body });
      state.textContent = answer.ok ? state.dataset.saved : state.dataset.failed;
    } catch {
      state.textContent = state.dataset.failed;
    }
  };
  form.addEventListener("input", event => {
    if (event.target.type === "file") return;
    clearTimeout(timer);
    timer = setTimeout(save, 800);
  });

  const photo = form.querySelector("input[type=file][name=photo]");
  const small = form.querySelector("input[type=file][name=small]");
  photo?.addEventListener("change", async () => {
    if (!small) return;
    const made = new DataTransfer();
    for (const file of photo.files) {
      const copy = await smaller(file);
      made.items.add(copy ?? new File([], "none"));
    }
    small.files = made.files;
  });
}

const EDGE = 640;

async function smaller(file) {
  try {
    const image = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, EDGE / Math.max(image.width, image.height));
    const canvas = Object.assign(document.createElement("canvas"), { width: Math.round(image.width * scale), height: Math.round(image.height * scale) });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise(done => canvas.toBlob(done, "image/jpeg", 0.82));
    return blob && blob.size <= 200 * 1024 ? new File([blob], "small.jpg", { type: "image/jpeg" }) : null;
  } catch {
    return null;
  }
}
