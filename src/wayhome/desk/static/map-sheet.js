// The map as the server draws it: for browsers that cannot, and for paper, where a centimetre must be what it says.
import { Dialog, html, useEffect, useSignal } from "./ui.js";
import { shortForm } from "./map-coordinates.js";
import { t } from "./words.js";

/** @typedef {import("./map-coordinates.js").Place} Place */

/** So long nothing more must come in before a picture is asked for anew: each is drawn from the beginning. */
const SETTLE_MS = 600;
const SCALES = [10_000, 25_000, 50_000, 100_000];

/** @param {string} mission @param {"png"|"pdf"} form @param {{paper: string, scale: string, lying: string, middle: Place|null, since?: string}} how */
export function sheetAddress(mission, form, { paper, scale, lying, middle, since }) {
  const given = Object.entries({ paper, scale, lying, lat: middle?.lat.toFixed(6), lon: middle?.lon.toFixed(6), since }).filter(([, value]) => value);
  return `/api/missions/${mission}/map.${form}?${new URLSearchParams(/** @type {[string, string][]} */ (given))}`;
}

/** @param {number} scale */
const scaleWords = (scale) => `1:${scale.toLocaleString("en")}`;

/** @param {{mission: string, middle: Place|null, close: () => void}} props */
export function PrintDialog({ mission, middle, close }) {
  const paper = useSignal("A4"), scale = useSignal("25000"), lying = useSignal("false"), here = useSignal(!!middle);
  const how = { paper: paper.value, scale: scale.value, lying: lying.value, middle: here.value ? middle : null };
  const set = (/** @type {any} */ signal) => (/** @type {any} */ event) => { signal.value = event.target.value; };
  return html`<${Dialog} title=${t("Print to scale")} onClose=${close}>
    <label>${t("Paper")}<select value=${paper.value} onChange=${set(paper)}><option>A4</option><option>A3</option></select></label>
    <label>${t("Scale")}<select value=${scale.value} onChange=${set(scale)}>${SCALES.map((one) => html`<option value=${one}>${scaleWords(one)}</option>`)}<option value="">${t("whatever shows everything near")}</option></select></label>
    <label>${t("Sheet")}<select value=${lying.value} onChange=${set(lying)}><option value="false">${t("upright")}</option><option value="true">${t("lying")}</option></select></label>
    ${middle ? html`<label><input type="checkbox" checked=${here.value} onChange=${(/** @type {any} */ event) => { here.value = event.target.checked; }} />${t("Around the middle of the screen, {place}", { place: shortForm(middle) })}</label>` : null}
    <p class="aside">${t("Print without fitting to the page (100 %), then check the scale bar with a ruler.")}</p>
    <p class="row"><a class="button" data-whole target="_blank" href=${sheetAddress(mission, "pdf", how)}>${t("Page (PDF)")}</a>
      <a class="button" data-whole target="_blank" href=${sheetAddress(mission, "png", how)}>${t("Picture (PNG)")}</a></p><//>`;
}

/** The picture in the map's place. `since` changes with what stands on it. @param {{mission: string, since: string, words: string}} props */
export function PictureMap({ mission, since, words }) {
  const scale = useSignal(""), settled = useSignal(""), address = useSignal("");
  useEffect(() => {
    const later = setTimeout(() => { settled.value = since || "-"; }, SETTLE_MS);
    return () => clearTimeout(later);
  }, [since]);
  const asked = settled.value && sheetAddress(mission, "png", { paper: "A4", scale: scale.value, lying: "true", middle: null, since: settled.value });
  return html`<div class="map-picture">
    <p class="kept">${t("This browser cannot draw maps (no WebGL). The server draws this one; everything on it stands in the list as well.")}</p>
    <label>${t("Scale")}<select value=${scale.value} onChange=${(/** @type {any} */ event) => { scale.value = event.target.value; }}><option value="">${t("whatever shows everything near")}</option>${SCALES.map((one) => html`<option value=${one}>${scaleWords(one)}</option>`)}</select></label>
    ${asked && address.value !== asked ? html`<p class="loading" role="status">${t("The map is being drawn…")}</p>` : null}
    ${asked ? html`<img alt=${words} src=${asked} data-drawn=${address.value === asked ? "yes" : "no"} onLoad=${() => { address.value = asked; }} />` : null}</div>`;
}
