// A lot's form: what is typed is kept as a draft, and photos are sent as they are chosen, each with a small copy for the lists.
export function draft() {
  const form = document.querySelector("form[data-lot-form]");
  if (!form) return;
  const save = form.dataset.draft ? keeper(form) : () => {};
  form.addEventListener("input", event => { if (event.target.type !== "file") save(); });
  photos(form, save);
}

const PAUSE = 800;

// Saves when typing pauses, and when the page is left before that.
function keeper(form) {
  const state = form.querySelector("[data-draft-state]");
  let timer, sending;
  form.addEventListener("submit", () => { clearTimeout(timer); timer = undefined; sending?.abort(); });
  const send = async keepalive => {
    timer = undefined;
    sending?.abort();
    const mine = sending = new AbortController();
    const body = new FormData(form);
    body.delete("photo");
    try {
      const answer = await fetch(form.dataset.draft, { method: "PUT", body, redirect: "error", signal: mine.signal, keepalive });
      state.textContent = answer.ok ? state.dataset.saved : state.dataset.failed;
    } catch {
      if (!mine.signal.aborted) state.textContent = state.dataset.failed;
    }
  };
  addEventListener("pagehide", () => { if (timer !== undefined) send(true); });
  return () => {
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE, false);
  };
}

function photos(form, save) {
  const chooser = form.querySelector("input[type=file][name=photo]");
  const state = form.querySelector("[data-photo-state]");
  const list = form.querySelector("[data-photos]");
  const empty = form.querySelector("template[data-photo]");
  chooser.addEventListener("change", async () => {
    const files = [...chooser.files];
    const failed = [];
    chooser.value = "";
    for (const [n, file] of files.entries()) {
      state.textContent = `${state.dataset.sending} ${n + 1}/${files.length}`;
      try {
        const answer = await send(form, file);
        if (!answer.ok) failed.push(`${file.name}: ${await why(answer) ?? state.dataset.failed}`);
        else add(await answer.json());
      } catch {
        failed.push(`${file.name}: ${state.dataset.failed}`);
      }
    }
    state.textContent = failed.join(" ");
    save();
  });

  const add = ({ photo, small }) => {
    if ([...list.querySelectorAll("input")].some(box => box.value === photo)) return;
    const item = empty.content.cloneNode(true);
    item.querySelector("img").src = `/photos/${small ?? photo}`;
    item.querySelector("input").value = photo;
    list.append(item);
  };
}

async function send(form, file) {
  const body = new FormData();
  const token = form.querySelector("input[name=form_token]");
  body.set(token.name, token.value);
  body.set("photo", file);
  const small = await smaller(file);
  if (small) body.set("small", small, "small.jpg");
  return fetch("/lots/photos", { method: "POST", body, redirect: "error" });
}

async function why(answer) {
  if (!answer.headers.get("content-type")?.includes("json")) return null;
  const problem = await answer.json();
  return problem.title;
}

const EDGE = 640;

// Upright, at most EDGE pixels; null where the browser can't make one.
async function smaller(file) {
  try {
    const image = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, EDGE / Math.max(image.width, image.height));
    const canvas = Object.assign(document.createElement("canvas"), { width: Math.round(image.width * scale), height: Math.round(image.height * scale) });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise(done => canvas.toBlob(done, "image/jpeg", 0.82));
    return blob && blob.size <= 200 * 1024 ? blob : null;
  } catch {
    return null;
  }
}
