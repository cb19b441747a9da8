// Backup for somebody in pursuit: asked, both futures compared as soon as it is asked, sent.
import { advise } from "../api.js";
import { here, now } from "../app.js";
import { Ask, field } from "../deed.js";
import { again, useRead } from "../store.js";
import { Complaint, html, Table, useEffect, useSignal } from "../ui.js";
import { ago, moment, t } from "../words.js";
import { isOut } from "./persons.js";
import { WaitOrGo } from "./waitorgo.js";

/** What was answered, and when, for one backup that was asked for. @typedef {{about: string, answer: any, at: any}} Compared */

/** @param {{mission: string, going: any[]}} props */
export function Backup({ mission, going }) {
  const notes = useRead("notes", { mission }).value || [], advice = useRead("advice", { mission }).value || [];
  const asked = notes.filter((/** @type {any} */ one) => one.what === "backup asked"), sent = new Set(notes.filter((/** @type {any} */ one) => one.what === "backup sent").map((/** @type {any} */ one) => one.about));
  const fresh = useSignal(""), busy = useSignal(""), problem = useSignal(/** @type {any} */ (null)), found = useSignal(/** @type {Compared|null} */ (null));
  const there = (/** @type {any} */ note) => (note.people.length ? note.people : going.filter(isOut).map((one) => one.member).slice(0, 1));
  const look = async (/** @type {any} */ note) => {
    if (busy.value) return;
    busy.value = note.about;
    problem.value = null;
    try {
      found.value = { about: note.about, answer: await advise("backup", { mission, place: note.place, pursuers: there(note) }), at: null };
      again("advice", { mission });
    } catch (error) {
      problem.value = error;
    } finally {
      busy.value = "";
    }
  };
  const just = asked.find((/** @type {any} */ one) => one.about === fresh.value);
  useEffect(() => {  // as it is asked both futures are compared: whoever commands must not have to think of it
    if (!just) return;
    fresh.value = "";
    if (just.place && just.people.length) look(just);
  }, [just]);
  return html`<section class="part" aria-label=${t("Backup")}><div class="head"><h2>${t("Backup")}</h2><div class="acts"><${Ask} words=${t("Ask for backup")} intent="AskBackup" preset=${{ mission }} said=${t("Asked. It is an alarm and a line of the log.")} done=${(/** @type {any} */ outcome) => { fresh.value = outcome.made; }} fields=${[
      field("place", "place", t("Where"), { required: true }), field("words", "words", t("What is met there"), { required: true, hint: t("three of them, one hurt") }),
      field("people", "number", t("How many"), { required: true, unit: t("people"), start: 1, least: 1 }), field("pursuers", "members", t("Who is there, if not you"))]} /></div></div>
    ${asked.length ? html`<ul class="plain">${asked.map((/** @type {any} */ note) => html`<li key=${note.about}><span dir="auto">${note.words}</span> <time>${ago(note.at, now.value)}</time>
      <span class="answer">${note.place && there(note).length ? html`<button type="button" aria-disabled=${busy.value ? "true" : null} onClick=${() => look(note)}>${busy.value === note.about ? t("Weighing it…") : t("Who could come?")}</button>` : null}
        <${Ask} words=${t("Send")} title=${t("Send backup")} intent="SendBackup" preset=${{ mission, backup: note.about }} fields=${[field("members", "members", t("Who"), { required: true }), field("arrives", "moment", t("There at"), { required: true, start: "later" }), field("subject_kmh", "number", t("How fast the other gets away"), { unit: t("km/h"), least: 0 })]} /></span>
      ${found.value?.about === note.about ? html`<${Futures} answer=${found.value?.answer} at=${null} />` : sent.has(note.about) ? null : html`<${OnRecord} note=${note} advice=${advice} />`}</li>`)}</ul>`
    : html`<p class="empty">${t("Nobody has asked for backup.")}</p>`}
    <${Complaint} problem=${problem.value} /><${WaitOrGo} mission=${mission} /></section>`;
}

/** What was compared for a backup since it was asked, by whoever did; nothing is asked anew. @param {{note: any, advice: any[]}} props */
function OnRecord({ note, advice }) {
  const waiting = JSON.stringify([...note.people].sort());
  const since = advice.filter((one) => one.engine === "tasking.backup" && one.at.ms >= note.at.ms).sort((one, other) => other.at.ms - one.at.ms);
  for (const one of since) {
    const answer = JSON.parse(one.result);
    if (JSON.stringify([...answer.go_on.people].sort()) === waiting) return html`<${Futures} answer=${answer} at=${one.at} />`;
  }
  return null;
}

/** Going on against waiting, then who can come. @param {{answer: any, at: any}} props */
function Futures({ answer, at }) {
  const roster = new Map((useRead("roster").value || []).map((/** @type {any} */ one) => [one.member, one.member_name]));
  const unknown = answer.unknown.map((/** @type {string} */ who) => roster.get(who) || (who === here.value.viewer ? here.value.name : "")).filter(Boolean);
  return html`<div class="futures">${at ? html`<p class="aside">${t("As it was at {time}.", { time: moment(at) })}</p>` : null}
    <ul class="says"><li><b>${t("Go on")}</b><span dir="auto">${answer.go_on.words}</span></li>${answer.waits.map((/** @type {any} */ one) => html`<li key=${one.wait_min}><b>${t("Wait")}</b><span dir="auto">${one.words}</span></li>`)}
    ${answer.waits.length ? null : html`<li><b>${t("Wait")}</b><span>${t("Nobody is known to be able to come in that time.")}</span></li>`}</ul>
    ${answer.arrivals.length ? html`<${Table} rows=${answer.arrivals} id=${(/** @type {any} */ one) => one.person} columns=${[[t("Minutes"), (/** @type {any} */ one) => one.minutes, "num"], [t("Who"), (/** @type {any} */ one) => one.name],
      [t("Why"), (/** @type {any} */ one) => one.words], [t("Needs an exception"), (/** @type {any} */ one) => one.exceptions.join("; ")], [t("for you alone"), (/** @type {any} */ one) => one.personal.join("; ")]]} />` : null}
    ${unknown.length ? html`<p class="aside">${t("Could come; how long they take is not known: {names}", { names: unknown.join(", ") })}</p>` : null}</div>`;
}
