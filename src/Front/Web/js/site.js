import { follow } from "./live.js";
import { clocks } from "./clock.js";
import { lot } from "./lot.js";
import { board } from "./board.js";
import { totals } from "./totals.js";
import { draft } from "./draft.js";
import { audit } from "./audit.js";

// Pages work without this; it adds what moves. Each part looks for its own mark on the page.
const page = document.documentElement;
const time = clocks(Number(page.dataset.now));
const parts = [lot, board, totals].map(part => part(time)).filter(Boolean);
if (parts.length > 0) {
  follow(Number(page.dataset.position), document.querySelector("[data-live-state]"), {
    news: (name, news) => parts.forEach(part => part(name, news)),
    time: time.heard,
  });
}
draft();
audit();

const where = document.querySelector("[data-map]");
if (where) {
  const open = async () => {
    const { map } = await import(where.dataset.script);
    map(where);
  };
  if ("IntersectionObserver" in window) {
    const seen = new IntersectionObserver(entries => {
      if (!entries.some(entry => entry.isIntersecting)) return;
      seen.disconnect();
      open();
    });
    seen.observe(where);
  } else open();
}

// A form is sent once; the command id in it makes a second sending harmless, this makes it rare.
document.addEventListener("submit", event => {
  const button = event.target.querySelector("button[type=submit]");
  if (event.target.method !== "post" || !button) return;
  if (event.target.dataset.sent) return event.preventDefault();
  event.target.dataset.sent = "1";
  setTimeout(() => { delete event.target.dataset.sent; button.removeAttribute("aria-busy"); }, 5000);
  button.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(form => delete form.dataset.sent));
