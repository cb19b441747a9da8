// A plan on the map: each team's way in its own colour, dashes and number, where it begins and ends, and the posts.
import { hhmm, t } from "./words.js";

/** @typedef {import("./map-view.js").Mark} Mark */

/** Dashes of the ways in turn, in widths of the line, so that none is told by its colour alone; the first is whole. */
export const DASHES = [[1], [3, 1.2], [1, 1], [4, 1, 1, 1]];
/** A plan that is out of date is drawn so faint. */
const STALE = 0.45;

/** @param {any} part @param {number} n what tells it from the others */
const told = (part, n) => ({ mark: part.mark || String(n + 1), colour: part.colour || "#2f2f2f", dash: n % DASHES.length });
/** @param {any} plan */
const ways = (plan) => (plan?.sheet.parts || []).map((/** @type {any} */ part, /** @type {number} */ n) => ({ part, ...told(part, n) }));
/** @param {any} properties @param {string} type @param {any} coordinates */
const feature = (properties, type, coordinates) => ({ type: "Feature", properties, geometry: { type, coordinates } });

/** Ways as lines, with a full dot where the search begins and an open one where it ends. @param {any} plan */
export function wayFeatures(plan) {
  const seen = plan?.stale ? STALE : 1;
  return ways(plan).filter((/** @type {any} */ one) => one.part.way.length > 1).flatMap((/** @type {any} */ { part, colour, dash }) => {
    const said = { colour, dash, seen, team: part.team };
    return [feature(said, "LineString", part.way), feature({ ...said, end: false }, "Point", part.way[0]), feature({ ...said, end: true }, "Point", part.way.at(-1))];
  });
}

/** The number and team of each way, half along it; and each post, by when somebody is there. @param {any} plans @returns {Mark[]} */
export function wayMarks({ search, contain }) {
  const named = ways(search).filter((/** @type {any} */ one) => one.part.way.length).map((/** @type {any} */ one) => markOf("way", one, one.mark === one.part.team ? one.mark : `${one.mark} · ${one.part.team}`, one.part.way[Math.floor(one.part.way.length / 2)], search));
  const posts = ways(contain).filter((/** @type {any} */ one) => one.part.way.length).map((/** @type {any} */ one) => markOf("posted", one, `▲ ${one.part.team} ${hhmm(one.part.there_at)}`, one.part.way[0], contain));
  return [...named, ...posts];
}

/** @param {string} kind @param {any} one @param {string} words @param {number[]} at @param {any} plan @returns {Mark} */
function markOf(kind, { part, colour }, words, at, plan) {
  return { id: `${kind} ${part.team}`, place: { lon: at[0], lat: at[1] }, label: words, fresh: plan.stale ? STALE : 1, key: [plan.advice, words, plan.stale].join("|"), make: () => sign(kind, colour, words) };
}

/** @param {string} kind @param {string} colour @param {string} words */
function sign(kind, colour, words) {
  const mark = document.createElement("span"), label = document.createElement("span");
  mark.className = `mark-words mark-words-${kind}`;
  mark.style.setProperty("--way", colour);
  label.className = "mark-label";
  label.dir = "auto";
  label.textContent = words;
  mark.append(label);
  return mark;
}

/** Where teams set out that were placed by hand. @param {import("./map-ask.js").Sheet} sheet @returns {Mark[]} */
export const startMarks = ({ teams }) => Object.entries(teams).filter(([, said]) => said.place && said.goes !== false).map(([name, said]) => ({
  id: `start ${name}`, place: /** @type {any} */ (said.place), label: t("{name} from here", { name }), fresh: 1, key: name, make: () => sign("start", "var(--accent)", name),
}));

const SVG = "http://www.w3.org/2000/svg";
/** A piece of a way as it looks on the map, for the list. @param {any} part @param {number} n @param {boolean} post */
export function waySign(part, n, post) {
  const { mark, colour, dash } = told(part, n), svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 36 28");
  svg.setAttribute("aria-hidden", "true");
  const drawn = document.createElementNS(SVG, post ? "path" : "line");
  for (const [name, value] of post ? [["d", "M18 2l14 24H4Z"], ["fill", colour]] : [["x1", "0"], ["x2", "36"], ["y1", "23"], ["y2", "23"], ["stroke", colour], ["stroke-width", "5"], ["stroke-dasharray", dash ? DASHES[dash].map((one) => one * 5).join(" ") : "none"]]) drawn.setAttribute(name, value);
  const text = document.createElementNS(SVG, "text");
  for (const [name, value] of [["x", "18"], ["y", post ? "23" : "15"], ["class", post ? "on" : ""]]) text.setAttribute(name, value);
  text.textContent = mark;
  svg.append(drawn, text);
  return svg;
}
