// The palette: a deed is found by typing its name, and filled in as a form that is made from the API's own description.
import { get } from "./api.js";
import { here } from "./app.js";
import { OF_READS } from "./deed-fields.js";
import { DeedForm, field } from "./deed.js";
import { choices, ELSEWHERE, FIELDS, GROUPS, UNITS } from "./deed-words.js";
import { palette } from "./palette.js";
import { path } from "./route.js";
import { useRead } from "./store.js";
import { Complaint, Dialog, html, useEffect, useFocus, useRef, useSignal } from "./ui.js";
import { t } from "./words.js";

/** @typedef {{name: string, words: string, group: string}} Deed */

const PEOPLE = new Set(["member", "leader", "holder", "companion", "one", "other", "handler", "owner"]);
const MANY = new Set(["members", "close"]);
const LONG = new Set(["words", "reason", "how", "condition", "letter", "message", "purpose", "evidence", "basis", "about", "stake", "speaks_for", "speaks_against", "limits"]);
/** What a field is where its name alone would mislead. @type {Record<string, string>} */
const OWN = {
  "NoteHistory.mission": "text", "Remember.line": "text", "LogLine.team": "text", "ReportPlace.team": "text", "LogLine.clue": "text", "LogLine.casualty": "text",
  "SetSuccession.order": "members", "Treat.by": "member", "WriteBriefing.chosen_because": "because", "StateHypothesis.goals": "places", "LendDog.dog": "text", "AwardQualification.evidence": "words", "Draw.points": "places", "ChangeDrawing.points": "places",
};

/** The API's description, asked for once. @type {Promise<any>|null} */
let described = null;
function description() {
  described ||= get("/api/openapi.json").catch((error) => { described = null; throw error; });
  return described;
}

/** @param {string} name */
const spaced = (name) => name.replace(/([a-z])([A-Z])/g, "$1 $2").replace(/_/g, " ").toLowerCase().replace(/^./, (letter) => letter.toUpperCase());

/** @param {any} api @returns {Deed[]} */
function deedsOf(api) {
  const named = new Map(GROUPS.flatMap(([group, deeds]) => Object.entries(deeds).map(([name, words]) => [name, { name, words: words(), group: group() }])));
  const there = Object.keys(api.paths).filter((one) => one.startsWith("/api/do/")).map((one) => one.slice("/api/do/".length)).filter((name) => !ELSEWHERE.has(name));
  const other = there.filter((name) => !named.has(name)).map((name) => ({ name, words: spaced(name), group: t("Other") }));
  return [...[...named.values()].filter((one) => there.includes(one.name)), ...other];
}

/** @param {any} api @param {any} schema */
function plain(api, schema) {
  const inner = schema.oneOf ? schema.oneOf.find((/** @type {any} */ one) => one.type !== "null") : schema;
  return inner.$ref ? api.components.schemas[inner.$ref.split("/").pop()] : inner;
}

/** @param {string} intent @param {string} name @param {any} schema @param {any} items */
function kindOf(intent, name, schema, items) {
  const own = OWN[`${intent}.${name}`];
  if (own) return own;
  if (["Place", "Moment", "Deadline"].includes(schema.title)) return schema.title.toLowerCase();
  if (schema.type === "array") return MANY.has(name) ? "members" : name === "points" ? "places" : items?.properties ? "rows" : "list";
  if (schema.type === "object") return schema.additionalProperties?.type === "integer" ? "levels" : schema.properties ? "scales" : "pairs";
  if (schema.type === "boolean") return "bool";
  if (schema.type === "integer" || schema.type === "number") return "number";
  if (schema.format === "date") return "date";
  if (PEOPLE.has(name)) return "member";
  return OF_READS.includes(name) ? name : LONG.has(name) ? "words" : "text";
}

/** The fields of a deed, those that must be filled in first. @param {any} api @param {string} intent @param {any} preset */
function fieldsOf(api, intent, preset) {
  const body = api.paths[`/api/do/${intent}`].post.requestBody.content["application/json"].schema;
  const schema = plain(api, body);
  const known = choices();
  const names = Object.keys(schema.properties).filter((name) => name !== "intent" && !(name in preset));
  const fields = names.flatMap((name) => {
    const shape = plain(api, schema.properties[name]);
    const items = shape.items && plain(api, shape.items);
    const kind = kindOf(intent, name, shape, items);
    const label = FIELDS[name]?.() || spaced(name);
    const must = schema.required.includes(name);
    if (kind === "scales") return Object.entries(shape.properties).map(([inner, one]) => partOf(api, `${name}.${inner}`, inner, plain(api, one)));
    const of = known[`${intent}.${name}`] || (kind === "text" || kind === "list" ? known[name] : null);
    const columns = items?.properties ? columnsOf(api, items) : undefined;
    return [field(name, of?.length ? (kind === "list" ? "several" : "choice") : kind, label, { required: must && kind !== "bool", of, columns, unit: UNITS[name]?.() })];
  });
  return fields.sort((one, other) => Number(!!other.required) - Number(!!one.required));
}

/** @param {any} api @param {any} items @returns {[string, string][]} */
const columnsOf = (api, items) => Object.entries(items.properties).map(([name, one]) => {
  const type = plain(api, one).type;
  return [name, type === "integer" || type === "number" ? "number" : type === "boolean" ? "bool" : "text"];
});

/** A part of the ranks and skills, with what stands there now. @param {any} api @param {string} name @param {string} inner @param {any} shape */
function partOf(api, name, inner, shape) {
  const items = shape.items && plain(api, shape.items);
  const now = here.value.organisation[inner];
  const columns = items?.properties ? columnsOf(api, items) : undefined;
  const line = (/** @type {any} */ one) => columns?.map(([column, kind]) => (kind === "bool" ? (one[column] ? "yes" : "no") : one[column] ?? "")).join("; ");
  return field(name, columns ? "rows" : shape.type === "array" ? "list" : "text", spaced(inner), { columns, start: columns ? now.map(line).join("\n") : Array.isArray(now) ? now.join("\n") : now });
}

/** What was said of the ranks and skills becomes one thing again. @param {any} given */
function whole(given) {
  const scales = Object.entries(given).filter(([name]) => name.startsWith("scales."));
  if (!scales.length) return given;
  return { ...Object.fromEntries(Object.entries(given).filter(([name]) => !name.startsWith("scales."))), scales: Object.fromEntries(scales.map(([name, value]) => [name.slice("scales.".length), value])) };
}

/** @param {{close: () => void}} props */
export default function StateADeed({ close }) {
  const api = useSignal(/** @type {any} */ (null));
  const problem = useSignal(/** @type {any} */ (null));
  const chosen = useSignal(/** @type {Deed|null} */ (null));
  useEffect(() => { description().then((found) => { api.value = found; }, (error) => { problem.value = error; }); }, []);
  const deeds = api.value ? deedsOf(api.value) : [];
  const deed = chosen.value || deeds.find((one) => one.name === palette.value);
  return html`<${Dialog} title=${deed ? deed.words : t("State a deed")} kind="palette" onClose=${close}>
    <${Complaint} problem=${problem.value} />
    ${!api.value ? (problem.value ? null : html`<p class="loading">${t("On its way…")}</p>`)
    : deed ? html`<button type="button" class="quiet back" onClick=${() => { chosen.value = null; palette.value = ""; }}>← ${t("Another deed")}</button>
        <${Filled} api=${api.value} deed=${deed} close=${close} />`
    : html`<${Finder} deeds=${deeds} pick=${(/** @type {Deed} */ one) => { chosen.value = one; }} />`}<//>`;
}

/** @param {{deeds: Deed[], pick: (one: Deed) => void}} props */
function Finder({ deeds, pick }) {
  const typed = useSignal("");
  const at = useSignal(0);
  const list = useRef(/** @type {HTMLElement|null} */ (null));
  const box = useRef(/** @type {HTMLInputElement|null} */ (null));
  useFocus(() => box.current);
  const wanted = typed.value.trim().toLocaleLowerCase().split(/\s+/);
  const found = deeds.filter((one) => wanted.every((word) => `${one.words} ${one.name}`.toLocaleLowerCase().includes(word)));
  const here = Math.min(at.value, Math.max(0, found.length - 1));
  useEffect(() => { list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" }); }, [here]);
  const key = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "ArrowDown") at.value = Math.min(here + 1, found.length - 1);
    else if (event.key === "ArrowUp") at.value = Math.max(here - 1, 0);
    else if (event.key === "Enter" && found[here]) pick(found[here]);
    else return;
    event.preventDefault();
  };
  return html`<input ref=${box} role="combobox" aria-label=${t("Find a deed by its name")} aria-expanded="true" aria-controls="deeds" aria-activedescendant=${found.length ? `deed-${here}` : null}
      placeholder=${t("type a word: offer, home, casualty…")} autocomplete="off" value=${typed.value} onKeyDown=${key}
      onInput=${(/** @type {any} */ event) => { typed.value = event.target.value; at.value = 0; }} />
    <div id="deeds" class="deeds" role="listbox" aria-label=${t("Deeds")} ref=${list}>${found.map((one, number) => html`
      ${number === 0 || found[number - 1].group !== one.group ? html`<div role="presentation" class="group">${one.group}</div>` : null}
      <div role="option" id=${`deed-${number}`} aria-selected=${number === here} onClick=${() => pick(one)}>${one.words}</div>`)}</div>
    ${found.length ? null : html`<p class="empty">${t("No deed is called that. Try another word.")}</p>`}`;
}

/** @param {{api: any, deed: Deed, close: () => void}} props */
function Filled({ api, deed, close }) {
  const all = fieldsOf(api, deed.name, {});
  const asks = all.find((one) => one.name === "mission" && one.kind === "mission");
  const current = /^\/m\/([0-9a-f]{32})/.exec(path.value)?.[1];
  const mission = useSignal(asks ? current || "" : "");
  const missions = useRead("board").value;
  const fields = all.filter((one) => one !== asks).map((one) => (one.name === "member" && one.required ? { ...one, start: undefined } : one));
  const listed = (missions?.missions || []).map((/** @type {any} */ one) => one.mission);
  const other = (missions?.recent || []);
  return html`${asks ? html`<label>${t("Mission")}<select dir="auto" value=${mission.value} onChange=${(/** @type {any} */ event) => { mission.value = event.target.value; }}>
      <option value="">${t("choose")}</option>${[...listed, ...other].map((one) => html`<option value=${one.mission} selected=${one.mission === mission.value}>${one.name}</option>`)}</select></label>` : null}
    ${asks && !mission.value ? html`<p class="todo">${t("Choose the mission first.")}</p>` : html`
      <${DeedForm} key=${mission.value} intent=${deed.name} preset=${mission.value ? { mission: mission.value } : {}} fields=${fields} label=${deed.words} change=${whole} done=${close} />`}`;
}
