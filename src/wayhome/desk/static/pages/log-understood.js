// How a line would be read, said while it is typed; without a link it is read when it is sent.
import { post } from "../api.js";
import { link } from "../live.js";
import { html, Sign, useEffect, useSignal } from "../ui.js";
import { hhmm, t } from "../words.js";

const PAUSE_MS = 200;
/** The most letters that a line holds. */
export const MOST_LETTERS = 4_000;

/** @param {string} mission @param {string} words @returns {any} what was understood, null while it is not known */
export function useUnderstood(mission, words) {
  const found = useSignal(/** @type {{words: string, read: any}} */ ({ words: "", read: null }));
  useEffect(() => {
    if (!words.trim() || words.length > MOST_LETTERS || link.value.state !== "up") return undefined;
    let late = false;
    const wait = setTimeout(async () => {
      try {
        const read = await post("/api/understand", { mission, words }, { patienceMs: 4_000 });
        if (!late) found.value = { words, read };
      } catch {
        // What was understood is a help and no more: the line is read again when it is sent.
      }
    }, PAUSE_MS);
    return () => { late = true; clearTimeout(wait); };
  }, [mission, words, link.value.state]);
  return words.trim() && found.value.read ? found.value.read : null;
}

/** @param {{lat: number, lon: number}} place */
export const latLon = (place) => `${place.lat.toFixed(5)}, ${place.lon.toFixed(5)}`;

/** What was understood, as short signs in a row. @param {{of: any, ends?: boolean}} props */
export function Understood({ of, ends = true }) {
  if (!of) return null;
  return html`<span class="log-understood">
    ${ends && (of.sender || of.receiver) ? html`<span dir="auto">${of.sender || "?"} → ${of.receiver || "?"}</span>` : null}
    ${of.status ? html`<${Sign} kind="good">${of.status}<//>` : null}
    ${of.place ? html`<span class="grid">${t("at {place}", { place: latLon(of.place) })}</span>` : null}
    ${of.at ? html`<time>${hhmm(of.at)}</time>` : null}
    ${of.clue ? html`<${Sign} kind="wait">${t("gets a clue number")}<//>` : null}
    ${of.casualty ? html`<${Sign} kind="bad">${t("opens a casualty")}<//>` : null}
    ${of.flags.map((/** @type {string} */ flag) => html`<span class="log-flag"><b>${t("Not understood:")}</b> <span dir="auto">${flag}</span></span>`)}
  </span>`;
}
