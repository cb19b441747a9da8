// The radio log: what was said, newest at the bottom; an entry opens by one key and never takes the screen.
import { here } from "../app.js";
import { furtherHelp, typing as inField, useKeys } from "../keys.js";
import { keepsWaiting, waiting, waitingForOthers } from "../queue.js";
import { useRead } from "../store.js";
import { style } from "../styles.js";
import { Complaint, html, useComputed, useEffect, useLayoutEffect, useMemo, useRef, useSignal } from "../ui.js";
import { hhmm, plural, t } from "../words.js";
import { LineDialog } from "./log-amend.js";
import { keysOf, typingOf } from "./log-drafts.js";
import { Entries, mayFocus, withCanned } from "./log-entry.js";
import { LineList } from "./log-list.js";
import { rowsOf, useBook } from "./log-lines.js";
import { OneLine } from "./log-oneline.js";
import { marksOf } from "./log-row.js";
import { grow, letters, Phonetics, Settings, teamKeys, teamsShown } from "./log-settings.js";
import { Teams } from "./log-teams.js";

await style("log.css");

/** @type {any[]} */
const NONE = [];
/** A filter looks further back until so many lines are found. */
const ENOUGH = 100;

/** @param {{mission: string, held: any}} props */
export default function Log({ mission, held }) {
  const teams = useRead("teams", { mission }).value || NONE;
  const marks = useMarks(mission);
  const typing = useMemo(() => typingOf(mission), [mission]);
  const find = useSignal("");
  const filter = useSignal({ team: "", by: "", flagged: false });
  const picked = useSignal(/** @type {any} */ (null));
  const control = useRef(/** @type {import("./log-list.js").Control|null} */ (null));
  const root = useRef(/** @type {HTMLElement|null} */ (null));
  const book = useBook(mission, find.value);
  const rows = useMemo(() => rowsOf(book, passing(filter.value)), [book, book.changed.value, filter.value, waiting.value]);
  const state = book.state.value;
  const keys = useMemo(() => keysOf(teams), [teams]);
  const busy = useComputed(() => !!typing.open);
  const pick = (/** @type {any} */ team) => { typing.begin(team.name, { settled: true }); focusEntry(root.current); };
  useLogKeys({ typing, keys, control, root });
  useEffect(() => closedByOutside(root.current), []);
  useEffect(() => {
    furtherHelp.value = Phonetics;
    return () => { furtherHelp.value = null; };
  }, []);
  useEffect(() => root.current?.style.setProperty("--log-letters", String(letters())), [letters()]);
  useEffect(() => { if (filtering(filter.value) && rows.length < ENOUGH && !state.complete && !state.busy && state.ready) book.older(1_000); });
  return html`<div class=${`log ${busy.value ? "log-typing" : ""}`} ref=${root}>
    <${Tools} find=${find} filter=${filter} rows=${book.lines} teams=${teams} book=${book} control=${control} typing=${typing} root=${root} />
    <${Notices} state=${state} held=${held} find=${find} count=${rows.length} />
    <div class="log-middle">
      <${LineList} rows=${rows} marks=${marks} letters=${letters()} ready=${state.ready} complete=${state.complete} busy=${state.busy} control=${control} onOlder=${() => book.older()}
        onPick=${(/** @type {any} */ line) => { picked.value = line; }} empty=${find.value || filtering(filter.value) ? t("No line holds that.") : t("Nothing logged yet: press a team's digit, or type a line below.")} />
      ${teamsShown.value ? html`<${Teams} teams=${teams} keys=${keys} onPick=${pick} />` : null}
    </div>
    <${JustSent} typing=${typing} />
    <${Entries} typing=${typing} teams=${teams} />
    <${OneLine} typing=${typing} />
    <datalist id="log-teams">${teams.map((/** @type {any} */ team) => html`<option value=${team.name}></option>`)}</datalist>
    ${picked.value ? html`<${LineDialog} mission=${mission} line=${picked.value} onClose=${() => { picked.value = null; }} />` : null}
  </div>`;
}

/** @param {string} mission */
function useMarks(mission) {
  const clues = useRead("clues", { mission }).value;
  const casualties = useRead("casualties", { mission }).value;
  return useMemo(() => marksOf(clues || [], casualties || []), [clues, casualties]);
}

/** @param {{team: string, by: string, flagged: boolean}} filter */
const filtering = ({ team, by, flagged }) => !!team || !!by || flagged;

/** @param {{team: string, by: string, flagged: boolean}} filter */
function passing({ team, by, flagged }) {
  return (/** @type {any} */ line) => (!team || line.team === team) && (!by || line.by === by) && (!flagged || line.flags.length > 0);
}

/** A list that dropped down goes up again when something else is touched. @param {HTMLElement|null} root */
function closedByOutside(root) {
  const touched = (/** @type {Event} */ event) => {
    for (const one of root?.querySelectorAll(".log-tools details[open]") || []) if (!one.contains(/** @type {Node} */ (event.target))) one.removeAttribute("open");
  };
  addEventListener("pointerdown", touched);
  return () => removeEventListener("pointerdown", touched);
}

/** @param {HTMLElement|null} root */
function focusEntry(root) {
  if (!mayFocus()) return;
  setTimeout(() => {
    const entry = root?.querySelector(".log-entry");
    const at = /** @type {HTMLElement|null} */ (entry?.querySelector(".log-said textarea") || null);
    if (entry && !entry.contains(document.activeElement)) at?.focus({ preventScroll: true });
  });
}

/** @param {{find: any, filter: any, rows: any[], teams: any[], book: any, control: any, typing: any, root: any}} props */
function Tools({ find, filter, rows, teams, book, control, typing, root }) {
  const operators = useMemo(() => [...new Map(rows.map((line) => [line.by, line.by_name]))], [rows, rows.length]);
  const set = (/** @type {any} */ part) => { filter.value = { ...filter.value, ...part }; };
  const add = () => { typing.begin(""); focusEntry(root.current); };
  return html`<div class="log-tools">
    <button class="main log-add" onClick=${add}>${t("Add entry")}</button>
    <${Find} find=${find} />
    <details class="log-filter"><summary>${t("Filter")}${filtering(filter.value) ? html` <span class="count">${t("on")}</span>` : null}</summary><div>
      <label>${t("Team")}<select value=${filter.value.team} onChange=${(/** @type {any} */ event) => set({ team: event.target.value })}><option value="">${t("all")}</option>${teams.map((one) => html`<option value=${one.name}>${one.name}</option>`)}</select></label>
      <label>${t("Operator")}<select value=${filter.value.by} onChange=${(/** @type {any} */ event) => set({ by: event.target.value })}><option value="">${t("all")}</option>${operators.map(([by, name]) => html`<option value=${by}>${name}</option>`)}</select></label>
      <label><input type="checkbox" checked=${filter.value.flagged} onChange=${(/** @type {any} */ event) => set({ flagged: event.target.checked })} />${t("Only what was not understood")}</label>
    </div></details>
    <details class="log-jump"><summary>${t("Go to")}</summary><div>
      <button onClick=${async () => { await book.backTo(0); await drawn(); control.current?.toStart(); }}>${t("Start of the log")}</button>
      <${JumpTo} book=${book} control=${control} />
      <button onClick=${() => control.current?.toEnd()}>${t("Newest line")} <kbd>End</kbd></button></div></details>
    <${Settings} />
  </div>`;
}

/** @param {{find: any}} props */
function Find({ find }) {
  const wait = useRef(/** @type {any} */ (0));
  const type = (/** @type {any} */ event) => {
    clearTimeout(wait.current);
    const words = event.target.value.trim();
    wait.current = setTimeout(() => { find.value = words; }, words ? 250 : 0);
  };
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape") return;
    const field = /** @type {HTMLInputElement} */ (event.target);
    field.value = "";
    find.value = "";
    field.blur();
  };
  return html`<label class="log-find"><span class="log-aloud">${t("Find in the log")}</span>
    <input id="log-find" type="search" dir="auto" autocomplete="off" maxlength="100" placeholder=${t("Find in the whole log  /")} onInput=${type} onKeyDown=${onKey} /></label>`;
}

/** When what was just read stands on the screen. */
const drawn = () => new Promise((resolve) => requestAnimationFrame(resolve));

/** @param {{book: any, control: any}} props */
function JumpTo({ book, control }) {
  const jump = async (/** @type {any} */ event) => {
    event.preventDefault();
    const ms = momentOf(new FormData(event.currentTarget).get("time"), book.lines.at(-1)?.at.ms || Date.now());
    if (ms === null) return;
    await book.backTo(ms);
    await drawn();
    control.current?.toTime(ms);
  };
  return html`<form class="log-time-form" onSubmit=${jump}><label>${t("Time")}<input name="time" required pattern="([01]?[0-9]|2[0-3])[:.h]?[0-5][0-9]" placeholder="0815" inputmode="numeric" maxlength="5" title=${t("Hours and minutes, such as 0815")} /></label><button>${t("Go")}</button></form>`;
}

/** The last time that the organisation's clocks showed `typed`, at or before a moment. @param {any} typed @param {number} before */
export function momentOf(typed, before) {
  const digits = String(typed || "").replace(/\D/g, "").padStart(4, "0");
  const minute = Math.floor(before / 60_000) * 60_000;
  for (let back = 0; back < 24 * 60 + 120; back += 1) if (hhmm({ ms: minute - back * 60_000 }) === digits) return minute - back * 60_000;
  return null;
}

/** @param {{state: any, held: any, find: any, count: number}} props */
function Notices({ state, held, find, count }) {
  const others = waitingForOthers.value;
  return html`<div class="log-notices">
    ${state.problem ? html`<${Complaint} problem=${state.problem} />` : null}
    ${state.keptAt ? html`<p class="kept">${t("As it was at {time}, kept on this device.", { time: hhmm({ ms: state.keptAt }) })}</p>` : null}
    ${find.value && state.ready ? html`<p class="kept" role="status">${plural(count, "{count} line holds “{words}”.", "{count} lines hold “{words}”.").replace("{words}", find.value)}${state.complete ? "" : ` ${t("There are more further back.")}`}
      <button onClick=${() => { const field = /** @type {HTMLInputElement|null} */ (document.getElementById("log-find")); if (field) field.value = ""; find.value = ""; }}>${t("Back to the log")}</button></p>` : null}
    ${keepsWaiting.value ? null : html`<p class="complaint">${t("This browser keeps nothing: what you type is lost if the tab closes before it is sent.")}</p>`}
    ${others.length ? html`<p class="kept">${t("Entries of {name} wait on this device: they are sent when {name} signs in here again.", { name: others[0].by_name })}</p>` : null}
    ${held.state === "closed" ? html`<p class="aside">${t("This mission is closed.")}</p>` : null}
  </div>`;
}

/** What was just sent, and the way back. @param {{typing: import("./log-drafts.js").Typing}} props */
function JustSent({ typing }) {
  const last = typing.last.value;
  return html`<div class="log-sent" role="status" aria-live="polite">${last ? html`<p><span dir="auto">${last.said || t("Logged: {words}", { words: last.words.slice(0, 120) })}</span>
    ${last.said ? null : html`<button onClick=${() => typing.undo()}>${t("Undo")} <kbd>Ctrl Z</kbd></button>`}</p>` : null}</div>`;
}

/** @typedef {{typing: import("./log-drafts.js").Typing, keys: Map<string, any>, control: {current: import("./log-list.js").Control|null}, root: {current: HTMLElement|null}}} Keyed */

/** The keys of the log. They come before those of the page, and take nothing from whoever is typing. @param {Keyed} keyed */
function useLogKeys(keyed) {
  const now = useRef(keyed);
  now.current = keyed;
  useLayoutEffect(() => {
    const hear = (/** @type {KeyboardEvent} */ event) => {
      if (event.isComposing || event.defaultPrevented || document.querySelector("dialog[open]") || !logKey(event, now.current)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    addEventListener("keydown", hear, true);
    return () => removeEventListener("keydown", hear, true);
  }, []);
  const nothing = () => {};
  useKeys({
    "1–9": [t("An entry for the team of that number"), nothing], "F1–F12": [t("What is said often"), nothing], e: [t("A line, typed freely"), nothing],
    "/": [t("Find in the whole log"), nothing], "`": [t("Teams at the side"), nothing], "+ -": [t("Size of letters"), nothing],
    "Ctrl ↑ ↓": [t("From one open entry to the next"), nothing], "Ctrl Z": [t("Take back what was just logged"), nothing], End: [t("Newest line"), nothing],
  });
}

/** @param {KeyboardEvent} event @param {Keyed} keyed @returns {boolean} whether the key was the log's */
function logKey(event, { typing, keys, control, root }) {
  const typed = inField(event.target);
  if (event.altKey) return false;
  if (event.ctrlKey || event.metaKey) return withCtrl(event, typing, root);
  if (event.key === "PageUp" || event.key === "PageDown") {
    control.current?.page(event.key === "PageUp" ? -1 : 1);
    return true;
  }
  const canned = here.value?.lists.canned[event.key];
  if (canned && saysOften(/** @type {HTMLElement} */ (event.target), canned, typing, root)) return true;
  return typed ? false : plainKey(event, typing, keys, control, root);
}

/** A canned line goes where somebody is typing; an entry that has the focus minds its own keys. @param {HTMLElement} at @param {string} words @param {import("./log-drafts.js").Typing} typing @param {{current: HTMLElement|null}} root */
function saysOften(at, words, typing, root) {
  if (at.closest?.(".log-entry") || at.id === "log-find") return false;
  if (at.id === "log-oneline") typing.typeLine(`${typing.line.value} ${words}`.trim());
  else if (typing.open) {
    typing.change(typing.open.id, { message: withCanned(typing.open.message, words), settled: true });
    focusEntry(root.current);
  } else return false;
  return true;
}

/** @param {KeyboardEvent} event @param {import("./log-drafts.js").Typing} typing @param {{current: HTMLElement|null}} root */
function withCtrl(event, typing, root) {
  const field = /** @type {HTMLInputElement} */ (event.target);
  if (event.key === "f") focusOn("log-find");
  else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
    if (!typing.drafts.value.length) return false;
    typing.turn(event.key === "ArrowUp" ? -1 : 1);
    focusEntry(root.current);
  } else if (event.key === "z" && !field.value && typing.last.value && !typing.last.value.said) typing.undo();
  else return false;
  return true;
}

/** @param {KeyboardEvent} event @param {import("./log-drafts.js").Typing} typing @param {Map<string, any>} keys @param {{current: any}} control @param {{current: HTMLElement|null}} root */
function plainKey(event, typing, keys, control, root) {
  const team = teamKeys.value ? keys.get(event.key.toLowerCase()) : null;
  /** @type {Record<string, () => void>} */
  const does = {
    e: () => focusOn("log-oneline"), "/": () => focusOn("log-find"), "`": () => { teamsShown.value = !teamsShown.value; }, "+": () => grow(1), "=": () => grow(1), "-": () => grow(-1),
    Home: () => control.current?.toStart(), End: () => control.current?.toEnd(),
  };
  if (team) typing.begin(team.name, { settled: true });
  else if (/^[1-9]$/.test(event.key)) typing.begin(event.key);
  else if (does[event.key]) {
    does[event.key]();
    return true;
  } else return false;
  focusEntry(root.current);
  return true;
}

/** @param {string} id */
function focusOn(id) {
  const field = /** @type {HTMLInputElement|null} */ (document.getElementById(id));
  field?.focus();
  field?.select();
}
