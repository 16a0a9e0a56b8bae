// Amounts are whole minor units as BigInt: nothing is rounded but by rule.
export const units = text => {
  const [whole, part = ""] = text.replace(/[\s\u00a0\u202f]/g, "").replace(",", ".").replace(/[A-Z₸]+.*$/, "").split(".");
  return /^\d{1,15}$/.test(whole) && /^\d{0,2}$/.test(part) ? BigInt(whole) * 100n + BigInt(part.padEnd(2, "0") || "0") : null;
};

/** What a mass in grams costs at a price per tonne: rounded once, half away from zero. */
export const amount = (price, grams) => {
  const exact = price * grams;
  return (exact / 1000000n) + ((exact % 1000000n) * 2n >= 1000000n ? 1n : 0n);
};

export const step = (price, ladder) => ladder.find(band => band.upTo === null || price <= band.upTo).step;

// Kazakh writes numbers as Russian does, and not every browser has its rules.
const culture = document.documentElement.lang === "en" ? "en" : "ru";
const whole = new Intl.NumberFormat(culture, { maximumFractionDigits: 0 });
const mark = new Intl.NumberFormat(culture, { minimumFractionDigits: 1 }).formatToParts(0.5).find(part => part.type === "decimal").value;

/** A number for reading: no amount that anything is worked out from. */
export const grouped = (number, places) => new Intl.NumberFormat(culture, { maximumFractionDigits: places }).format(number);

/** As the server writes it: 45 000,50 ₸. */
export const written = (minor, currency = "₸") => `${whole.format(minor / 100n)}${mark}${String(minor % 100n).padStart(2, "0")}\u00a0${currency}`;
