// Who goes: what is needed, who is proposed and why, who was asked and what they said, and the briefing they read.
import { here } from "../app.js";
import { CHANNELS } from "../deed-fields.js";
import { Ask, field } from "../deed.js";
import { useRead } from "../store.js";
import { html, Shown, Sign, Table } from "../ui.js";
import { deadline, moment, plural, t } from "../words.js";
import { Briefing } from "./briefing.js";
import { Proposals } from "./proposal.js";

/** @param {{mission: string, held: any}} props */
export default function Offers({ mission, held }) {
  return html`<${Needs} mission=${mission} held=${held} /><${Proposals} key=${mission} mission=${mission} held=${held} /><${Asked} mission=${mission} />
    <${Briefing} mission=${mission} held=${held} /><${Stakes} mission=${mission} />${held.secret ? html`<${ReadIns} mission=${mission} />` : null}<${Notes} mission=${mission} />`;
}

/** The fields of a mission's plan, as it stands. @param {any} held */
export const planFields = (held) => [
  field("needs", "rows", t("Who is needed: skill; level; how many, one on each line"), { columns: [["skill", "text"], ["level", "number"], ["count", "number"]],
    start: held.needs.map((/** @type {any} */ one) => `${one.skill}; ${one.level}; ${one.count}`).join("\n"), hint: `${here.value.organisation.skills[0] || "medic"}; 3; 1` }),
  field("least_people", "number", t("At least"), { required: true, unit: t("people"), least: 0, start: held.least_people }),
  field("most_people", "number", t("At most"), { unit: t("people"), least: 1, start: held.most_people }),
  field("place", "place", t("Where"), { start: held.place }), field("starts", "moment", t("Starts"), { start: held.starts || undefined }),
  field("hours", "number", t("Lasts"), { unit: t("hours"), start: held.hours }), field("home_by", "deadline", t("Everybody home by"), { start: stillToCome(held.home_by) }),
  field("front", "bool", t("The team goes up front: the only healer by an exception alone"), { start: held.front }),
];

/** A deadline that has passed is not planned again. @param {any} by */
const stillToCome = (by) => (by && by.local.slice(0, 16) > new Intl.DateTimeFormat("sv-SE", { timeZone: by.zone, dateStyle: "short", timeStyle: "short" }).format(Date.now()).replace(" ", "T") ? by.local : undefined);

/** Says what the mission asks for. @param {{mission: string, held: any, words: string}} props */
export const PlanIt = ({ mission, held, words }) => html`<${Ask} words=${words} title=${t("Plan the mission")} label=${t("So be it")} intent="PlanMission" preset=${{ mission }} fields=${() => planFields(held)} said=${t("Planned.")} />`;

/** @param {{mission: string, held: any}} props */
function Needs({ mission, held }) {
  const most = held.most_people === held.least_people ? plural(held.least_people, "{count} person", "{count} people") : held.most_people ? t("{least} to {most} people", { least: held.least_people, most: held.most_people }) : plural(held.least_people, "{count} person or more", "{count} people or more");
  return html`<section><div class="head"><h2>${t("What is needed")}</h2><${PlanIt} mission=${mission} held=${held} words=${t("Plan")} /></div>
    <p>${most}${held.needs.length ? html`: ${held.needs.map((/** @type {any} */ one) => t("{count} with {skill} {level}", one)).join(", ")}` : null}${held.hours ? html`, ${t("for {hours} h", { hours: held.hours })}` : null}
      ${held.home_by ? html`, ${t("home by {time}", { time: deadline(held.home_by) })}` : null}${held.front ? html`; <${Sign} kind="wait">${t("up front")}<//>` : null}</p></section>`;
}

/** The fields of an offer. @param {any} [more] */
export const offerFields = (more = {}) => [
  field("post", "text", t("Post"), { hint: t("search team, medic, base") }), field("answer_by", "deadline", t("Answer by")),
  field("order", "bool", t("It is an order, and recorded as one")), field("why", "text", t("Why this one"), { start: more.why }),
  field("front", "side", t("Where the post stands, if not as the plan says"), { of: [["front", t("up front")], ["behind", t("not up front")]] }),
];

const OPEN = new Set(["offered", "seen", "thinking"]);

/** @param {{mission: string}} props */
function Asked({ mission }) {
  const offers = useRead("offers", { mission });
  const exceptions = useRead("exceptions", { mission }).value || [];
  return html`<section class="part"><div class="head"><h2>${t("Who was asked")}</h2><${Ask} words=${t("Offer it to somebody")} kind="main" label=${t("Send the offer")} intent="MakeOffer" preset=${{ mission }} said=${t("Offered.")}
      fields=${() => [field("member", "member", t("Who"), { required: true }), ...offerFields()]} /></div>
    <${Shown} of=${offers} empty=${t("Nobody was asked yet. Ask for a proposal, or offer it to somebody by name.")}>${(/** @type {any[]} */ rows) => html`<${Table} rows=${rows} id=${(/** @type {any} */ one) => one.offer} columns=${[
      [t("Who"), (/** @type {any} */ one) => html`<div><b>${one.member_name}</b>${one.post ? html` <small class="aside">${one.post}</small>` : null}</div>`],
      [t("Answer"), (/** @type {any} */ one) => html`<div><${Sign} kind=${kindOf(one.answer)}>${one.answer}<//>${one.order ? html` <${Sign} kind="quiet">${t("order")}<//>` : null}${one.limits ? html` <span dir="auto">${one.limits}</span>` : null}
        ${one.typed_by ? html` <small class="aside">${t("typed by {name}, {channel}", { name: one.typed_by_name, channel: one.channel })}</small>` : null}</div>`],
      [t("Answer by"), (/** @type {any} */ one) => (one.answer_by ? html`<div>${deadline(one.answer_by)}${one.deferred ? html` <small class="aside">${t("deferred")}</small>` : null}</div>` : "")],
      [t("Why"), (/** @type {any} */ one) => (one.why || one.warnings.length ? html`<div>${one.why} ${one.warnings.map((/** @type {string} */ words) => html`<p class="todo">⚠ ${words}</p>`)}</div>` : "")],
      ["", (/** @type {any} */ one) => html`<${OfferActs} mission=${mission} one=${one} />`]]} />`}<//>
    ${exceptions.length ? html`<details class="fold"><summary>${t("Exceptions made")} <span class="count">${exceptions.length}</span></summary><${Table} rows=${exceptions} id=${(/** @type {any} */ one) => `${one.rule}${one.member}${one.at.ms}`} columns=${[
      [t("Rule"), (/** @type {any} */ one) => one.rule], [t("Who"), (/** @type {any} */ one) => one.member_name || t("everybody")], [t("About"), (/** @type {any} */ one) => one.about], [t("Why"), (/** @type {any} */ one) => one.reason], [t("By"), (/** @type {any} */ one) => one.by_name]]} /></details>` : null}
    <div class="acts below"><${MakeException} mission=${mission} /></div></section>`;
}

/** An exception from a rule, with its reason, for ever. @param {{mission: string}} props */
export const MakeException = ({ mission }) => html`<${Ask} words=${t("Make an exception")} intent="MakeException" preset=${{ mission }} fields=${[field("rule", "choice", t("From which rule"), { required: true, of: ["rank", "history", "healer", "briefing"] }), field("member", "member", t("For whom")),
  field("reason", "words", t("Why"), { required: true }), field("about", "text", t("What exactly"))]}><p>${t("Without a name it is for everybody. It stands beside the mission for ever.")}</p><//>`;

/** @param {string} answer */
const kindOf = (answer) => (answer.startsWith("accepted") ? "good" : OPEN.has(answer) || answer === "ordered" ? "wait" : "quiet");

/** @param {{mission: string, one: any}} props */
function OfferActs({ mission, one }) {
  const preset = { offer: one.offer, mission };
  if (!OPEN.has(one.answer) && !["accepted", "accepted with limits", "ordered"].includes(one.answer)) return null;
  const answers = one.answer === "ordered" ? ["accepted", "declined"] : OPEN.has(one.answer) ? ["accepted", "accepted with limits", "thinking", "declined"] : ["declined"];
  const without = (/** @type {any} */ given) => ({ ...given, mission: undefined });
  return html`<div class="acts"><${Ask} words=${t("Their answer")} title=${t("The answer of {name}", { name: one.member_name })} label=${t("Take it down")} intent="AnswerOffer" preset=${preset} change=${without} fields=${() => [
      field("answer", "choice", t("Answer"), { required: true, of: answers }), field("limits", "text", t("Limits, where there are any"), { hint: t("back by 18:00") }), field("think_until", "deadline", t("Thinks it over until")),
      ...(one.member === here.value.viewer ? [] : [field("channel", "choice", t("How it reached you"), { required: true, of: /** @type {any} */ (CHANNELS()) })])]} />
    ${OPEN.has(one.answer) ? html`<${Ask} words=${t("Defer")} intent="DeferOffer" preset=${preset} change=${without} fields=${[field("answer_by", "deadline", t("Answer by"), { required: true }), field("words", "text", t("In words"))]} />` : null}
    <${Ask} words=${t("Withdraw")} intent="WithdrawOffer" preset=${preset} change=${without} fields=${[field("reason", "text", t("Why"))]} /></div>`;
}

/** @param {{mission: string}} props */
function Stakes({ mission }) {
  const stakes = useRead("stakes", { mission }).value || [];
  const who = field("member", "member", t("Who"), { required: true });
  return html`<section class="part"><div class="head"><h2>${t("Stakes, and who is held back")}</h2><div class="acts">
      <${Ask} words=${t("A personal stake")} intent="DeclareStake" preset=${{ mission }} fields=${[who, field("stake", "text", t("Stake"), { required: true, hint: t("his teammate") }), field("speaks_for", "text", t("What speaks for sending them")), field("speaks_against", "text", t("What speaks against it"))]} />
      <${Ask} words=${t("Hold somebody back")} intent="HoldBack" preset=${{ mission }} fields=${[who, field("reason", "words", t("Why"), { required: true })]} /></div></div>
    ${stakes.length ? html`<${Table} rows=${stakes} id=${(/** @type {any} */ one) => one.member} columns=${[[t("Who"), (/** @type {any} */ one) => one.member_name], [t("Stake"), (/** @type {any} */ one) => one.stake],
      [t("Speaks for it"), (/** @type {any} */ one) => one.speaks_for], [t("Speaks against it"), (/** @type {any} */ one) => one.speaks_against],
      [t("Held back"), (/** @type {any} */ one) => (one.held_back ? html`<div><${Sign} kind="bad">${t("held back")}<//> ${one.held_back} <${Ask} words=${t("Lift")} title=${t("They can be asked again")} label=${t("Lift it")} intent="HoldBack" preset=${{ mission, member: one.member, lifted: true }} fields=${[field("reason", "text", t("Why"), { required: true })]} /></div>` : "")]]} />`
    : html`<p class="empty">${t("No personal stakes, and nobody is held back.")}</p>`}</section>`;
}

/** @param {{mission: string}} props */
function ReadIns({ mission }) {
  const rows = useRead("read_ins", { mission }).value || [];
  return html`<section class="part"><div class="head"><h2>${t("Who knows of it")}</h2><${Ask} words=${t("Read somebody in")} intent="ReadInMember" preset=${{ mission }} fields=${[field("member", "member", t("Who"), { required: true }), field("reason", "text", t("Why"))]} /></div>
    <${Table} rows=${rows} id=${(/** @type {any} */ one) => one.member} rowClass=${(/** @type {any} */ one) => (one.ended ? "gone" : "")} columns=${[[t("Who"), (/** @type {any} */ one) => one.member_name], [t("On what basis"), (/** @type {any} */ one) => one.basis],
      [t("By"), (/** @type {any} */ one) => one.by_name], [t("Since"), (/** @type {any} */ one) => moment(one.since)],
      ["", (/** @type {any} */ one) => (one.ended ? t("until {time}", { time: moment(one.ended) }) : html`<${Ask} words=${t("Read out")} intent="ReadOutMember" preset=${{ mission, member: one.member }} fields=${[field("reason", "text", t("Why"), { required: true })]}>
        <p>${t("They see no more of it. That they know of it stays on record.")}</p><//>`)]]} /></section>`;
}

/** Doubts, clashes, walk-ins: what stands beside the offers. @param {{mission: string}} props */
function Notes({ mission }) {
  const rows = (useRead("notes", { mission }).value || []).filter((/** @type {any} */ one) => ["doubt", "clash", "walk-in", "deferred"].includes(one.what));
  return html`<section class="part"><div class="head"><h2>${t("Doubts and clashes")}</h2><${Ask} words=${t("Note a doubt")} intent="VoiceDoubt" preset=${{ mission }} fields=${[field("member", "member", t("Whose"), { required: true, start: here.value.viewer }), field("words", "words", t("In their words"), { required: true })]} /></div>
    ${rows.length ? html`<ul class="plain">${rows.map((/** @type {any} */ one) => html`<li key=${`${one.at.ms}${one.what}`}><time>${moment(one.at)}</time> <${Sign} kind=${one.what === "clash" ? "bad" : "quiet"}>${one.what}<//> <b dir="auto">${one.member_name}</b> <span dir="auto">${one.words}</span></li>`)}</ul>`
    : html`<p class="empty">${t("None.")}</p>`}</section>`;
}
