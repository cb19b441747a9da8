// Deeds by one tap, and a second where there is no way back; what waits on this device says so where it was done.
import { now } from "../app.js";
import { onSettled, waiting } from "../queue.js";
import { html, signal, useFocus, useRef, useSignal } from "../ui.js";
import { t } from "../words.js";

/**
 * A button that asks once more, in the same place, before it does something that cannot be taken back.
 * @param {{words: string, question: string, yes: string, kind?: string, onYes: () => any}} props
 */
export function Sure({ words, question, yes, kind = "", onYes }) {
  const asking = useSignal(false);
  if (asking.value) return html`<${Asking} question=${question} yes=${yes} kind=${kind} onYes=${onYes} onClose=${() => { asking.value = false; }} />`;
  return html`<button class=${`thumb ${kind}`} onClick=${() => { asking.value = true; }}>${words}</button>`;
}

/** @param {{question: string, yes: string, kind: string, onYes: () => any, onClose: () => void}} props */
function Asking({ question, yes, kind, onYes, onClose }) {
  const first = useRef(/** @type {HTMLButtonElement|null} */ (null));
  useFocus(() => first.current);
  return html`<div class="sure broad" role="group" aria-label=${question} onKeyDown=${(/** @type {KeyboardEvent} */ event) => { if (event.key === "Escape") onClose(); }}>
    <p>${question}</p><div class="thumbs"><button ref=${first} onClick=${onClose}>${t("Not yet")}</button>
    <button class=${kind === "danger" ? "danger" : "main"} onClick=${async () => { onClose(); await onYes(); }}>${yes}</button></div></div>`;
}

/** The deeds on this device that are of one thing and not refused. @param {(fields: any) => boolean} about */
export const pendingOf = (about) => waiting.value.filter((one) => !one.refused && about({ ...one.fields, mission: one.mission }));

/** What the server acknowledged a moment ago: the reads that show it may still be on their way. */
const acknowledged = signal(/** @type {any[]} */ ([]));
const MOMENT_MS = 4_000;
onSettled((sent, outcome) => {
  if (outcome.refused) return;
  acknowledged.value = [...acknowledged.value, sent];
  setTimeout(() => { acknowledged.value = acknowledged.value.filter((one) => one !== sent); }, MOMENT_MS);
});

/** The deeds of one thing that were just acknowledged, oldest first. @param {(fields: any) => boolean} about */
export const recentOf = (about) => acknowledged.value.filter((one) => about({ ...one.fields, mission: one.mission }));

/** Why deeds of one thing were refused, where they were done. @param {{about: (fields: any) => boolean}} props */
export function Refusals({ about }) {
  const refused = waiting.value.filter((one) => one.refused && about({ ...one.fields, mission: one.mission }));
  return refused.map((one) => html`<p key=${one.key} class="complaint" role="alert"><span dir="auto">${one.refused}</span><a class="todo" href="/me/waiting">${t("Look at it: send it again, or let it go")}</a></p>`);
}

/** Says that something is on this device and not sent yet. @param {{count: number}} props */
export function OnItsWay({ count }) {
  return count ? html`<p class="pending" role="status">${t("Kept on this device; it goes out as soon as there is a link.")}</p>` : null;
}

/** How long until a time, or how long it is overdue. @param {{ms: number, what?: string}} props */
export function Left({ ms }) {
  const minutes = Math.round((ms - now.value) / 60_000);
  return minutes >= 0 ? html`<span>${t("in {time}", { time: span(minutes) })}</span>` : html`<b class="overdue">${t("{time} overdue", { time: span(-minutes) })}</b>`;
}

/** @param {number} minutes */
export function span(minutes) {
  if (minutes < 60) return t("{minutes} min", { minutes });
  if (minutes < 2880) return minutes % 60 ? t("{hours} h {minutes} min", { hours: Math.floor(minutes / 60), minutes: minutes % 60 }) : t("{hours} h", { hours: minutes / 60 });
  return t("{days} days", { days: Math.round(minutes / 1440) });
}
