// One place in every form that the field speaks, the same as the server writes them. The datum is WGS84 throughout.
import { forward } from "mgrs";
import { fromLatLon, toLatLon } from "utm";

/** @typedef {{lat: number, lon: number}} Place */
/** @typedef {{zone: number, band: string, easting: number, northing: number}} Utm */

export const DATUM = "WGS84";
/** Where the grid ends; beyond, in the polar caps, a place is given in degrees only. */
const SOUTHERNMOST = -80, NORTHERNMOST = 84;

/** @param {number} lon */
const around = (lon) => ((((lon + 180) % 360) + 360) % 360) - 180;

/** A place from a map that may have been scrolled round the globe. @param {number} lat @param {number} lon @returns {Place} */
export const placeAt = (lat, lon) => ({ lat: Math.max(-90, Math.min(90, lat)), lon: around(lon) });

/** @param {Place} place */
export const hasGrid = (place) => place.lat >= SOUTHERNMOST && place.lat <= NORTHERNMOST;

/** @param {Place} place @param {number} [zone] @returns {Utm} */
export function utmOf(place, zone) {
  const { easting, northing, zoneNum, zoneLetter } = fromLatLon(place.lat, place.lon, zone);
  return { zone: zoneNum, band: /** @type {string} */ (zoneLetter), easting, northing };
}

/** @param {Utm} utm @returns {Place} */
export function placeOf({ zone, band, easting, northing }) {
  const { latitude, longitude } = toLatLon(easting, northing, zone, undefined, band >= "N", false);
  return { lat: latitude, lon: longitude };
}

/** `31T CH 78000 03000`; `digits` as few as wanted. @param {Place} place @param {number} [digits] */
export function usng(place, digits = 5) {
  const [, zone, square, figures] = /** @type {string[]} */ (/^(\d+[A-Z])([A-Z]{2})(\d*)$/.exec(forward([place.lon, place.lat], 5)));
  return `${zone} ${square} ${figures.slice(0, digits)} ${figures.slice(5, 5 + digits)}`.trim();
}

/** @param {number} value @param {string} letters @param {number} parts of a degree */
function counted(value, letters, parts) {
  return { units: Math.round(Math.abs(value) * parts), letter: letters[value < 0 ? 1 : 0] };
}

/** `42-30.378N 1-31.308E`, as air rescue reads it: no leading zeros. @param {Place} place */
function minutes(place) {
  return /** @type {[number, string][]} */ ([[place.lat, "NS"], [place.lon, "EW"]]).map(([value, letters]) => {
    const { units, letter } = counted(value, letters, 60_000);
    return `${Math.floor(units / 60_000)}-${((units % 60_000) / 1_000).toFixed(3)}${letter}`;
  }).join(" ");
}

/** `42°30'22.7"N 1°31'18.5"E`. @param {Place} place */
function seconds(place) {
  return /** @type {[number, string][]} */ ([[place.lat, "NS"], [place.lon, "EW"]]).map(([value, letters]) => {
    const { units, letter } = counted(value, letters, 36_000);
    const rest = ((units % 600) / 10).toFixed(1).padStart(4, "0");
    return `${Math.floor(units / 36_000)}°${String(Math.floor(units / 600) % 60).padStart(2, "0")}'${rest}"${letter}`;
  }).join(" ");
}

/** @param {Place} place */
function utmWords(place) {
  const { zone, band, easting, northing } = utmOf(place);
  return `${zone}${band} ${Math.floor(easting)}E ${String(Math.floor(northing)).padStart(7, "0")}N`;
}

/** Every form by its name; the grids are missing in the polar caps. @param {Place} place @returns {[string, string][]} */
export function forms(place) {
  /** @type {[string, string][]} */
  const degrees = [["Decimal", `${place.lat.toFixed(5)}, ${place.lon.toFixed(5)}`], ["DM.m", minutes(place)], ["DMS", seconds(place)]];
  return hasGrid(place) ? [["USNG", usng(place)], ["UTM", utmWords(place)], ...degrees] : degrees;
}

/** The form that land rescue speaks, or degrees where there is no grid. @param {Place} place */
export const shortForm = (place) => forms(place)[0][1];
