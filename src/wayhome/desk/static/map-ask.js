// Asking the planner: who goes from where, what is asked, and how far the answer has come. Kept while the desk is open.
import { advise, get } from "./api.js";
import { again } from "./store.js";
import { say, signal } from "./ui.js";
import { t } from "./words.js";

/** @typedef {import("./map-coordinates.js").Place} Place */
/** @typedef {import("./map-things.js").Thing} Thing */
/** What was said of a team that differs from the others; `placed` is when its place was. @typedef {{goes?: boolean, place?: Place, placed?: number, hours?: string, dog?: string, stays?: boolean}} Said */
/** @typedef {{teams: Record<string, Said>, added: string[], hours: string, width: string, watch: string, alive: boolean, segments: boolean, barred: string[]}} Sheet */
/** A team as the form shows it; `at` is when its place was heard. @typedef {{name: string, place: Place|null, at: {ms: number}|null, byHand: boolean, goes: boolean, said: Said}} Going */
/** @typedef {"search_plan"|"search_contain"} Kind */
/** `sent`: this page waits for the answer itself. @typedef {{since: number, sent: boolean, working: any}} Waiting */

const MOST_HOURS = 24, LEAST_HOURS = 5 / 60;
/** @type {Sheet} */
const FRESH = { teams: {}, added: [], hours: "6", width: "40", watch: "100", alive: false, segments: false, barred: [] };

const sheets = signal(/** @type {Record<string, Sheet>} */ ({}));
/** Whose place the next tap on the map says. */
export const placing = signal(/** @type {{mission: string, name: string}|null} */ (null));
const waits = signal(/** @type {Record<string, Waiting>} */ ({}));
const wrongs = signal(/** @type {Record<string, any>} */ ({}));
const POLL_MS = 1_000;

/** What is asked; at first what the last plan was asked with. @param {string} mission @param {any} [plan] @returns {Sheet} */
export function sheetOf(mission, plan) {
  const held = sheets.value[mission];
  if (held || !plan) return held || FRESH;
  const { minutes, width_m, watch_m, alive, segments } = plan.asked;
  return { ...FRESH, hours: String(Math.round((minutes / 60) * 100) / 100), width: String(width_m), watch: String(watch_m), alive, segments };
}

/** @param {string} mission @param {Sheet} sheet @param {Partial<Sheet>} change */
export function changeSheet(mission, sheet, change) {
  sheets.value = { ...sheets.value, [mission]: { ...sheet, ...change } };
}

/** @param {string} mission @param {Sheet} sheet @param {string} name @param {Said} change */
export const changeTeam = (mission, sheet, name, change) => changeSheet(mission, sheet, { teams: { ...sheet.teams, [name]: { ...sheet.teams[name], ...change } } });

/** Says where a team sets out, until it is heard from anew. @param {string} mission @param {Sheet} sheet @param {string} name @param {Place} place */
export const placeTeam = (mission, sheet, name, place) => changeTeam(mission, sheet, name, { place, placed: Date.now(), goes: true });

/** The place of the team that is being placed; whether there was one. @param {string} mission @param {Place} place */
export function put(mission, place) {
  const held = placing.value;
  if (held?.mission !== mission) return false;
  placeTeam(mission, sheetOf(mission), held.name, place);
  placing.value = null;
  say(t("{name} sets out there.", { name: held.name }));
  return true;
}

/** The teams of the mission and those that were added, each where it was last heard or is said to be. @param {any[]} teams @param {Thing[]} things @param {Sheet} sheet @returns {Going[]} */
export function teamsOf(teams, things, sheet) {
  const heard = new Map(things.filter((one) => one.group === "teams").map((one) => [one.name, one]));
  return [...new Set([...teams.map((one) => one.name), ...sheet.added])].map((name) => {
    const said = sheet.teams[name] || {}, last = heard.get(name), byHand = !!said.place && !(last?.at && last.at.ms > (said.placed || 0));
    const place = (byHand ? said.place : last?.points[0]) || null;
    return { name, place, at: byHand ? null : last?.at || null, byHand, goes: (said.goes ?? true) && !!place, said };
  });
}

/** What is wrong with what is asked, in words; empty where nothing is. @param {Sheet} sheet @param {Going[]} going @param {Kind} kind */
export function wrongWith(sheet, going, kind) {
  const hours = Number(sheet.hours), tired = going.find((one) => one.goes && one.said.hours && !(Number(one.said.hours) > 0));
  if (!going.some((one) => one.goes)) return { text: t("No team goes."), do: t("Tick a team that has a place, or say where one is.") };
  if (!(hours >= LEAST_HOURS && hours <= MOST_HOURS)) return { where: t("Hours"), text: t("A plan is for five minutes to a day."), do: t("Type hours such as 6 or 0.5.") };
  if (tired) return { where: tired.name, text: t("It works for some hours, or the field stays empty."), do: t("Type hours such as 4.") };
  const [name, metres] = kind === "search_plan" ? [t("Sweep width"), sheet.width] : [t("A post sees"), sheet.watch];
  return Number(metres) > 0 ? null : { where: name, text: t("It is a length in metres."), do: t("Type metres such as 40.") };
}

/** The question as the API takes it. @param {string} mission @param {Sheet} sheet @param {Going[]} going @param {Kind} kind */
export function questionOf(mission, sheet, going, kind) {
  const out = going.filter((one) => one.goes), search = kind === "search_plan";
  const teams = out.map(({ name, said }) => ({ name, ...(said.hours ? { hours: Number(said.hours) } : {}), ...(said.dog ? { dog: said.dog } : {}), ...(said.stays ? { stays: true } : {}) }));
  const asked = {
    minutes: Number(sheet.hours) * 60, width_m: Number(sheet.width) || 40, watch_m: Number(sheet.watch) || 100, teams, barred: sheet.barred,
    ...(search ? { alive: sheet.alive, segments: sheet.segments } : {}),
  };
  const placed = out.some((one) => one.byHand) ? out : [];
  return { mission, ours: placed.map(({ name, place }) => ({ name, place })), asked };
}

/** @param {string} mission @param {Kind} kind */
const keyOf = (mission, kind) => `${kind} ${mission}`;

/** @param {string} mission @param {Kind} kind @returns {Waiting|undefined} */
export const waitingFor = (mission, kind) => waits.value[keyOf(mission, kind)];
/** @param {string} mission @param {Kind} kind */
export const wrongOf = (mission, kind) => wrongs.value[keyOf(mission, kind)] || null;

/** @param {string} key @param {Waiting|null} held */
function wait(key, held) {
  const { [key]: _, ...rest } = waits.value;
  waits.value = held ? { ...rest, [key]: held } : rest;
}

/** @param {string} key @param {any} problem */
const complain = (key, problem) => { wrongs.value = { ...wrongs.value, [key]: problem }; };

/** Asks, and follows how far it has come. The answer is in the record, and comes by the read of plans. @param {string} mission @param {Kind} kind @param {any} question @param {any} [wrong] */
export async function askFor(mission, kind, question, wrong) {
  const key = keyOf(mission, kind);
  complain(key, wrong || null);
  if (wrong || waits.value[key]) return;
  wait(key, { since: Date.now(), sent: true, working: null });
  follow(mission, kind);
  try {
    await advise(kind, question);
    wait(key, null);
    again("plans", { mission });
    say(kind === "search_plan" ? t("The plan of who searches where is there.") : t("The plan of whom to post where is there."));
  } catch (/** @type {any} */ error) {
    const held = /** @type {Waiting|undefined} */ (waits.value[key]);
    if (!error.noLink || !held) {
      complain(key, error);
      wait(key, null);
      return;
    }
    complain(key, { text: t("The link broke while this was worked out."), do: t("Wayhome goes on with it: the answer comes here by itself. If it does not, ask again.") });
    wait(key, { ...held, sent: false });
  }
}

/** Asks every second how far it has come, until it is done. @param {string} mission @param {Kind} kind */
async function follow(mission, kind) {
  const key = keyOf(mission, kind);
  while (waits.value[key]) {
    await new Promise((done) => { setTimeout(done, POLL_MS); });
    const mine = await workingOn(mission, kind);
    const held = waits.value[key];
    if (!held || mine === undefined) continue;
    if (mine || held.sent) wait(key, { ...held, working: mine || held.working });
    else { wait(key, null); again("plans", { mission }); }
  }
}

/** What the server works on for me; null where it is done, undefined without a link. @param {string} mission @param {Kind} kind */
async function workingOn(mission, kind) {
  try {
    return (await get("/api/working")).find((/** @type {any} */ one) => one.name === kind && one.mission === mission) || null;
  } catch {
    return undefined;
  }
}

/** Finds again what was asked for before this page was loaded. @param {string} mission */
export async function findAgain(mission) {
  for (const kind of /** @type {Kind[]} */ (["search_plan", "search_contain"])) {
    const mine = waits.value[keyOf(mission, kind)] ? null : await workingOn(mission, kind);
    if (!mine) continue;
    wait(keyOf(mission, kind), { since: Date.now() - mine.seconds * 1_000, sent: false, working: mine });
    follow(mission, kind);
  }
}
