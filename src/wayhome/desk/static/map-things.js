// What stands on the map: the reads of a mission as one list of things, each with its group, its place and its age.
import { ago, hhmm, t } from "./words.js";
import { onAnew, onFrame } from "./live.js";
import { read } from "./api.js";
import { signal, useEffect } from "./ui.js";
import { useRead } from "./store.js";

/** @typedef {import("./map-coordinates.js").Place} Place */
/**
 * @typedef {{id: string, group: string, kind: string, name: string, words: string, points: Place[], at?: {ms: number}|null,
 *   letter?: string, row?: any}} Thing
 */

/** The groups in their order, with their names. */
export const GROUPS = /** @type {[string, () => string][]} */ ([
  ["points", () => t("Points")],
  ["teams", () => t("Teams")],
  ["people", () => t("People")],
  ["casualties", () => t("Casualties")],
  ["clues", () => t("Clues")],
  ["found", () => t("Found")],
  ["segments", () => t("Segments")],
  ["lines", () => t("Lines")],
  ["posts", () => t("Posts and notes")],
]);

const TRIAGE = /** @type {Record<string, [string, () => string]>} */ ({
  red: ["I", () => t("Immediate")], yellow: ["D", () => t("Delayed")], green: ["M", () => t("Minor")], black: ["X", () => t("Dead or expectant")], "": ["?", () => t("Not triaged")],
});
const DRAWN = /** @type {Record<string, string>} */ ({ segment: "segments", line: "lines", post: "posts", note: "posts" });

/** Views that say that a line was put right: what was heard in it may not stand. */
const PUT_RIGHT = new Set(["amendment", "line_undone"]);
/** Places heard in lines that came in since the last read of all places: by mission and team. */
const heard = signal(/** @type {Record<string, Record<string, {place: Place, at: {ms: number}}>>} */ ({}));
onFrame((frame) => {
  for (const { mission, line } of frame.lines) {
    if (!line.team || !line.place) continue;
    const before = heard.value[mission]?.[line.team];
    if (before && before.at.ms > line.at.ms) continue;
    heard.value = { ...heard.value, [mission]: { ...heard.value[mission], [line.team]: { place: line.place, at: line.at } } };
    extend(mission, line.team, line);
  }
  for (const [view, scope] of frame.changed) if (PUT_RIGHT.has(view)) heard.value = { ...heard.value, [scope]: {} };
});
onAnew(() => { heard.value = {}; });

/** Everything of a mission that has a place. @param {string} mission @param {any} held @returns {Thing[]} */
export function useThings(mission, held) {
  const asked = { mission };
  const teams = useRead("teams", asked).value || [], places = useRead("places", asked).value || [];
  const clues = useRead("clues", asked).value || [], casualties = useRead("casualties", asked).value || [];
  const found = useRead("found", asked).value || [], drawings = useRead("drawings", asked).value || [];
  return [
    ...points(held), ...lastPlaces(teams, places, heard.value[mission] || {}),
    ...casualties.filter((/** @type {any} */ one) => one.place).map(casualty),
    ...clues.filter((/** @type {any} */ one) => one.place && !one.withdrawn).map(clue),
    ...found.filter((/** @type {any} */ one) => one.place).map(find), ...drawings.map(drawing),
  ];
}

/** @param {any} held @returns {Thing[]} */
function points(held) {
  const all = [["IPP", t("Initial planning point"), held.initial_point, held.initial_at], ["LKP", t("Last known position"), held.last_point, held.last_at], ["place", t("Where it is"), held.place, null]];
  const same = (/** @type {Place} */ one, /** @type {Place|null} */ other) => one.lat === other?.lat && one.lon === other?.lon;
  const itsOwn = (/** @type {any[]} */ [kind, , place]) => place && (kind === "IPP" || !same(place, held.initial_point)) && (kind !== "place" || !same(place, held.last_point));
  return all.filter(itsOwn).map(([kind, words, place, at]) => ({
    id: `point ${kind}`, group: "points", kind: String(kind), name: kind === "place" ? String(words) : `${kind} ${hhmm(at)}`.trim(), words: String(words), points: [place], at,
  }));
}

/** @param {any[]} teams @param {any[]} places @param {Record<string, {place: Place, at: {ms: number}}>} said @returns {Thing[]} */
function lastPlaces(teams, places, said) {
  const last = new Map(places.map((one) => [one.who, one]));
  for (const [who, one] of Object.entries(said)) if (!last.has(who) || last.get(who).at.ms <= one.at.ms) last.set(who, { who, ...one });
  const names = new Map(teams.map((one) => [one.name, one]));
  return [...last.values()].sort((a, b) => a.who.localeCompare(b.who, undefined, { numeric: true })).map((one) => {
    const team = names.get(one.who);
    return { id: `who ${one.who}`, group: team ? "teams" : "people", kind: team ? "team" : "member", name: one.who, words: team?.status || "", points: [one.place], at: one.at, letter: initials(one.who), row: team };
  });
}

/** A short name whole, of a longer one its first letter. @param {string} name */
const initials = (name) => (name.length <= 3 ? name : [...name][0].toUpperCase());

/** @param {any} one @returns {Thing} */
function casualty(one) {
  const [letter, words] = TRIAGE[one.triage] || TRIAGE[""];
  return { id: `casualty ${one.casualty}`, group: "casualties", kind: `triage-${one.triage || "none"}`, name: one.who, words: [words(), one.condition].filter(Boolean).join(": "), points: [one.place], letter };
}

/** @param {any} one @returns {Thing} */
const clue = (one) => ({ id: `clue ${one.clue}`, group: "clues", kind: "clue", name: t("Clue {label}", { label: one.label }), words: [one.words, one.instruction].filter(Boolean).join(": "), points: [one.place], at: one.at, letter: one.label.slice(0, 3) });

/** @param {any} one @returns {Thing} */
const find = (one) => ({ id: `found ${one.who}`, group: "found", kind: "found", name: one.who, words: one.state, points: [one.place], at: one.at });

/** @param {any} one @returns {Thing} */
function drawing(one) {
  const size = one.area_km2 ? `${one.area_km2.toFixed(2)} km²` : one.length_km ? `${one.length_km.toFixed(2)} km` : "";
  const who = one.holder_name || (one.team ? t("team {name}", { name: one.team }) : "");
  return { id: `drawing ${one.drawing}`, group: DRAWN[one.what], kind: one.what, name: one.name || one.words.slice(0, 40) || one.label, words: [one.name ? one.words : "", size, who].filter(Boolean).join(" · "), points: one.points, at: one.changed || one.at, letter: one.label, row: one };
}

/** How old a last place is, as words and as how faded it is drawn (1 is fresh). @param {Thing} thing @param {number} now */
export function age(thing, now) {
  if (!thing.at || !["teams", "people"].includes(thing.group)) return { words: "", fresh: 1 };
  const minutes = Math.max(0, (now - thing.at.ms) / 60_000);
  return { words: ago(thing.at, now), fresh: minutes < 20 ? 1 : minutes < 60 ? 0.85 : minutes < 240 ? 0.7 : 0.55 };
}

// Tracks: read once for each team, then drawn on by every line that comes in.

/** By mission, then by team: where it was, oldest first. */
export const tracks = signal(/** @type {Record<string, Record<string, {place: Place, at: {ms: number}}[]>>} */ ({}));

/** @param {string} mission @param {string} who @param {{place: Place, at: {ms: number}}} heard */
function extend(mission, who, heard) {
  const track = tracks.value[mission]?.[who];
  if (track) keep(mission, who, [...track, { place: heard.place, at: heard.at }].sort((a, b) => a.at.ms - b.at.ms));
}

/** @param {string} mission @param {string} who @param {{place: Place, at: {ms: number}}[]} track */
function keep(mission, who, track) {
  tracks.value = { ...tracks.value, [mission]: { ...tracks.value[mission], [who]: track } };
}

/** @param {string} mission @param {string} who */
async function load(mission, who) {
  keep(mission, who, tracks.value[mission]?.[who] || []);
  try {
    keep(mission, who, await read("track", { mission, who }));
  } catch {
    // Without a link the track begins with what comes in; the last place is shown as it was kept.
  }
}

/** Follows the tracks of these. @param {string} mission @param {string[]} names */
export function useTracks(mission, names) {
  const wanted = names.join("\n");
  useEffect(() => { for (const who of names) if (!tracks.value[mission]?.[who]) load(mission, who); }, [mission, wanted]);
  useEffect(() => {
    const all = () => { for (const who of Object.keys(tracks.value[mission] || {})) load(mission, who); };
    const ends = [onAnew(all), onFrame((frame) => { if (frame.changed.some(([view, scope]) => scope === mission && (view === "place" || PUT_RIGHT.has(view)))) all(); })];
    return () => ends.forEach((end) => end());
  }, [mission]);
  return tracks.value[mission] || {};
}
