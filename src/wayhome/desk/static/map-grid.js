// The UTM grid over a map, labelled as a printed map labels it, so that a USNG reference can be read off the screen.
import { placeOf, usng, utmOf } from "./map-coordinates.js";

/** @typedef {import("./map-coordinates.js").Place} Place */
/** @typedef {{west: number, south: number, east: number, north: number}} Bounds */
/** @typedef {{across: boolean, value: number, zone: number, points: Place[]}} Line */

const STEPS_M = [10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000];
const LEAST_PX = 90;
const MOST_LINES = 80;
const PIECES = 8;
/** Farther off than this many degrees across, the grid would be nothing but edges of zones. */
const WIDEST_DEG = 8;

/** How far apart lines are, so that their labels have room. @param {number} metresPerPx */
export const stepFor = (metresPerPx) => STEPS_M.find((step) => step >= LEAST_PX * metresPerPx) ?? 100_000;

/** The lines of all zones within bounds. @param {Bounds} bounds @param {number} step @returns {Line[]} */
export function gridLines(bounds, step) {
  const south = Math.max(-79.99, bounds.south), north = Math.min(83.99, bounds.north);
  if (bounds.east - bounds.west > WIDEST_DEG || north <= south) return [];
  /** @type {Line[]} */
  const lines = [];
  for (let west = bounds.west; west < bounds.east;) {
    const edge = 6 * (Math.floor(west / 6 + 1e-9) + 1), east = Math.min(bounds.east, edge);
    lines.push(...zoneLines({ west, south, east, north }, step, [edge - 6, edge]));
    west = east;
  }
  return lines.length > MOST_LINES * 2 ? [] : lines;
}

/** @param {Bounds} part of one zone @param {number} step @param {[number, number]} edges of that zone @returns {Line[]} */
function zoneLines({ west, south, east, north }, step, [first, last]) {
  const middle = { lat: (south + north) / 2, lon: (west + east) / 2 };
  const { zone, band } = utmOf(middle);
  const corners = [[south, west], [south, east], [north, west], [north, east], [south, middle.lon], [north, middle.lon]]
    .map(([lat, lon]) => northingFrom(utmOf({ lat, lon }, zone), band));
  const eastings = corners.map((one) => one.easting), northings = corners.map((one) => one.northing);
  const [left, right] = [Math.min(...eastings), Math.max(...eastings)], [low, high] = [Math.min(...northings), Math.max(...northings)];
  const inZone = (/** @type {Place} */ at) => at.lon >= first - 1e-9 && at.lon <= last + 1e-9;
  /** @param {boolean} across @param {number} value */
  const line = (across, value) => ({ across, value, zone, points: pieces(across ? left : low, across ? right : high)
    .map((other) => placeOf({ zone, band, easting: across ? other : value, northing: across ? value : other })).filter(inZone) });
  return [...rounds(left, right, step).map((value) => line(false, value)), ...rounds(low, high, step).map((value) => line(true, value))]
    .filter((one) => one.points.length > 1);
}

/** South of the equator the count begins anew; a strip across it is counted as its middle is. @param {import("./map-coordinates.js").Utm} utm @param {string} band */
function northingFrom(utm, band) {
  const shift = (band < "N" ? 1 : 0) - (utm.band < "N" ? 1 : 0);
  return { easting: utm.easting, northing: utm.northing + shift * 10_000_000 };
}

/** @param {number} from @param {number} to */
const pieces = (from, to) => Array.from({ length: PIECES + 1 }, (_, n) => from + ((to - from) * n) / PIECES);

/** @param {number} from @param {number} to @param {number} step */
function rounds(from, to, step) {
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.min(MOST_LINES, Math.max(0, Math.floor((to - first) / step) + 1)) }, (_, n) => first + n * step);
}

/** The figures that a reference takes from a line: two of kilometres, with the finer ones where lines are closer. @param {number} value @param {number} step */
export function lineWords(value, step) {
  const km = String(Math.floor(value / 1_000) % 100).padStart(2, "0");
  const rest = String(Math.round(value) % 1_000).padStart(3, "0");
  return step >= 1_000 ? km : `${km}${rest.slice(0, step >= 100 ? 1 : 2)}`;
}

/** The zone and square at a place: `54R UU`. @param {Place} place */
export const squareWords = (place) => usng(place, 0);

/**
 * Draws the grid on a canvas that lies over the map.
 * @param {HTMLCanvasElement} canvas
 * @param {{bounds: Bounds, centre: Place, metresPerPx: number, project: (place: Place) => {x: number, y: number}}} view
 * @param {{line: string, text: string, halo: string}} colours
 */
export function drawGrid(canvas, view, colours) {
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const ratio = devicePixelRatio || 1, { clientWidth: width, clientHeight: height } = canvas;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  const step = stepFor(view.metresPerPx), lines = gridLines(view.bounds, step);
  pen.strokeStyle = colours.line;
  pen.lineWidth = 1;
  pen.beginPath();
  for (const { points } of lines) points.forEach((point, n) => {
    const { x, y } = view.project(point);
    if (n) pen.lineTo(x, y); else pen.moveTo(x, y);
  });
  pen.stroke();
  label(pen, view, lines, step, { width, height }, colours);
}

/** @param {CanvasRenderingContext2D} pen @param {any} view @param {Line[]} lines @param {number} step @param {{width: number, height: number}} size @param {{text: string, halo: string}} colours */
function label(pen, view, lines, step, { width, height }, colours) {
  pen.font = '600 12px "Noto Sans Mono", ui-monospace, monospace';
  pen.textBaseline = "middle";
  pen.textAlign = "center";
  pen.lineWidth = 3.5;
  pen.lineJoin = "round";
  pen.strokeStyle = colours.halo;
  pen.fillStyle = colours.text;
  const write = (/** @type {string} */ words, /** @type {number} */ x, /** @type {number} */ y) => { pen.strokeText(words, x, y); pen.fillText(words, x, y); };
  for (const { across, value, points } of lines) {
    const ends = points.map(view.project), words = lineWords(value, step);
    const at = across ? crossing(ends, "x", 18) : crossing(ends, "y", height - 10);
    if (at !== null && across && at > 20 && at < height - 22) write(words, 18, at);
    if (at !== null && !across && at > 40 && at < width - 14) write(words, at, height - 10);
  }
  if (lines.length) write(squareWords(view.centre), 40, 12);
}

/** Where a line crosses an edge of the screen. @param {{x: number, y: number}[]} points @param {"x"|"y"} edge @param {number} value */
function crossing(points, edge, value) {
  const other = edge === "x" ? "y" : "x";
  for (let n = 1; n < points.length; n += 1) {
    const a = points[n - 1], b = points[n];
    const share = (value - a[edge]) / (b[edge] - a[edge]);
    if (share >= 0 && share <= 1) return a[other] + share * (b[other] - a[other]);
  }
  return null;
}
