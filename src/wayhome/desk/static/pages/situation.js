// The situation report: what is wrong first, then what is known and on whose word, who is where. It prints as it stands.
import { now } from "../app.js";
import { degrees } from "../deed-fields.js";
import { Ask, field } from "../deed.js";
import { useRead } from "../store.js";
import { html, Shown, Sign, Table } from "../ui.js";
import { ago, deadline, hhmm, moment, t } from "../words.js";
import { AnswerAlarm, whereabouts } from "./board.js";
import { Losses } from "./losses.js";
import { Prints, sure } from "./reports.js";

/** @param {{mission: string}} props */
export default function Situation({ mission }) {
  const held = useRead("situation", { mission });
  return html`<div class="head"><h2>${t("Situation")} <small class="aside">${moment({ ms: now.value })}</small></h2><button type="button" onClick=${() => print()}>${t("Print this page")}</button></div>
    <${Shown} of=${held}>${(/** @type {any} */ view) => html`<${Wrong} mission=${mission} view=${view} /><${Facts} one=${view.mission} /><${Known} view=${view} /><${Field} view=${view} /><${Losses} mission=${mission} /><${Lines} mission=${mission} rows=${view.lines} />`}<//>
    <${Conflicts} mission=${mission} /><${Answered} mission=${mission} /><${Beside} mission=${mission} /><${Prints} mission=${mission} />`;
}

/** @param {{mission: string, view: any}} props */
function Wrong({ mission, view }) {
  if (!view.alarms.length) return html`<p><${Sign} kind="good">${t("No open alarm")}<//></p>`;
  return html`<section class="part"><h2>${t("Open alarms")}</h2><ul class="plain">${view.alarms.map((/** @type {any} */ one) => html`<li key=${one.alarm}><${Sign} kind="bad">${one.what}<//> <time>${moment(one.at)}, ${ago(one.at, now.value)}</time> <span dir="auto">${one.words}</span>
    <span class="answer"><${AnswerAlarm} mission=${mission} alarm=${one.alarm} words=${one.words} /></span></li>`)}</ul></section>`;
}

/** @param {{one: any}} props */
export function Facts({ one }) {
  const rows = [[t("Rank"), one.rank], [t("Command"), one.commander_name], [t("Owner"), one.owner === one.commander ? "" : one.owner_name], [t("Opened"), moment(one.opened)], [t("Reopens when"), one.reopens_when],
    [t("Where"), one.place && degrees(one.place)], [t("Urgency"), one.urgency], [t("Category"), one.subject_category], ["IPP", one.initial_point && `${degrees(one.initial_point)}, ${moment(one.initial_at)}`],
    ["LKP", one.last_point && `${degrees(one.last_point)}, ${moment(one.last_at)}`], [t("Home by"), deadline(one.home_by)], [t("Out"), one.out ? t("{still} of {all} who departed", { still: one.out - one.accounted, all: one.out }) : ""]];
  return html`<dl class="facts">${rows.filter(([, said]) => said).map(([label, said]) => html`<div><dt>${label}</dt><dd dir="auto">${said}</dd></div>`)}
    ${Object.entries(one.subject).filter(([, said]) => said).map(([label, said]) => html`<div><dt>${label.replace(/_/g, " ")}</dt><dd dir="auto">${said}</dd></div>`)}</dl>`;
}

/** @param {{view: any}} props */
function Known({ view }) {
  return html`<section class="part"><h2>${t("What is known, the seen before the heard")}</h2>${view.reports.length ? html`<${Table} rows=${view.reports} id=${(/** @type {any} */ one) => one.report} columns=${[
      [t("How"), (/** @type {any} */ one) => html`<${Sign} kind=${one.grade === "seen" ? "good" : "quiet"}>${one.grade}<//>`], [t("Sure"), (/** @type {any} */ one) => sure(one.sure_percent)], [t("When"), (/** @type {any} */ one) => moment(one.at)],
      [t("Who says so"), (/** @type {any} */ one) => one.source], [t("What"), (/** @type {any} */ one) => one.words]]} />` : html`<p class="empty">${t("Nothing was reported yet.")}</p>`}
    ${view.withheld.map((/** @type {any} */ one) => html`<p><${Sign} kind="wait">${t("held back")}<//> <b dir="auto">${one.holder_name}</b>: <span dir="auto">${one.about}</span></p>`)}
    ${view.assumptions.map((/** @type {any} */ one) => html`<p><${Sign} kind=${one.failed ? "bad" : one.warned ? "wait" : "good"}>${one.failed ? t("failed") : one.warned ? t("warned of") : t("stands")}<//> <span dir="auto">${one.words}</span> <b dir="auto">${one.failed}</b></p>`)}</section>`;
}

/** @param {{view: any}} props */
function Field({ view }) {
  return html`<section class="part"><h2>${t("Teams")}</h2>${view.teams.length ? html`<${Table} rows=${view.teams} id=${(/** @type {any} */ one) => one.team} columns=${[[t("Team"), (/** @type {any} */ one) => one.name], [t("People"), (/** @type {any} */ one) => one.members.length, "num"],
      [t("Status"), (/** @type {any} */ one) => one.status], [t("Heard"), (/** @type {any} */ one) => (one.heard ? moment(one.heard) : "")], [t("Where"), (/** @type {any} */ one) => one.place && html`<span class="grid">${degrees(one.place)}</span>`]]} />` : html`<p class="empty">${t("No team.")}</p>`}
    <h2>${t("People")}</h2>${view.out.length ? html`<${Table} rows=${view.out} id=${(/** @type {any} */ one) => one.member} columns=${[[t("Who"), (/** @type {any} */ one) => one.member_name], [t("Post"), (/** @type {any} */ one) => one.post], [t("Departed"), (/** @type {any} */ one) => moment(one.departed)],
      [t("Due home"), (/** @type {any} */ one) => deadline(one.home_by)], [t("Now"), (/** @type {any} */ one) => whereabouts(one)]]} />` : html`<p class="empty">${t("Nobody has departed.")}</p>`}
    ${view.casualties.length ? html`<h2>${t("Casualties, in the order of treatment")}</h2><${Table} rows=${view.casualties} id=${(/** @type {any} */ one) => one.casualty} columns=${[[t("Turn"), (/** @type {any} */ one) => one.turn, "num"], [t("Who"), (/** @type {any} */ one) => one.who],
      [t("Triage"), (/** @type {any} */ one) => html`<span class=${`triage triage-${one.triage || "none"}`}>${one.triage || t("not yet")}</span>`], [t("Condition"), (/** @type {any} */ one) => one.condition], [t("Help on its way"), (/** @type {any} */ one) => one.help.join("; ")]]} />` : null}</section>`;
}

/** @param {{mission: string, rows: any[]}} props */
function Lines({ mission, rows }) {
  if (!rows.length) return null;
  return html`<section class="part"><div class="head"><h2>${t("Last of the log")}</h2><a href=${`/m/${mission}/log`}>${t("To the log")}</a></div><${Table} rows=${rows} id=${(/** @type {any} */ one) => one.line} columns=${[[t("Time"), (/** @type {any} */ one) => html`<time>${hhmm(one.at)}</time>`],
    [t("Team"), (/** @type {any} */ one) => one.team || one.sender], [t("Message"), (/** @type {any} */ one) => one.message || one.words], [t("Status"), (/** @type {any} */ one) => one.status]]} /></section>`;
}

/** What a merge brought together that cannot both stand. @param {{mission: string}} props */
function Conflicts({ mission }) {
  const rows = useRead("conflicts", { mission }).value || [];
  if (!rows.length) return null;
  return html`<section class="part"><h2>${t("Conflicts")}</h2><ul class="plain">${rows.map((/** @type {any} */ one) => html`<li key=${one.conflict}><${Sign} kind=${one.settled ? "quiet" : "bad"}>${one.settled ? t("settled") : t("open")}<//> <span dir="auto">${one.words}</span> <span dir="auto">${one.settled}</span>
    <span class="answer">${one.settled ? null : html`<${Ask} words=${t("Settle")} title=${t("Settle the conflict")} intent="SettleConflict" preset=${{ mission, conflict: one.conflict }} fields=${[field("how", "words", t("How it was settled"), { required: true })]} />`}</span></li>`)}</ul></section>`;
}

/** @param {{mission: string}} props */
function Answered({ mission }) {
  const rows = (useRead("alarms", { mission }).value || []).filter((/** @type {any} */ one) => one.answered);
  if (!rows.length) return null;
  return html`<details class="fold"><summary>${t("Answered alarms")} <span class="count">${rows.length}</span></summary><ul class="plain">${rows.map((/** @type {any} */ one) => html`<li key=${one.alarm}><time>${moment(one.at)}</time> <span dir="auto">${one.words}</span> <b dir="auto">${one.answered}</b></li>`)}</ul></details>`;
}

/** What stands beside the log: handovers, regradings, doubts, backup. @param {{mission: string}} props */
function Beside({ mission }) {
  const rows = useRead("notes", { mission }).value || [];
  if (!rows.length) return null;
  return html`<details class="fold"><summary>${t("What stands beside the log")} <span class="count">${rows.length}</span></summary><${Table} rows=${rows} id=${(/** @type {any} */ one) => `${one.at.ms}${one.what}${one.member}`} columns=${[[t("When"), (/** @type {any} */ one) => moment(one.at)],
    [t("What"), (/** @type {any} */ one) => one.what], [t("Who"), (/** @type {any} */ one) => one.member_name], [t("Words"), (/** @type {any} */ one) => one.words], [t("By"), (/** @type {any} */ one) => one.by_name]]} /></details>`;
}
