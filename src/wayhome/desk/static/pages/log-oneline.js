// One line typed freely: "2 to base: at the hut 31T CH 78000 03000 @0815". What was understood stands under it. Several
// lines pasted at once can each become a line of the log.
import { enterAll, waiting } from "../queue.js";
import { html, signal } from "../ui.js";
import { plural, t } from "../words.js";
import { tooLong } from "./log-entry.js";
import { MOST_LETTERS, Understood, useUnderstood } from "./log-understood.js";

/** How many pasted lines can be logged in one go. */
export const MOST_PASTED = 1_000;

/** What was pasted and not decided on, and how far it is logged. */
const pasted = signal(/** @type {{mission: string, lines: string[], keys?: string[]}|null} */ (null));
const problem = signal("");

/** @param {{typing: import("./log-drafts.js").Typing}} props */
export function OneLine({ typing }) {
  const words = typing.line.value;
  const read = useUnderstood(typing.mission, words);
  const send = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!words.trim()) return;
    problem.value = words.length > MOST_LETTERS ? tooLong(words) : "";
    if (!problem.value) typing.sendLine(words);
  };
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape") return;
    problem.value = "";
    /** @type {HTMLElement} */ (event.target).blur();
  };
  return html`<form class="log-line" onSubmit=${send}>
    <label><span class="log-aloud">${t("A line, typed freely")}</span><input id="log-oneline" value=${words} dir="auto" autocomplete="off" enterkeyhint="send"
      placeholder=${t("2 to base: at the hut 31T CH 78000 03000 @0815")} onKeyDown=${onKey} onPaste=${(/** @type {ClipboardEvent} */ event) => paste(event, typing)}
      onInput=${(/** @type {any} */ event) => { problem.value = ""; typing.typeLine(event.target.value); }} /></label>
    <button class="main">${t("Log it")}</button>
    <div class="log-below" aria-live="polite">${problem.value ? html`<p class="complaint" role="alert">${problem.value}</p>` : null}
      <${Pasted} typing=${typing} /><${Understood} of=${read} /></div>
  </form>`;
}

/** @param {ClipboardEvent} event @param {import("./log-drafts.js").Typing} typing */
function paste(event, typing) {
  const text = event.clipboardData?.getData("text/plain") || "";
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim());
  const long = lines.find((line) => line.length > MOST_LETTERS);
  problem.value = "";
  if (lines.length < 2 && !long) return;
  event.preventDefault();
  if (long) problem.value = tooLong(long);
  else if (lines.length > MOST_PASTED) problem.value = t("{count} lines were pasted; at most {most} can be logged at once. Paste them in parts, or write them as a report.", { count: lines.length.toLocaleString("en"), most: MOST_PASTED.toLocaleString("en") });
  else pasted.value = { mission: typing.mission, lines };
}

/** @param {{typing: import("./log-drafts.js").Typing}} props */
function Pasted({ typing }) {
  const held = pasted.value;
  if (!held || held.mission !== typing.mission) return null;
  if (held.keys) return html`<${Progress} keys=${held.keys} />`;
  const together = held.lines.join(" ");
  const all = async () => { pasted.value = { ...held, keys: await enterAll(held.mission, held.lines.map((words) => ({ words }))) }; };
  return html`<div class="log-pasted" role="alert"><p>${plural(held.lines.length, "{count} line was pasted.", "{count} lines were pasted.")}</p>
    <button type="button" class="main" onClick=${all}>${t("Log each as a line of its own")}</button>
    ${together.length > MOST_LETTERS ? null : html`<button type="button" onClick=${() => { typing.typeLine(`${typing.line.value} ${together}`.trim()); pasted.value = null; }}>${t("Put them into one line")}</button>`}
    <button type="button" class="quiet" onClick=${() => { pasted.value = null; }}>${t("Leave it")}</button></div>`;
}

/** @param {{keys: string[]}} props */
function Progress({ keys }) {
  const mine = new Set(keys);
  const left = waiting.value.filter((one) => mine.has(one.key) && !one.refused).length;
  const done = keys.length - left;
  return html`<p class="log-pasted" role="status"><progress max=${keys.length} value=${done}></progress>
    ${t("{done} of {count} lines are logged.", { done, count: keys.length })}
    ${left ? null : html` <button type="button" onClick=${() => { pasted.value = null; }}>${t("Good")}</button>`}</p>`;
}
