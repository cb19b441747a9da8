// The list of lines: only those on the screen are drawn, so that twenty thousand scroll like twenty. It stays at the
// newest line for whoever is there, and where they are for whoever reads further up.
import { useLayoutEffect } from "preact/hooks";
import { html, useEffect, useMemo, useRef, useSignal } from "../ui.js";
import { plural, t } from "../words.js";
import { Row } from "./log-row.js";

const GUESS_PX = 34;
/** So much is drawn above and below what is seen; after so much scrolling it is drawn anew. */
const BEYOND_PX = 800;
const REDRAW_PX = 300;
const AT_END_PX = 12;
const NEAR_START_PX = 900;

/** @typedef {{toStart: () => void, toEnd: () => void, toTime: (ms: number) => void, page: (by: number) => void, focus: () => void}} Control */

/** Heights of rows, guessed until they were seen. */
class Heights {
  constructor() {
    /** @type {Map<string, {px: number, line: any}>} */
    this.known = new Map();
    /** @type {any[]|null} */
    this.rows = null;
    this.px = new Float64Array(0);
    this.guess = 0;
    this.old = true;
    this.sums = new Float64Array(1);
  }
  forget() {
    this.known.clear();
    this.rows = null;
  }
  /** Whether a row has to be looked at: it is new, or says something else. @param {any} line */
  wants(line) {
    return this.known.get(line.line)?.line !== line;
  }
  /** @param {number} number which row @param {any} line @param {number} px @returns {boolean} whether it is another than was thought */
  learn(number, line, px) {
    this.known.set(line.line, { px, line });
    if (Math.abs(this.px[number] - px) < 0.5) return false;
    this.px[number] = px;
    this.old = true;
    return true;
  }
  /** Where each row begins, and the end of the last. @param {any[]} rows */
  tops(rows) {
    if (rows !== this.rows) this.lay(rows);
    if (this.old) {
      const sums = new Float64Array(rows.length + 1);
      for (let number = 0; number < rows.length; number += 1) sums[number + 1] = sums[number] + this.px[number];
      this.sums = sums;
      this.old = false;
    }
    return this.sums;
  }
  /** @param {any[]} rows */
  lay(rows) {
    const seen = [...this.known.values()];
    this.guess = seen.length ? seen.reduce((sum, { px }) => sum + px, 0) / seen.length : GUESS_PX;
    this.px = Float64Array.from(rows, (row) => this.known.get(row.line)?.px ?? this.guess);
    this.rows = rows;
    this.old = true;
  }
}

/** The last row that begins at or above `px`. @param {Float64Array} tops @param {number} px */
function rowAt(tops, px) {
  let low = 0;
  let high = Math.max(0, tops.length - 2);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (tops[middle] <= px) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * @param {{rows: any[], marks: import("./log-row.js").Marks, letters: number, ready: boolean, complete: boolean, busy: boolean,
 *   onOlder: () => void, onPick: (line: any) => void, control: {current: Control|null}, empty: string}} props
 */
export function LineList({ rows, marks, letters, ready, complete, busy, onOlder, onPick, control, empty }) {
  const scroller = useRef(/** @type {HTMLElement|null} */ (null));
  const drawn = useRef(/** @type {HTMLElement|null} */ (null));
  const heights = useMemo(() => new Heights(), []);
  const place = useRef({ atEnd: true, id: "", into: 0, lastAtEnd: "" });
  const view = useSignal({ top: 0, height: 800, atEnd: true });
  const kept = useRef(/** @type {Map<string, {line: any, number: number, marks: any, drawn: any}>} */ (new Map()));
  const measured = useSignal(0);
  void measured.value;
  const tops = heights.tops(rows);
  const index = useMemo(() => new Map(rows.map((row, number) => [row.line, number])), [rows]);
  const first = rowAt(tops, view.value.top - BEYOND_PX);
  const last = Math.min(rows.length, rowAt(tops, view.value.top + view.value.height + BEYOND_PX) + 1);
  const shown = rows.slice(first, last);

  const look = () => {
    const box = scroller.current;
    if (!box) return;
    const at = place.current;
    at.atEnd = box.scrollTop + box.clientHeight >= box.scrollHeight - AT_END_PX;
    const sums = heights.tops(rows);
    const top = rowAt(sums, box.scrollTop);
    at.id = rows[top]?.line || "";
    at.into = box.scrollTop - sums[top];
    if (at.atEnd) at.lastAtEnd = rows.at(-1)?.line || "";
    if (!complete && !busy && box.scrollTop < NEAR_START_PX && rows.length) onOlder();
    const { top: before, height, atEnd } = view.value;
    if (Math.abs(before - box.scrollTop) > REDRAW_PX || height !== box.clientHeight || atEnd !== at.atEnd) view.value = { top: box.scrollTop, height: box.clientHeight, atEnd: at.atEnd };
  };

  useLayoutEffect(() => { if (keepPlace(scroller.current, drawn.current, place.current, heights, rows, index)) measured.value += 1; });
  useEffect(() => { heights.forget(); measured.value += 1; }, [letters, marks]);
  useEffect(() => widthWatched(scroller.current, () => { heights.forget(); measured.value += 1; }, look), []);
  control.current = controls(scroller, place, { rows, tops }, { draw: () => { measured.value += 1; }, look });
  const news = place.current.atEnd ? 0 : rows.length - 1 - (index.get(place.current.lastAtEnd) ?? rows.length - 1);
  return html`<div class="log-list" role="table" aria-label=${t("Radio log")} aria-rowcount=${complete ? rows.length + 1 : -1}>
    <${Headings} />
    <div class="log-scroller" role="rowgroup" tabindex="0" ref=${scroller} onScroll=${look} aria-label=${t("Lines, newest last")}>
      ${rows.length ? null : html`<div role="row"><p class=${ready ? "empty" : "loading"} role="cell">${ready ? empty : t("On its way…")}</p></div>`}
      ${busy ? html`<p class="log-further" role="presentation">${t("Looking further back…")}</p>` : null}
      <div role="presentation" style=${{ blockSize: `${tops[first]}px` }}></div>
      <div role="presentation" ref=${drawn}>${drawnRows(kept, shown, first + 2, marks, onPick)}</div>
      <div role="presentation" style=${{ blockSize: `${Math.max(0, tops[rows.length] - tops[last])}px` }}></div>
    </div>
    ${news > 0 ? html`<button class="log-news main" onClick=${() => control.current?.toEnd()}>${plural(news, "{count} new line", "{count} new lines")} ↓</button>` : null}
  </div>`;
}

/**
 * The rows, each drawn anew only where it says something else: what is the same object is left alone.
 * @param {{current: Map<string, {line: any, number: number, marks: any, drawn: any}>}} kept @param {any[]} shown @param {number} from
 * @param {import("./log-row.js").Marks} marks @param {(line: any) => void} onPick
 */
function drawnRows(kept, shown, from, marks, onPick) {
  const before = kept.current;
  kept.current = new Map(shown.map((line, at) => {
    const number = from + at;
    const held = before.get(line.line);
    const same = held && held.line === line && held.number === number && held.marks === marks;
    return [line.line, same ? held : { line, number, marks, drawn: html`<${Row} key=${line.line} line=${line} number=${number} marks=${marks} onPick=${onPick} />` }];
  }));
  return [...kept.current.values()].map(({ drawn }) => drawn);
}

/**
 * Learns how high the drawn rows are and puts the list back where it was. Says whether anything was learned.
 * @param {HTMLElement|null} box @param {HTMLElement|null} drawn @param {{atEnd: boolean, id: string, into: number}} place
 * @param {Heights} heights @param {any[]} rows @param {Map<string, number>} index
 */
function keepPlace(box, drawn, place, heights, rows, index) {
  if (!box || !drawn) return false;
  let learned = false;
  for (const row of /** @type {HTMLCollectionOf<HTMLElement>} */ (drawn.children)) {
    const number = index.get(row.dataset.line || "");
    if (number === undefined || !heights.wants(rows[number])) continue;
    if (heights.learn(number, rows[number], row.getBoundingClientRect().height)) learned = true;
  }
  if (learned) return true;
  const tops = heights.tops(rows);
  const at = index.get(place.id);
  if (place.atEnd) box.scrollTop = box.scrollHeight;
  else if (at !== undefined && Math.abs(tops[at] + place.into - box.scrollTop) > 1) box.scrollTop = tops[at] + place.into;
  return false;
}

/** @param {HTMLElement|null} box @param {() => void} widened @param {() => void} look */
function widthWatched(box, widened, look) {
  if (!box) return;
  let width = box.clientWidth;
  const watcher = new ResizeObserver(() => {
    if (Math.abs(box.clientWidth - width) > 1) widened();
    width = box.clientWidth;
    look();
  });
  watcher.observe(box);
  return () => watcher.disconnect();
}

/**
 * @param {{current: HTMLElement|null}} scroller @param {{current: any}} place @param {{rows: any[], tops: Float64Array}} now
 * @param {{draw: () => void, look: () => void}} how @returns {Control}
 */
function controls(scroller, place, { rows, tops }, { draw, look }) {
  const to = (/** @type {number} */ number) => {
    place.current = { ...place.current, atEnd: false, id: rows[number]?.line || "", into: 0 };
    if (scroller.current) scroller.current.scrollTop = tops[number];
    draw();
  };
  return {
    toStart: () => to(0),
    toEnd: () => { place.current.atEnd = true; draw(); },
    toTime: (ms) => {
      const number = rows.findIndex((row) => row.at.ms >= ms);
      to(number < 0 ? rows.length - 1 : number);
    },
    page: (by) => {
      scroller.current?.scrollBy({ top: by * scroller.current.clientHeight * 0.9 });
      look(); // at once: a line that comes before the browser says that it scrolled would take the list back
    },
    focus: () => scroller.current?.focus(),
  };
}

function Headings() {
  const names = [["time", t("Time")], ["way", t("T/F")], ["team", t("Team")], ["message", t("Message")], ["place", t("Radio loc.")], ["status", t("Status")], ["by", t("Op.")]];
  return html`<div class="log-headings" role="rowgroup"><div class="log-row" role="row" aria-rowindex="1">
    ${names.map(([name, words]) => html`<span class=${`log-${name}`} role="columnheader">${words}${name === "place" ? html` <small>WGS 84</small>` : null}</span>`)}</div></div>`;
}

