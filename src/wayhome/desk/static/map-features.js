// From what is known to what is drawn: marks with their ages, lines and areas, the bands of where he can be.
import { circle } from "./map-measure.js";
import { markOf, wordsMark } from "./map-marks.js";
import { hoursWords } from "./map-panel.js";
import { age } from "./map-things.js";

/** @typedef {import("./map-coordinates.js").Place} Place */
/** @typedef {import("./map-things.js").Thing} Thing */
/** @typedef {import("./map-view.js").Mark} Mark */

/** @param {string} type @param {any} coordinates @param {any} [properties] */
const feature = (type, coordinates, properties = {}) => ({ type: "Feature", properties, geometry: { type, coordinates } });
/** @param {Place} place */
const lonLat = ({ lat, lon }) => [lon, lat];

/** @param {Thing[]} things @param {{now: number, names: boolean, picked: string, pick: (thing: Thing) => void}} how @returns {Mark[]} */
export function marksOf(things, { now, names, picked, pick }) {
  return things.map((thing) => {
    const { words, fresh } = age(thing, now);
    return {
      id: thing.id, place: middle(thing), label: names ? [thing.name, words].filter(Boolean).join(" · ") : "", fresh,
      key: [thing.kind, thing.letter, thing.name, thing.words, picked === thing.id].join("|"),
      make: () => {
        const mark = markOf(thing, () => pick(thing));
        mark.classList.toggle("picked", picked === thing.id);
        return mark;
      },
    };
  });
}

/** Where the mark of a thing stands: at its point, in the middle of its area, or half along its line. @param {Thing} thing @returns {Place} */
function middle({ kind, points }) {
  if (kind !== "segment") return points[Math.floor(points.length / 2)];
  const sum = points.reduce((all, one) => ({ lat: all.lat + one.lat, lon: all.lon + one.lon }), { lat: 0, lon: 0 });
  return { lat: sum.lat / points.length, lon: sum.lon / points.length };
}

/** @param {Thing[]} things @param {string} picked */
export function drawingFeatures(things, picked) {
  return things.filter((one) => one.kind === "segment" || one.kind === "line").map((one) => {
    const at = one.points.map(lonLat), said = { id: one.id, picked: one.id === picked };
    return one.kind === "segment" ? feature("Polygon", [[...at, at[0]]], said) : feature("LineString", at, said);
  });
}

/** @param {Record<string, {place: Place}[]>} tracks @param {string[]} names */
export const trackFeatures = (tracks, names) => names.filter((who) => tracks[who]?.length > 1).map((who) => feature("LineString", tracks[who].map((one) => lonLat(one.place)), { who }));

/** The bands, the widest first, and the distance rings. @param {any} where */
export function bandFeatures({ outlines }) {
  const likely = outlines.areas || [];
  if (likely.length) return [...lastBand(outlines), ...likely.map((/** @type {any} */ area) => feature("MultiPolygon", area.polygons, { share: area.share }))];
  const areas = outlines.bands.map((/** @type {any} */ band) => feature("MultiPolygon", band.polygons, { last: band.hours === outlines.hours }));
  const rings = Object.values(outlines.rings_m).map((metres) => feature("LineString", circle(outlines.rings_at || outlines.point, Number(metres))));
  return [...areas, ...rings];
}

/** How far he can have come by now, without the hours before. @param {any} outlines */
const lastBand = (outlines) => outlines.bands.filter((/** @type {any} */ band) => band.hours === outlines.hours).map((/** @type {any} */ band) => feature("MultiPolygon", band.polygons, { last: true }));

/** Words on the lines, at their outermost points in the four directions. @param {any} where @returns {Mark[]} */
export function bandMarks({ outlines }) {
  const bands = outlines.bands.map((/** @type {any} */ band) => ({ words: hoursWords(band.hours), kind: "band", corners: band.polygons.flatMap((/** @type {any} */ rings) => rings[0]) }));
  const likely = (outlines.areas || []).map((/** @type {any} */ area) => ({ words: `${Math.round(area.share * 100)} %`, kind: "area", corners: area.polygons.flatMap((/** @type {any} */ rings) => rings[0]) }));
  if (likely.length) return worded([...bands.filter((/** @type {any} */ one) => one.words === hoursWords(outlines.hours)), ...likely]);
  const rings = Object.entries(outlines.rings_m).map(([share, metres]) => ({ words: share, kind: "ring", corners: circle(outlines.rings_at || outlines.point, Number(metres)) }));
  return worded([...bands, ...rings]);
}

/** @param {{words: string, kind: string, corners: number[][]}[]} lines @returns {Mark[]} */
const worded = (lines) => lines.flatMap(({ words, kind, corners }) => outermost(corners).map((at, side) => ({ id: `${kind} ${words} ${side}`, place: { lon: at[0], lat: at[1] }, label: words, fresh: 1, key: words, make: () => wordsMark(words, kind) })));

/** @param {number[][]} corners */
function outermost(corners) {
  if (!corners.length) return [];
  const most = (/** @type {(corner: number[]) => number} */ far) => corners.reduce((best, one) => (far(one) > far(best) ? one : best));
  return [most((one) => one[1]), most((one) => -one[1]), most((one) => one[0]), most((one) => -one[0])];
}
