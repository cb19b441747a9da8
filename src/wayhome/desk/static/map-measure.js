// Lengths, bearings and areas on the ground, on the same sphere as the server's, so that both say the same.

/** @typedef {import("./map-coordinates.js").Place} Place */

const EARTH_RADIUS_M = 6_371_008.8;
const rad = Math.PI / 180;

/** @param {Place} a @param {Place} b */
export function distanceM(a, b) {
  const h = Math.sin(((b.lat - a.lat) * rad) / 2) ** 2
    + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(((b.lon - a.lon) * rad) / 2) ** 2;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** @param {Place[]} points */
export const lengthM = (points) => points.slice(1).reduce((sum, point, n) => sum + distanceM(points[n], point), 0);

/** From true north, clockwise. @param {Place} a @param {Place} b */
export function bearingDeg(a, b) {
  const away = (b.lon - a.lon) * rad;
  const y = Math.sin(away) * Math.cos(b.lat * rad);
  const x = Math.cos(a.lat * rad) * Math.sin(b.lat * rad) - Math.sin(a.lat * rad) * Math.cos(b.lat * rad) * Math.cos(away);
  return (Math.atan2(y, x) / rad + 360) % 360;
}

/** @param {number} degrees */
const nearby = (degrees) => ((degrees + 540) % 360) - 180;

/** Inside a closed outline (Chamberlain and Duquette 2007). @param {Place[]} outline */
export function areaM2(outline) {
  if (outline.length < 3) return 0;
  const base = Math.sin(outline[0].lat * rad);
  const total = outline.reduce((sum, corner, n) => {
    const after = outline[(n + 1) % outline.length], before = outline.at(n - 1);
    return sum + nearby(after.lon - /** @type {Place} */ (before).lon) * rad * (Math.sin(corner.lat * rad) - base);
  }, 0);
  return (Math.abs(total) * EARTH_RADIUS_M ** 2) / 2;
}

/** @param {number} metres */
export const lengthWords = (metres) => (metres < 1_000 ? `${Math.round(metres)} m` : `${(metres / 1_000).toFixed(metres < 10_000 ? 2 : 1)} km`);

/** @param {number} m2 */
export const areaWords = (m2) => (m2 < 100_000 ? `${(m2 / 10_000).toFixed(2)} ha` : `${(m2 / 1e6).toFixed(m2 < 1e7 ? 2 : 1)} km²`);

/** @param {number} degrees */
export const bearingWords = (degrees) => `${String(Math.round(degrees) % 360).padStart(3, "0")}°`;

/** A circle on the ground, first corner and last alike, as [lon, lat]. @param {Place} centre @param {number} radiusM */
export function circle(centre, radiusM) {
  const angle = radiusM / EARTH_RADIUS_M, lat = centre.lat * rad;
  return Array.from({ length: 97 }, (_, n) => {
    const turn = ((n % 96) / 96) * 2 * Math.PI;
    const there = Math.asin(Math.sin(lat) * Math.cos(angle) + Math.cos(lat) * Math.sin(angle) * Math.cos(turn));
    const away = Math.atan2(Math.sin(turn) * Math.sin(angle) * Math.cos(lat), Math.cos(angle) - Math.sin(lat) * Math.sin(there));
    return [centre.lon + away / rad, there / rad];
  });
}
