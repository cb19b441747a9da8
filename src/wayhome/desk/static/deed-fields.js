// The fields of a form by their kind: people by name, places in any spelling, times as the wall shows them.
import { get, Problem } from "./api.js";
import { here } from "./app.js";
import { useRead } from "./store.js";
import { html, useFocus, useRef, useSignal } from "./ui.js";
import { moment, t } from "./words.js";

/**
 * `of`: what there is to choose from, as words or pairs of value and words. `start`: what stands in it at first.
 * `buttons`: each choice is a button, however many there are. `quiet`: that it may stay empty is said elsewhere. `clears`: left empty, it is sent as nothing rather than left out.
 * @typedef {{name: string, kind: string, label: string, hint?: string, required?: boolean, of?: (string|[string, string])[],
 *   start?: any, unit?: string, least?: number, most?: number, focus?: boolean, columns?: [string, string][], clears?: boolean, quiet?: boolean, buttons?: boolean}} Field
 */
/** @typedef {[string, string]} Option */

const HOUR_MS = 3_600_000;
export const CHANNELS = () => [["phone", t("by phone")], ["radio", t("by radio")], ["in person", t("in person")], ["message", t("by message")]];

// Times on the wall

/** `2026-03-01T08:15` as a zone's clocks show it. @param {number} ms @param {string} zone */
export function onTheWall(ms, zone) {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" }).format(ms).replace(" ", "T");
}

/** When a zone's clocks show `local`. @param {string} local @param {string} zone */
export function whenOnTheWall(local, zone) {
  const wanted = Date.parse(`${local}:00Z`);
  let ms = wanted;
  for (let round = 0; round < 2; round++) ms += wanted - Date.parse(`${onTheWall(ms, zone)}:00Z`);
  return ms;
}

const zone = () => here.value.organisation.zone;

// From a form to the API

/** What one field holds, or undefined. Raises Problem. @param {Field} field @param {FormData} data @param {string} [mission] @returns {Promise<any>} */
export async function valueOf(field, data, mission) {
  const typed = String(data.get(field.name) ?? "").trim();
  if (field.kind === "bool") return data.has(field.name);
  if (field.kind === "several") return data.getAll(field.name);
  if (field.kind === "members") return typed ? typed.split(",") : field.clears || field.required ? [] : undefined;
  if (!typed) {
    if (field.required) throw new Problem({ status: 400, text: t("{field} is empty.", { field: field.label }), do: t("Fill it in, and send it again.") });
    return undefined;
  }
  const read = READERS[field.kind];
  return read ? read(typed, field, mission) : typed;
}

/** @type {Record<string, (typed: string, field: Field, mission?: string) => any>} */
const READERS = {
  number: (typed) => Number(typed),
  place: (typed, field, mission) => placeOf(typed, mission, field.label),
  moment: (typed) => ({ ms: whenOnTheWall(typed, zone()), zone: zone() }),
  deadline: (typed) => ({ local: typed, zone: zone() }),
  side: (typed) => typed === "front",
  list: (typed) => typed.split("\n").map((line) => line.trim()).filter(Boolean),
  pairs: (typed, field) => Object.fromEntries(lines(typed).map((line) => pair(line, field))),
  levels: (typed, field) => Object.fromEntries(lines(typed).map((line) => pair(line, field)).map(([name, level]) => [name, Number(level)])),
  rows: (typed, field) => lines(typed).map((line) => row(line, field)),
  places: (typed, field, mission) => Promise.all(lines(typed).map((line) => placeOf(line, mission, field.label))),
  because: async (typed, field) => {
    const names = await get("/api/read/callsigns");
    return Object.fromEntries(lines(typed).map((line) => pair(line, field)).map(([name, why]) => [idOf(name, names, field), why]));
  },
};

/** @param {string} typed */
const lines = (typed) => typed.split("\n").map((line) => line.trim()).filter(Boolean);

/** @param {string} words @param {string} [mission] @param {string} [where] */
async function placeOf(words, mission, where) {
  try {
    return await get("/api/place", { words, mission });
  } catch (error) {
    if (/** @type {Problem} */ (error).status === 400) throw new Problem({ status: 400, text: error.text, where, do: error.do });
    throw error;
  }
}

/** @param {string} line @param {Field} field @returns {[string, string]} */
function pair(line, field) {
  const at = line.indexOf("=");
  if (at < 1) throw new Problem({ status: 400, where: field.label, text: t("{line} has no “=” in it.", { line }), do: t("Type one pair on each line: name = what is said of it.") });
  return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
}

/** @param {string} line @param {Field} field */
function row(line, field) {
  const said = line.split(";").map((part) => part.trim());
  return Object.fromEntries((field.columns || []).map(([name, kind], at) => [name, said[at]]).filter(([, value]) => value)
    .map(([name, value]) => [name, columnOf(field, String(name)) === "number" ? Number(value) : columnOf(field, String(name)) === "bool" ? value === "yes" : value]));
}

/** @param {string} name @param {any[]} names @param {Field} field */
function idOf(name, names, field) {
  const wanted = name.toLocaleLowerCase();
  const found = names.filter((one) => [one.name, one.callsign].some((said) => said.toLocaleLowerCase() === wanted));
  if (found.length !== 1) throw new Problem({ status: 400, where: field.label, text: t("Nobody, or more than one, is called {name}.", { name }), do: t("Type the whole name as the roster has it.") });
  return found[0].member;
}

/** @param {Field} field @param {string} name */
const columnOf = (field, name) => (field.columns || []).find(([one]) => one === name)?.[1];

// On the screen

/** @param {{field: Field, mission?: string}} props */
export function Input({ field, mission }) {
  const Kind = KINDS[field.kind] || Text;
  return html`<${Kind} field=${field} mission=${mission} />`;
}

/** The words over a field, and whether it may stay empty. @param {Field} field */
const head = (field) => html`<span>${field.label}${field.required || field.quiet || field.kind === "bool" ? null : html` <small class="aside">${t("may stay empty")}</small>`}</span>`;

/** @param {{field: Field}} props */
function Text({ field }) {
  const ref = useRef(/** @type {HTMLInputElement|null} */ (null));
  useFocus(() => (field.focus ? ref.current : null));
  return html`<label>${head(field)}<input ref=${ref} name=${field.name} required=${field.required} placeholder=${field.hint} defaultValue=${field.start ?? ""} dir="auto" autocomplete="off" /></label>`;
}

/** @param {{field: Field}} props */
function Words({ field }) {
  return html`<label>${head(field)}<textarea name=${field.name} required=${field.required} placeholder=${field.hint} dir="auto" defaultValue=${field.start ?? ""}></textarea></label>`;
}

/** @param {{field: Field}} props */
function Amount({ field }) {
  return html`<label>${head(field)}<span class="amount"><input type="number" step="any" inputmode="decimal" name=${field.name} required=${field.required}
    min=${field.least} max=${field.most} defaultValue=${field.start ?? ""} />${field.unit ? html`<span>${field.unit}</span>` : null}</span></label>`;
}

/** @param {{field: Field}} props */
function Tick({ field }) {
  return html`<label><input type="checkbox" name=${field.name} defaultChecked=${!!field.start} value="yes" />${field.label}</label>`;
}

/** @param {Field} field @returns {Option[]} */
const options = (field) => (field.of || []).map((one) => (Array.isArray(one) ? one : [one, one]));

const FEW = 6;
/** A few choices are big buttons; more are a list. @param {{field: Field}} props */
function Choice({ field }) {
  const found = options(field);
  if (found.length > FEW && !field.buttons) {
    return html`<label>${head(field)}<select name=${field.name} required=${field.required}>
      ${field.required && field.start ? null : html`<option value="">${t("choose")}</option>`}
      ${found.map(([value, words]) => html`<option value=${value} selected=${value === field.start}>${words}</option>`)}</select></label>`;
  }
  return html`<fieldset class="choice"><legend>${head(field)}</legend>${found.map(([value, words]) => html`<label>
    <input type="radio" name=${field.name} value=${value} required=${field.required} defaultChecked=${value === field.start} /><span>${words}</span></label>`)}</fieldset>`;
}

/** @param {{field: Field}} props */
function Several({ field }) {
  return html`<fieldset class="choice"><legend>${head(field)}</legend>${options(field).map(([value, words]) => html`<label>
    <input type="checkbox" name=${field.name} value=${value} defaultChecked=${(field.start || []).includes(value)} /><span dir="auto">${words}</span></label>`)}</fieldset>`;
}

/** A place in any spelling; what it was read as is said at once. @param {{field: Field, mission?: string}} props */
function PlaceField({ field, mission }) {
  const read = useSignal(/** @type {{text: string, wrong: boolean}|null} */ (null));
  const look = async (/** @type {any} */ event) => {
    const words = event.target.value.trim();
    if (!words) { read.value = null; return; }
    try {
      const place = await placeOf(words, mission);
      read.value = { text: t("Understood as {place}.", { place: degrees(place) }), wrong: false };
    } catch (error) {
      read.value = { text: error.text, wrong: true };
    }
  };
  return html`<label>${head(field)}<input name=${field.name} required=${field.required} onChange=${look} autocomplete="off" dir="ltr"
    placeholder="31T CH 78000 03000, 42.5063 1.5218" defaultValue=${field.start ? degrees(field.start) : ""} />
    <small class=${read.value?.wrong ? "todo wrong" : "aside"} role="status">${read.value?.text || t("Grid, degrees, or near the mission's point a short grid.")}</small></label>`;
}

/** @param {{lat: number, lon: number}} place */
export const degrees = (place) => `${place.lat.toFixed(5)}, ${place.lon.toFixed(5)}`;

/** A time of day on a day; the common ones are one tap. @param {{field: Field}} props */
function Time({ field }) {
  const ref = useRef(/** @type {HTMLInputElement|null} */ (null));
  const ahead = field.kind === "deadline" || field.start === "later";
  const put = (/** @type {number} */ ms) => { if (ref.current) ref.current.value = onTheWall(ms, zone()); };
  const soon = ahead ? [[t("+30 min"), 0.5], [t("+1 h"), 1], [t("+2 h"), 2], [t("+6 h"), 6], [t("+24 h"), 24]] : [[t("now"), 0], [t("1 h ago"), -1]];
  const start = typeof field.start === "string" && field.start !== "later" ? field.start.slice(0, 16) : field.start?.ms ? onTheWall(field.start.ms, zone()) : "";
  return html`<div class="time"><label>${head(field)}<input ref=${ref} type="datetime-local" name=${field.name} required=${field.required} defaultValue=${start} /></label>
    <p class="soon">${soon.map(([words, hours]) => html`<button type="button" class="small" onClick=${() => put(Date.now() + Number(hours) * HOUR_MS)}>${words}</button>`)}
    <small class="aside">${zone()}</small></p></div>`;
}

/** @param {{field: Field}} props */
function Day({ field }) {
  return html`<label>${head(field)}<input type="date" name=${field.name} required=${field.required} defaultValue=${field.start ?? ""} /></label>`;
}

/** One on each line. @param {{field: Field}} props */
function Lines({ field }) {
  const hint = field.hint || (field.columns ? field.columns.map(([name]) => name).join("; ") : field.kind === "list" ? t("one on each line") : t("name = what is said of it, one on each line"));
  return html`<label>${head(field)}<textarea name=${field.name} required=${field.required} placeholder=${hint} dir="auto" defaultValue=${field.start ?? ""}></textarea></label>`;
}

/** @param {{field: Field}} props */
function Hidden({ field }) {
  return html`<input type="hidden" name=${field.name} value=${field.start ?? ""} />`;
}

const SHOWN = 8;
/** People by name: typed and picked, never by an id. @param {{field: Field}} props */
function People({ field }) {
  const names = useRead("callsigns").value;
  const typed = useSignal("");
  const at = useSignal(0);
  const many = field.kind === "members";
  const chosen = useSignal(/** @type {string[]} */ (field.start ? [field.start].flat() : []));
  const known = field.of ? options(field).map(([member, name]) => ({ member, name, callsign: "" })) : names || [];
  const called = (/** @type {string} */ id) => known.find((/** @type {any} */ one) => one.member === id)?.name || names?.find((/** @type {any} */ one) => one.member === id)?.name || "…";
  const wanted = typed.value.trim().toLocaleLowerCase();
  const rest = known.filter((/** @type {any} */ one) => !chosen.value.includes(one.member) && `${one.name} ${one.callsign}`.toLocaleLowerCase().includes(wanted));
  rest.sort((/** @type {any} */ a, /** @type {any} */ b) => Number(b.name.toLocaleLowerCase().startsWith(wanted)) - Number(a.name.toLocaleLowerCase().startsWith(wanted)) || a.name.localeCompare(b.name));
  const found = wanted || field.of ? rest.slice(0, field.of ? 40 : SHOWN) : [];
  const pick = (/** @type {any} */ one) => {
    chosen.value = many ? [...chosen.value, one.member] : [one.member];
    typed.value = "";
    at.value = 0;
  };
  const key = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "ArrowDown") at.value = Math.min(at.value + 1, found.length - 1);
    else if (event.key === "ArrowUp") at.value = Math.max(at.value - 1, 0);
    else if (event.key === "Enter" && typed.value.trim() && found[at.value]) pick(found[at.value]);
    else if (event.key === "Backspace" && !typed.value && chosen.value.length) chosen.value = chosen.value.slice(0, -1);
    else return;
    if (event.key !== "Backspace") event.preventDefault();
  };
  const list = `of-${field.name}`;
  const open = many || !chosen.value.length;
  return html`<div class="people"><span id=${`l-${list}`}>${head(field)}</span>
    <input type="hidden" name=${field.name} value=${chosen.value.join(",")} />
    ${chosen.value.length ? html`<p class="chosen">${chosen.value.map((id) => html`<span class="chip" dir="auto">${called(id)}
      <button type="button" class="quiet" aria-label=${t("Take {name} out", { name: called(id) })} onClick=${() => { chosen.value = chosen.value.filter((one) => one !== id); }}>✕</button></span>`)}</p>` : null}
    ${open ? html`<input role="combobox" aria-labelledby=${`l-${list}`} aria-expanded=${found.length > 0} aria-controls=${list} aria-autocomplete="list"
      aria-activedescendant=${found.length && wanted ? `${list}-${at.value}` : null} autocomplete="off" dir="auto" placeholder=${t("type a name")} value=${typed.value}
      onInput=${(/** @type {any} */ event) => { typed.value = event.target.value; at.value = 0; }} onKeyDown=${key} />
      <div id=${list} role="listbox" aria-labelledby=${`l-${list}`} class="found">${found.map((/** @type {any} */ one, /** @type {number} */ number) => html`
        <div role="option" id=${`${list}-${number}`} aria-selected=${wanted && number === at.value} key=${one.member} dir="auto" onClick=${() => pick(one)}>${one.name}${one.callsign ? html` <small>${one.callsign}</small>` : null}</div>`)}</div>
      ${wanted && !found.length && names ? html`<small class="todo">${t("Nobody here is called that.")}</small>` : null}` : null}</div>`;
}

/** What one of a read's rows is chosen by. @type {Record<string, {read: string, id: string, words: (row: any) => string, all?: boolean}>} */
const READS = {
  mission: { read: "missions", id: "mission", words: (row) => row.name, all: true },
  team: { read: "teams", id: "team", words: (row) => row.name },
  clue: { read: "clues", id: "clue", words: (row) => `${row.label} ${row.words}` },
  casualty: { read: "casualties", id: "casualty", words: (row) => row.who },
  offer: { read: "offers", id: "offer", words: (row) => `${row.member_name}: ${row.mission_words}, ${row.answer}`, all: true },
  alarm: { read: "alarms", id: "alarm", words: (row) => row.words },
  testimony: { read: "testimony", id: "testimony", words: (row) => `${row.holder_name}: ${row.about}` },
  assumption: { read: "assumptions", id: "assumption", words: (row) => row.words },
  conflict: { read: "conflicts", id: "conflict", words: (row) => row.words },
  drawing: { read: "drawings", id: "drawing", words: (row) => `${row.label} ${row.name}` },
  backup: { read: "notes", id: "about", words: (row) => `${moment(row.at)} ${row.words}` },
  vehicle: { read: "vehicles", id: "vehicle", words: (row) => `${row.name}: ${row.status}`, all: true },
  petition: { read: "petitions", id: "petition", words: (row) => `${row.member_name}: ${row.role}`, all: true },
  evidence: { read: "evidence", id: "evidence", words: (row) => [row.label, row.words].filter(Boolean).join(" ") },
  hypothesis: { read: "hypotheses", id: "hypothesis", words: (row) => row.name },
  dog: { read: "dogs", id: "dog", words: (row) => row.name },
  remembrance: { read: "memorial", id: "remembrance", words: (row) => row.name, all: true },
};
export const OF_READS = Object.keys(READS);

/** One thing out of a list that the record holds. @param {{field: Field, mission?: string}} props */
function Thing({ field, mission }) {
  const from = READS[field.kind];
  if (!from.all && !mission) return html`<p class="todo">${t("Choose the mission first.")}</p>`;
  return html`<${ThingOf} field=${field} from=${from} mission=${from.all && field.kind !== "offer" ? undefined : mission} />`;
}

/** @param {{field: Field, from: any, mission?: string}} props */
function ThingOf({ field, from, mission }) {
  const held = useRead(from.read, mission ? { mission } : {});
  const rows = (held.value || []).filter((/** @type {any} */ row) => row[from.id]);
  const found = /** @type {Option[]} */ (rows.map((/** @type {any} */ row) => [row[from.id], from.words(row)]));
  if (held.value && !found.length) return html`<p class="todo">${field.label}: ${t("there is none to choose from.")}</p>`;
  return html`<label>${head(field)}<select name=${field.name} required=${field.required} dir="auto"><option value="">${t("choose")}</option>
    ${found.map(([value, words]) => html`<option value=${value} selected=${value === field.start}>${words}</option>`)}</select></label>`;
}

/** @type {Record<string, any>} */
const KINDS = {
  text: Text, words: Words, number: Amount, bool: Tick, choice: Choice, side: Choice, several: Several, place: PlaceField, moment: Time, deadline: Time, date: Day, list: Lines,
  pairs: Lines, because: Lines, levels: Lines, rows: Lines, places: Lines, member: People, members: People, hidden: Hidden,
  ...Object.fromEntries(OF_READS.map((kind) => [kind, Thing])),
};
