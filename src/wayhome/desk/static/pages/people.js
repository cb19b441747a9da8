// The roster: everybody at a glance, found by typing, filtered by what they can do; ten thousand scroll as smoothly as ten.
import { here } from "../app.js";
import { useKeys } from "../keys.js";
import { expiry, Level, pageOf, said, DUTIES, STATUSES, Status, strongest, today, usePowers } from "../members.js";
import { useRead } from "../store.js";
import { html, Shown, Sign, useEffect, useLayoutEffect, useMemo, useRef, useSignal } from "../ui.js";
import { date, plural, t } from "../words.js";
import Calendar from "./calendar.js";
import { AddMember, ImportRoster } from "./joining.js";
import { Rows, useNarrow } from "./windowed.js";

const NO_FILTER = { find: "", skill: "", level: 1, all: false, qualifications: /** @type {string[]} */ ([]), status: "", day: "", order: "name" };

export default function People() {
  const roster = useRead("roster");
  const names = useRead("callsigns").value || [];
  const filter = useSignal(NO_FILTER);
  const view = useHash();
  const asked = useRead("availability", filter.value.day ? { day: filter.value.day } : {}).value || [];
  useEffect(() => { document.title = t("People"); }, []);
  return html`<header class="folk"><h1>${t("People")}</h1>
      <nav class="views" aria-label=${t("Views")}>
        <a href="#roster" aria-current=${view === "roster" ? "page" : null}>${t("Roster")}</a>
        <a href="#calendar" aria-current=${view === "calendar" ? "page" : null}>${t("Calendar")}</a>
        <a href="/more/memorial">${t("Memorial")}</a>
      </nav><${Doings} /></header>
    <${Shown} of=${roster} empty=${t("Nobody is on the roster yet. Add a member, or import the roster from a spreadsheet.")}>
      ${(/** @type {any[]} */ members) => html`<${Listed} members=${members} names=${names} asked=${asked} filter=${filter} view=${view} />`}<//>`;
}

/** What comes after # in the address, so that back and reload find the same view. */
function useHash() {
  const at = useSignal(location.hash.slice(1) || "roster");
  useLayoutEffect(() => {
    const heard = () => { at.value = location.hash.slice(1) || "roster"; };
    addEventListener("hashchange", heard);
    return () => removeEventListener("hashchange", heard);
  }, []);
  return at.value;
}

function Doings() {
  const { roster } = usePowers();
  const open = useSignal("");
  if (!roster) return null;
  const shut = () => { open.value = ""; };
  return html`<span class="doings"><button onClick=${() => { open.value = "add"; }}>${t("Add a member")}</button>
    <button onClick=${() => { open.value = "import"; }}>${t("Import a roster")}</button></span>
    ${open.value === "add" ? html`<${AddMember} onClose=${shut} />` : null}
    ${open.value === "import" ? html`<${ImportRoster} onClose=${shut} />` : null}`;
}

/** @param {{members: any[], names: any[], asked: any[], filter: import("@preact/signals").Signal<typeof NO_FILTER>, view: string}} props */
function Listed({ members, names, asked, filter, view }) {
  const ranks = here.value.organisation.member_ranks;
  const callsigns = useMemo(() => new Map(names.map((one) => [one.member, one.callsign])), [names]);
  const free = useMemo(() => new Map(asked.map((one) => [one.member, one])), [asked]);
  const wanted = filter.value;
  const rows = useMemo(() => members.filter((one) => fits(one, wanted, callsigns, free)).sort(ordered(wanted, ranks)), [members, wanted, callsigns, free]);
  return html`<${Filters} members=${members} filter=${filter} />
    <p class="found-tally" role="status">${rows.length === members.length
      ? plural(members.length, "{count} member", "{count} members")
      : t("{shown} of {all} members", { shown: rows.length, all: members.length })}
      ${wanted === NO_FILTER ? null : html` <button class="quiet" onClick=${() => { filter.value = NO_FILTER; }}>${t("Show everybody")}</button>`}</p>
    ${rows.length === 0 ? html`<p class="empty">${t("Nobody fits. Take away one of the conditions.")}</p>`
      : view === "calendar" ? html`<${Calendar} rows=${rows} />`
      : html`<${Roster} rows=${rows} callsigns=${callsigns} free=${free} wanted=${wanted} />`}`;
}

/** @param {any} one @param {typeof NO_FILTER} wanted @param {Map<string, string>} callsigns @param {Map<string, any>} free */
function fits(one, wanted, callsigns, free) {
  if (wanted.find) {
    const text = `${one.member_name} ${callsigns.get(one.member) || ""} ${one.ref} ${one.rank} ${one.duties.join(" ")} ${one.roles.join(" ")}`.toLowerCase();
    if (!wanted.find.toLowerCase().split(/\s+/).every((word) => text.includes(word))) return false;
  }
  if (wanted.skill && (one.skills[wanted.skill] || 0) < wanted.level) return false;
  if (wanted.status && one.status !== wanted.status) return false;
  if (wanted.day && !free.get(one.member)?.can_be_asked) return false;
  if (!wanted.qualifications.length) return true;
  const on = wanted.day || today();
  const held = new Set(one.qualifications.filter((/** @type {any} */ q) => expiry(q, on).days >= 0).map((/** @type {any} */ q) => q.name));
  return wanted.all ? wanted.qualifications.every((name) => held.has(name)) : wanted.qualifications.some((name) => held.has(name));
}

/** @param {typeof NO_FILTER} wanted @param {string[]} ranks @returns {(a: any, b: any) => number} */
function ordered(wanted, ranks) {
  const byName = (/** @type {any} */ a, /** @type {any} */ b) => a.member_name.localeCompare(b.member_name);
  const statuses = Object.keys(STATUSES);
  const soonest = (/** @type {any} */ one) => Math.min(...one.qualifications.map((/** @type {any} */ q) => expiry(q, today()).days), Infinity);
  /** @type {Record<string, (a: any, b: any) => number>} */
  const orders = {
    name: byName,
    rank: (a, b) => ranks.indexOf(b.rank) - ranks.indexOf(a.rank) || byName(a, b),
    status: (a, b) => statuses.indexOf(a.status) - statuses.indexOf(b.status) || byName(a, b),
    skill: (a, b) => (b.skills[wanted.skill] || 0) - (a.skills[wanted.skill] || 0) || byName(a, b),
    expiry: (a, b) => (soonest(a) < soonest(b) ? -1 : soonest(a) > soonest(b) ? 1 : byName(a, b)),
  };
  return orders[wanted.order === "name" && wanted.skill ? "skill" : wanted.order];
}

/** @param {{members: any[], filter: import("@preact/signals").Signal<typeof NO_FILTER>}} props */
function Filters({ members, filter }) {
  const find = useRef(/** @type {HTMLInputElement|null} */ (null));
  useKeys({ "/": [t("Find a member"), () => find.current?.focus()] });
  const skills = useMemo(() => [...new Set(members.flatMap((one) => Object.keys(one.skills)))].sort(), [members]);
  const qualifications = useMemo(() => [...new Set(members.flatMap((one) => one.qualifications.map((/** @type {any} */ q) => q.name)))].sort(), [members]);
  const set = (/** @type {Partial<typeof NO_FILTER>} */ more) => { filter.value = { ...filter.value, ...more }; };
  const at = filter.value;
  const pick = (/** @type {any} */ event) => event.currentTarget.value;
  const narrow = useNarrow();
  const chosen = [at.skill, at.status, at.day, at.qualifications.length].filter(Boolean).length;
  const conditions = html`<label>${t("Skill")}<select value=${at.skill} onChange=${(/** @type {any} */ event) => set({ skill: pick(event) })}>
      <option value="">${t("any")}</option>${skills.map((one) => html`<option value=${one}>${one}</option>`)}</select></label>
    ${at.skill ? html`<label>${t("at least")}<select value=${at.level} onChange=${(/** @type {any} */ event) => set({ level: Number(pick(event)) })}>
      ${[1, 2, 3, 4, 5].map((level) => html`<option value=${level}>${t("level {level}", { level })}</option>`)}</select></label>` : null}
    <label>${t("Status")}<select value=${at.status} onChange=${(/** @type {any} */ event) => set({ status: pick(event) })}>
      <option value="">${t("any")}</option>${Object.entries(STATUSES).map(([key, [, words]]) => html`<option value=${key}>${words()}</option>`)}</select></label>
    <label>${t("Can be asked on")}<input type="date" value=${at.day} onInput=${(/** @type {any} */ event) => set({ day: pick(event) })} /></label>
    <label>${t("Order")}<select value=${at.order} onChange=${(/** @type {any} */ event) => set({ order: pick(event) })}>
      <option value="name">${t("by name")}</option><option value="rank">${t("by rank")}</option><option value="status">${t("by status")}</option><option value="expiry">${t("next to expire")}</option></select></label>
    ${qualifications.length ? html`<details class="qualifications"><summary>${at.qualifications.length ? plural(at.qualifications.length, "{count} qualification", "{count} qualifications") : t("Qualifications")}</summary>
      <fieldset><legend>${t("Holds, and not expired")}</legend>
        <label><input type="radio" name="match" checked=${!at.all} onChange=${() => set({ all: false })} />${t("any of these")}</label>
        <label><input type="radio" name="match" checked=${at.all} onChange=${() => set({ all: true })} />${t("all of these")}</label>
        ${qualifications.map((name) => html`<label><input type="checkbox" checked=${at.qualifications.includes(name)}
          onChange=${(/** @type {any} */ event) => set({ qualifications: event.currentTarget.checked ? [...at.qualifications, name] : at.qualifications.filter((one) => one !== name) })} /><span dir="auto">${name}</span></label>`)}
      </fieldset></details>` : null}`;
  return html`<form class="filters" role="search" onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>
    <label class="find">${t("Find")}<input ref=${find} type="search" dir="auto" value=${at.find} placeholder=${t("name, callsign, rank, duty… (press /)")}
      onInput=${(/** @type {any} */ event) => set({ find: pick(event) })} onKeyDown=${toFirst} /></label>
    ${narrow ? html`<details class="further" open=${chosen > 0}><summary>${chosen ? plural(chosen, "{count} condition", "{count} conditions") : t("Filter and order")}</summary><div class="filters">${conditions}</div></details>` : conditions}
  </form>`;
}

/** The arrow down goes from the field to the first member found. @param {KeyboardEvent} event */
function toFirst(event) {
  if (event.key === "ArrowDown" || event.key === "Enter") {
    event.preventDefault();
    /** @type {HTMLElement|null} */ (document.querySelector(".roster a.who"))?.focus();
  }
}

/** @param {{rows: any[], callsigns: Map<string, string>, free: Map<string, any>, wanted: typeof NO_FILTER}} props */
function Roster({ rows, callsigns, free, wanted }) {
  const narrow = useNarrow();
  const on = wanted.day || today();
  const row = (/** @type {any} */ one) => html`
    <span role="cell" class="name"><a class="who" href=${pageOf(one.member)} dir="auto">${one.member_name}</a>
      ${callsigns.get(one.member) ? html` <span class="callsign" dir="auto">${callsigns.get(one.member)}</span>` : null}
      <small class="aside"><span dir="auto">${one.rank}</span>${one.duties.length ? html` · ${one.duties.map((/** @type {string} */ duty) => said(DUTIES, duty)).join(", ")}` : null}</small></span>
    <span role="cell" class="status"><${Status} member=${one} /></span>
    <span role="cell" class="asked"><${Asked} free=${free.get(one.member)} day=${wanted.day} /></span>
    <span role="cell" class="skills">${strongest(one.skills, wanted.skill).slice(0, 4).map(([skill, level]) => html`<${Level} skill=${skill} level=${level} />`)}</span>
    <span role="cell" class="held"><${Held} held=${one.qualifications} on=${on} /></span>`;
  return html`<div class="roster" role="table" aria-label=${t("Roster")} aria-rowcount=${rows.length + 1} onKeyDown=${byArrows}>
    <div class="heads" role="row" aria-rowindex="1">${[t("Member"), t("Duty status"), wanted.day ? t("On {day}", { day: date(wanted.day) }) : t("Now"), t("Skills"), t("Qualifications")].map((words) => html`<span role="columnheader">${words}</span>`)}</div>
    <${Rows} rows=${rows} rem=${narrow ? 7.25 : 3.75} id=${(/** @type {any} */ one) => one.member} row=${row} />
  </div>`;
}

/** Up and down go from member to member. @param {KeyboardEvent} event */
function byArrows(event) {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const links = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".roster a.who")]);
  const next = links[links.indexOf(/** @type {any} */ (document.activeElement)) + (event.key === "ArrowDown" ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** @param {{free: any, day: string}} props */
function Asked({ free, day }) {
  if (!free) return null;
  const words = free.can_be_asked ? t("can be asked") : t("not to be asked");
  return html`<span class=${free.can_be_asked ? "yes" : "no"}>${words}</span>${free.words && (day || !free.can_be_asked) ? html` <small class="aside" dir="auto">${free.words}</small>` : null}`;
}

/** What is wrong with somebody's qualifications comes first; what is well is counted. @param {{held: any[], on: string}} props */
function Held({ held, on }) {
  const stands = held.map((one) => ({ one, state: expiry(one, on) })).sort((a, b) => a.state.days - b.state.days);
  const worrying = stands.filter(({ state }) => state.kind !== "good");
  const well = stands.length - worrying.length;
  return html`${worrying.slice(0, 2).map(({ one, state }) => html`<span class="worry"><span dir="auto">${one.name}</span> <${Sign} kind=${state.kind}>${state.words}<//></span>`)}
    ${well ? html`<small class="aside" dir="auto">${worrying.length ? plural(well, "and {count} in order", "and {count} in order") : stands.slice(0, 3).map(({ one }) => one.name).join(", ")}</small>` : null}`;
}
