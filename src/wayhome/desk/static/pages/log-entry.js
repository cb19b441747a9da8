// An entry as it is typed: it stands below the log and covers nothing. A digit opens it, F-keys say what is said fifty
// times a night, Enter writes it. What is typed is kept with every letter.
import { useLayoutEffect } from "preact/hooks";
import { here } from "../app.js";
import { html, Sign, useRef } from "../ui.js";
import { plural, t } from "../words.js";
import { fieldsOf, openedAt, teamMeant, wordsOf } from "./log-drafts.js";
import { MOST_LETTERS, Understood, useUnderstood, latLon } from "./log-understood.js";

/** @typedef {import("./log-drafts.js").Typing} Typing */
/** @typedef {import("./log-drafts.js").Draft} Draft */

const CLUE_WORDS = /\b(clue|locat\w+|interview\w*)\b/i;
const TOUCHED = matchMedia("(pointer: coarse)");
let byKeys = false;
addEventListener("keydown", () => { byKeys = true; }, true);
addEventListener("pointerdown", () => { byKeys = false; }, true);

/** Whether a field may take the focus by itself: on a phone its keyboard would cover the buttons. */
export const mayFocus = () => byKeys || !TOUCHED.matches;

const WIDE = matchMedia("(min-width: 60rem)");

/** The organisation's canned lines by key, in the order of the keys. @returns {[string, string][]} */
export function canned() {
  const found = /** @type {[string, string][]} */ (Object.entries(here.value?.lists.canned || {}));
  return found.sort(([a], [b]) => Number(a.slice(1)) - Number(b.slice(1)));
}

/** A canned line takes the place of another one, and stands before what was typed. @param {string} message @param {string} words */
export function withCanned(message, words) {
  const typed = message.trim();
  const before = canned().find(([, one]) => typed === one || typed.startsWith(`${one}, `));
  const rest = before ? typed.slice(before[1].length).replace(/^, /, "") : typed;
  return rest ? `${words}, ${rest}` : words;
}

/** The entries that are open, and the one that is being typed. @param {{typing: Typing, teams: any[]}} props */
export function Entries({ typing, teams }) {
  const open = typing.open;
  if (!typing.drafts.value.length) return null;
  return html`<section class="log-entries" aria-label=${t("Entries being typed")}>
    ${typing.drafts.value.length > 1 || !open ? html`<${Stack} typing=${typing} />` : null}
    ${open ? html`<${Entry} key=${open.id} draft=${open} typing=${typing} teams=${teams} />` : null}
  </section>`;
}

/** @param {{typing: Typing}} props */
function Stack({ typing }) {
  return html`<nav class="log-stack" aria-label=${plural(typing.drafts.value.length, "{count} entry not sent yet", "{count} entries not sent yet")}>
    ${typing.drafts.value.map((one) => html`<button key=${one.id} aria-current=${one.id === typing.active.value ? "true" : null} onClick=${() => { typing.active.value = one.id; }}>
      <b dir="auto">${one.team || "?"}</b> <time>${openedAt(one)}</time> <span dir="auto">${one.message}</span></button>`)}
    <p class="aside"><kbd>Ctrl ↑</kbd> <kbd>Ctrl ↓</kbd></p></nav>`;
}

/** @param {{draft: Draft, typing: Typing, teams: any[]}} props */
function Entry({ draft, typing, teams }) {
  const team = useRef(/** @type {HTMLInputElement|null} */ (null));
  const message = useRef(/** @type {HTMLTextAreaElement|null} */ (null));
  const problem = useRef("");
  const meant = teamMeant(teams, draft.team);
  const read = useUnderstood(typing.mission, draft.message.trim() ? wordsOf({ ...draft, team: meant ? meant.name : draft.team }) : "");
  const change = (/** @type {Partial<Draft>} */ part) => { problem.current = ""; typing.change(draft.id, part); };
  useLayoutEffect(() => {
    if (!mayFocus()) return;
    const at = draft.settled ? message.current : team.current;
    at?.focus({ preventScroll: true });
    at?.setSelectionRange(at.value.length, at.value.length);
  }, [draft.settled]);
  const settle = () => { if (draft.team.trim()) typing.settle(draft, meant ? meant.name : draft.team.trim()); else change({ settled: true }); };
  const send = () => {
    const fields = fieldsOf({ ...draft, team: meant ? meant.name : draft.team }, !!meant);
    problem.current = !draft.message.trim() ? t("Type what was said, or press an F-key.") : fields.words.length > MOST_LETTERS ? tooLong(fields.words) : "";
    if (problem.current) typing.change(draft.id, {});
    else typing.send({ ...draft, team: meant ? meant.name : draft.team }, !!meant);
    if (problem.current) message.current?.focus();
    else back();
  };
  const onKey = (/** @type {KeyboardEvent} */ event) => entryKey(event, { draft, typing, change, settle, send, message });
  return html`<form class="log-entry" aria-label=${draft.team ? t("Entry for {team}", { team: draft.team }) : t("Entry")} onKeyDown=${onKey} onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); send(); }}>
    <div class="log-head">
      <${Way} draft=${draft} change=${change} />
      <label class="log-whom"><span>${t("Team")}</span><input ref=${team} value=${draft.team} list="log-teams" dir="auto" autocomplete="off" maxlength="80"
        onInput=${(/** @type {any} */ event) => change({ team: event.target.value, settled: false })} /></label>
      <output class="log-meant">${meant ? (meant.name === draft.team.trim() ? "" : html`<b dir="auto">${meant.name}</b>`) : draft.team.trim() ? html`<span class="log-doubt">${t("No team of that name: it is logged as typed.")}</span>` : ""}</output>
      <label class="log-clock"><span>${t("Time")}</span><input value=${draft.clock} placeholder=${openedAt(draft)} inputmode="numeric" maxlength="5" autocomplete="off"
        onInput=${(/** @type {any} */ event) => change({ clock: event.target.value })} /></label>
      <${Place} draft=${draft} typing=${typing} change=${change} />
      <label class="log-relayed"><input type="checkbox" checked=${draft.relayed} onChange=${(/** @type {any} */ event) => change({ relayed: event.target.checked })} />${t("Relayed")}</label>
      <button type="button" class="quiet log-close" onClick=${() => { typing.aside(); back(); }}>${t("Put aside")} <kbd>Esc</kbd></button>
    </div>
    <label class="log-said"><span>${t("Message")}</span><textarea ref=${message} value=${draft.message} rows="2" dir="auto" autocomplete="off"
      onInput=${(/** @type {any} */ event) => change({ message: event.target.value })}></textarea></label>
    <button class="main log-send">${t("Log it")} <kbd>Enter</kbd></button>
    <div class="log-below" aria-live="polite">${problem.current ? html`<p class="complaint" role="alert">${problem.current}</p>` : html`<${Hint} draft=${draft} read=${read} change=${change} />`}</div>
    <${Canned} pick=${(/** @type {string} */ words) => { change({ message: withCanned(draft.message, words), ...(draft.settled ? {} : { settled: true }) }); if (mayFocus()) message.current?.focus(); }} />
    <${Status} draft=${draft} read=${read} change=${change} />
  </form>`;
}

/** Focus goes back to the log, where the next digit opens the next entry. */
function back() {
  document.querySelector("main")?.focus({ preventScroll: true });
}

/** @param {string} words */
export function tooLong(words) {
  return t("The line has {letters} letters; a line holds at most {most}. Shorten it, or write it as a report.", { letters: words.length.toLocaleString("en"), most: MOST_LETTERS.toLocaleString("en") });
}

/**
 * @param {KeyboardEvent} event
 * @param {{draft: Draft, typing: Typing, change: (part: Partial<Draft>) => void, settle: () => void, send: () => void, message: {current: HTMLTextAreaElement|null}}} with_
 */
function entryKey(event, { draft, typing, change, settle, send, message }) {
  if (event.isComposing) return;
  const field = /** @type {HTMLElement} */ (event.target);
  const words = here.value?.lists.canned[event.key];
  if (words && !event.ctrlKey && !event.altKey && !event.metaKey) {
    change({ message: withCanned(draft.message, words) });
    if (!draft.settled) settle();
    message.current?.focus();
  } else if (event.altKey && event.key.toLowerCase() === "c") change({ clue: !draft.clue });
  else if (event.key === "Escape") { typing.aside(); back(); }
  else if (event.key === "Enter" && !event.shiftKey && field.closest(".log-whom")) { settle(); message.current?.focus(); }
  else if (event.key === "Enter" && !event.shiftKey && !field.closest("button")) send();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** @param {{draft: Draft, change: (part: Partial<Draft>) => void}} props */
function Way({ draft, change }) {
  const ways = /** @type {["from"|"to", string][]} */ ([["from", t("from")], ["to", t("to")]]);
  return html`<fieldset class="log-ways"><legend class="log-aloud">${t("From the team or to it")}</legend>${ways.map(([way, words]) => html`
    <label><input type="radio" name=${`way ${draft.id}`} checked=${draft.way === way} onChange=${() => change({ way })} />${words}</label>`)}</fieldset>`;
}

/** @param {{draft: Draft, typing: Typing, change: (part: Partial<Draft>) => void}} props */
function Place({ draft, typing, change }) {
  const typed = draft.radio_place.trim();
  const read = useUnderstood(typing.mission, typed ? `base: at ${typed}` : "");
  return html`<div class="log-where"><label><span>${t("Radio loc.")}</span><input value=${draft.radio_place} dir="auto" autocomplete="off" maxlength="120"
      placeholder="31T CH 78000 03000" onInput=${(/** @type {any} */ event) => change({ radio_place: event.target.value })} /></label>
    <output>${!typed ? "" : read?.place ? html`<span class="grid">${latLon(read.place)}</span>` : read ? html`<span class="log-doubt">${t("Not read as a place yet; it is logged as typed.")}</span>` : ""}</output></div>`;
}

/** @param {{draft: Draft, read: any, change: (part: Partial<Draft>) => void}} props */
function Hint({ draft, read, change }) {
  const looksLike = CLUE_WORDS.test(draft.message) && !read?.clue;
  return html`${draft.clue ? html`<span class="log-clue"><${Sign} kind="wait">${t("Clue")}<//> <button type="button" onClick=${() => change({ clue: false })}>${t("It is none")} <kbd>Alt C</kbd></button></span>`
    : looksLike ? html`<span class="log-clue">${t("This looks like a clue.")} <button type="button" onClick=${() => change({ clue: true })}>${t("It is a clue")} <kbd>Alt C</kbd></button></span>` : null}
    <${Understood} of=${read} ends=${false} />`;
}

/** The canned lines as buttons, large enough for gloves. @param {{pick: (words: string) => void}} props */
function Canned({ pick }) {
  return html`<div class="log-canned" role="group" aria-label=${t("Said often")}>${canned().map(([key, words]) => html`
    <button type="button" key=${key} onClick=${() => pick(words)}><kbd>${key}</kbd> <span dir="auto">${words}</span></button>`)}</div>`;
}

/** @param {{draft: Draft, read: any, change: (part: Partial<Draft>) => void}} props */
function Status({ draft, read, change }) {
  const heard = read?.status ? t("As said: {status}", { status: read.status }) : t("As said");
  const all = /** @type {[string, string][]} */ ([["", heard], ...(here.value?.lists.statuses || []).map((/** @type {string} */ one) => [one, one])]);
  return html`<details class="log-statuses" open=${WIDE.matches}><summary>${t("Status")}: <b dir="auto">${draft.status || heard}</b></summary>
    <div role="radiogroup" aria-label=${t("Status of the team")}>${all.map(([status, words]) => html`<label key=${status}>
      <input type="radio" name=${`status ${draft.id}`} checked=${draft.status === status} onChange=${() => change({ status })} /><span dir="auto">${words}</span></label>`)}</div></details>`;
}
