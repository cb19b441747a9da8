// The map of a mission: the ground, who is where and how old that is, what was drawn, and where he can be.
import { get } from "../api.js";
import { now } from "../app.js";
import { typing, useKeys } from "../keys.js";
import { looks } from "../looks.js";
import { alone } from "../route.js";
import { useRead } from "../store.js";
import { style } from "../styles.js";
import { Complaint, html, say, useEffect, useLayoutEffect, useRef, useSignal } from "../ui.js";
import { t } from "../words.js";
import { DATUM, forms, placeAt, shortForm } from "../map-coordinates.js";
import { addPoint, begin, draft, draftFeatures, draftKey, DraftPanel, keepDraft, KINDS, keptDraft, TypedPlace } from "../map-draw.js";
import { bandFeatures, bandMarks, drawingFeatures, marksOf, trackFeatures } from "../map-features.js";
import { Card, Coordinates, PlaceCard, ThingList, Where } from "../map-panel.js";
import { PictureMap, PrintDialog } from "../map-sheet.js";
import { placing, put, sheetOf } from "../map-ask.js";
import { Placing, Plans } from "../map-plan.js";
import { useThings, useTracks } from "../map-things.js";
import { startMarks, wayFeatures, wayMarks } from "../map-ways.js";

await style("map.css");

/** @typedef {import("../map-coordinates.js").Place} Place */
/** @typedef {import("../map-view.js").MapView} MapView */

const LAYERS = /** @type {[string, () => string][]} */ ([["grid", () => t("Grid")], ["tracks", () => t("Tracks")], ["names", () => t("Names")]]);
const NOWHERE = { lat: 20, lon: 0 };
const MOST_TRACKS = 40;
const NO_PLANS = { search: null, contain: null };

/** Whether this browser can draw a map; where it cannot, the server draws one. */
const able = (() => {
  const context = document.createElement("canvas").getContext("webgl2");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return !!context;
})();
/** Begun as soon as the page is opened, so that it is there when the reads are. */
const drawing = able ? import("../map-view.js") : null;
drawing?.catch(() => {});

/** What this device remembers of a mission's map; nothing of a secret one. @param {string} mission @param {boolean} secret */
function useKept(mission, secret) {
  const key = `map ${mission}`;
  const kept = useSignal(/** @type {any} */ (null));
  if (kept.value === null) kept.value = { off: [], view: null, ...JSON.parse((!secret && localStorage.getItem(key)) || "{}") };
  const keep = (/** @type {any} */ change) => {
    kept.value = { ...kept.value, ...change };
    if (!secret) localStorage.setItem(key, JSON.stringify(kept.value));
  };
  return { kept: kept.value, keep };
}

/** @param {{mission: string, held: any}} props */
export default function MapPage({ mission, held }) {
  const things = useThings(mission, held);
  const where = useRead("where", { mission }).value || null, plans = useRead("plans", { mission }).value || NO_PLANS;
  const { kept, keep } = useKept(mission, held.secret);
  const off = new Set(/** @type {string[]} */ (kept.off));
  const picked = useSignal(/** @type {string} */ ("")), tapped = useSignal(/** @type {Place|null} */ (null)), printing = useSignal(false);
  const view = useRef(/** @type {MapView|null} */ (null)), page = useRef(/** @type {HTMLElement|null} */ (null));
  useEffect(() => { keptDraft(mission); return () => { draft.value = null; }; }, [mission]);
  useEffect(() => { keepDraft(mission, held.secret); }, [draft.value]);
  useHeight(page);

  const tick = (/** @type {string} */ id, /** @type {boolean} */ on) => keep({ off: on ? [...off].filter((one) => one !== id) : [...off, id] });
  const go = (/** @type {Place[]} */ places) => view.current?.show(places);
  const pick = (/** @type {import("../map-things.js").Thing} */ thing, fromMap = false) => {
    if (fromMap && put(mission, thing.points[0])) return;
    if (draft.value && fromMap) { addPoint(thing.points[0]); return; }
    picked.value = thing.id;
    tapped.value = null;
    if (!fromMap) go(thing.points);
  };
  const shown = things.filter((one) => !off.has(one.group) && !off.has(one.id));
  const thing = things.find((one) => one.id === picked.value);
  const draw = (/** @type {string} */ what) => {
    const at = tapped.value;
    begin(what);
    picked.value = "";
    tapped.value = null;
    if (at) addPoint(at);
    page.current?.querySelector("canvas")?.focus();
  };
  const tap = (/** @type {Place} */ place) => { if (put(mission, place)) return; if (draft.value) addPoint(place); else { tapped.value = place; picked.value = ""; } };
  useKeys({
    d: [t("Draw on the map"), () => /** @type {any} */ (page.current?.querySelector(".map-tools select"))?.focus()],
    e: [t("Measure on the map"), () => draw("measure")], f: [t("Map on the full screen"), full], g: [t("Go to a place on the map"), () => /** @type {any} */ (page.current?.querySelector(".map-go summary"))?.click()],
  }, [mission]);
  return html`<section class=${alone ? "map-page alone" : "map-page"} ref=${page} aria-label=${t("Map")}>
    <div class="map-side-by-side">
      <div class="map-main"><${Tools} draw=${draw} print=${() => { printing.value = true; }} />
        ${drawing ? html`<${Drawn} mission=${mission} held=${held} things=${shown} all=${things} where=${off.has("where") ? null : where} plans=${off.has("plans") ? NO_PLANS : plans} off=${off} kept=${kept} keep=${keep} view=${view} pick=${(/** @type {any} */ one) => pick(one, true)} picked=${picked.value} tap=${tap} />`
    : html`<${PictureMap} mission=${mission} since=${digest(things)} words=${t("Map of {name}", { name: held.name })} />`}</div>
      <aside class="map-panel" aria-label=${t("What is on the map")} tabindex="0">
        <${DraftPanel} mission=${mission} crosshair=${drawing ? () => view.current?.centre : undefined} go=${go} />
        ${tapped.value ? html`<${PlaceCard} place=${tapped.value} draw=${draw} close=${() => { tapped.value = null; }} />` : null}
        ${thing ? html`<${Card} key=${thing.id} mission=${mission} thing=${thing} go=${go} close=${() => { picked.value = ""; }} />` : null}
        <details class="map-go"><summary>${t("Go to a place")} <kbd>g</kbd></summary><${TypedPlace} mission=${mission} label=${t("Go")} add=${(/** @type {Place} */ place) => { tapped.value = place; go([place]); }} /></details>
        <fieldset class="map-layers"><legend>${t("Layers")}</legend>${LAYERS.map(([id, words]) => html`<label key=${id}><input type="checkbox" checked=${!off.has(id)} onChange=${(/** @type {any} */ event) => tick(id, event.target.checked)} />${words()}</label>`)}</fieldset>
        <${Where} mission=${mission} since=${held.initial_at} where=${where} things=${things} shown=${!off.has("where")} show=${(/** @type {boolean} */ on) => tick("where", on)} />
        <${Plans} mission=${mission} things=${things} plans=${plans} shown=${!off.has("plans")} show=${(/** @type {boolean} */ on) => tick("plans", on)} go=${go} tappable=${!!drawing} map=${() => page.current?.querySelector(".map-frame")?.scrollIntoView({ block: "center" })} />
        <${ThingList} things=${things} hidden=${off} tick=${tick} pick=${pick} picked=${picked.value} />
      </aside></div>
    ${printing.value ? html`<${PrintDialog} mission=${mission} middle=${view.current?.centre || null} close=${() => { printing.value = false; }} />` : null}
  </section>`;
}

/** Changes whenever something on the map has moved, come or gone. @param {import("../map-things.js").Thing[]} things */
function digest(things) {
  const words = JSON.stringify(things.map((one) => [one.id, one.name, one.points]));
  let sum = 0;
  for (const letter of words) sum = (sum * 31 + /** @type {number} */ (letter.codePointAt(0))) >>> 0;
  return sum.toString(36);
}

/** @param {{draw: (what: string) => void, print: () => void}} props */
function Tools({ draw, print }) {
  const choose = (/** @type {any} */ event) => { if (event.target.value) draw(event.target.value); event.target.value = ""; };
  return html`<div class="map-tools" role="toolbar" aria-label=${t("Map tools")}>
    <label><span class="unseen">${t("Draw")}</span><select onChange=${choose}><option value="">${t("Draw…")}</option>${Object.entries(KINDS).filter(([what]) => what !== "measure").map(([what, { words }]) => html`<option value=${what}>${words()}</option>`)}</select></label>
    <button onClick=${() => draw("measure")}>${t("Measure")} <kbd>e</kbd></button>
    <button onClick=${print}>${t("Print…")}</button>
    <button onClick=${full}>${t("Full screen")} <kbd>f</kbd></button></div>`;
}

/** The map takes the whole screen, and gives it back. */
function full() {
  const root = document.documentElement;
  const on = !root.classList.contains("map-full");
  root.classList.toggle("map-full", on);
  dispatchEvent(new Event("resize"));
  if (on) root.requestFullscreen?.().catch(() => {});
  else if (document.fullscreenElement) document.exitFullscreen();
}
addEventListener("fullscreenchange", () => {
  if (!document.fullscreenElement) document.documentElement.classList.remove("map-full");
  dispatchEvent(new Event("resize"));
});

/** Lets the map reach from where it stands to the foot of the screen. @param {{current: HTMLElement|null}} page */
function useHeight(page) {
  useEffect(() => {
    const fit = () => {
      const at = page.current;
      if (at) at.style.setProperty("--above", `${Math.round(at.getBoundingClientRect().top + scrollY)}px`);
    };
    fit();
    const watched = new ResizeObserver(fit);
    watched.observe(document.body);
    addEventListener("resize", fit);
    return () => { watched.disconnect(); removeEventListener("resize", fit); document.documentElement.classList.remove("map-full"); };
  }, []);
}

/** @param {any} props */
function Drawn(props) {
  const { mission, held, things, all, where, plans, off, kept, keep, view, pick, picked, tap } = props;
  const box = useRef(/** @type {any} */ (null)), grid = useRef(/** @type {any} */ (null));
  const problem = useSignal(/** @type {any} */ (null)), ready = useSignal(false), at = useSignal(/** @type {{place: Place, by: string}|null} */ (null)), perPx = useSignal(0);
  const grounds = useSignal(/** @type {any[]|null} */ (null));
  const latest = useRef(props);
  latest.current = props;
  const teams = things.filter((/** @type {any} */ one) => one.kind === "team").slice(0, MOST_TRACKS).map((/** @type {any} */ one) => one.name);
  const tracks = useTracks(mission, off.has("tracks") ? [] : teams);
  useEffect(() => {
    let left = false;
    open().catch((error) => { problem.value = error.text ? error : { text: t("The map could not be loaded."), do: t("Load the page anew when there is a link.") }; });
    return () => { left = true; view.current?.gone(); view.current = null; };

    async function open() {
      const asked = get("/api/terrains");
      asked.catch(() => {});
      const { MapView } = await /** @type {Promise<any>} */ (drawing);
      if (left) return;
      const made = new MapView({ box: box.current, grid: grid.current, view: kept.view, bounds: firstLook(latest.current.all, []), words: t("Map: arrow keys move it, plus and minus change the scale") });
      view.current = made;
      listenTo(made, latest, at, perPx);
      ready.value = true;
      grounds.value = await asked;
      made.setGrounds(grounds.value);
      made.whenDrawn(() => box.current?.setAttribute("data-drawn", "yes"));
    }
  }, [mission]);
  useEffect(() => {
    const made = view.current;
    if (!made) return;
    made.setMarks([...marksOf(things, { now: now.value, names: !off.has("names"), picked, pick }), ...(where ? bandMarks(where) : []), ...wayMarks(plans), ...(off.has("plans") ? [] : startMarks(sheetOf(mission)))]);
  });
  useEffect(() => { if (ready.value && !kept.view) view.current?.show(firstLook(all, grounds.value || []), {}); }, [ready.value, all.length, !grounds.value]);
  useLaid(view, ready.value, "tracks", () => (off.has("tracks") ? [] : trackFeatures(tracks, teams)), [tracks, teams.join(), off.has("tracks")]);
  useLaid(view, ready.value, "drawings", () => drawingFeatures(things, picked), [JSON.stringify(things.map((/** @type {any} */ one) => [one.id, one.points])), picked]);
  useLaid(view, ready.value, "bands", () => (where ? bandFeatures(where) : []), [where]);
  useLaid(view, ready.value, "ways", () => wayFeatures(plans.search), [plans]);
  useLaid(view, ready.value, "draft", () => draftFeatures(draft.value), [draft.value]);
  useEffect(() => { if (view.current) { view.current.showsGrid = !off.has("grid"); view.current.drawGrid(); } }, [ready.value, off.has("grid")]);
  useEffect(() => { view.current?.dress(); }, [looks.value, ready.value]);
  useLayoutEffect(() => { const pressed = (/** @type {KeyboardEvent} */ event) => press(event, latest.current.mission, view.current); addEventListener("keydown", pressed); return () => removeEventListener("keydown", pressed); }, []);
  if (problem.value && !ready.value) return html`<${Complaint} problem=${problem.value} />`;
  return html`<div class=${draft.value || placing.value ? "map-frame drawing" : "map-frame"} dir="ltr">
    <div class="map-box" ref=${box}></div><canvas class="map-grid" ref=${grid} aria-hidden="true"></canvas><span class="crosshair" aria-hidden="true"></span>
    ${ready.value ? null : html`<p class="loading" role="status">${t("The map is on its way…")}</p>`}
    ${problem.value ? html`<div class="map-note"><${Complaint} problem=${problem.value} /></div>` : null}
    ${grounds.value?.length === 0 ? html`<p class="map-note">${t("No ground yet: whoever keeps this machine brings one in with `wayhome terrain import`. Everything else works without it.")}</p>` : null}
    <${Placing} mission=${mission} here=${() => view.current?.centre} putAt=${tap} />
    <div class="map-zoom"><button aria-label=${t("Nearer")} onClick=${() => view.current?.nearer(1)}>+</button><button aria-label=${t("Farther")} onClick=${() => view.current?.nearer(-1)}>−</button>
      <button aria-label=${t("Show everything")} onClick=${() => view.current?.show(firstLook(all, grounds.value || []))}>◎</button></div>
    <${Caution} where=${where} plan=${plans.search} />
    <${Foot} at=${at.value} perPx=${perPx.value} sources=${[...new Set((grounds.value || []).map((one) => one.attribution).filter(Boolean))]} />
  </div>`;
}

/** What must stand on the map itself. @param {{where: any, plan: any}} props */
function Caution({ where, plan }) {
  if (!where && !plan) return null;
  const cautions = where?.outlines.cautions || plan.sheet.cautions;
  const first = cautions.find((/** @type {string} */ one) => one.includes("not validated")) || cautions[0];
  return html`<p class="map-caution">${plan?.stale ? html`<b>${t("The plan is out of date.")}</b> ` : null}${first}</p>`;
}

/** Lays features on the map when what they are made of has changed. @param {any} view @param {boolean} ready @param {any} name @param {() => any[]} make @param {any[]} on */
function useLaid(view, ready, name, make, on) {
  useEffect(() => { if (ready) view.current?.lay(name, make()); }, [ready, ...on]);
}

/** What to show at first: everything with a place, else the ground. @param {any[]} things @param {any[]} grounds @returns {Place[]} */
function firstLook(things, grounds) {
  const places = things.flatMap((one) => one.points);
  if (places.length) return places;
  const [ground] = grounds;
  return ground ? [{ lat: ground.bounds[1], lon: ground.bounds[0] }, { lat: ground.bounds[3], lon: ground.bounds[2] }] : [NOWHERE];
}

/** Hears what is done on the map. @param {MapView} made @param {{current: any}} latest @param {any} at @param {any} perPx */
function listenTo(made, latest, at, perPx) {
  const centre = () => { at.value = { place: made.centre, by: "centre" }; perPx.value = made.metresPerPx; };
  made.map.on("mousemove", (event) => { at.value = { place: placeAt(event.lngLat.lat, event.lngLat.lng), by: "cursor" }; });
  made.map.on("mouseout", centre);
  made.map.on("move", centre);
  made.map.on("moveend", (event) => { if (/** @type {any} */ (event).byHand || event.originalEvent) latest.current.keep({ view: made.kept }); });
  made.map.on("click", (event) => {
    const { tap, pick, all } = latest.current;
    const near = draft.value ? [] : made.map.queryRenderedFeatures([[event.point.x - 6, event.point.y - 6], [event.point.x + 6, event.point.y + 6]], { layers: ["drawings", "segment-lines", "segments"] });
    const found = all.find((/** @type {any} */ one) => one.id === near[0]?.properties.id);
    if (found) pick(found); else tap(placeAt(event.lngLat.lat, event.lngLat.lng));
  });
  made.map.on("error", (event) => { if (/** @type {any} */ (event.error)?.status === 404) say(t("A piece of the ground could not be loaded.")); });
  centre();
}

/** Keys while a team is being placed. @param {KeyboardEvent} event @param {string} mission @param {Place} crosshair @returns {boolean} whether it was one */
function placingKey(event, mission, crosshair) {
  if (event.key === "Enter") return put(mission, crosshair);
  if (event.key !== "Escape" || !placing.value) return false;
  placing.value = null;
  return true;
}

/** Keys of the map and of drawing; a button that has the focus keeps its Enter. @param {KeyboardEvent} event @param {string} mission @param {MapView|null} view */
function press(event, mission, view) {
  const target = /** @type {HTMLElement} */ (event.target);
  if (!view || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || typing(target)) return;
  const onControl = !!target.closest("button, a, summary");
  const onMap = target.closest(".map-box") || ((draft.value || placing.value) && !onControl);
  const used = (!(onControl && event.key === "Enter") && (placingKey(event, mission, view.centre) || draftKey(event, view.centre))) || (onMap && view.key(event));
  if (used) event.preventDefault();
}

/** The coordinates of the cursor, or of the crosshair, with the datum always beside them. @param {{at: {place: Place, by: string}|null, perPx: number, sources: string[]}} props */
function Foot({ at, perPx, sources }) {
  const metres = perPx ? bar(perPx) : 0;
  return html`<div class="map-foot">${at ? html`<details class="map-at"><summary><span class="grid" data-form="short">${shortForm(at.place)}</span> <small>${DATUM} · ${at.by === "cursor" ? t("cursor") : t("crosshair")}</small><small class="grid second">${forms(at.place).find(([name]) => name === "DM.m")?.[1]}</small></summary>
      <${Coordinates} place=${at.place} /></details>` : null}
    ${metres ? html`<${ScaleBar} metres=${metres} px=${metres / perPx} />` : null}
    ${sources.length ? html`<small class="map-sources">${sources.join(" · ")}</small>` : null}</div>`;
}

/** @param {number} perPx */
function bar(perPx) {
  const most = 120 * perPx, power = 10 ** Math.floor(Math.log10(most));
  return [5, 2, 1].map((one) => one * power).find((one) => one <= most) || power;
}

/** @param {{metres: number, px: number}} props */
function ScaleBar({ metres, px }) {
  const ref = useRef(/** @type {HTMLElement|null} */ (null));
  useEffect(() => { ref.current?.style.setProperty("--bar", `${Math.round(px)}px`); }, [px]);
  return html`<span class="map-scale" ref=${ref}>${metres < 1_000 ? `${metres} m` : `${metres / 1_000} km`}</span>`;
}
