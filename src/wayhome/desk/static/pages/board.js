// The board: missions by urgency, who is out and who is home, and what waits for whoever looks, each where it is answered.
import { here, now } from "../app.js";
import { Ask, field } from "../deed.js";
import { alarm } from "../palette.js";
import { again, useRead } from "../store.js";
import { html, Shown, Sign, Table, useEffect, useSignal } from "../ui.js";
import { ago, date, deadline, moment, plural, t } from "../words.js";
import { Share } from "./share.js";

const ANEW_MS = 30_000;

export default function Board() {
  const board = useRead("board");
  useEffect(() => { document.title = t("Board"); }, []);
  useEffect(() => {
    const often = setInterval(() => again("board"), ANEW_MS);
    return () => clearInterval(often);
  }, []);
  return html`<div class="head"><h1>${t("Board")}</h1>
      <button class="main" onClick=${() => { alarm.value = true; }}>${t("Raise an alarm")} <kbd>a</kbd></button></div>
    <${Waiting} />
    <${Shown} of=${board}>${(/** @type {any} */ view) => html`
      <${Missions} view=${view} /><${Out} view=${view} /><${Home} view=${view} /><${Over} view=${view} />`}<//>`;
}

/** Where each thing that waits is answered. @param {any} one */
function whereOf(one) {
  const part = { alarm: "situation", conflict: "situation", clash: "offers", unanswered: "offers" }[String(one.what)];
  if (part) return `/m/${one.mission}/${part}`;
  if (one.what === "a role lost") return `/people/${one.about}`;
  if (one.what === "a request to answer") return "/me/waiting";
  return one.what === "routine" ? "/me/day" : "/me/offers";
}

/** What waits, as it is called. @param {any} one */
const kindOf = (one) => ({
  alarm: t("Alarm"), conflict: t("Conflict"), clash: t("Clash"), unanswered: t("No answer"), routine: t("Routine"), "a role lost": t("A role lost"),
  "an offer to answer": t("An offer for you"), "an order to acknowledge": t("An order for you"), "a petition to answer": t("Petition"),
  "a request to answer": t("Request"),
})[String(one.what)] || one.what;

function Waiting() {
  const rows = useRead("waiting").value || [];
  const care = (useRead("follow_ups").value || []).filter((/** @type {any} */ one) => one.member !== here.value.viewer && one.contacts.some(due));
  if (!rows.length && !care.length) return null;
  return html`<section class="part waits" aria-label=${t("What waits for you")}><h2>${t("What waits for you")} <span class="count">${rows.length + care.length}</span></h2><ul class="plain">
    ${rows.map((/** @type {any} */ one) => html`<li key=${`${one.what} ${one.about}`}>
      <${Sign} kind=${one.what === "alarm" ? "bad" : "wait"}>${kindOf(one)}<//>
      <span dir="auto">${one.words}</span>${one.due ? html` <time>${moment(one.due)}</time>` : null}
      <span class="answer">${one.what === "alarm" ? html`<${AnswerAlarm} mission=${one.mission} alarm=${one.about} words=${one.words} />` : null}
        ${one.what === "a petition to answer" ? html`<${AnswerPetition} petition=${one.about} words=${one.words} />`
        : html`<a class="button" href=${whereOf(one)}>${t("Go there")}</a>`}</span></li>`)}
    ${care.map((/** @type {any} */ one) => html`<li key=${one.follow_up}><${Sign} kind="wait">${t("Follow-up due")}<//> <span dir="auto">${one.member_name}</span>
      <time>${one.contacts.filter(due).map(date).join(", ")}</time> <span class="answer"><a class="button" href="/care">${t("Go there")}</a></span></li>`)}</ul></section>`;
}

/** Whether a day of contact is today. @param {string} day */
const due = (day) => day === new Intl.DateTimeFormat("sv-SE", { timeZone: here.value.organisation.zone }).format(now.value);

/** @param {{mission: string, alarm: string, words: string}} props */
export function AnswerAlarm({ mission, alarm: about, words }) {
  return html`<${Ask} words=${t("Answer")} title=${t("Answer the alarm")} intent="AnswerAlarm" preset=${{ mission, alarm: about }} said=${t("Answered.")}
    fields=${[field("words", "words", t("What was done about it"), { required: true, hint: t("heard on the other channel, all well") })]}><p dir="auto">${words}</p><//>`;
}

/** @param {{petition: string, words: string}} props */
function AnswerPetition({ petition, words }) {
  return html`<${Ask} words=${t("Answer")} title=${t("Answer the petition")} intent="AnswerPetition" preset=${{ petition }}
    change=${(/** @type {any} */ given) => ({ ...given, granted: given.granted === "yes" })}
    fields=${[field("granted", "choice", t("Is it granted?"), { required: true, of: [["yes", t("Granted")], ["no", t("Not granted")]] }), field("words", "words", t("In words"))]}><p dir="auto">${words}</p><//>`;
}

/** @param {{view: any}} props */
function Missions({ view }) {
  if (!view.missions.length) return html`<section class="part"><h2>${t("Missions")}</h2><p class="empty">${t("No mission is open. An alarm makes one: press “a”, or the button above.")}</p></section>`;
  return html`<section class="part"><div class="head"><h2>${t("Missions")}</h2><a class="button" href="/more/who">${t("Who goes, for all open missions")}</a></div><div class="cardsof">${view.missions.map((/** @type {any} */ card) => html`<${Card} key=${card.mission.mission} card=${card} />`)}</div></section>`;
}

/** @param {{card: any}} props */
function Card({ card }) {
  const one = card.mission;
  const still = one.out - one.accounted;
  return html`<article class="card">
    <h3><a href=${`/m/${one.mission}/log`} dir="auto">${one.name}</a></h3>
    <p class="signs">${one.rank ? html`<${Sign} kind="rank">${one.rank}<//>` : null} <${Sign} kind=${one.state.replace(" ", "-")}>${one.state}<//>
      ${one.secret ? html` <${Sign} kind="secret">${t("secret")}<//>` : null} ${one.urgency ? html` <${Sign} kind=${one.urgency.startsWith("urgent") ? "bad" : "wait"}>${one.urgency}<//>` : null}</p>
    <dl><div><dt>${t("Command")}</dt><dd dir="auto">${one.commander_name}</dd></div>
      <div><dt>${t("Since")}</dt><dd><time>${moment(one.opened)}</time>, ${ago(one.opened, now.value)}</dd></div>
      ${one.place ? html`<div><dt>${t("Where")}</dt><dd class="grid">${one.place.lat.toFixed(4)}, ${one.place.lon.toFixed(4)}</dd></div>` : null}
      ${one.reopens_when ? html`<div><dt>${t("Reopens when")}</dt><dd dir="auto">${one.reopens_when}</dd></div>` : null}</dl>
    ${one.out ? html`<p class="tally"><${Share} part=${one.accounted} whole=${one.out} label=${t("Home or handed over")} />
      <span>${t("{still} out, {home} home of {all}", { still, home: one.accounted, all: one.out })}</span></p>` : null}
    <p class="signs">${card.alarms ? html`<a href=${`/m/${one.mission}/situation`}><${Sign} kind="bad">${plural(card.alarms, "{count} open alarm", "{count} open alarms")}<//></a> ` : null}
      ${card.overdue.length ? html`<a href=${`/m/${one.mission}/teams`}><${Sign} kind="bad">${t("overdue: team {teams}", { teams: card.overdue.join(", ") })}<//></a> ` : null}
      ${card.asked || card.thinking ? html`<a href=${`/m/${one.mission}/offers`}><${Sign} kind="wait">${t("{asked} asked, {thinking} thinking it over", { asked: card.asked, thinking: card.thinking })}<//></a>` : null}</p></article>`;
}

/** @param {{view: any}} props */
function Out({ view }) {
  return html`<section class="part"><h2>${t("Out")} <span class="count">${view.out.length}</span></h2>${view.out.length ? html`<${Table} rows=${view.out} id=${(/** @type {any} */ one) => one.mission + one.gone.member}
    rowClass=${(/** @type {any} */ one) => (one.late ? "late" : "")} columns=${[
      [t("Who"), (/** @type {any} */ one) => html`<a href=${`/people/${one.gone.member}`}>${one.gone.member_name}</a>`],
      [t("Mission"), (/** @type {any} */ one) => html`<a href=${`/m/${one.mission}/teams`}>${one.mission_name}</a>`],
      [t("Post"), (/** @type {any} */ one) => one.gone.post], [t("Since"), (/** @type {any} */ one) => html`<time>${moment(one.gone.departed)}</time>`],
      [t("Due home"), (/** @type {any} */ one) => (one.gone.home_by ? html`<div><time>${deadline(one.gone.home_by)}</time>${one.late ? html` <${Sign} kind="bad">${t("OVERDUE")}<//>` : null}</div>` : "")]]} />`
    : html`<p class="empty">${t("Nobody is out.")}</p>`}</section>`;
}

/** @param {{view: any}} props */
function Home({ view }) {
  if (!view.home.length) return null;
  return html`<details class="fold"><summary>${t("Home or handed over")} <span class="count">${view.home.length}</span></summary><${Table} rows=${view.home}
    id=${(/** @type {any} */ one) => one.mission + one.gone.member} columns=${[
      [t("Who"), (/** @type {any} */ one) => one.gone.member_name], [t("Mission"), (/** @type {any} */ one) => html`<a href=${`/m/${one.mission}/teams`}>${one.mission_name}</a>`],
      [t("Now"), (/** @type {any} */ one) => whereabouts(one.gone)]]} /></details>`;
}

/** Home since when, handed over to whom, or out. @param {any} gone */
export function whereabouts(gone) {
  if (gone.home) return t("home {time}", { time: moment(gone.home) });
  return gone.handed_to ? t("handed over: {to}", { to: gone.handed_to }) : t("out since {time}", { time: moment(gone.departed) });
}

/** Missions that are over stay folded away; the last are named, any other is found by its name. @param {{view: any}} props */
function Over({ view }) {
  const find = useSignal("");
  if (!view.over) return null;
  return html`<details class="fold"><summary>${t("Closed or refused")} <span class="count">${view.over}</span></summary>
    <label>${t("Find one by its name")}<input type="search" dir="auto" value=${find.value} onInput=${(/** @type {any} */ event) => { find.value = event.target.value; }} /></label>
    ${find.value.trim() ? html`<${FoundOver} find=${find.value.trim().toLocaleLowerCase()} />` : html`<${Listed} rows=${view.recent} />`}</details>`;
}

/** @param {{find: string}} props */
function FoundOver({ find }) {
  const held = useRead("missions");
  return html`<${Shown} of=${held}>${(/** @type {any[]} */ rows) => html`<${Listed} rows=${rows.filter((one) => one.name.toLocaleLowerCase().includes(find)).slice(0, 50)} />`}<//>`;
}

/** @param {{rows: any[]}} props */
function Listed({ rows }) {
  if (!rows.length) return html`<p class="empty">${t("No mission is called that.")}</p>`;
  return html`<ul class="plain">${rows.map((one) => html`<li key=${one.mission}><a href=${`/m/${one.mission}/reports`} dir="auto">${one.name}</a> <${Sign} kind="closed">${one.state}<//> <time>${moment(one.opened)}</time></li>`)}</ul>`;
}
