import { grouped } from "./money.js";

// The landing page's figures: asked for again when lots have come or gone, at most every few seconds.
const EVERY = 3000;

export function totals() {
  const list = document.querySelector("[data-totals]");
  if (!list) return null;
  let waiting = false;
  const ask = async () => {
    waiting = false;
    const answer = await fetch("/api/v1/totals");
    if (!answer.ok) return;
    const figures = await answer.json();
    for (const place of list.querySelectorAll("[data-total]")) {
      const figure = parseFloat(figures[place.dataset.total]);
      const shown = (place.dataset.form ?? "{0}").replace("{0}", place.dataset.total.endsWith("_kg") ? grouped(figure / 1000, 2) : grouped(Math.floor(figure), 0));
      if (place.textContent !== shown) place.textContent = shown;
    }
  };
  return name => {
    if (waiting || name === "bid" || name === "sealed-bid") return;
    waiting = true;
    setTimeout(ask, EVERY);
  };
}
