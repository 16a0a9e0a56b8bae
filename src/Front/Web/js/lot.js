import { moment, second } from "./clock.js";
import { amount, step, units, written } from "./money.js";

const AGAIN = 3000;

// A lot's page: the price, the least bid, who leads, the history. What changes the page's shape (an end, a freeze) is fetched from the server as it would show it.
export function lot(time) {
  const page = document.querySelector("[data-lot]");
  if (!page) return null;
  const one = name => page.querySelector(`[data-${name}]`);
  const grams = BigInt(page.dataset.grams);
  const ladder = JSON.parse(page.dataset.ladder || "null")?.bands.map(band => ({ upTo: band.up_to ? units(band.up_to) : null, step: units(band.step) }));
  const perTonne = text => page.dataset.perTonne.replace("{0}", text);
  const say = text => { one("said").textContent = text; };
  const me = page.dataset.me ? Number(page.dataset.me) : null;

  let input;
  let whole;
  const tell = () => {
    const price = input.value ? units(input.value) : null;
    if (whole) whole.textContent = price ? whole.dataset.form.replace("{0}", written(amount(price, grams))) : "";
  };
  const bind = () => {
    [input, whole] = [page.querySelector("input[name=maximum]"), one("whole-maximum")];
    if (!input) return;
    input.dataset.untouched = "1";
    input.addEventListener("input", () => {
      input.removeAttribute("data-untouched");
      tell();
    });
    tell();
  };

  const bid = news => {
    const price = units(news.price);
    one("price").textContent = perTonne(written(price));
    one("whole").textContent = one("whole").dataset.form.replace("{0}", written(amount(price, grams)));
    one("price").classList.remove("moved");
    requestAnimationFrame(() => one("price").classList.add("moved"));
    const least = one("least");
    if (least && ladder && news.leader !== me) {
      const next = price + step(price, ladder);
      least.textContent = least.dataset.form.replace("{0}", perTonne(written(next)));
      if (input && input.dataset.untouched && document.activeElement !== input) {
        input.value = `${next / 100n}.${String(next % 100n).padStart(2, "0")}`;
        tell();
      }
    }
    const standing = one("standing");
    if (me && standing) {
      standing.textContent = news.leader === me ? standing.dataset.lead : standing.dataset.outbid;
      standing.className = `tag ${news.leader === me ? "good" : "bad"}`;
    }
    if (one("reserve") && news.reserve_met) one("reserve").textContent = one("reserve").dataset.met;
    say(page.dataset.saidBid.replace("{0}", perTonne(written(price))).replace("{1}", news.leader));
  };

  const row = (news, shown) => {
    const body = one("history");
    if (!body) return refresh();
    const line = document.createElement("tr");
    for (const text of [second(Date.parse(news.at)), page.dataset.bidder.replace("{0}", news.bidder), shown]) line.append(Object.assign(document.createElement("td"), { textContent: text }));
    line.lastChild.className = "number";
    line.className = "moved";
    body.prepend(line);
    while (body.children.length > 50) body.lastChild.remove();
    for (const count of page.querySelectorAll("[data-bids]")) count.textContent = Number(count.textContent.replace(/\D/g, "")) + 1;
  };

  // What the page shows holds all news up to this version of the lot: the page's own, then that of the last piece of news.
  let version = Number(page.dataset.version);
  let asked = 0;
  const refresh = async () => {
    const mine = ++asked;
    const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } }).catch(() => null);
    if (mine !== asked) return;
    if (!answer?.ok) return void setTimeout(() => { if (mine === asked) turn(); }, AGAIN);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-lot]");
    if (mine !== asked) return;
    version = Number(fresh.dataset.version);
    const typed = page.querySelector("input[name=maximum]")?.value;
    // The same place for what is said stays, or nobody would hear of it.
    fresh.querySelector("[data-said]").replaceWith(one("said"));
    page.replaceChildren(...fresh.childNodes);
    bind();
    if (input && typed) {
      input.value = typed;
      tell();
    }
  };
  const turn = async () => {
    await refresh();
    say(one("status").textContent);
  };

  bind();
  return (name, news) => {
    if (news.lot_id.replaceAll("-", "") !== page.dataset.lot || news.version <= version) return;
    version = news.version;
    if (name === "bid") {
      bid(news);
      row(news, perTonne(written(units(news.price))));
    } else if (name === "sealed-bid") {
      row(news, news.commitment);
      say(page.dataset.saidSealed);
    } else if (name === "changed") location.reload();
    else turn();
    if (news.closes_at && name === "bid") {
      page.querySelectorAll("[data-until]").forEach(until => { until.dataset.until = Date.parse(news.closes_at); });
      one("closes-at")?.replaceChildren(moment(Date.parse(news.closes_at)));
    }
  };
}
