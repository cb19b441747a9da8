// Every deed there is, by name, and the alarm: both one key away on every page. What they need is loaded when they open.
import { useKeys } from "./keys.js";
import { Complaint, Dialog, html, signal, useEffect, useSignal } from "./ui.js";
import { t } from "./words.js";

/** What is looked for; null while the palette is closed. */
export const palette = signal(/** @type {string|null} */ (null));
/** Whether somebody is raising an alarm. */
export const alarm = signal(false);

export function Palette() {
  useKeys({ a: [t("Raise an alarm"), () => { alarm.value = true; }] });
  if (alarm.value) return html`<${Later} title=${t("Raise an alarm")} load=${() => import("./alarm.js")} close=${() => { alarm.value = false; }} />`;
  return palette.value === null ? null : html`<${Later} title=${t("State a deed")} load=${() => import("./deed-palette.js")} close=${() => { palette.value = null; }} />`;
}

/**
 * A dialog whose module is loaded when it is wanted. It stands at once: what is typed meanwhile is for it, and must not
 * press the keys of the page behind.
 * @param {{title: string, load: () => Promise<any>, close: () => void}} props
 */
function Later({ title, load, close }) {
  const Part = useSignal(/** @type {any} */ (null));
  const problem = useSignal(/** @type {any} */ (null));
  useEffect(() => {
    load().then((module) => { Part.value = module.default; }, () => {
      problem.value = { text: t("This form could not be loaded."), do: t("It is not on this device: open it again when there is a link.") };
    });
  }, []);
  if (Part.value) return html`<${Part.value} close=${close} />`;
  return html`<${Dialog} title=${title} onClose=${close}>${problem.value ? html`<${Complaint} problem=${problem.value} />` : html`<p class="loading">${t("On its way…")}</p>`}<//>`;
}
