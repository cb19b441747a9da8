// Who may know: who does, from whom, since when; what the others believe; who opened the compartment, who looked.
import { get } from "../api.js";
import { here, now } from "../app.js";
import { Ask, field, Tap } from "../deed.js";
import { useRead } from "../store.js";
import { style } from "../styles.js";
import { Complaint, html, Shown, Sign, Table, useEffect, useSignal } from "../ui.js";
import { ago, moment, plural, t } from "../words.js";
import { LEVELS, levelWords } from "./tellings.js";

const looks = style("secrecy.css");
const MINUTE_MS = 60_000, DAY_MIN = 1_440;

/** @param {{mission: string, held: any}} props */
export default function Secrecy({ mission, held }) {
  const ready = useSignal(false);
  useEffect(() => { looks.then(() => { ready.value = true; }); }, []);
  if (!ready.value) return html`<p class="loading">${t("On its way…")}</p>`;
  return html`<div class="head"><h2>${t("Who may know")}</h2></div>
    ${held.secret ? html`<${WhoKnows} mission=${mission} held=${held} /><${Believed} mission=${mission} />` : html`<p class="empty">${t("This mission is open: everybody in the organisation may see it.")}</p>`}
    <${UnderCover} mission=${mission} />
    <${Masked} mission=${mission} held=${held} />
    ${held.secret ? html`<${Opened} mission=${mission} /><${Looks} mission=${mission} held=${held} />` : null}`;
}

/** @param {number} share */
const percent = (share) => (share < 0.0005 ? t("under 0.1 %") : `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`);

/** @param {{mission: string, held: any}} props */
function WhoKnows({ mission, held }) {
  const at = useSignal("");
  const today = useRead("know", { mission });
  const past = useSignal(/** @type {any} */ ({ value: null, problem: null }));
  useEffect(() => {
    if (!at.value) return;
    get("/api/read/know", { mission, at: `${at.value}:00` }).then((value) => { past.value = { value, problem: null }; }, (problem) => { past.value = { value: null, problem }; });
  }, [at.value]);
  const shown = at.value ? past.value : today;
  return html`<section class="part" aria-label=${t("Who knows")}>
    <div class="acts"><${TellSomebody} mission=${mission} />
      <${Ask} words=${t("Read in")} title=${t("Read somebody in")} label=${t("Read them in")} intent="ReadInMember" preset=${{ mission }} fields=${readInFields} said=${t("Read in: they see the mission from now on.")} />
      <${Ask} words=${t("Read out")} title=${t("Read somebody out")} label=${t("Read them out")} intent="ReadOutMember" preset=${{ mission }} fields=${() => [field("member", "member", t("Who"), { required: true }), field("reason", "text", t("Why"), { required: true, hint: t("no longer needs to") })]}>
        <p class="aside">${t("They see it no more, at once. That they know of it stays on record.")}</p><//>
      <${Ask} words=${t("Ceiling")} title=${t("How many may know")} label=${t("Set it")} intent="SetCeiling" preset=${{ mission }} fields=${() => ceilingFields(today.value)} /></div>
    <label class="at">${t("As it was at")}<input type="datetime-local" value=${at.value} onChange=${(/** @type {any} */ event) => { at.value = event.target.value; }} />${at.value ? html`<button type="button" onClick=${() => { at.value = ""; }}>${t("Now")}</button>` : null}</label>
    <${Shown} of=${shown}>${(/** @type {any} */ view) => html`<${Tree} view=${view} /><${Figures} view=${view} />`}<//>
    <${Told} mission=${mission} held=${held} /></section>`;
}

const readInFields = () => [field("member", "member", t("Who"), { required: true }), field("reason", "text", t("Why they need to know"), { hint: t("plans the way out") }),
  field("override", "text", t("Why, though the ceiling is crossed"), { hint: t("only where it is") })];

/** @param {any} view */
const ceilingFields = (view) => [field("most", "number", t("At most"), { unit: t("people"), least: 1, most: 10_000, start: view?.most ?? "" }),
  field("leak_per_year", "number", t("Assumed chance that one who knows lets it out within a year"), { required: true, start: view?.leak_per_year ?? 0.01, least: 0, most: 1 }),
  field("tellings_shown", "bool", t("Every telling is shown to those read in from now on"))];

/** @param {{view: any}} props */
function Figures({ view }) {
  const over = view.left !== null && view.left < 0;
  const ends = view.ends ? t("Chance until {when}", { when: moment(view.ends) }) : t("Chance within a year from its beginning");
  return html`<dl class="figures">
    <div><dt>${t("Know of it")}</dt><dd><b>${view.count}</b> ${view.most === null ? html`<small>${t("no ceiling set")}</small>` : html`<${Sign} kind=${over ? "bad" : "quiet"}>${over ? t("over the ceiling of {most}", { most: view.most }) : t("ceiling {most}", { most: view.most })}<//>`}</dd></div>
    <div><dt>${t("Person-days")}</dt><dd><b>${Math.round(view.person_days)}</b></dd></div>
    <div><dt>${t("Longest chain")}</dt><dd><b>${view.depth}</b></dd></div>
    <div><dt>${t("Told most")}</dt><dd dir="auto"><b>${view.widest.join(", ") || "–"}</b> ${view.widest_told ? html`<small>${plural(view.widest_told, "{count} person", "{count} people")}</small>` : null}</dd></div>
    <${Odds} words=${t("Chance that it is out by now")} chance=${view.by_now} /><${Odds} words=${ends} chance=${view.by_end} /><${Odds} words=${t("What one more who knows adds")} chance=${view.one_more} plus=${true} />
    ${view.handful ? html`<div><dt>${t("A handful: so many for {chance}", { chance: percent(view.handful_chance) })}</dt><dd><b>${view.handful.middle}</b> <small>${t("between {low} and {high}", { low: view.handful.low, high: view.handful.high })}</small></dd></div>` : null}</dl>
    ${view.words.map((/** @type {string} */ one) => html`<p class="aside">${one}</p>`)}
    ${view.overrides.length ? html`<details class="fold"><summary>${plural(view.overrides.length, "The ceiling was crossed once, for a reason", "The ceiling was crossed {count} times, each for a reason")}</summary><ul class="plain">${view.overrides.map((/** @type {string} */ one) => html`<li dir="auto">${one}</li>`)}</ul></details>` : null}`;
}

/** A chance with the range that its assumption has. @param {{words: string, chance: any, plus?: boolean}} props */
function Odds({ words, chance, plus }) {
  if (!chance) return null;
  return html`<div><dt>${words}</dt><dd><b>${plus ? "+" : ""}${percent(chance.middle)}</b> <small>${t("between {low} and {high}", { low: percent(chance.low), high: percent(chance.high) })}</small></dd></div>`;
}

/** Who had it from whom, as a tree: the owner first, whoever was told below whoever told them. @param {{view: any}} props */
function Tree({ view }) {
  return html`<ol class="tree" aria-label=${t("Who knows, and from whom")}>${view.knowers.map((/** @type {any} */ one) => html`<li key=${one.member} style=${`--depth: ${one.depth}`} class=${one.sees ? "" : "ended"}>
    <a href=${`/people/${one.member}`} dir="auto">${one.member_name}</a> <${Sign} kind="quiet">${one.basis === "told" ? levelWords(one.level) : one.basis}<//>
    <small>${one.source_name ? html`${t("from")} <b dir="auto">${one.source_name}</b>, ` : null}<time>${moment(one.since)}</time>${one.read_out ? html`, ${t("read out {when}; still knows", { when: moment(one.read_out) })}` : null}</small></li>`)}</ol>`;
}

/** @param {{mission: string, held: any}} props */
function Told({ mission }) {
  const told = useRead("told", { mission });
  const rows = told.value || [];
  if (!rows.length) return null;
  return html`<h3>${t("Tellings")}</h3><${Table} rows=${rows} id=${(/** @type {any} */ one) => one.telling} columns=${[
    [t("Who told"), (/** @type {any} */ one) => one.teller_name], [t("Whom"), (/** @type {any} */ one) => one.listener_name], [t("How much"), (/** @type {any} */ one) => levelWords(one.level)],
    [t("When"), (/** @type {any} */ one) => html`<time>${moment(one.happened)}</time>`], [t("Promise"), (/** @type {any} */ one) => one.promise || t("none")],
    ["", (/** @type {any} */ one) => (one.shown ? html`<${Sign} kind="quiet">${t("shown to those read in")}<//>` : one.teller === here.value.viewer ? html`<${Tap} intent="ShowTelling" fields=${{ telling: one.telling }} words=${t("Let those read in see it")} said=${t("They see it from now on.")} />` : "")]]} />`;
}

/** @param {{mission: string}} props */
function TellSomebody({ mission }) {
  return html`<${Ask} words=${t("I told somebody")} kind="main" title=${t("Whom did you tell, and how much?")} label=${t("Keep it on record")} intent="Tell" preset=${{ mission }} said=${t("Kept. Only you and they see it, unless you show it.")}
    fields=${() => [field("listener", "member", t("Whom"), { required: true }), field("level", "choice", t("How much"), { required: true, buttons: true, of: LEVELS.map((one) => [one, levelWords(one)]), start: "that" }),
      field("about", "member", t("Whom the mission takes, if you said so")), field("happened", "moment", t("When"), { hint: t("now, if it stays empty") }), field("promise", "text", t("What they promised"), { hint: t("tells nobody, not even that he was told") }),
      field("shown", "bool", t("Let those read in see it")), field("override", "text", t("Why, though the ceiling is crossed"), { hint: t("only where it is") })]}><p class="aside">${t("They will read just that much, here and nowhere else. It is never too late to put it down.")}</p><//>`;
}

/** What the others believe. @param {{mission: string}} props */
function Believed({ mission }) {
  const covers = useRead("covers", { mission });
  const vehicles = useRead("vehicles").value || [];
  const statuses = () => /** @type {[string, string][]} */ ([["leave", t("on leave")], ["away", t("away")]]);
  const span = () => [field("words", "text", t("In words"), { hint: t("at the hot springs") }), field("start", "moment", t("From"), { hint: t("now, if it stays empty") }), field("end", "moment", t("To"), { start: "later", required: true })];
  return html`<section class="part"><div class="head"><h3>${t("What the others believe")}</h3><div class="acts">
      <${Ask} words=${t("Cover for somebody")} title=${t("What shall the others believe of somebody?")} label=${t("Let it stand")} intent="SetCover" preset=${{ mission }} fields=${() => [field("member", "member", t("Of whom"), { required: true }), field("status", "choice", t("What"), { required: true, of: statuses(), start: "leave" }), ...span()]}>
        <p class="aside">${t("It is said as if it were so: on the roster, in calendars, in every list and file. An alarm is never silenced by it.")}</p><//>
      ${vehicles.length ? html`<${Ask} words=${t("Cover for a vehicle")} label=${t("Let it stand")} intent="SetCover" preset=${{ mission }} fields=${() => [field("vehicle", "choice", t("Of which"), { required: true, of: vehicles.map((/** @type {any} */ one) => [one.vehicle, one.name]) }), field("status", "text", t("What"), { required: true, start: "away", hint: t("in the workshop") }), ...span()]} />` : null}</div></div>
    <${Shown} of=${covers} empty=${t("No cover: the others see that somebody is away, no more.")}>${(/** @type {any[]} */ rows) => html`<ul class="plain">${rows.map((one) => html`<li key=${one.cover} class=${one.ended ? "ended" : ""}>
      <b dir="auto">${one.member_name || one.vehicle_words}</b> <span dir="auto">${one.status}${one.words ? `: ${one.words}` : ""}</span> <small><time>${moment(one.start)}</time> – ${one.end ? html`<time>${moment(one.end)}</time>` : t("open")}</small>
      ${one.ended ? html`<${Sign} kind="quiet">${t("ended")}<//>` : html`<${Tap} intent="EndCover" fields=${{ mission, cover: one.cover }} words=${t("End it")} said=${t("Ended: the record says so as if it were so.")} />`}</li>`)}</ul>`}<//></section>`;
}

/** @param {{mission: string}} props */
function UnderCover({ mission }) {
  const plans = useRead("contact_plans", { mission });
  const rows = plans.value || [];
  return html`<section class="part"><div class="head"><h3>${t("Under cover")}</h3><div class="acts">
      <${Ask} words=${t("Plan contact")} title=${t("How somebody under cover is heard of")} label=${t("Agree on it")} intent="PlanContact" preset=${{ mission }} fields=${() => [field("member", "member", t("Who"), { required: true }),
      field("every_min", "number", t("Heard at least every"), { required: true, unit: t("minutes"), least: 5, start: 2 * DAY_MIN }), field("signals", "words", t("Signals, and what they mean"), { required: true, hint: t("chalk on the mill: all well; two lines: come") }), field("way_out", "words", t("The way out"), { required: true, hint: t("the ferry at Hane, ask for the blind boatman") })]} />
      <${Ask} words=${t("Hunt or accuse a member")} title=${t("This mission hunts a member, or holds an accusation")} label=${t("State it")} intent="NameQuarry" preset=${{ mission }} fields=${() => [field("member", "member", t("Who"), { required: true }), field("what", "choice", t("What"), { required: true, of: [["hunted", t("is hunted")], ["accused", t("is accused")]] }), field("words", "words", t("Of what"), { required: true })]} /></div></div>
    ${rows.length ? html`<ul class="plain">${rows.map((/** @type {any} */ one) => html`<li key=${one.member}><b dir="auto">${one.member_name}</b> ${t("every {hours} h", { hours: Math.round(one.every_min / 6) / 10 })}: <span dir="auto">${one.signals}</span><br /><b>${t("Way out")}</b>: <span dir="auto">${one.way_out}</span></li>`)}</ul>` : html`<p class="empty">${t("Nobody on it is under cover.")}</p>`}</section>`;
}

/** @param {{mission: string, held: any}} props */
function Masked({ mission, held }) {
  const mask = useRead("mask", { mission });
  const one = mask.value;
  return html`<section class="part"><div class="head"><h3>${t("Masked identity")}</h3><div class="acts">
      <${Ask} words=${one ? t("Change the mask") : t("Mask who it is")} title=${t("What shall those read who do not know who it is?")} label=${t("Mask it")} intent="MaskIdentity" preset=${{ mission }} fields=${() => [field("label", "text", t("They read"), { required: true, start: one?.label || t("the target") }),
      field("names", "list", t("Instead of these words, one on each line"), { start: (one?.names || [held.subject?.name || ""]).join("\n") })]} />
      ${one ? html`<${Ask} words=${t("Tell who it is")} intent="TellIdentity" preset=${{ mission }} fields=${() => [field("member", "member", t("To whom"), { required: true }), field("reason", "text", t("Why"))]} />` : null}</div></div>
    ${one ? html`<p>${t("Others read")} <b dir="auto">${one.label}</b> ${t("instead of")} <span dir="auto">${one.names.join(", ")}</span>. ${plural(one.known_by.length, "{count} knows.", "{count} know.")}</p>` : html`<p class="empty">${t("No identity is masked that you know of.")}</p>`}</section>`;
}

/** @param {{mission: string}} props */
function Opened({ mission }) {
  const rows = useRead("emergencies", { mission }).value || [];
  if (!rows.length) return null;
  return html`<section class="part"><h3>${t("Opened in an emergency")}</h3><ul class="plain">${rows.map((/** @type {any} */ one) => html`<li key=${one.glass}><b dir="auto">${one.by_name}</b>: <span dir="auto">${one.reason}</span> <small><time>${moment(one.since)}</time> – <time>${moment(one.until)}</time>, ${plural(one.alerted.length, "{count} owner alerted", "{count} owners alerted")}</small>
    ${one.ended || one.until.ms < now.value - MINUTE_MS ? html`<${Sign} kind="quiet">${t("closed again")}<//>` : html`<${Tap} intent="EndEmergency" fields=${{ mission, glass: one.glass }} words=${t("Close it now")} said=${t("Closed again.")} />`}</li>`)}</ul></section>`;
}

/** Who read what of it. @param {{mission: string, held: any}} props */
function Looks({ mission, held }) {
  const mine = [held.owner, held.commander].includes(here.value.viewer);
  const open = useSignal(false);
  const looked = useSignal(/** @type {any} */ ({ value: null, problem: null }));
  useEffect(() => {
    if (open.value) get("/api/read/looks", { mission }).then((value) => { looked.value = { value, problem: null }; }, (problem) => { looked.value = { value: null, problem }; });
  }, [open.value]);
  if (!mine) return null;
  return html`<details class="fold" onToggle=${(/** @type {any} */ event) => { open.value = event.target.open; }}><summary>${t("Who looked at what of it")}</summary>
    <${Complaint} problem=${looked.value.problem} />${looked.value.value ? html`<${Table} rows=${looked.value.value} id=${(/** @type {any} */ one) => one.member + one.what + one.hour.ms} columns=${[
    [t("Who"), (/** @type {any} */ one) => one.member_name], [t("What"), (/** @type {any} */ one) => one.what], [t("In the hour from"), (/** @type {any} */ one) => html`<time>${moment(one.hour)}</time> <small>${ago(one.hour, now.value)}</small>`]]} />` : null}</details>`;
}
