// One's own days: duty status by a tap, the month, away and leave, routines, and a day on which one is not oneself.
import { Ask, field } from "../deed.js";
import { GIVEN, pageOf, STATUSES, today, zone } from "../members.js";
import { deed, withdraw } from "../queue.js";
import { again, useRead } from "../store.js";
import { html, say, useSignal } from "../ui.js";
import { localAt, msAt, plusDays } from "../when.js";
import { moment, plural, t } from "../words.js";
import { Month } from "./calendar.js";
import { PlanRoutine, SayAway, WriteLetter } from "./saying.js";
import { OnItsWay, pendingOf, Refusals, Sure } from "./sure.js";

const BY_TAP = GIVEN.filter((one) => one !== "leave" && one !== "away");

/** @param {{own: any}} props */
export function MyDays({ own }) {
  const roster = useRead("roster").value || [];
  const routines = useRead("routines").value || [];
  const letters = (useRead("letters").value || []).filter((/** @type {any} */ one) => one.member === own?.member);
  const open = useSignal("");
  if (!own) return html`<p class="loading" role="status">${t("On its way…")}</p>`;
  const shut = () => { open.value = ""; again("member", { member: own.member }); };
  const about = (/** @type {any} */ fields) => fields.member === own.member && !fields.mission;
  return html`<${Refusals} about=${about} /><${OnItsWay} count=${pendingOf(about).length} />
    <section class="slip"><h2>${t("Duty status")}</h2><div class="thumbs" role="group" aria-label=${t("Duty status")}>
      ${BY_TAP.map((one) => html`<button class="thumb" aria-pressed=${own.status === one} onClick=${() => setStatus(own, one)}>${own.status === one ? "✓ " : ""}${STATUSES[one][1]()}</button>`)}
      <button class="thumb" aria-pressed=${own.status === "away"} onClick=${() => { open.value = "away"; }}>${own.status === "away" ? "✓ " : ""}${t("Away…")}</button>
      <button class="thumb" aria-pressed=${own.status === "leave"} onClick=${() => { open.value = "letter"; }}>${own.status === "leave" ? "✓ " : ""}${t("Leave, by letter…")}</button></div>
      ${letters.map((/** @type {any} */ one) => html`<p class="aside">${t("Leave letter")}${one.until ? html` (${t("until {time}", { time: moment(one.until) })})` : null}: <q dir="auto">${one.letter}</q></p>`)}</section>
    <section class="slip"><h2>${t("On duty")}</h2><p>${t("What you leave out is not known, and never counts as rested. It is read for who can go where, and for nothing else.")}</p><div class="thumbs">
      <${Ask} words=${t("I come on duty…")} title=${t("I come on duty")} label=${t("I come on duty")} intent="SignOnDuty" preset=${{ member: own.member }} said=${t("You are on duty.")}
        fields=${() => [field("slept_24h", "number", t("Slept in the last 24 hours"), { unit: t("hours"), least: 0, most: 24 }), field("slept_48h", "number", t("Slept in the last 48 hours"), { unit: t("hours"), least: 0, most: 48 }), field("woke", "moment", t("Awake since")), field("worked_h", "number", t("Other work and travel in the last 24 hours"), { unit: t("hours"), least: 0, most: 24 })]} />
      <${Ask} words=${t("I go off duty…")} title=${t("I go off duty")} label=${t("I go off duty")} intent="SignOffDuty" preset=${{ member: own.member }} said=${t("You are off duty.")} fields=${() => [field("driving", "bool", t("I mean to drive home myself"))]} /></div></section>
    <section class="slip"><${Month} member=${own} /></section>
    <section class="slip"><h2>${t("Not myself today")}</h2><p>${t("Whoever wants to offer you a mission today is told that the day weighs on you. Nothing else, and nobody asks why.")}</p>
      <${Sure} words=${t("I'm not myself today")} question=${t("Say so, for today?")} yes=${t("Yes, say so")} onYes=${async () => { await deed("SayNotMyself", { member: own.member, on: today() }); say(t("Noted, for today.")); }} /></section>
    <section class="slip"><h2>${t("Routines")}</h2>
      ${routines.length ? html`<ul class="plain">${routines.map((/** @type {any} */ one) => html`<li key=${one.routine}><b dir="auto">${one.what}</b>
        ${companion(one, own) ? html` ${t("with")} <span dir="auto">${companion(one, own)}</span>` : null}, ${plural(one.every_days, "every day", "every {count} days")}
        <small class="aside">${t("next {time}", { time: moment({ ms: nextTime(one) }) })}</small></li>`)}</ul>` : html`<p class="empty">${t("A walk with somebody, a visit: you are reminded the day before.")}</p>`}
      <button onClick=${() => { open.value = "routine"; }}>${t("Plan one…")}</button></section>
    <p><a href=${pageOf(own.member)}>${t("My page, as I see it")}</a></p>
    ${open.value === "away" ? html`<${SayAway} member=${own} onClose=${shut} />` : null}
    ${open.value === "letter" ? html`<${WriteLetter} member=${own} onClose=${shut} />` : null}
    ${open.value === "routine" ? html`<${PlanRoutine} member=${own} members=${roster} onClose=${shut} />` : null}`;
}

/** @param {any} own @param {string} status */
async function setStatus(own, status) {
  const before = { status: own.status, until: own.status_until };
  const key = await deed("SetDutyStatus", { member: own.member, status, until: null });
  again("member", { member: own.member });
  say(t("Noted: {status}.", { status: STATUSES[status][1]() }), { undo: async () => { if (!(await withdraw(key))) await deed("SetDutyStatus", { member: own.member, ...before }); } });
}

/** @param {any} routine @param {any} own */
const companion = (routine, own) => (routine.member === own.member ? routine.companion_name : routine.member_name);

/** When a routine comes again, at the same hour on the wall. @param {any} routine */
function nextTime(routine) {
  const [day, hour] = localAt(routine.first.ms, zone()).split("T");
  for (let at = day; ; at = plusDays(at, routine.every_days)) {
    const ms = msAt(`${at}T${hour}`, zone());
    if (ms >= Date.now()) return ms;
  }
}
