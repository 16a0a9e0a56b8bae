import { grouped } from "./money.js";

// Countdowns by the server's clock. The page carries the server's time at which it was made; each beat of the connection corrects it.
export function clocks(madeAt) {
  let ahead = madeAt - Date.now();
  let sure = false;
  const drift = document.querySelector("[data-drift]");
  const now = () => Date.now() + ahead;

  const heard = time => {
    const next = Date.parse(time) - Date.now();
    // The first word after loading is nearer the truth than the page, which may have been long on its way.
    if (!sure || Math.abs(next - ahead) < 1000 || next > ahead) ahead = next;
    sure = true;
    if (!drift) return;
    const seconds = Math.round(-ahead / 1000);
    drift.hidden = Math.abs(seconds) < 2;
    drift.textContent = (seconds > 0 ? drift.dataset.fast : drift.dataset.slow).replace("{0}", grouped(Math.abs(seconds), 0));
  };

  const tick = () => {
    for (const element of document.querySelectorAll("[data-until]")) {
      const left = Math.max(0, Number(element.dataset.until) - now());
      const text = left === 0 ? element.dataset.over ?? "" : spell(left, element);
      if (element.textContent !== text) element.textContent = text;
      element.closest(".until")?.classList.toggle("soon", left < 3600000);
    }
    setTimeout(tick, 1000 - (now() % 1000));
  };

  const spell = (left, element) => {
    const seconds = Math.floor(left / 1000);
    const [days, hours, minutes] = [Math.floor(seconds / 86400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60];
    const two = n => String(n).padStart(2, "0");
    if (days > 0) return element.dataset.days.replace("{0}", days).replace("{1}", `${two(hours)}:${two(minutes)}`);
    return `${two(hours)}:${two(minutes)}:${two(seconds % 60)}`;
  };

  tick();
  return { now, heard };
}

// Kazakhstan's time, UTC+5 since March 2024; named so that browsers with older tables of zones know it too.
const english = document.documentElement.lang === "en";
const format = new Intl.DateTimeFormat("en-US", {
  timeZone: "Etc/GMT-5", year: "numeric", month: english ? "short" : "2-digit", day: english ? "numeric" : "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
});
const parts = ms => Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]));
const clock = ({ hour, minute, second }) => `${hour}:${minute}:${second}`;

/** A moment as the server writes it in full. */
export const moment = ms => {
  const at = parts(ms);
  return `${english ? `${at.day} ${at.month} ${at.year}` : `${at.day}.${at.month}.${at.year}`} ${clock(at)} (UTC+5)`;
};

/** A moment as the server writes it in a history. */
export const second = ms => {
  const at = parts(ms);
  return `${english ? `${at.day} ${at.month}` : `${at.day}.${at.month}`} ${clock(at)}`;
};
