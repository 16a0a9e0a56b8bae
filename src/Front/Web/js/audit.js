import { amount, step, units, written as shown } from "./money.js";

// Works the award out again from the public audit file, by the rule's text, in the visitor's own browser: nothing here asks the server what came out.
export async function audit() {
  const place = document.querySelector("[data-audit]");
  if (!place) return;
  const verdict = place.querySelector("[data-verdict]");
  try {
    const answer = await fetch(place.dataset.audit);
    if (!answer.ok) throw new Error(`${answer.status}`);
    const file = await answer.json();
    const own = recompute(file);
    const broken = await brokenCommitments(file);
    const same = ["bidder", "price", "amount", "by", "unsold"].every(field => (own[field] ?? null) === (file.outcome[field] ?? null));
    verdict.textContent = same && broken.length === 0 ? verdict.dataset.ok : verdict.dataset.not;
    verdict.className = `verdict ${same && broken.length === 0 ? "ok" : "not"}`;
    for (const field of ["bidder", "price", "amount"]) {
      const cell = place.querySelector(`[data-own=${field}]`);
      if (cell) cell.textContent = own[field] === undefined ? "—" : cell.dataset.form.replace("{0}", field === "bidder" ? own[field] : read(own[field]));
    }
    const sealed = place.querySelector("[data-commitments]");
    if (sealed && file.rule.startsWith("sealed")) {
      sealed.hidden = false;
      sealed.textContent = sealed.dataset[broken.length === 0 ? "ok" : "not"].replace("{0}", String(broken.length || file.bids.length));
    }
  } catch (error) {
    verdict.textContent = verdict.dataset.failed.replace("{0}", error.message);
    verdict.className = "verdict not";
  }
}

/** An amount of the file as the page writes amounts. */
const read = text => shown(units(text), text.endsWith("KZT") ? "₸" : text.slice(-3));

const written = (minor, currency) => `${minor / 100n}.${String(minor % 100n).padStart(2, "0")} ${currency}`;

export function recompute(file) {
  const currency = file.opening_price.slice(-3);
  const grams = BigInt(file.mass_kg.replace(".", ""));
  const won = (bidder, price, by) => ({ bidder, price: written(price, currency), amount: written(amount(price, grams), currency), by });
  const opening = units(file.opening_price);
  if (file.purchase) return file.rule === "fixed-price/1" ? won(file.purchase.bidder, opening, "fixed-price") : won(file.purchase.bidder, units(file.buy_now_price), "buy-now");
  if (file.rule === "fixed-price/1") return { unsold: "no-buyer" };
  if (file.bids.length === 0) return { unsold: "no-bids" };

  const reserve = file.reserve_price ? units(file.reserve_price) : null;
  if (file.rule === "sealed-first-price/1") {
    const best = file.bids.reduce((most, bid) => units(bid.maximum) > units(most.maximum) ? bid : most);
    return reserve !== null && units(best.maximum) < reserve ? { unsold: "reserve-not-met" } : won(best.bidder, units(best.maximum), "auction");
  }

  const ladder = file.step_ladder.bands.map(band => ({ upTo: band.up_to ? units(band.up_to) : null, step: units(band.step) }));
  const maxima = new Map();
  let leader = null;
  let price = opening;
  for (const bid of file.bids) {
    const maximum = units(bid.maximum);
    maxima.set(bid.bidder, maximum);
    const raisedOwn = leader === bid.bidder;
    // Of equal maxima the earlier leads, so only a higher one takes the lead.
    if (leader === null || maximum > maxima.get(leader)) leader = bid.bidder;
    const highest = maxima.get(leader);
    if (!raisedOwn && maxima.size > 1) {
      const second = [...maxima].filter(([bidder]) => bidder !== leader).reduce((most, [, other]) => other > most ? other : most, 0n);
      const climbed = second + step(second, ladder);
      const next = climbed < highest ? climbed : highest;
      if (next > price) price = next;
    }
    if (reserve !== null && highest >= reserve && price < reserve) price = reserve;
  }
  return reserve !== null && maxima.get(leader) < reserve ? { unsold: "reserve-not-met" } : won(leader, price, "auction");
}

async function brokenCommitments(file) {
  const broken = [];
  for (const bid of file.bids) {
    if (!bid.commitment) continue;
    const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${file.lot_id}|${bid.bidder}|${bid.maximum}|${bid.salt}`));
    const hex = [...new Uint8Array(hash)].map(byte => byte.toString(16).padStart(2, "0")).join("");
    if (hex !== bid.commitment) broken.push(bid.bidder);
  }
  return broken;
}
