// The lines of one log, as far as they are on this screen: the newest first asked for, older ones as they are wanted,
// new ones as they come. What waits on the device stands in it at once.
import { read } from "../api.js";
import { here } from "../app.js";
import { keepRead, keptRead } from "../device.js";
import { onAnew, onBack, onFrame } from "../live.js";
import { onSettled, waiting } from "../queue.js";
import { signal, useEffect, useMemo } from "../ui.js";

/** How many lines are asked for at first. */
export const PAGE = 300;
/** How many at a time where somebody goes far back. */
const FAR = 2_000;
const SETTLE_MS = 250;
const KEEP_MS = 1_000;
/** A line that was acknowledged comes by itself; where it does not within this time, it is asked for. */
const MISSED_MS = 2_000;

/** @typedef {any} Line one `LineView`; `waiting` is set where it is not acknowledged, `sent` where it just was */

/** One log, or what was found in it. */
export class Book {
  /** @param {string} mission @param {string} [find] */
  constructor(mission, find = "") {
    this.mission = mission;
    this.find = find;
    this.wanted = find.toLowerCase();
    /** @type {Line[]} oldest first */
    this.lines = [];
    /** @type {Map<string, Line>} */
    this.byId = new Map();
    /** @type {Map<string, Line>} acknowledged, and not yet come as lines */
    this.sent = new Map();
    /** @type {Set<string>} keys of what was acknowledged: it waits no more, whatever the device still holds */
    this.done = new Set();
    /** @type {Line[]} new lines since the last reading began */
    this.came = [];
    this.changed = signal(0);
    this.state = signal({ ready: false, complete: false, busy: false, keptAt: 0, problem: /** @type {any} */ (null) });
    /** @type {(() => void)[]} */
    this.ends = [onFrame((frame) => this.hear(frame)), onAnew(() => this.refresh()), onBack(() => this.refresh()), onSettled((sent, outcome) => this.settled(sent, outcome))];
    this.refresh();
  }

  close() {
    for (const end of this.ends) end();
    clearTimeout(this.soon);
  }

  /** @param {any} part */
  say(part) {
    this.state.value = { ...this.state.value, ...part };
  }

  bump() {
    this.changed.value += 1;
    if (this.find || this.keeping || !this.state.value.ready) return;
    this.keeping = setTimeout(() => this.keep(), KEEP_MS);
  }

  /** The newest page is kept on the device, for a reload without a link. */
  keep() {
    this.keeping = undefined;
    keepRead("log", { mission: this.mission, limit: PAGE }, this.lines.slice(-PAGE));
  }

  /** Reads again what is on the screen: after a link was lost, or when something was amended. */
  async refresh() {
    if (this.refreshing) {
      this.again = true;
      return;
    }
    this.refreshing = true;
    this.again = false;
    try {
      await this.readAgain();
    } catch (problem) {
      await this.fallBack(problem);
    }
    this.refreshing = false;
    if (this.again) this.refresh();
  }

  async readAgain() {
    this.came = [];
    const oldest = this.lines[0];
    const deep = this.lines.length > PAGE;
    const ask = { mission: this.mission, find: this.find, limit: deep ? this.lines.length + PAGE : PAGE, after: deep ? oldest.sort.slice(0, -1) : undefined };
    const found = await read("log", ask);
    const complete = deep ? this.state.value.complete : found.length < PAGE;
    const came = this.came;
    this.lines = [];
    this.byId.clear();
    this.put(found);
    // What came while the answer was on its way may be newer than the answer.
    this.put(came.filter((line) => !this.byId.has(line.line)));
    this.say({ ready: true, complete, keptAt: 0, problem: null });
    if (!this.find) this.keep();
  }

  /** @param {any} problem */
  async fallBack(problem) {
    if (!this.state.value.ready && problem.noLink && !this.find) {
      const kept = await keptRead("log", { mission: this.mission, limit: PAGE });
      if (kept) {
        this.put(kept.value);
        this.say({ ready: true, complete: kept.value.length < PAGE, keptAt: kept.at });
        return;
      }
    }
    this.say({ problem: this.state.value.ready && problem.noLink ? null : problem });
  }

  /** Puts lines in their places. @param {Line[]} lines */
  put(lines) {
    for (const line of lines) {
      const held = this.byId.get(line.line);
      if (held) this.lines[this.lines.indexOf(held)] = line;
      else this.lines.splice(this.placeOf(line.sort), 0, line);
      this.byId.set(line.line, line);
      this.sent.delete(line.line);
    }
    this.bump();
  }

  /** @param {string} sort */
  placeOf(sort) {
    let low = 0;
    let high = this.lines.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.lines[middle].sort < sort) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** @param {import("../live.js").Frame} frame */
  hear(frame) {
    for (const { mission, line } of frame.lines) {
      if (mission !== this.mission) continue;
      if (this.byId.has(line.line)) this.fetch(line.line);
      else if (this.holds(line)) {
        this.noteOwn(line);
        this.came.push(line);
        this.put([line]);
      }
    }
    const touched = frame.changed.some(([view, scope]) => scope === this.mission && (view === "amendment" || view === "line" || view === "line_undone"));
    if (touched && !this.soon) this.soon = setTimeout(() => { this.soon = undefined; this.refresh(); }, SETTLE_MS);
  }

  /** A line of one's own may come before its entry is acknowledged: the entry waits no more. @param {Line} line */
  noteOwn(line) {
    if (line.by !== here.value?.viewer) return;
    const entry = waiting.value.find((one) => one.mission === this.mission && one.fields.words === line.words && !one.refused && !this.done.has(one.key));
    if (entry) this.done.add(entry.key);
  }

  /** Whether a new line belongs on this screen. @param {Line} line */
  holds(line) {
    const within = this.state.value.complete || !this.lines.length || line.sort > this.lines[0].sort;
    return within && (!this.wanted || `${line.words} ${line.message} ${line.team}`.toLowerCase().includes(this.wanted));
  }

  /** @param {string} line */
  async fetch(line) {
    try {
      this.put([await read("line", { mission: this.mission, line })]);
    } catch {
      this.refresh();
    }
  }

  /** @param {import("../queue.js").Waiting} sent @param {any} outcome */
  settled(sent, outcome) {
    if (sent.kind !== "entry" || sent.mission !== this.mission || outcome.refused || this.find) return;
    this.done.add(sent.key);
    if (!outcome.line) {
      this.refresh();
      return;
    }
    if (this.byId.has(outcome.line)) return;
    this.sent.set(outcome.line, { ...asLine(sent), line: outcome.line, sent: true, waiting: undefined });
    this.bump();
    setTimeout(() => { if (this.sent.has(outcome.line)) this.fetch(outcome.line); }, MISSED_MS);
  }

  /** One page further back. @param {number} [size] @returns {Promise<boolean>} whether there was any */
  async older(size = PAGE) {
    if (this.state.value.busy || this.state.value.complete || !this.lines.length) return false;
    this.say({ busy: true });
    try {
      const found = await read("log", { mission: this.mission, find: this.find, limit: size, before: this.lines[0].sort });
      this.lines = [...found.filter((/** @type {Line} */ line) => !this.byId.has(line.line)), ...this.lines];
      for (const line of found) this.byId.set(line.line, line);
      this.say({ busy: false, complete: found.length < size });
      this.bump();
      return found.length > 0;
    } catch (problem) {
      this.say({ busy: false, problem: /** @type {any} */ (problem).noLink ? null : problem });
      return false;
    }
  }

  /** Goes back until there is a line from before a moment; to the very start for 0. @param {number} ms */
  async backTo(ms) {
    while (!this.state.value.complete && this.lines.length && this.lines[0].at.ms > ms) if (!(await this.older(FAR))) return;
  }
}

/** A waiting entry as it stands in the log. @param {import("../queue.js").Waiting} one @returns {Line} */
export function asLine(one) {
  const { words, message, team, sender, receiver, status, relayed, at_ms } = one.fields;
  return {
    line: `waiting ${one.key}`, waiting: one, at: { ms: at_ms }, words, message: message || words, team: team || "", sender: sender || "", receiver: receiver || "",
    status: status || "", relayed: !!relayed, place: null, radio_place: null, place_words: one.fields.radio_place || "", flags: [], was: [], by: one.by, by_name: one.by_name,
  };
}

/** @type {Map<string, Book>} logs that were open lately: coming back to one costs nothing */
const shelf = new Map();
const MOST_KEPT = 3;

/** @param {string} mission */
function bookOf(mission) {
  const book = shelf.get(mission) || new Book(mission);
  shelf.delete(mission);
  shelf.set(mission, book);
  for (const [name, other] of [...shelf].slice(0, Math.max(0, shelf.size - MOST_KEPT))) {
    other.close();
    shelf.delete(name);
  }
  return book;
}

/** The log of a mission, or what was found in it. @param {string} mission @param {string} find @returns {Book} */
export function useBook(mission, find) {
  const book = useMemo(() => (find ? new Book(mission, find) : bookOf(mission)), [mission, find]);
  useEffect(() => () => { if (book.find) book.close(); }, [book]);
  return book;
}

/**
 * What stands in the list: lines that pass, then what was just sent, then what waits, in the order it was typed.
 * @param {Book} book @param {(line: Line) => boolean} passes @returns {Line[]}
 */
export function rowsOf(book, passes) {
  const own = book.find ? [] : waiting.value.filter((one) => one.kind === "entry" && one.mission === book.mission && !book.done.has(one.key)).map(asLine);
  return [...book.lines.filter(passes), ...book.sent.values(), ...own];
}
