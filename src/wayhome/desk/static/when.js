// Local times of the organisation's zone, and the instants they stand for: what date fields give, and deeds want.

const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** `2026-03-01T09:05` as the clocks of a zone show an instant. @param {number} ms @param {string} zone */
export function localAt(ms, zone) {
  const parts = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hour12: false });
  return parts.format(ms).replace(" ", "T");
}

/** The instant of a local time; one that the clocks skip falls where the gap ends. @param {string} local @param {string} zone */
export function msAt(local, zone) {
  const asUtc = Date.parse(`${local.slice(0, 16)}Z`);
  const first = asUtc - (Date.parse(`${localAt(asUtc, zone)}Z`) - asUtc);
  return asUtc - (Date.parse(`${localAt(first, zone)}Z`) - first);
}

/** The local day of an instant, `YYYY-MM-DD`. @param {number} ms @param {string} zone */
export const dayOf = (ms, zone) => localAt(ms, zone).slice(0, 10);

/** @param {string} day @param {number} count */
export function plusDays(day, count) {
  return new Date(Date.parse(`${day}T12:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
}

/** 0 for Monday. @param {string} day */
export const weekday = (day) => (new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7;

/** @param {string} day @param {string} other how many days from one to the other */
export const daysBetween = (day, other) => Math.round((Date.parse(`${other}T12:00:00Z`) - Date.parse(`${day}T12:00:00Z`)) / DAY_MS);

/** A moment as deeds want it. @param {string} local @param {string} zone */
export const momentAt = (local, zone) => ({ ms: msAt(local, zone), zone });

/** A deadline as deeds want it. @param {number} ms @param {string} zone */
export const deadlineOf = (ms, zone) => ({ local: `${localAt(ms, zone)}:00`, zone });

/** Days or months by name in the page's own language. @param {string} day @param {Intl.DateTimeFormatOptions} how */
export function named(day, how) {
  return new Intl.DateTimeFormat(document.documentElement.lang || "en", { timeZone: "UTC", calendar: "gregory", numberingSystem: "latn", ...how }).format(Date.parse(`${day}T12:00:00Z`));
}
