import { units, written } from "./money.js";

// The cards of the board and of other lists of lots: prices, counts of bids and closing times as they change.
export function board() {
  if (!document.querySelector("[data-lot-card]")) return null;
  return (name, news) => {
    const card = document.querySelector(`[data-lot-card="${news.lot_id.replaceAll("-", "")}"]`);
    if (!card || news.version <= Number(card.dataset.version)) return;
    card.dataset.version = news.version;
    if (news.price) {
      const price = card.querySelector("[data-price]");
      price.textContent = price.dataset.form.replace("{0}", written(units(news.price)));
      price.classList.remove("moved");
      requestAnimationFrame(() => price.classList.add("moved"));
    }
    if (name === "bid" || name === "sealed-bid") {
      const bids = card.querySelector("[data-bids]");
      bids.textContent = Number(bids.textContent) + 1;
    }
    if (news.closes_at) card.querySelector("[data-until]")?.setAttribute("data-until", Date.parse(news.closes_at));
    const said = card.querySelector("[data-status]");
    if (said && said.dataset[name.replace("-", "")]) {
      said.textContent = said.dataset[name.replace("-", "")];
      said.hidden = false;
    }
  };
}
