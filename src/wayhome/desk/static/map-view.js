// The map itself: MapLibre with our own tiles, its lines and areas, the marks, the grid. It knows nothing of missions.
import { LngLatBounds, Map as GlMap, Marker } from "maplibre-gl";
import { placeAt } from "./map-coordinates.js";
import { drawGrid } from "./map-grid.js";
import { looks, night } from "./looks.js";
import { DASHES } from "./map-ways.js";

/** @typedef {import("./map-coordinates.js").Place} Place */
/** @typedef {{name: string, version: string, bounds: number[], min_zoom: number, max_zoom: number}} Ground */
/** @typedef {{id: string, place: Place, label: string, make: () => HTMLElement, key: string, fresh: number}} Mark */

const EMPTY = /** @type {any} */ ({ type: "FeatureCollection", features: [] });
const STEP_PX = 80, FINE_PX = 8;
const STILL = { duration: 0 };
/** Marks a move that somebody wanted: only such a view is remembered. */
export const BY_HAND = { byHand: true };
const NEAREST = 18;
/** Room for what lies over the map's edges. */
const ROOM = { top: 90, bottom: 130, left: 60, right: 70 };

/** @param {string} name a custom property of the style sheet */
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** @param {Ground} ground */
const groundSource = (ground) => /** @type {any} */ ({
  type: "raster", tileSize: 512, bounds: ground.bounds, minzoom: ground.min_zoom, maxzoom: ground.max_zoom,
  tiles: [`${location.origin}/api/tiles/${encodeURIComponent(ground.name)}/{z}/{x}/{y}.png?v=${ground.version}`],
});

/** How the ground is dimmed for eyes that must stay used to the dark; the red look is laid over by the style sheet. */
function dimmed() {
  if (looks.value === "red") return { "raster-brightness-max": 0.5, "raster-saturation": -1, "raster-contrast": 0.15 };
  return night() ? { "raster-brightness-max": 0.55, "raster-saturation": -0.35, "raster-contrast": 0.1 } : { "raster-brightness-max": 1, "raster-saturation": 0, "raster-contrast": 0 };
}

/** The ways of a plan are dark on every ground and in every look: a pale case lifts them off it. */
const WAY_CASE = "#ffffff";
const LINES = ["==", ["geometry-type"], "LineString"];
const ROUND = { "line-cap": "round", "line-join": "round" };

/** Layers over the ground, lowest first: bands and rings, tracks, drawings, the ways of a plan, and what is being drawn. @returns {any[]} */
const layers = () => [
  { id: "bands", type: "fill", source: "bands", filter: ["all", ["==", ["geometry-type"], "Polygon"], ["!", ["has", "share"]]], paint: { "fill-color": colour("--secret"), "fill-opacity": 0.05 } },
  { id: "areas", type: "fill", source: "bands", filter: ["has", "share"], paint: { "fill-color": colour("--bad"), "fill-opacity": 0.16 } },
  { id: "area-lines", type: "line", source: "bands", filter: ["has", "share"], paint: { "line-color": colour("--bad"), "line-width": ["case", ["<", ["get", "share"], 0.6], 2.5, 1.25] } },
  { id: "band-lines", type: "line", source: "bands", filter: ["all", ["==", ["geometry-type"], "Polygon"], ["!", ["has", "share"]]], paint: { "line-color": colour("--secret"), "line-width": ["case", ["get", "last"], 3, 1.5] } },
  { id: "rings", type: "line", source: "bands", filter: ["==", ["geometry-type"], "LineString"], paint: { "line-color": colour("--bad"), "line-width": 2, "line-dasharray": [1, 2] } },
  { id: "segments", type: "fill", source: "drawings", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": colour("--accent"), "fill-opacity": 0.12 } },
  { id: "drawing-cases", type: "line", source: "drawings", paint: { "line-color": colour("--ground"), "line-width": ["case", ["get", "picked"], 8, 5] } },
  { id: "drawings", type: "line", source: "drawings", filter: ["==", ["geometry-type"], "LineString"], paint: { "line-color": colour("--ink"), "line-width": ["case", ["get", "picked"], 5, 3] } },
  { id: "segment-lines", type: "line", source: "drawings", filter: ["==", ["geometry-type"], "Polygon"], paint: { "line-color": colour("--accent"), "line-width": ["case", ["get", "picked"], 5, 3], "line-dasharray": [4, 1.5] } },
  { id: "track-cases", type: "line", source: "tracks", paint: { "line-color": colour("--ground"), "line-width": 5, "line-opacity": 0.8 } },
  { id: "tracks", type: "line", source: "tracks", paint: { "line-color": colour("--accent"), "line-width": 2.5 } },
  { id: "way-cases", type: "line", source: "ways", filter: LINES, layout: ROUND, paint: { "line-color": WAY_CASE, "line-width": 9, "line-opacity": ["*", 0.85, ["get", "seen"]] } },
  ...DASHES.map((dashes, n) => ({ id: `ways-${n}`, type: "line", source: "ways", filter: ["all", LINES, ["==", ["get", "dash"], n]], layout: n ? {} : ROUND, paint: { "line-color": ["get", "colour"], "line-width": 5, "line-opacity": ["get", "seen"], ...(n ? { "line-dasharray": dashes } : {}) } })),
  { id: "way-ends", type: "circle", source: "ways", filter: ["==", ["geometry-type"], "Point"], paint: { "circle-radius": 6, "circle-color": ["case", ["get", "end"], WAY_CASE, ["get", "colour"]], "circle-stroke-color": ["case", ["get", "end"], ["get", "colour"], WAY_CASE], "circle-stroke-width": 3, "circle-opacity": ["get", "seen"], "circle-stroke-opacity": ["get", "seen"] } },
  { id: "draft-area", type: "fill", source: "draft", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": colour("--wait"), "fill-opacity": 0.2 } },
  { id: "draft-cases", type: "line", source: "draft", paint: { "line-color": colour("--ground"), "line-width": 6 } },
  { id: "draft-lines", type: "line", source: "draft", paint: { "line-color": colour("--wait"), "line-width": 3, "line-dasharray": [2, 1] } },
  { id: "draft-points", type: "circle", source: "draft", filter: ["==", ["geometry-type"], "Point"], paint: { "circle-radius": 6, "circle-color": colour("--ground"), "circle-stroke-color": colour("--wait"), "circle-stroke-width": 3 } },
];

/** The lowest layer that is not ground. */
const FIRST_ABOVE = "bands";

/** @returns {any} */
const style = () => ({
  version: 8,
  sources: Object.fromEntries(["bands", "drawings", "tracks", "ways", "draft"].map((name) => [name, { type: "geojson", data: EMPTY }])),
  layers: [{ id: "paper", type: "background", paint: { "background-color": colour("--ground") } }, ...layers()],
});

/** One map on the screen. */
export class MapView {
  /** @param {{box: HTMLElement, grid: HTMLCanvasElement, view: {centre: Place, zoom: number}|null, bounds: Place[], words: string}} how */
  constructor({ box, grid, view, bounds, words }) {
    this.grid = grid;
    this.showsGrid = true;
    /** @type {Ground[]} */
    this.grounds = [];
    this.styled = false;
    /** @type {Map<string, {marker: Marker, key: string}>} */
    this.marks = new Map();
    /** @type {Map<string, any>} */
    this.wanted = new Map();
    this.map = new GlMap({
      container: box, style: style(), attributionControl: false, maplibreLogo: false, keyboard: false, dragRotate: false, pitchWithRotate: false, touchPitch: false, maxPitch: 0,
      fadeDuration: 0, maxZoom: NEAREST, trackResize: true, locale: { "Map.Title": words },
      ...(view ? { center: [view.centre.lon, view.centre.lat], zoom: view.zoom } : { bounds: boxOf(bounds), fitBoundsOptions: { padding: ROOM, maxZoom: 14 } }),
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.on("render", () => this.drawGrid());
    this.map.on("style.load", () => this.settle());
  }

  /** What could not be laid on the map before its style was there. */
  settle() {
    this.styled = true;
    this.setGrounds(this.grounds);
    for (const [name, data] of this.wanted) this.source(name)?.setData(data);
  }

  /** Lays the ground under everything; the map need not wait for it. @param {Ground[]} grounds */
  setGrounds(grounds) {
    this.grounds = grounds;
    if (!this.styled) return;
    for (const one of grounds) {
      const id = `ground ${one.name}`;
      if (this.map.getLayer(id)) continue;
      this.map.addSource(id, groundSource(one));
      this.map.addLayer({ id, type: "raster", source: id, paint: { "raster-fade-duration": 0, ...dimmed() } }, FIRST_ABOVE);
    }
  }

  /** Calls once everything asked for so far is on the screen. @param {() => void} then */
  whenDrawn(then) {
    this.map.once("idle", then);
  }

  /** @param {string} name @returns {any} */
  source(name) {
    return this.styled ? this.map.getSource(name) : undefined;
  }

  /** Lays features on a layer. @param {"bands"|"drawings"|"tracks"|"ways"|"draft"} name @param {any[]} features */
  lay(name, features) {
    const data = { type: "FeatureCollection", features };
    this.wanted.set(name, data);
    this.source(name)?.setData(data);
  }

  /** Puts up the marks, moves those that moved, takes away the others. @param {Mark[]} wanted */
  setMarks(wanted) {
    const kept = new Set(wanted.map((one) => one.id));
    for (const [id, { marker }] of this.marks) if (!kept.has(id)) { marker.remove(); this.marks.delete(id); }
    for (const one of wanted) {
      const held = this.marks.get(one.id);
      if (held?.key === one.key) held.marker.setLngLat([one.place.lon, one.place.lat]);
      else {
        held?.marker.remove();
        const marker = new Marker({ element: one.make(), anchor: "center" }).setLngLat([one.place.lon, one.place.lat]).addTo(this.map);
        this.marks.set(one.id, { marker, key: one.key });
      }
      const element = /** @type {{marker: Marker}} */ (this.marks.get(one.id)).marker.getElement();
      element.dataset.at = `${one.place.lat.toFixed(5)},${one.place.lon.toFixed(5)}`;
      element.style.setProperty("--fresh", String(one.fresh));
      const age = element.querySelector(".mark-label");
      if (age && age.textContent !== one.label) age.textContent = one.label;
    }
  }

  drawGrid() {
    this.grid.hidden = !this.showsGrid;
    if (!this.showsGrid) return;
    const { _sw, _ne } = /** @type {any} */ (this.map.getBounds());
    drawGrid(this.grid, {
      bounds: { west: _sw.lng, south: _sw.lat, east: _ne.lng, north: _ne.lat }, centre: this.centre, metresPerPx: this.metresPerPx,
      project: (place) => this.map.project([place.lon, place.lat]),
    }, { line: night() ? "rgb(255 255 255 / 0.28)" : "rgb(0 0 0 / 0.32)", text: colour("--ink"), halo: colour("--ground") });
  }

  /** @returns {Place} */
  get centre() {
    const { lat, lng } = this.map.getCenter();
    return placeAt(lat, lng);
  }

  get metresPerPx() {
    return (Math.cos((this.map.getCenter().lat * Math.PI) / 180) * 40_075_016.686) / (512 * 2 ** this.map.getZoom());
  }

  get kept() {
    return { centre: this.centre, zoom: this.map.getZoom() };
  }

  /** Arrows, plus and minus; fine steps with Shift. @param {KeyboardEvent} event @returns {boolean} whether it was one of the map's keys */
  key(event) {
    const far = event.shiftKey ? FINE_PX : STEP_PX;
    const moves = /** @type {Record<string, [number, number]>} */ ({ ArrowLeft: [-far, 0], ArrowRight: [far, 0], ArrowUp: [0, -far], ArrowDown: [0, far] });
    if (moves[event.key]) this.map.panBy(moves[event.key], STILL, BY_HAND);
    else if (event.key === "+" || event.key === "=") this.nearer(1);
    else if (event.key === "-") this.nearer(-1);
    else return false;
    return true;
  }

  /** @param {number} by */
  nearer(by) {
    this.map.zoomTo(Math.round(this.map.getZoom() + by), STILL, BY_HAND);
  }

  /** Brings places into view. @param {Place[]} places @param {any} [by] */
  show(places, by = BY_HAND) {
    if (places.length === 1) this.map.jumpTo({ center: [places[0].lon, places[0].lat], zoom: Math.max(this.map.getZoom(), 14) }, by);
    else if (places.length) this.map.fitBounds(boxOf(places), { padding: ROOM, maxZoom: 15, ...STILL }, by);
  }

  /** Dresses the map anew for another look. */
  dress() {
    if (!this.styled) return;
    for (const layer of [{ id: "paper", paint: { "background-color": colour("--ground") } }, ...this.grounds.map((one) => ({ id: `ground ${one.name}`, paint: dimmed() })), ...layers()])
      for (const [name, value] of Object.entries(layer.paint)) this.map.setPaintProperty(layer.id, /** @type {any} */ (name), value);
  }

  gone() {
    this.map.remove();
  }
}

/** @param {Place[]} places */
function boxOf(places) {
  const box = new LngLatBounds();
  for (const { lat, lon } of places) box.extend([lon, lat]);
  return box;
}
