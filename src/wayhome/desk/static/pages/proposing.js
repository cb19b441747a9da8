// Asking who goes, and what if: what is shown stays until something better is there, and there is a way back.
// Kept while the desk is open, so that a look at the map loses no proposal.
import { advise } from "../api.js";
import { again } from "../store.js";
import { signal } from "../ui.js";
import { t } from "../words.js";

/** What a plan is asked with: who is left out, who is taken in. @typedef {{without: string[], pinned: string[]}} What */
/** One of the team, or one move between two plans. @typedef {{mission: string, mission_name: string, person: string, name: string, joins: boolean, why: string}} Move */
/** One answer: what it was asked with, when it came, what the question rested on, and how it differs from the one before. @typedef {{answer: any, what: What, at: number, basis: string, moves: Move[]|null, from: string}} Shown */
/** `back` are the answers before, each by what-if; `busy` is the question under way. @typedef {{shown: Shown|null, back: Shown[], busy: {number: number, what: What, afresh: boolean, since: number}|null, problem: any}} State */

/** The plan for all open missions, among those for one. */
export const ALL = "all";
export const AS_IT_STANDS = /** @type {What} */ ({ without: [], pinned: [] });
/** @type {State} */
const NOTHING = { shown: null, back: [], busy: null, problem: null };
const states = signal(/** @type {Record<string, State>} */ ({}));
let asked = 0;

/** @param {string} key a mission, or ALL @returns {State} */
export const stateOf = (key) => states.value[key] || NOTHING;

/** @param {string} key @param {Partial<State>} change */
function set(key, change) {
  states.value = { ...states.value, [key]: { ...stateOf(key), ...change } };
}

/** @param {What} one @param {What} other */
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/**
 * Asks for a plan. The same question is never asked twice at a time; an answer that was overtaken is dropped; where it
 * goes wrong, what was shown stays.
 * @param {string} key @param {What} what @param {string} basis what it rests on, to tell later whether it still holds
 * @param {boolean} [afresh] as if nothing had been proposed before, rather than with as few changes as can be
 */
export async function plan(key, what, basis, afresh = false) {
  const before = stateOf(key);
  if (before.busy && before.busy.afresh === afresh && same(before.busy.what, what)) return;
  const number = ++asked;
  set(key, { busy: { number, what, afresh, since: Date.now() }, problem: null });
  try {
    const question = { without: what.without, pinned: what.pinned, ...(afresh ? { afresh } : {}) };
    const answer = await (key === ALL ? advise("propose_all", question) : advise("propose", { mission: key, ...question }));
    if (stateOf(key).busy?.number === number) take(key, what, answer, basis);
  } catch (error) {
    if (stateOf(key).busy?.number === number) set(key, { busy: null, problem: brokenLink(error) });
  }
  if (key !== ALL) again("advice", { mission: key });
}

/** Nobody asks again by itself: it costs the server seconds, and is written down. @param {any} error */
const brokenLink = (error) => (error.noLink ? { text: t("The link broke while this was weighed."), do: t("What is shown stands as it was. Ask again when there is a link.") } : error);

/** @param {string} key @param {What} what @param {any} answer @param {string} basis */
function take(key, what, answer, basis) {
  const { shown, back } = stateOf(key);
  const asksElse = !!shown && !same(shown.what, what);
  const before = asksElse && !shown.from ? shown.answer : null;
  const moves = before ? movesBetween(before, answer, shown?.what || AS_IT_STANDS, what) : answer.changes?.length ? answer.changes : answer.against ? [] : null;
  set(key, { shown: { answer, what, at: Date.now(), basis, moves, from: "" }, back: asksElse && shown ? [...back, shown] : [], busy: null });
}

/** What was shown before the last what-if; nothing is asked. @param {string} key */
export function undo(key) {
  const { back } = stateOf(key);
  if (back.length) set(key, { shown: back[back.length - 1], back: back.slice(0, -1), busy: null, problem: null });
}

/** Waits no longer; what comes late is dropped. @param {string} key */
export const leaveIt = (key) => set(key, { busy: null });

/** A mission's team as the plan for all has it, to be offered from the mission's own page. @param {string} mission */
export function takeFromAll(mission) {
  const whole = stateOf(ALL).shown;
  const team = whole?.answer.teams.find((/** @type {any} */ one) => one.mission === mission);
  if (!whole || !team) return;
  const unmanned = (whole.answer.unmanned || []).filter((/** @type {any} */ one) => one.mission === mission);
  const answer = { ...whole.answer, teams: [team], unmanned, clash: null };
  set(mission, { shown: { ...whole, answer, moves: null, from: ALL, basis: "" }, back: [], busy: null, problem: null });
}

/** Everybody who is in a team, with it. @param {any} answer */
const placesOf = (answer) => answer.teams.flatMap((/** @type {any} */ team) => team.picks.map((/** @type {any} */ pick) => ({ team, pick, key: `${team.mission} ${pick.person}` })));

/**
 * Who leaves and who joins from one answer to the next, those who leave first; why is said where it is known.
 * @param {any} before @param {any} after @param {What} was @param {What} is @returns {Move[]}
 */
export function movesBetween(before, after, was, is) {
  const [old, fresh] = [placesOf(before), placesOf(after)];
  const [had, has] = [old, fresh].map((places) => new Set(places.map((/** @type {any} */ one) => one.key)));
  const told = new Map((after.changes || []).map((/** @type {Move} */ one) => [`${one.mission} ${one.person} ${one.joins}`, one.why]));
  const move = (/** @type {any} */ { team, pick }, /** @type {boolean} */ joins) => ({
    mission: team.mission, mission_name: team.name, person: pick.person, name: pick.name, joins,
    why: mine(pick.person, joins, was, is) || told.get(`${team.mission} ${pick.person} ${joins}`) || "",
  });
  return [...old.filter((/** @type {any} */ one) => !has.has(one.key)).map((/** @type {any} */ one) => move(one, false)), ...fresh.filter((/** @type {any} */ one) => !had.has(one.key)).map((/** @type {any} */ one) => move(one, true))];
}

/** What the one who looks has asked for themselves. @param {string} person @param {boolean} joins @param {What} was @param {What} is */
function mine(person, joins, was, is) {
  if (!joins && is.without.includes(person) && !was.without.includes(person)) return t("you asked for a team without them");
  return joins && is.pinned.includes(person) && !was.pinned.includes(person) ? t("you asked for a team with them") : "";
}
