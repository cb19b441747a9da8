// The desk's words. A text is written in English where it stands; a catalogue says it in another language.
// Catalogues: words/LANGUAGE.js, `export default {"English text": "translation"}`. What is not in one stays English.

/** @type {Record<string, string>} */
let catalogue = {};
export let language = "en";
const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ur"]);
export const LANGUAGES = { en: "English", ar: "العربية" };

/** Loads the language that was chosen on this device, else the browser's where there is a catalogue. */
export async function chooseWords() {
  const wanted = localStorage.getItem("language") || navigator.language.slice(0, 2);
  language = wanted in LANGUAGES ? wanted : "en";
  catalogue = language === "en" ? {} : (await import(`./words/${language}.js`)).default;
  document.documentElement.lang = language;
  document.documentElement.dir = RIGHT_TO_LEFT.has(language) ? "rtl" : "ltr";
}

/** @param {string} text @param {Record<string, string|number>} [parts] */
export function t(text, parts) {
  const said = catalogue[text] || text;
  return parts ? said.replace(/\{(\w+)\}/g, (whole, name) => (name in parts ? String(parts[name]) : whole)) : said;
}

/** @param {number} count @param {string} one @param {string} many */
export function plural(count, one, many) {
  return t(new Intl.PluralRules("en").select(count) === "one" ? one : many, { count });
}

let homeZone = "UTC";
/** The organisation's zone: times are shown as its clocks show them. @param {string} zone */
export function liveIn(zone) {
  homeZone = zone;
}

/** @param {number} ms @param {Intl.DateTimeFormatOptions} options @param {string} [zone] */
function format(ms, options, zone) {
  return new Intl.DateTimeFormat("en-GB", { timeZone: zone || homeZone, ...options }).format(ms);
}

/** 24-hour HHMM, as a log column shows it. @param {{ms: number, zone?: string}|null|undefined} at */
export function hhmm(at) {
  return at ? format(at.ms, { hour: "2-digit", minute: "2-digit", hour12: false }).replace(":", "") : "";
}

/** Date and time; the date only where it is another day. @param {{ms: number, zone?: string}|null|undefined} at */
export function moment(at) {
  if (!at) return "";
  const day = { day: "2-digit", month: "short" };
  const today = format(Date.now(), /** @type {any} */ (day)) === format(at.ms, /** @type {any} */ (day));
  const time = format(at.ms, { hour: "2-digit", minute: "2-digit", hour12: false });
  if (today && Math.abs(Date.now() - at.ms) < 86_400_000) return time;
  const year = new Date(at.ms).getUTCFullYear() === new Date().getUTCFullYear() ? {} : { year: "numeric" };
  return `${format(at.ms, /** @type {any} */ ({ ...day, ...year }))} ${time}`;
}

/** A local deadline `{local, zone}` as words. @param {{local: string, zone: string}|null|undefined} deadline */
export function deadline(deadline) {
  return deadline ? deadline.local.replace("T", " ").slice(0, 16) : "";
}

/** A day `YYYY-MM-DD` with the month in words, so that nobody takes it for another. @param {string|null|undefined} day */
export function date(day) {
  return day ? format(Date.parse(`${day}T12:00:00Z`), { day: "2-digit", month: "short", year: "numeric" }, "UTC") : "";
}

/** How long ago, in the largest unit that says enough. @param {{ms: number}|null|undefined} at @param {number} now */
export function ago(at, now) {
  if (!at) return "";
  const minutes = Math.max(0, Math.round((now - at.ms) / 60_000));
  if (minutes < 1) return t("just now");
  if (minutes < 120) return t("{minutes} min ago", { minutes });
  return minutes < 2880 ? t("{hours} h ago", { hours: Math.round(minutes / 60) }) : t("{days} days ago", { days: Math.round(minutes / 1440) });
}
