// Who can come when: weeks by people; on a phone one person's month. A day is told by its mark and its words, never by colour alone.
import { MARKS, pageOf, stateOn, today, usePowers } from "../members.js";
import { html, useEffect, useSignal } from "../ui.js";
import { named, plusDays, weekday } from "../when.js";
import { t } from "../words.js";
import { SayWhen } from "./saying.js";
import { Rows, useNarrow } from "./windowed.js";

const WEEKS = 4;
const monday = (/** @type {string} */ day) => plusDays(day, -weekday(day));

/** @param {{rows: any[]}} props the members found */
export default function Calendar({ rows }) {
  const narrow = useNarrow();
  return narrow ? html`<${OneMonth} rows=${rows} />` : html`<${Weeks} rows=${rows} />`;
}

function Legend() {
  /** @type {[string, string][]} */
  const signs = [["can", t("can come")], ["cannot", t("cannot come")], ["away", t("away or on leave")], ["nothing", t("nothing said: ask")]];
  return html`<p class="marks aside">${signs.map(([kind, words]) => html`<span><span class=${`calday ${kind}`} aria-hidden="true">${MARKS[kind]}</span> ${words}</span>`)}</p>`;
}

/** @param {{rows: any[]}} props */
function Weeks({ rows }) {
  const { me, roster } = usePowers();
  const start = useSignal(monday(today()));
  const saying = useSignal(/** @type {any} */ (null));
  const days = Array.from({ length: WEEKS * 7 }, (_, number) => plusDays(start.value, number));
  const move = (/** @type {number} */ weeks) => { start.value = plusDays(start.value, weeks * 7); };
  const own = rows.find((one) => one.member === me);
  const row = (/** @type {any} */ one) => html`<span role="cell" class="who"><a class="who" href=${pageOf(one.member)} dir="auto">${one.member_name}</a></span>
    ${days.map((day) => {
      const state = stateOn(one, day);
      const kind = `calday ${state.kind} ${weekday(day) > 4 ? "weekend" : ""} ${day === today() ? "today" : ""}`;
      const words = `${one.member_name}, ${named(day, { day: "numeric", month: "long" })}: ${state.words || t("nothing said")}`;
      return roster || one.member === me
        ? html`<span role="cell"><button class=${kind} tabindex="-1" title=${words} aria-label=${words} onClick=${() => { saying.value = { member: one, day }; }}>${MARKS[state.kind]}</button></span>`
        : html`<span role="cell" class=${kind} title=${words} aria-label=${words}>${MARKS[state.kind]}</span>`;
    })}`;
  return html`<div class="moving"><button onClick=${() => move(-1)}>${t("A week back")}</button><button onClick=${() => { start.value = monday(today()); }}>${t("This week")}</button>
      <button onClick=${() => move(1)}>${t("A week on")}</button>
      ${own ? html`<button class="main" onClick=${() => { saying.value = { member: own, day: today() }; }}>${t("Say when you can come")}</button>` : null}</div><${Legend} />
    <div class="calendar" role="table" aria-label=${t("Who can come when")} aria-rowcount=${rows.length + 1} onKeyDown=${byArrows}>
      <div class="heads" role="row" aria-rowindex="1"><span role="columnheader">${t("Member")}</span>
        ${days.map((day, number) => html`<span role="columnheader" class=${day === today() ? "today" : ""} aria-label=${named(day, { weekday: "long", day: "numeric", month: "long" })}>
          <small>${number === 0 || day.endsWith("-01") ? named(day, { month: "short" }) : named(day, { weekday: "narrow" })}</small><b>${Number(day.slice(8))}</b></span>`)}</div>
      <${Rows} rows=${rows} rem=${2.75} id=${(/** @type {any} */ one) => one.member} row=${row} />
    </div>
    ${saying.value ? html`<${SayWhen} ...${saying.value} onClose=${() => { saying.value = null; }} />` : null}`;
}

/** Arrows go from day to day and from member to member. @param {KeyboardEvent} event */
function byArrows(event) {
  const step = /** @type {Record<string, number>} */ ({ ArrowRight: 1, ArrowLeft: -1, ArrowDown: WEEKS * 7 + 1, ArrowUp: -(WEEKS * 7 + 1) })[event.key];
  if (!step) return;
  const stops = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".calendar .rows a.who, .calendar .rows .calday")]);
  const mirrored = document.documentElement.dir === "rtl" && Math.abs(step) === 1 ? -step : step;
  const next = stops[stops.indexOf(/** @type {any} */ (document.activeElement)) + mirrored];
  if (!next) return;
  event.preventDefault();
  if (!next.matches("a, button")) next.tabIndex = -1;
  next.focus();
}

/** @param {{rows: any[]}} props */
function OneMonth({ rows }) {
  const { me, own } = usePowers();
  const chosen = useSignal("");
  const member = rows.find((one) => one.member === (chosen.value || me)) || (chosen.value ? null : own) || rows[0];
  if (!member) return null;
  return html`<label>${t("Whose month")}<select value=${member.member} onChange=${(/** @type {any} */ event) => { chosen.value = event.currentTarget.value; }}>
      ${[...new Map([[member.member, member], ...rows.slice(0, 200).map((one) => /** @type {[string, any]} */ ([one.member, one]))]).values()].map((one) => html`<option value=${one.member}>${one.member_name}</option>`)}</select></label>
    ${rows.length > 200 ? html`<p class="aside">${t("The first 200 are listed: find a name above to see the others.")}</p>` : null}
    <${Month} member=${member} />`;
}

/** One member's month, and a way to say more of it. @param {{member: any}} props */
export function Month({ member }) {
  const { me, roster } = usePowers();
  const first = useSignal(`${today().slice(0, 8)}01`);
  const saying = useSignal(/** @type {any} */ (null));
  useEffect(() => { first.value = `${today().slice(0, 8)}01`; }, [member.member]);
  const mine = roster || member.member === me;
  const begin = monday(first.value);
  const days = Array.from({ length: 42 }, (_, number) => plusDays(begin, number)).filter((day, number) => number < 35 || day.slice(0, 7) === first.value.slice(0, 7));
  const turn = (/** @type {number} */ by) => { first.value = `${plusDays(first.value, by > 0 ? 31 : -1).slice(0, 8)}01`; };
  return html`<section class="month"><header><button aria-label=${t("The month before")} onClick=${() => turn(-1)}><span class="turn" aria-hidden="true">‹</span></button>
      <h2>${named(first.value, { month: "long", year: "numeric" })}</h2>
      <button aria-label=${t("The month after")} onClick=${() => turn(1)}><span class="turn" aria-hidden="true">›</span></button></header>
    <div class="days">${Array.from({ length: 7 }, (_, number) => html`<small class="aside">${named(plusDays(begin, number), { weekday: "short" })}</small>`)}
      ${days.map((day) => {
        const state = stateOn(member, day);
        const words = `${named(day, { day: "numeric", month: "long" })}: ${state.words || t("nothing said")}`;
        const kind = `calday ${state.kind} ${day === today() ? "today" : ""} ${day.slice(0, 7) === first.value.slice(0, 7) ? "" : "outside"}`;
        const inside = html`<b>${Number(day.slice(8))}</b><i aria-hidden="true">${MARKS[state.kind]}</i>`;
        return mine ? html`<button class=${kind} aria-label=${words} onClick=${() => { saying.value = { member, day }; }}>${inside}</button>` : html`<span class=${kind} title=${words}>${inside}</span>`;
      })}</div><${Legend} />
    ${mine ? html`<button class="main wide" onClick=${() => { saying.value = { member, day: today() }; }}>${member.member === me ? t("Say when you can come") : t("Say when they can come")}</button>` : null}
    ${saying.value ? html`<${SayWhen} ...${saying.value} onClose=${() => { saying.value = null; }} />` : null}</section>`;
}
