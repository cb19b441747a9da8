// The list of lines: only those on the screen are drawn, so that twenty thousand scroll like twenty. It stays at the
// newest line for whoever is there, and where they are for whoever reads further up.
import { useLayoutEffect } from "preact/hooks";
import { html, useEffect, useMemo, useRef, useSignal } from "../ui.js";
import { plural, t } from "../words.js";
import { Row } from "./log-row.js";

const GUESS_PX = 34;
/** So much is drawn above and below what is seen. */
const BEYOND_PX = 700;
const AT_END_PX = 12;
const NEAR_START_PX = 900;

/** @typedef {{toStart: () => void, toEnd: () => void, toTime: (ms: number) => void, page: (by: number) => void, focus: () => void}} Control */

/** Heights of rows, guessed until they were seen. */
class Heights {
  constructor() {
    /** @type {Map<string, number>} */
    this.known = new Map();
    this.sum = 0;
  }
  forget() {
    this.known.clear();
    this.sum = 0;
  }
  /** @param {string} id @param {number} px @returns {boolean} whether it is another than before */
  learn(id, px) {
    const before = this.known.get(id);
    if (before !== undefined && Math.abs(before - px) < 0.5) return false;
    this.sum += px - (before || 0);
    this.known.set(id, px);
    return true;
  }
  /** Where each row begins, and the end of the last. @param {any[]} rows */
  tops(rows) {
    const guess = this.known.size ? this.sum / this.known.size : GUESS_PX;
    const tops = new Float64Array(rows.length + 1);
    for (let number = 0; number < rows.length; number += 1) tops[number + 1] = tops[number] + (this.known.get(rows[number].line) ?? guess);
    return tops;
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
 * @param {{rows: any[], marks: import("./log-row.js").Marks, letters: number, complete: boolean, busy: boolean, keptAt: number,
 *   onOlder: () => void, onPick: (line: any) => void, control: {current: Control|null}, empty: string}} props
 */
export function LineList({ rows, marks, letters, complete, busy, onOlder, onPick, control, empty }) {
  const scroller = useRef(/** @type {HTMLElement|null} */ (null));
  const drawn = useRef(/** @type {HTMLElement|null} */ (null));
  const heights = useMemo(() => new Heights(), []);
  const place = useRef({ atEnd: true, id: "", into: 0, lastAtEnd: "" });
  const view = useSignal({ top: 0, height: 800 });
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
    const top = rowAt(tops, box.scrollTop);
    at.id = rows[top]?.line || "";
    at.into = box.scrollTop - tops[top];
    if (at.atEnd) at.lastAtEnd = rows.at(-1)?.line || "";
    if (!complete && !busy && box.scrollTop < NEAR_START_PX && rows.length) onOlder();
    view.value = { top: box.scrollTop, height: box.clientHeight };
  };

  useLayoutEffect(() => { if (keepPlace(scroller.current, drawn.current, place.current, heights, tops, index)) measured.value += 1; });
  useEffect(() => { heights.forget(); measured.value += 1; }, [letters]);
  useEffect(() => widthWatched(scroller.current, () => { heights.forget(); measured.value += 1; }, look), []);
  control.current = controls(scroller, place, { rows, tops, complete }, () => { measured.value += 1; });
  const news = place.current.atEnd ? 0 : rows.length - 1 - (index.get(place.current.lastAtEnd) ?? rows.length - 1);
  return html`<div class="log-list" role="table" aria-label=${t("Radio log")} aria-rowcount=${complete ? rows.length + 1 : -1}>
    <${Headings} />
    <div class="log-scroller" role="rowgroup" tabindex="0" ref=${scroller} onScroll=${look} aria-label=${t("Lines, newest last")}>
      ${rows.length ? null : html`<p class="empty">${empty}</p>`}
      ${busy ? html`<p class="log-further" role="presentation">${t("Looking further back…")}</p>` : null}
      <div role="presentation" style=${{ blockSize: `${tops[first]}px` }}></div>
      <div role="presentation" ref=${drawn}>${shown.map((row, number) => html`<${Row} key=${row.line} line=${row} number=${first + number + 2} marks=${marks} onPick=${onPick} />`)}</div>
      <div role="presentation" style=${{ blockSize: `${Math.max(0, tops[rows.length] - tops[last])}px` }}></div>
    </div>
    ${news > 0 ? html`<button class="log-news main" onClick=${() => control.current?.toEnd()}>${plural(news, "{count} new line", "{count} new lines")} ↓</button>` : null}
  </div>`;
}

/**
 * Learns how high the drawn rows are and puts the list back where it was. Says whether anything was learned.
 * @param {HTMLElement|null} box @param {HTMLElement|null} drawn @param {{atEnd: boolean, id: string, into: number}} place
 * @param {Heights} heights @param {Float64Array} tops @param {Map<string, number>} index
 */
function keepPlace(box, drawn, place, heights, tops, index) {
  if (!box || !drawn) return false;
  let learned = false;
  for (const row of /** @type {HTMLCollectionOf<HTMLElement>} */ (drawn.children)) {
    const { line } = row.dataset;
    if (line && heights.learn(line, row.getBoundingClientRect().height)) learned = true;
  }
  const at = index.get(place.id);
  if (place.atEnd) box.scrollTop = box.scrollHeight;
  else if (at !== undefined && Math.abs(tops[at] + place.into - box.scrollTop) > 1) box.scrollTop = tops[at] + place.into;
  return learned;
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
 * @param {{current: HTMLElement|null}} scroller @param {{current: any}} place @param {{rows: any[], tops: Float64Array, complete: boolean}} now
 * @param {() => void} draw @returns {Control}
 */
function controls(scroller, place, { rows, tops, complete }, draw) {
  const to = (/** @type {number} */ number) => {
    place.current = { ...place.current, atEnd: false, id: rows[number]?.line || "", into: 0 };
    if (scroller.current) scroller.current.scrollTop = tops[number];
    draw();
  };
  return {
    toStart: () => to(0),
    toEnd: () => { place.current.atEnd = true; draw(); },
    toTime: (ms) => to(Math.max(0, rows.findIndex((row) => row.at.ms >= ms))),
    page: (by) => scroller.current?.scrollBy({ top: by * scroller.current.clientHeight * 0.9 }),
    focus: () => scroller.current?.focus(),
  };
}

function Headings() {
  const names = [["time", t("Time")], ["way", t("T/F")], ["team", t("Team")], ["message", t("Message")], ["place", t("Radio loc.")], ["status", t("Status")], ["by", t("Op.")]];
  return html`<div class="log-headings" role="rowgroup"><div class="log-row" role="row" aria-rowindex="1">
    ${names.map(([name, words]) => html`<span class=${`log-${name}`} role="columnheader">${words}${name === "place" ? html` <small>WGS 84</small>` : null}</span>`)}</div></div>`;
}

