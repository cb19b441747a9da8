// Who searches where, and whom to post where: asked from beside the map, with teams from where they were last heard.
import { post } from "./api.js";
import { now } from "./app.js";
import { askFor, changeSheet, changeTeam, findAgain, placeTeam, placing, questionOf, sheetOf, teamsOf, waitingFor, wrongOf, wrongWith } from "./map-ask.js";
import { shortForm } from "./map-coordinates.js";
import { TypedPlace } from "./map-draw.js";
import { Group } from "./map-panel.js";
import { Beside, Figures, Parts, Stale } from "./map-said.js";
import { useRead } from "./store.js";
import { Complaint, html, useEffect, useRef, useSignal } from "./ui.js";
import { ago, moment, plural, t } from "./words.js";

/** @typedef {import("./map-ask.js").Going} Going */
/** @typedef {import("./map-ask.js").Kind} Kind */
/** @typedef {import("./map-ask.js").Sheet} Sheet */
/** @typedef {import("./map-coordinates.js").Place} Place */

const OWN_DOG = "own";

/** @param {{mission: string, things: any[], plans: any, shown: boolean, show: (on: boolean) => void, go: (places: Place[]) => void, tappable: boolean, map: () => void}} props */
export function Plans({ mission, things, plans, shown, show, go, tappable, map }) {
  const teams = useRead("teams", { mission }).value || [], { search, contain } = plans;
  const sheet = sheetOf(mission, search || contain), going = teamsOf(teams, things, sheet);
  const open = useSignal(false), asking = useSignal(/** @type {boolean|null} */ (null));
  useEffect(() => { findAgain(mission); }, [mission]);
  const awaited = { search_plan: useRef(/** @type {string|undefined} */ (undefined)), search_contain: useRef(/** @type {string|undefined} */ (undefined)) };
  const ask = (/** @type {Kind} */ kind) => {
    awaited[kind].current = (kind === "search_plan" ? search : contain)?.advice || "";
    const wrong = wrongWith(sheet, going, kind);
    open.value = true;
    asking.value = !!wrong;
    askFor(mission, kind, questionOf(mission, sheet, going, kind), wrong).then(() => { if (wrongOf(mission, kind)) asking.value = true; else show(true); });
  };
  const form = asking.value ?? !(search || contain);
  return html`<div class="where plans"><${Group} name=${t("Who searches where")} aside=${search ? moment(search.made) : ""} ticked=${shown && !!(search || contain)} tick=${show} cannot=${!search && !contain} open=${open}><div class="within">
    ${search ? html`<${Answer} plan=${search} go=${go} again=${() => ask("search_plan")} busy=${!!waitingFor(mission, "search_plan")} awaited=${awaited.search_plan} />` : null}
    ${contain ? html`<h3>${t("Who could be posted where")} <small class="count-of">${moment(contain.made)}</small></h3><${Answer} plan=${contain} post=${true} go=${go} again=${() => ask("search_contain")} busy=${!!waitingFor(mission, "search_contain")} awaited=${awaited.search_contain} />` : null}
    <details class="asked" open=${form} onToggle=${(/** @type {any} */ event) => { if (event.target.open !== form) asking.value = event.target.open; }}><summary>${t("Teams, hours and widths")} <small class="count-of">${plural(going.filter((one) => one.goes).length, "{count} team goes", "{count} teams go")}</small></summary>
      <${Teams} mission=${mission} sheet=${sheet} going=${going} tappable=${tappable} map=${map} />
      <${Details} mission=${mission} sheet=${sheet} things=${things} /></details>
    <${Doing} mission=${mission} ask=${ask} />
    ${search || contain ? null : html`<p class="aside">${t("Nobody has asked yet. It takes up to a minute; the answer is written down as advice, and goes by the map of where he may be.")}</p>`}
  </div><//></div>`;
}

/** One answer with everything beside it, brought into view when it is the one that was waited for: `awaited` is the one before. @param {{plan: any, post?: boolean, go: (places: Place[]) => void, again: () => void, busy: boolean, awaited: {current: string|undefined}}} props */
function Answer({ plan, post: posts = false, go, again, busy, awaited }) {
  const ref = useRef(/** @type {HTMLElement|null} */ (null));
  useEffect(() => {
    if (awaited.current === undefined || awaited.current === plan.advice) return;
    awaited.current = undefined;
    ref.current?.scrollIntoView({ block: "start" });
    go(plan.sheet.parts.flatMap((/** @type {any} */ part) => part.way.map((/** @type {number[]} */ [lon, lat]) => ({ lon, lat }))));
  }, [plan.advice]);
  return html`<div ref=${ref} class=${plan.stale ? "answer out-of-date" : "answer"} data-plan=${plan.advice} data-stale=${plan.stale ? "yes" : "no"}><${Stale} plan=${plan} />${plan.stale && !busy ? html`<button class="main" onClick=${again}>${t("Ask again now")}</button>` : null}
    <${Figures} plan=${plan} post=${posts} /><${Parts} plan=${plan} post=${posts} go=${go} /><${Beside} plan=${plan} /></div>`;
}

/** The two questions, or how far the answer has come. @param {{mission: string, ask: (kind: Kind) => void}} props */
function Doing({ mission, ask }) {
  const kinds = /** @type {[Kind, string][]} */ ([["search_plan", t("Who searches where?")], ["search_contain", t("Whom to post where?")]]);
  return html`<div class="doing">${kinds.map(([kind, words], n) => html`<div key=${kind}><${Complaint} problem=${wrongOf(mission, kind)} />
    ${waitingFor(mission, kind) ? html`<${Working} mission=${mission} kind=${kind} words=${words} />` : html`<button class=${n ? "" : "main"} onClick=${() => ask(kind)}>${words}</button>`}</div>`)}</div>`;
}

/** @param {{mission: string, kind: Kind, words: string}} props */
function Working({ mission, kind, words }) {
  const held = waitingFor(mission, kind), ended = useSignal(false);
  if (!held) return null;
  const { since, working } = held, seconds = Math.max(0, Math.round((now.value - since) / 1_000));
  const stop = () => { ended.value = true; post("/api/working/stop", { name: kind, mission }).catch(() => { ended.value = false; }); };
  return html`<div class="working"><p><b>${words}</b> <span class="num" aria-hidden="true">${t("{seconds} s", { seconds })}</span></p>
    <p role="status">${ended.value ? t("Coming to an end with the best so far…") : working?.what || t("Working it out…")}</p>
    <progress aria-label=${t("Working it out")} value=${working?.of ? working.done : undefined} max=${working?.of || 1}></progress>
    ${kind === "search_plan" && working?.of ? html`<button disabled=${ended.value} onClick=${stop}>${t("Enough: take the best so far")}</button>` : null}
    <p class="aside">${t("The desk can be used meanwhile.")}</p></div>`;
}

/** @param {{mission: string, sheet: Sheet, going: Going[], tappable: boolean, map: () => void}} props */
function Teams({ mission, sheet, going, tappable, map }) {
  const name = useSignal(""), dogs = useRead("dogs", { mission }).value || [];
  const add = (/** @type {Event} */ event) => {
    event.preventDefault();
    const said = name.value.trim();
    if (said && !going.some((one) => one.name === said)) changeSheet(mission, sheet, { added: [...sheet.added, said] });
    name.value = "";
  };
  return html`<fieldset class="going"><legend>${t("Teams, from where they were last heard")}</legend>
    ${going.length ? html`<ul>${going.map((one) => html`<${Team} key=${one.name} mission=${mission} sheet=${sheet} one=${one} dogs=${dogs} tappable=${tappable} map=${map} />`)}</ul>` : html`<p class="empty">${t("No team yet: add those that could go.")}</p>`}
    <form class="typed-place" onSubmit=${add}><label>${t("Another team")}<input value=${name.value} onInput=${(/** @type {any} */ event) => { name.value = event.target.value; }} maxlength="60" dir="auto" autocomplete="off" /></label><button disabled=${!name.value.trim()}>${t("Add")}</button></form></fieldset>`;
}

/** @param {{mission: string, sheet: Sheet, one: Going, dogs: any[], tappable: boolean, map: () => void}} props */
function Team({ mission, sheet, one, dogs, tappable, map }) {
  const { name, place, at, byHand, goes, said } = one, more = useSignal(false), row = useRef(/** @type {HTMLElement|null} */ (null));
  const say = (/** @type {any} */ change) => changeTeam(mission, sheet, name, change), mine = placing.value?.name === name && placing.value.mission === mission;
  useEffect(() => { if (mine) return () => row.current?.scrollIntoView({ block: "nearest" }); }, [mine]);
  const from = !place ? t("no place yet: say where it is") : byHand ? t("placed here by hand") : at ? t("heard {ago}", { ago: ago(at, now.value) }) : t("from its last place");
  const dogNames = dogs.map((one) => one.name);
  return html`<li ref=${row}><div class="team-row"><label><input type="checkbox" checked=${goes} disabled=${!place} onChange=${(/** @type {any} */ event) => say({ goes: event.target.checked })} /><b dir="auto">${name}</b></label>
      <small>${place ? html`<span class="grid" dir="ltr">${shortForm(place)}</span> ` : null}<span class=${place ? "" : "todo"}>${from}</span></small></div>
    <div class="row">${tappable ? html`<button aria-pressed=${mine ? "true" : "false"} aria-label=${t("Place {name} on the map", { name })} onClick=${() => { placing.value = mine ? null : { mission, name }; if (!mine) map(); }}>${mine ? t("Leave it") : t("Place on the map")}</button>` : null}
      <button aria-expanded=${more.value ? "true" : "false"} aria-label=${t("More of {name}", { name })} onClick=${() => { more.value = !more.value; }}>${t("More…")}</button>
      ${byHand ? html`<button aria-label=${t("{name}: back to its last place", { name })} onClick=${() => say({ place: undefined })}>${t("Undo place")}</button>` : null}</div>
    ${more.value ? html`<div class="team-more"><${TypedPlace} mission=${mission} label=${t("Set out there")} add=${(/** @type {Place} */ typed) => placeTeam(mission, sheet, name, typed)} />
      <label>${t("Works for at most, hours")}<input type="number" min="0.1" max="24" step="any" inputmode="decimal" value=${said.hours || ""} onInput=${(/** @type {any} */ event) => say({ hours: event.target.value })} placeholder=${t("as the plan")} /></label>
      <label>${t("Dog")}<select value=${said.dog || ""} onChange=${(/** @type {any} */ event) => say({ dog: event.target.value })}><option value="">${t("none")}</option>${dogNames.map((dog) => html`<option key=${dog} value=${dog}>${dog}</option>`)}<option value=${OWN_DOG}>${t("a dog of its own")}</option></select></label>
      <label><input type="checkbox" checked=${!!said.stays} onChange=${(/** @type {any} */ event) => say({ stays: event.target.checked })} />${t("Need not be back at the end")}</label></div>` : null}</li>`;
}

/** @param {{mission: string, sheet: Sheet, things: any[]}} props */
function Details({ mission, sheet, things }) {
  const set = (/** @type {any} */ change) => changeSheet(mission, sheet, change), segments = things.filter((one) => one.kind === "segment");
  const number = (/** @type {"hours"|"width"|"watch"} */ key, /** @type {string} */ label, /** @type {string} */ aside, /** @type {any} */ bounds) => html`<label>${label}<input type="number" step="any" inputmode="decimal" name=${key} value=${sheet[key]} onInput=${(/** @type {any} */ event) => set({ [key]: event.target.value })} ...${bounds} /><small class="aside">${aside}</small></label>`;
  const bar = (/** @type {string} */ label, /** @type {boolean} */ on) => set({ barred: on ? [...sheet.barred, label] : sheet.barred.filter((one) => one !== label) });
  return html`<div class="numbers">${number("hours", t("Hours"), t("from now on"), { min: 0.1, max: 24 })}${number("width", t("Sweep width, m"), t("how wide a searcher finds him here"), { min: 1, max: 2_000 })}${number("watch", t("A post sees, m"), t("on each side"), { min: 1, max: 2_000 })}</div>
    <label><input type="checkbox" checked=${sheet.alive} onChange=${(/** @type {any} */ event) => set({ alive: event.target.checked })} />${t("Weigh how likely he is still alive when he is found")}</label>
    ${segments.length ? html`<label><input type="checkbox" checked=${sheet.segments} onChange=${(/** @type {any} */ event) => set({ segments: event.target.checked })} />${t("Give out the drawn segments instead of ways")}</label>
      <fieldset class="going"><legend>${t("Nobody may enter")}</legend>${segments.map(({ row, name }) => html`<label key=${row.drawing}><input type="checkbox" checked=${sheet.barred.includes(row.label)} onChange=${(/** @type {any} */ event) => bar(row.label, event.target.checked)} /><span dir="auto">${[row.label, name].filter((word, n, all) => all.indexOf(word) === n).join(" ")}</span></label>`)}</fieldset>` : null}`;
}

/** Over the map while a team is being placed. @param {{mission: string, here: () => Place|undefined, putAt: (place: Place) => void}} props */
export function Placing({ mission, here, putAt }) {
  const held = placing.value;
  if (held?.mission !== mission) return null;
  return html`<div class="map-placing" role="status"><p>${t("Tap where {name} sets out, or bring the crosshair there.", { name: held.name })}</p>
    <div class="row"><button class="main" onClick=${() => { const at = here(); if (at) putAt(at); }}>${t("At the crosshair")}</button><button onClick=${() => { placing.value = null; }}>${t("Leave it")}</button></div></div>`;
}
