// Light, dark, and red for eyes that must stay used to the night. Chosen on this device.
import { html, signal } from "./ui.js";
import { t } from "./words.js";

const look = signal("");
const WORDS = { "": () => t("As the device"), light: () => t("Light"), dark: () => t("Dark"), red: () => t("Red light") };

export function chooseLooks() {
  set(localStorage.getItem("look") || "");
  sized();
}

/** Lays the size of letters that was chosen on this device over the page. */
export function sized() {
  const size = localStorage.getItem("size") || "";
  if (size) document.documentElement.dataset.size = size;
  else delete document.documentElement.dataset.size;
}

/** @param {string} to */
function set(to) {
  look.value = to;
  if (to) document.documentElement.dataset.look = to;
  else delete document.documentElement.dataset.look;
  localStorage.setItem("look", to);
}

/** What the page looks like now, for what is drawn on a canvas. */
export function night() {
  return look.value === "dark" || look.value === "red" || (!look.value && matchMedia("(prefers-color-scheme: dark)").matches);
}
export const looks = look;

export function Looks() {
  return html`<label class="looks">${t("Looks")}<select value=${look.value} onChange=${(/** @type {any} */ event) => set(event.target.value)}>
    ${Object.entries(WORDS).map(([key, words]) => html`<option value=${key}>${words()}</option>`)}</select></label>`;
}
