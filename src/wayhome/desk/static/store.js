// What was read, kept fresh: a read is asked again when a row that it is made of has changed, and not before.
import { read } from "./api.js";
import { keepRead, keptRead } from "./device.js";
import { noticeNoLink, onAnew, onFrame } from "./live.js";
import { signal, useLayoutEffect } from "./ui.js";

/** @typedef {{value: any, problem: any, keptAt?: number}} Held */
/** @typedef {{name: string, args: Record<string, any>, held: import("@preact/signals").Signal<Held>, users: number, busy: boolean, again: boolean}} Entry */

/** Which views (rows) a read is made of. A read that is not named here is asked again on any change. */
const VIEWS = /** @type {Record<string, string[]>} */ ({
  organisation: ["organisation", "name"],
  roster: ["member", "name"],
  callsigns: ["name"],
  availability: ["member", "name"],
  memorial: ["memorial"],
  vehicles: ["vehicle"],
  recovery: ["recovery"],
  missions: ["mission"],
  board: ["mission", "offer", "alarm", "out"],
  mission: ["mission"],
  offers: ["offer"],
  my_offers: ["offer"],
  exceptions: ["exception"],
  stakes: ["stake"],
  briefings: ["briefing"],
  acknowledgements: ["acknowledgement"],
  read_ins: ["read_in"],
  tellings: ["telling"],
  told: ["told"],
  know: ["knowing"],
  notes: ["note"],
  reports: ["report"],
  testimony: ["testimony"],
  assumptions: ["assumption"],
  papers: ["paper"],
  report: ["paper", "given_words"],
  advice: ["advice"],
  where: ["advice"],
  plans: ["advice", "mission", "clue", "clue_withdrawn", "clue_worth", "evidence", "evidence_withdrawn", "hypothesis", "hypothesis_dropped"],
  teams: ["team"],
  out: ["out"],
  signed_in: ["signed_in"],
  log: ["line", "amendment", "line_undone"],
  line: ["line", "amendment", "line_undone"],
  clues: ["clue", "clue_withdrawn", "clue_worth"],
  evidence: ["evidence", "evidence_withdrawn"],
  hypotheses: ["hypothesis", "hypothesis_dropped"],
  dogs: ["dog", "name"],
  casualties: ["casualty", "help"],
  places: ["place", "line", "amendment", "line_undone"],
  track: ["place", "line", "amendment", "line_undone"],
  alarms: ["alarm"],
  found: ["found"],
  drawings: ["drawing", "drawing_erased"],
  photos: ["photo", "photo_withdrawn", "clue"],
  photo: ["photo", "photo_withdrawn", "clue"],
  situation: ["mission", "report", "testimony", "assumption", "team", "out", "casualty", "help", "alarm", "line", "amendment"],
  losses: ["arrival", "loss", "name"],
  wait_or_go: ["futures", "name"],
  mask: ["mask"],
  emergencies: ["emergency"],
  glass: ["glass"],
  looks: [],
  covers: ["cover", "vehicle"],
  contact_plans: ["contact_plan"],
  left_behind: ["absence", "bond", "looked_in", "member", "name"],
  looked_in: ["looked_in"],
  waiting: ["absence", "bond", "looked_in", "emergency", "futures", "offer", "alarm", "clash", "conflict", "petition", "care_request", "history", "routine", "mission", "organisation"],
  care_requests: ["care_request"],
  contact_ticks: ["contact_tick"],
  visits: ["visit"],
  care_erased: ["care_erased"],
  published_counts: ["care_counts"],
  given_words: ["given_words"],
  my_duty: ["duty", "on_duty"],
  fitness: ["on_duty", "name"],
  duty_limits: ["duty_limit", "name", "organisation"],
  endurance: ["out", "rested", "on_duty", "member", "offer", "name"],
});
const SETTLE_MS = 120;

/** @type {Map<string, Entry>} */
const entries = new Map();
/** How many reads were asked for and never answered yet. */
export const unanswered = signal(0);

/** @param {string} name @param {Record<string, any>} args */
function entryOf(name, args) {
  const key = `${name} ${JSON.stringify(args)}`;
  let entry = entries.get(key);
  if (!entry) {
    entry = { name, args, held: signal(/** @type {Held} */ ({ value: undefined, problem: null })), users: 0, busy: false, again: false };
    entries.set(key, entry);
  }
  return entry;
}

/** A read, followed for as long as the part that uses it is on the screen. @param {string} name @param {Record<string, any>} [args] @returns {Held} */
export function useRead(name, args = {}) {
  const entry = entryOf(name, args);
  useLayoutEffect(() => {
    entry.users += 1;
    refresh(entry);
    return () => { entry.users -= 1; };
  }, [entry]);
  return entry.held.value;
}

/** Asks again, one question at a time; what changes meanwhile is asked for once more. @param {Entry} entry */
async function refresh(entry) {
  if (entry.busy) {
    entry.again = true;
    return;
  }
  const first = entry.held.value.value === undefined && !entry.held.value.problem;
  if (first) unanswered.value += 1;
  entry.busy = true;
  entry.again = false;
  try {
    const value = await read(entry.name, entry.args);
    entry.held.value = { value, problem: null };
    keepRead(entry.name, entry.args, value);
  } catch (error) {
    await fallBack(entry, error);
  }
  if (first) unanswered.value -= 1;
  entry.busy = false;
  if (entry.again && entry.users) setTimeout(() => refresh(entry), SETTLE_MS);
}

/** What a passing failure takes from nobody: what stands on the screen stays, and is asked for again. */
const PASSING = new Set([0, 408, 423, 429, 500, 502, 503, 504, 507]);
const RETRY_MS = 3_000;

/** @param {Entry} entry @param {any} problem */
async function fallBack(entry, problem) {
  if (!PASSING.has(problem.status)) {
    entry.held.value = { value: undefined, problem };
    return;
  }
  if (problem.noLink) noticeNoLink();
  else setTimeout(() => { if (entry.users) refresh(entry); }, RETRY_MS);
  if (entry.held.value.value !== undefined) return;
  const kept = await keptRead(entry.name, entry.args);
  entry.held.value = kept ? { value: kept.value, problem: null, keptAt: kept.at } : { value: undefined, problem };
}

/** Asks for a read again now. @param {string} name @param {Record<string, any>} [args] */
export function again(name, args = {}) {
  refresh(entryOf(name, args));
}

/** @type {Set<Entry>} */
const touched = new Set();
let settling = false;

/** @param {string} view @param {string} scope */
function touch(view, scope) {
  for (const entry of entries.values()) {
    const mission = entry.args.mission;
    const elsewhere = mission && scope && scope !== mission && view !== "mission";
    if (!elsewhere && (VIEWS[entry.name]?.includes(view) ?? true)) touched.add(entry);
  }
  if (!settling && touched.size) {
    settling = true;
    setTimeout(settle, SETTLE_MS);
  }
}

function settle() {
  settling = false;
  for (const entry of touched) {
    if (entry.users) refresh(entry);
    else forget(entry);
  }
  touched.clear();
}

/** What nobody looks at is read anew when somebody does. @param {Entry} entry */
function forget(entry) {
  for (const [key, held] of entries) if (held === entry) entries.delete(key);
}

onFrame((frame) => {
  for (const { mission } of frame.lines) touch("line", mission);
  for (const [view, scope] of frame.changed) touch(view, scope);
});
onAnew(() => {
  for (const entry of [...entries.values()]) entry.users ? refresh(entry) : forget(entry);
});
