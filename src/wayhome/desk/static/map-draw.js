// Drawing and measuring: points by taps, by the crosshair and Enter, or typed; nothing needs to be dragged.
import { act, get } from "./api.js";
import { Form, html, say, signal, useSignal } from "./ui.js";
import { shortForm } from "./map-coordinates.js";
import { areaM2, areaWords, bearingDeg, bearingWords, distanceM, lengthM, lengthWords } from "./map-measure.js";
import { t } from "./words.js";

/** @typedef {import("./map-coordinates.js").Place} Place */
/** `row` is the drawing that is being changed. @typedef {{what: string, points: Place[], name: string, words: string, row?: any}} Draft */

/** What can be drawn: its name, how many points it has at least and at most, and what its name might be. */
export const KINDS = /** @type {Record<string, {words: () => string, least: number, most: number, example: () => string}>} */ ({
  segment: { words: () => t("Segment"), least: 3, most: 2_000, example: () => t("for example: North wood") },
  line: { words: () => t("Line"), least: 2, most: 2_000, example: () => t("for example: Containment at the road") },
  post: { words: () => t("Post"), least: 1, most: 1, example: () => t("for example: Bridge") },
  note: { words: () => t("Note"), least: 1, most: 1, example: () => t("for example: Path washed out") },
  measure: { words: () => t("Measure"), least: 1, most: 2_000, example: () => "" },
});

/** What is being drawn; null while nothing is. */
export const draft = signal(/** @type {Draft|null} */ (null));
/** Kept through a reload of the page, for missions that are not secret. */
const key = (/** @type {string} */ mission) => `draft ${mission}`;

/** @param {string} mission @param {boolean} secret */
export function keepDraft(mission, secret) {
  if (secret) return;
  if (draft.value) sessionStorage.setItem(key(mission), JSON.stringify(draft.value));
  else sessionStorage.removeItem(key(mission));
}

/** @param {string} mission */
export function keptDraft(mission) {
  draft.value = JSON.parse(sessionStorage.getItem(key(mission)) || "null");
}

/** @param {string} what @param {any} [row] a drawing to change */
export function begin(what, row) {
  draft.value = row ? { what, points: [...row.points], name: row.name, words: row.words, row } : { what, points: [], name: "", words: "" };
}

/** @param {Place} point @returns {boolean} whether there are points enough, and the next is to name it */
export function addPoint(point) {
  const held = draft.value;
  if (!held) return false;
  const { least, most } = KINDS[held.what];
  const last = held.points.at(-1);
  if (last && last.lat === point.lat && last.lon === point.lon) return held.points.length >= least;
  draft.value = { ...held, points: most === 1 ? [point] : [...held.points, point].slice(0, most) };
  return most === 1;
}

export function takeBack() {
  if (draft.value) draft.value = { ...draft.value, points: draft.value.points.slice(0, -1) };
}

/** Ends drawing; what was drawn so far comes back by one press. */
export function endDraft() {
  const held = draft.value;
  draft.value = null;
  if (held?.points.length && held.what !== "measure") say(t("What you drew was put aside."), { undo: () => { draft.value = held; } });
}

/** The keys of drawing. Enter twice at one place, or once where one point is all, goes on to the name. @param {KeyboardEvent} event @param {Place} crosshair @returns {boolean} whether it was one */
export function draftKey(event, crosshair) {
  if (!draft.value) return false;
  if (event.key === "Enter") { if (addPoint(crosshair)) /** @type {HTMLElement|null} */ (document.querySelector(".map-draft input[name=name]"))?.focus(); }
  else if (event.key === "Backspace") takeBack();
  else if (event.key === "Escape") endDraft();
  else return false;
  return true;
}

/** The draft as it is laid on the map. @param {Draft|null} held @returns {any[]} */
export function draftFeatures(held) {
  if (!held) return [];
  const at = held.points.map(({ lat, lon }) => [lon, lat]);
  const feature = (/** @type {string} */ type, /** @type {any} */ coordinates) => ({ type: "Feature", properties: {}, geometry: { type, coordinates } });
  const area = held.what === "segment" && at.length > 2 ? [feature("Polygon", [[...at, at[0]]])] : [];
  return [...area, ...(at.length > 1 ? [feature("LineString", at)] : []), ...at.map((one) => feature("Point", one))];
}

/** Length, bearing and area of what is drawn so far. @param {{draft: Draft}} props */
function Measured({ draft: { what, points } }) {
  const last = points.slice(-2);
  const rows = [];
  if (points.length > 1) rows.push([t("Length"), lengthWords(lengthM(points))], [t("Last leg"), `${lengthWords(distanceM(last[0], last[1]))}, ${bearingWords(bearingDeg(last[0], last[1]))} (${t("true north")})`]);
  if (points.length > 2 && what !== "line") rows.push([t("Area"), areaWords(areaM2(points))], [t("Round"), lengthWords(lengthM([...points, points[0]]))]);
  return rows.length ? html`<dl class="measured" aria-live="polite">${rows.map(([name, words]) => html`<div><dt>${name}</dt><dd class="num">${words}</dd></div>`)}</dl>` : null;
}

/** Typing a point instead of pointing at it. @param {{mission: string, add: (place: Place) => void, label?: string}} props */
export function TypedPlace({ mission, add, label = t("Add point") }) {
  const typed = useSignal("");
  const send = async () => {
    add(await get("/api/place", { words: typed.value, mission }));
    typed.value = "";
  };
  return html`<${Form} kind="typed-place" label=${label} send=${send}>
    <label>${t("Coordinates")}<input class="grid" value=${typed.value} onInput=${(/** @type {any} */ event) => { typed.value = event.target.value; }} placeholder="31T CH 78000 03000" maxlength="200" required autocomplete="off" spellcheck=${false} dir="ltr" /></label><//>`;
}

/** What is being drawn, with everything to do about it. @param {{mission: string, crosshair?: () => Place|undefined, go: (places: Place[]) => void}} props */
export function DraftPanel({ mission, crosshair, go }) {
  const held = draft.value;
  if (!held) return null;
  const kind = KINDS[held.what];
  const enough = held.points.length >= kind.least;
  return html`<section class="map-draft" aria-label=${kind.words()}>
    <h2>${held.row ? t("Change {what}", { what: kind.words().toLowerCase() }) : kind.words()}</h2>
    <p class="aside">${kind.most === 1 ? t("Tap the map, or move the crosshair with the arrow keys and press Enter.") : t("Tap the map for each point, or move the crosshair with the arrow keys and press Enter. Backspace takes the last point back, Enter twice goes on to the name, Escape ends.")}</p>
    <div class="row">${crosshair ? html`<button onClick=${() => { const at = crosshair(); if (at) addPoint(at); }}>${t("Point at the crosshair")}</button>` : null}
      <button onClick=${takeBack} disabled=${!held.points.length}>${t("Take last back")}</button></div>
    <ol class="draft-points grid">${held.points.slice(-6).map((point, n) => html`<li value=${Math.max(0, held.points.length - 6) + n + 1}>${shortForm(point)}</li>`)}</ol>
    <${TypedPlace} mission=${mission} add=${(/** @type {Place} */ place) => { addPoint(place); go([place]); }} />
    <${Measured} draft=${held} />
    ${held.what === "measure" ? html`<button onClick=${endDraft}>${t("End measuring")}</button>` : html`<${Naming} mission=${mission} held=${held} kind=${kind} enough=${enough} />`}
  </section>`;
}

/** @param {{mission: string, held: Draft, kind: any, enough: boolean}} props */
function Naming({ mission, held, kind, enough }) {
  const note = held.what === "note";
  const set = (/** @type {string} */ field) => (/** @type {any} */ event) => { if (draft.value) draft.value = { ...draft.value, [field]: event.target.value }; };
  return html`<${Form} label=${held.row ? t("Save the change") : t("Save")} send=${() => save(mission)}>
    <label>${note ? t("Name (may stay empty)") : t("Name")}<input name="name" value=${held.name} onInput=${set("name")} required=${!note} maxlength="100" dir="auto" placeholder=${kind.example()} /></label>
    <label>${note ? t("The note") : t("Words (may stay empty)")}<input name="words" value=${held.words} onInput=${set("words")} required=${note} maxlength="2000" dir="auto" /></label>
    ${enough ? null : html`<p class="aside">${kind.least === 1 ? t("It needs a point.") : t("It needs at least {least} points.", { least: kind.least })}</p>`}
    <button type="button" onClick=${endDraft}>${t("Put aside")}</button><//>`;
}

/** @param {string} mission */
async function save(mission) {
  const held = draft.value;
  if (!held) return;
  const fields = { mission, what: held.what, name: held.name, points: held.points, words: held.words };
  const before = held.row;
  if (before) {
    await act("ChangeDrawing", { ...fields, drawing: before.drawing, holder: before.holder, team: before.team_id });
    say(t("{name} was changed.", { name: held.name }), { undo: () => restore(mission, before) });
  } else {
    const done = await act("Draw", fields);
    say([t("{name} is on the map.", { name: held.name || KINDS[held.what].words() }), ...done.tells.slice(1)].join(" "), { undo: () => tried(() => act("EraseDrawing", { mission, drawing: done.made, reason: t("undone") })) });
  }
  draft.value = null;
}

/** @param {string} mission @param {any} row */
const restore = (mission, row) => tried(() => act("ChangeDrawing", { mission, drawing: row.drawing, what: row.what, name: row.name, points: row.points, words: row.words, holder: row.holder, team: row.team_id, reason: t("undone") }));

/** @param {() => Promise<any>} work */
async function tried(work) {
  try {
    await work();
  } catch (error) {
    say(`${error.text} ${error.do || ""}`, { seconds: 10 });
  }
}

/** Takes a drawing off the map, with a reason; the record keeps it. @param {{mission: string, row: any, done: () => void}} props */
export function Erase({ mission, row, done }) {
  const send = async (/** @type {Record<string, string>} */ { reason }) => {
    await act("EraseDrawing", { mission, drawing: row.drawing, reason });
    say(t("{name} is off the map; the record keeps it.", { name: row.name || row.label }), { undo: () => tried(() => act("Draw", { mission, what: row.what, name: row.name, points: row.points, words: row.words, holder: row.holder, team: row.team_id })) });
    done();
  };
  return html`<${Form} label=${t("Take off the map")} send=${send}><label>${t("Why")}<input name="reason" required maxlength="500" dir="auto" placeholder=${t("for example: searched, nothing found")} /></label><//>`;
}
