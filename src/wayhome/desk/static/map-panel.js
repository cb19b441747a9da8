// Beside the map: what stands on it in groups with ticks, whatever was picked, where he can be, and how old each place is.
import { advise } from "./api.js";
import { now } from "./app.js";
import { begin, Erase } from "./map-draw.js";
import { DATUM, forms, shortForm } from "./map-coordinates.js";
import { areaKeys, Evidence, Likelihood, useEvidence } from "./map-evidence.js";
import { sign } from "./map-marks.js";
import { age, GROUPS } from "./map-things.js";
import { Complaint, html, say, useEffect, useRef, useSignal } from "./ui.js";
import { hhmm, moment, plural, t } from "./words.js";

/** @typedef {import("./map-coordinates.js").Place} Place */
/** @typedef {import("./map-things.js").Thing} Thing */

/** @param {{kind: string, letter?: string}} props */
export function Swatch({ kind, letter }) {
  const ref = useRef(/** @type {HTMLElement|null} */ (null));
  useEffect(() => { ref.current?.replaceChildren(sign(kind, letter)); }, [kind, letter]);
  return html`<span class="swatch" ref=${ref}></span>`;
}

/** Copies, with or without the browser's own way of it. @param {string} words */
async function copy(words) {
  try {
    await navigator.clipboard.writeText(words);
    say(t("Copied: {words}", { words }));
  } catch {
    say(t("This browser does not copy over plain http: {words}", { words }), { seconds: 15 });
  }
}

/** A place in every form, each copied by one press. @param {{place: Place}} props */
export function Coordinates({ place }) {
  return html`<ul class="coordinates">${forms(place).map(([name, words]) => html`<li key=${name}>
    <button class="quiet" onClick=${() => copy(words)} aria-label=${t("Copy {name}: {words}", { name, words })}><small>${name}</small><span class="grid" dir="ltr">${words}</span></button></li>`)}</ul>
    <p class="aside">${t("Datum")} ${DATUM}. ${t("A press copies.")}</p>`;
}

/** @param {{things: Thing[], hidden: Set<string>, tick: (id: string, on: boolean) => void, pick: (thing: Thing) => void, picked: string}} props */
export function ThingList({ things, hidden, tick, pick, picked }) {
  if (!things.length) return html`<p class="empty">${t("Nothing of this mission has a place yet. Set its initial planning point, type a place into a log line, or draw something here.")}</p>`;
  const groups = GROUPS.map(([group, name]) => ({ group, name: name(), within: things.filter((one) => one.group === group) })).filter((one) => one.within.length);
  return html`${groups.map(({ group, name, within }) => html`<${Group} key=${group} name=${name} aside=${within.length} ticked=${!hidden.has(group)} tick=${(/** @type {boolean} */ on) => tick(group, on)}>
    <ul>${within.map((one) => html`<${Row} key=${one.id} thing=${one} hidden=${hidden.has(one.id)} tick=${tick} pick=${pick} picked=${picked === one.id} />`)}</ul><//>`)}`;
}

/** A group with a tick that shows it on the map, and a heading that folds it. @param {{name: string, aside?: any, ticked: boolean, tick: (on: boolean) => void, cannot?: boolean, open?: import("@preact/signals").Signal<boolean>, children: any}} props */
export function Group({ name, aside, ticked, tick, cannot, open, children }) {
  const own = useSignal(true), shown = open || own;
  return html`<section class="map-group" aria-label=${name}><h2>
      <input type="checkbox" disabled=${cannot} checked=${ticked} onChange=${(/** @type {any} */ event) => tick(event.target.checked)} aria-label=${t("Show {name} on the map", { name })} />
      <button class="quiet map-fold" aria-expanded=${shown.value ? "true" : "false"} onClick=${() => { shown.value = !shown.value; }}>${name} ${aside ? html`<small class="count-of">${aside}</small>` : null}</button></h2>
    ${shown.value ? children : null}</section>`;
}

/** @param {{thing: Thing, hidden: boolean, tick: (id: string, on: boolean) => void, pick: (thing: Thing) => void, picked: boolean}} props */
function Row({ thing, hidden, tick, pick, picked }) {
  const { words } = age(thing, now.value);
  return html`<li class=${picked ? "picked" : ""}>
    <input type="checkbox" checked=${!hidden} onChange=${(/** @type {any} */ event) => tick(thing.id, event.target.checked)} aria-label=${t("Show {name}", { name: thing.name })} />
    <${Swatch} kind=${thing.kind} letter=${thing.letter && thing.group !== "people" && thing.kind !== "post" && thing.kind !== "note" ? thing.letter : ""} />
    <button class="pick" aria-pressed=${picked ? "true" : "false"} onClick=${() => pick(thing)}><b dir="auto">${thing.name}</b>
      <small dir="auto">${[words, thing.words].filter(Boolean).join(" · ")}</small></button></li>`;
}

/** Whatever was picked on the map or in the list. @param {{mission: string, thing: Thing, go: (places: Place[]) => void, close: () => void}} props */
export function Card({ mission, thing, go, close }) {
  const erasing = useSignal(false);
  const { words } = age(thing, now.value);
  return html`<section class="map-card" aria-label=${thing.name}>
    <header><${Swatch} kind=${thing.kind} /><h2 dir="auto">${thing.name}</h2><button class="quiet" aria-label=${t("Close")} onClick=${close}>✕</button></header>
    ${thing.words ? html`<p dir="auto">${thing.words}</p>` : null}
    ${thing.at ? html`<p><time>${moment(thing.at)}</time> ${words ? html`<b>${words}</b>` : null}</p>` : null}
    ${thing.points.length === 1 ? html`<${Coordinates} place=${thing.points[0]} />` : html`<p>${plural(thing.points.length, "{count} point", "{count} points")}</p>`}
    <div class="row"><button onClick=${() => go(thing.points)}>${t("Go there")}</button>
      ${thing.row?.drawing ? html`<button onClick=${() => begin(thing.row.what, thing.row)}>${t("Change")}</button><button onClick=${() => { erasing.value = !erasing.value; }} aria-expanded=${erasing.value ? "true" : "false"}>${t("Take off…")}</button>` : null}</div>
    ${erasing.value ? html`<${Erase} mission=${mission} row=${thing.row} done=${close} />` : null}
  </section>`;
}

/** A place that was tapped. @param {{place: Place, close: () => void, draw: (what: string) => void}} props */
export function PlaceCard({ place, close, draw }) {
  return html`<section class="map-card" aria-label=${t("Place")}>
    <header><h2 class="grid" dir="ltr">${shortForm(place)}</h2><button class="quiet" aria-label=${t("Close")} onClick=${close}>✕</button></header>
    <${Coordinates} place=${place} />
    <div class="row"><button onClick=${() => draw("post")}>${t("Post here")}</button><button onClick=${() => draw("note")}>${t("Note here")}</button></div>
  </section>`;
}

const QUARTER_MS = 900_000;
/** The map is of the next quarter of an hour: so within it the same evidence gives the same map, to the last bit. @param {{ms: number}|null} began */
function untilQuarter(began) {
  const hours = began ? (Math.ceil(Date.now() / QUARTER_MS) * QUARTER_MS - began.ms) / 3_600_000 : 0;
  return hours > 0 ? { hours } : {};
}

/** Where he can be: asked of the engine by a button only, shown as last advised. @param {{mission: string, since: {ms: number}|null, where: any, things: Thing[], shown: boolean, show: (on: boolean) => void}} props */
export function Where({ mission, since: began, where, things, shown, show }) {
  const evidence = useEvidence(mission), of = useRef(""), follows = useSignal(false);
  const problem = useSignal(/** @type {any} */ (null)), since = useSignal(0), open = useSignal(!where), asked = useRef(false);
  useEffect(() => { if (where && !asked.current) open.value = false; }, [!where]);
  const ask = async () => {
    asked.current = true;
    of.current = evidence;
    since.value = Date.now();
    problem.value = null;
    try {
      await advise("search_map", { mission, form: "geojson", asked: untilQuarter(began) });
      show(true);
      open.value = true;
      follows.value = true;
    } catch (error) {
      problem.value = error;
    }
    since.value = 0;
  };
  useEffect(() => { if (follows.value && shown && !since.value && of.current !== evidence) ask(); }, [evidence, since.value]);
  const seconds = since.value ? Math.max(0, Math.round((now.value - since.value) / 1_000)) : 0;
  return html`<div class="where"><${Group} name=${t("Where he can be")} aside=${where ? moment(where.made) : ""} ticked=${shown && !!where} tick=${show} cannot=${!where} open=${open}>
    <div class="within">
      ${where ? html`<${Bands} where=${where} />` : html`<p class="empty">${t("Nobody has asked yet. The answer says how likely he is where, and how far he can have come on foot; it is written down as advice.")}</p>`}
      <${Complaint} problem=${problem.value} />
      ${since.value ? html`<p role="status">${t("Working it out… {seconds} s", { seconds })} <progress aria-label=${t("Working it out")}></progress></p>` : html`<button onClick=${ask}>${where ? t("Work it out anew, for now") : t("Where can he be now?")}</button>`}
      ${asked.current ? html`<label><input type="checkbox" checked=${follows.value} onChange=${(/** @type {any} */ event) => { follows.value = event.target.checked; }} />${t("Work it out anew whenever the evidence changes")}</label>` : null}
      <${Evidence} mission=${mission} things=${things} />
    </div><//></div>`;
}

/** The legend of the bands, with every caution beside it. @param {{where: any}} props */
function Bands({ where: { made, outlines } }) {
  const likely = outlines.areas?.length, bands = [...outlines.bands].sort((a, b) => a.hours - b.hours).filter((band) => !likely || band.hours === outlines.hours);
  return html`<p>${t("As of {time}, from the {start} ({since}), walking as: {walker}.", { time: moment(outlines.since ? { ms: outlines.since.ms + outlines.hours * 3_600_000 } : made), start: outlines.start, since: hhmm(outlines.since) || t("time not known"), walker: outlines.walker })}</p>
    <${Likelihood} outlines=${outlines} /><ul class="legend">${areaKeys(outlines)}${bands.map((band, n) => html`<li key=${band.hours}><span class=${n === bands.length - 1 ? "band last" : "band"}></span>${t("within {hours}", { hours: hoursWords(band.hours) })} <small class="num">${band.area_km2} km²</small></li>`)}
      ${(likely ? [] : Object.entries(outlines.rings_m)).map(([share, metres]) => html`<li key=${share}><span class="ring"></span>${t("{share} of {category} found within {km} km", { share, category: outlines.category, km: (Number(metres) / 1_000).toFixed(1) })}</li>`)}</ul>
    <ul class="cautions">${outlines.cautions.map((/** @type {string} */ one) => html`<li key=${one} dir="auto">${one}</li>`)}</ul>
    <details><summary>${t("What it rests on")}</summary><ul class="aside">${[...outlines.facts, ...outlines.provenance].map((/** @type {string} */ one) => html`<li key=${one} dir="auto">${one}</li>`)}</ul></details>`;
}

/** @param {number} hours */
export function hoursWords(hours) {
  const minutes = Math.round(hours * 60);
  return minutes < 60 ? t("{minutes} min", { minutes }) : minutes % 60 ? `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")}` : `${minutes / 60} h`;
}
