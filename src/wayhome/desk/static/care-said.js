// What care is spoken in: its words, the numbers to call, who reads, and somebody who is not safe.
import { here } from "./app.js";
import { Ask, field, Tap } from "./deed.js";
import { careAct, careTap, screen } from "./care-api.js";
import { said } from "./members.js";
import { html, Sign } from "./ui.js";
import { date, moment, t } from "./words.js";

/** @typedef {Record<string, () => string>} Words */

/** @type {Words} */
export const SLEEP = { well: () => t("Well enough"), badly: () => t("Badly"), hardly: () => t("Hardly at all") };
/** @type {Words} */
export const COLOURS = {
  green: () => t("Green: I am all right"), yellow: () => t("Yellow: it is hard, and I manage"), orange: () => t("Orange: it is too much, and I would like company"),
  red: () => t("Red: I cannot carry this by myself"),
};
/** @type {Words} */
export const NEEDS = {
  company: () => t("Company"), "time off": () => t("Time off"), visit: () => t("A visit"), money: () => t("Help with money"), family: () => t("Help for my family"),
  professional: () => t("Somebody who does this for a living"), nothing: () => t("Nothing just now"),
};
/** @type {Words} */
export const STAGES = {
  observe: () => t("coming along to watch"), base: () => t("at base"), "short with partner": () => t("short tasks with a partner"), full: () => t("full duty"),
  "other role": () => t("another role"), "stays off": () => t("off duty"),
};
/** @type {Words} */
export const WAYS = {
  "in person": () => t("in person"), call: () => t("by phone"), message: () => t("by message"), visit: () => t("a visit"), walk: () => t("a walk"), meal: () => t("a meal"),
};
/** @type {Record<string, [string, () => string]>} */
const STATES = {
  offered: ["wait", () => t("offered")], accepted: ["good", () => t("accepted")], later: ["wait", () => t("later")], no: ["quiet", () => t("not wanted now")], closed: ["quiet", () => t("closed")],
};
/** @type {Record<string, [string, () => string]>} */
const CONTACTS = {
  ahead: ["quiet", () => t("ahead")], due: ["wait", () => t("due")], today: ["wait", () => t("today")], late: ["bad", () => t("late")], missed: ["bad", () => t("missed")], made: ["good", () => t("took place")],
};
/** @type {Record<string, [string, () => string]>} */
const LIMITS = {
  proposed: ["wait", () => t("proposed")], agreed: ["good", () => t("agreed")], refused: ["quiet", () => t("not agreed")], asks: ["wait", () => t("past its day: it holds until somebody decides")], ended: ["quiet", () => t("ended")],
};

/** Choices of a table, for a form. @param {Words} table @returns {[string, string][]} */
export const choices = (table) => Object.entries(table).map(([value, words]) => [value, words()]);

/** @param {{table: Record<string, [string, () => string]>, state: string}} props */
function State({ table, state }) {
  const [kind, words] = table[state] || ["quiet", () => state];
  return html`<${Sign} kind=${kind}>${words()}<//>`;
}

/** @param {{of: any}} props */
export const CaseState = ({ of }) => html`<${State} table=${STATES} state=${of.state} />`;

// Whom to call

const CALLED = /^[+*#\d][\d\s()*#/.-]*$/;

/** Whom to call at once; needs no link. */
export function Numbers() {
  const numbers = screen.value?.numbers || [];
  if (!numbers.length) return html`<p class="numbers"><b>${t("Call the emergency number of the place you are in, or go to whoever is nearest.")}</b></p>`;
  return html`<ul class="numbers">${numbers.map((/** @type {{words: string, number: string, source: string}} */ { words, number, source }) => html`<li>
    ${CALLED.test(number) ? html`<a class="call" href=${`tel:${number.replace(/[^+*#\d]/g, "").replaceAll("#", "%23")}`}><span dir="auto">${words}</span> <b dir="ltr">${number}</b></a>` : html`<b class="call"><span dir="auto">${words}</span> <span dir="auto">${number}</span></b>`}
    ${source ? html`<small class="aside" dir="auto">${source}</small>` : null}</li>`)}</ul>`;
}

/** Who will read what is said, and what the law makes of it: before the first word. @param {{readers?: string[]}} props */
export function WhoReads({ readers }) {
  const shown = screen.value;
  const others = (readers?.length ? readers : shown?.readers || []).filter((/** @type {string} */ one) => one !== here.value.name);
  return html`<div class="who-reads"><p>${t("Who reads this:")} <b dir="auto">${others.length ? [t("you"), ...others].join(", ") : t("you, and whoever comes to look after you")}</b>. ${t("The desk of care knows that you are looked after, and when you are not safe; never what you said. Command sees nothing, nor does whoever runs the server.")}</p>
    ${shown ? html`<p class="aside" dir="auto">${shown.law_words}</p>${shown.profile_words ? html`<details><summary class="aside">${t("What this rests on")}</summary><p class="aside" dir="auto">${shown.profile_words}</p></details>` : null}`
      : html`<p class="aside">${t("What the law makes of it is not known on this device yet: say nothing here that must stay secret before a court.")}</p>`}</div>`;
}

// Somebody is not safe

/** Who has it, who was sought, who said it is over. @param {{flag: any}} props */
function Sought({ flag }) {
  return html`${flag.sought.length ? html`<p>${t("Told so far:")} ${flag.sought.map((/** @type {[string, any]} */ [who, at], /** @type {number} */ number) => html`${number ? ", " : ""}<span dir="auto">${who}</span> ${moment(at)}`)}</p>` : null}
    ${flag.closed_by.length ? html`<p>${t("Says that it is over:")} <b dir="auto">${flag.closed_by.join(", ")}</b>. ${t("A second person has to say so as well; one of the two is not the member.")}</p>` : null}`;
}

export const Stay = () => html`<p>${t("If you can, go where somebody else is, and stay there.")}</p>`;

/** For the one who is not safe: until a human being has it, nobody has. @param {{flag: any}} props */
export function MyFlag({ flag }) {
  return html`<section class="slip not-safe" aria-live="assertive">
    ${flag.owner ? html`<h2 dir="auto">${t("{name} has it", { name: flag.owner_name })}</h2><p>${t("They are with you or on the way. You can call all the same:")}</p>`
      : html`<h2>${flag.sought.length ? t("Nobody has answered yet: call") : t("Nobody has been told yet: call")}</h2><p>${t("Somebody is sought for you since {time}. Do not wait for it:", { time: moment(flag.at) })}</p>`}
    <${Numbers} /><${Stay} /><${Sought} flag=${flag} />
    <p>${t("It stays open until two people say that it is over, of whom one is not you.")}</p>
    ${flag.owner ? html`<${Tap} by=${careTap} intent="CloseFlag" fields=${{ flag: flag.flag }} words=${t("I am safe again")} kind="thumb" said=${t("Said. Somebody else has to say so as well.")} />` : null}</section>`;
}

/** For those who look after somebody: whose it is, with one tap to take it. @param {{flag: any, me: string}} props */
export function TheirFlag({ flag, me }) {
  const mine = flag.owner === me;
  return html`<article class=${`slip ${flag.owner ? "urgent" : "not-safe"}`}><h3><span dir="auto">${flag.member_name}</span> <${Sign} kind="bad">${t("not safe")}<//></h3>
    <p>${t("Said at {time}.", { time: moment(flag.at) })} ${flag.owner ? html`<b dir="auto">${mine ? t("You have it.") : t("{name} has it.", { name: flag.owner_name })}</b>` : html`<b>${t("Nobody has it yet.")}</b>`}</p>
    <${Sought} flag=${flag} /><${Numbers} />
    <div class="thumbs">${mine ? null : html`<${Tap} by=${careTap} intent="OwnFlag" fields=${{ flag: flag.flag }} words=${flag.owner ? t("I have it now") : t("I have it")} kind="main" said=${t("It is yours. Go, or call.")} />`}
      ${flag.owner ? html`<${Tap} by=${careTap} intent="CloseFlag" fields=${{ flag: flag.flag }} words=${t("It is over")} said=${t("Said. Somebody else has to say so as well.")} />` : null}</div></article>`;
}

// What both sides see of a case

/** @param {{contacts: any[]}} props */
export function Contacts({ contacts }) {
  if (!contacts.length) return html`<p class="empty">${t("None agreed yet.")}</p>`;
  return html`<ul class="plain contacts">${contacts.map((one) => html`<li key=${one.id}><time datetime=${one.day}>${date(one.day)}</time> <span dir="auto">${one.name}</span> <${State} table=${CONTACTS} state=${one.state} />
    ${one.by_way_of ? html` <small class="aside">${said(WAYS, one.by_way_of)}</small>` : null}${one.words ? html`<blockquote dir="auto">${one.words}</blockquote>` : null}</li>`)}</ul>`;
}

/** What was tapped; what was left out is left out, and is never shown as a no. @param {{check: any}} props */
export function CheckIn({ check }) {
  const answers = [
    [t("Safe"), check.safe === null ? null : check.safe ? t("yes") : t("no")], [t("Sleep"), check.sleep && said(SLEEP, check.sleep)],
    [t("Colour"), check.colour && said(COLOURS, check.colour)], [t("Needs"), check.need && said(NEEDS, check.need)],
  ];
  return html`<article class="check"><p><b>${moment(check.at)}</b>${check.by_name ? html` <small class="aside" dir="auto">${check.by_name}</small>` : null}</p>
    <dl>${answers.map(([what, answer]) => html`<div><dt>${what}</dt><dd>${answer ?? html`<span class="aside">${t("not answered")}</span>`}</dd></div>`)}</dl>
    ${check.words ? html`<blockquote dir="auto">${check.words}</blockquote>` : null}</article>`;
}

/** @param {{limit: any}} props */
export const LimitWords = ({ limit }) => html`<span dir="auto">${limit.words}</span>${limit.partner_name ? html`, ${t("with")} <b dir="auto">${limit.partner_name}</b>` : null}, ${t("until {day}", { day: date(limit.until) })} <${State} table=${LIMITS} state=${limit.state} />`;

/** @param {{stage: any}} props */
export function StageWords({ stage }) {
  return html`${stage.stage ? html`<b>${said(STAGES, stage.stage)}</b>${stage.partner_name ? html`, ${t("with")} <b dir="auto">${stage.partner_name}</b>` : null} <small class="aside">${t("since {time}", { time: moment(stage.since) })}${stage.review ? html`, ${t("looked at again on {day}", { day: date(stage.review) })}` : null}</small>` : stage.proposed ? null : t("Nothing is set.")}
    ${stage.proposed ? html`<span>${t("Proposed:")} <b>${said(STAGES, stage.proposed)}</b>${stage.proposed_partner_name ? html`, ${t("with")} <b dir="auto">${stage.proposed_partner_name}</b>` : null}</span>` : null}`;
}

/** @param {{watch: any}} props */
export function WatchWords({ watch }) {
  return html`<b dir="auto">${watch.watcher_name}</b>: <span dir="auto">${watch.over}</span>, ${t("every {hours} h", { hours: watch.every_hours })}${" "}
    <${Sign} kind=${watch.ended ? "quiet" : watch.silent_since ? "bad" : "good"}>${watch.ended ? t("ended") : watch.silent_since ? t("nothing heard since {time}", { time: moment(watch.silent_since) }) : t("heard of")}<//>
    ${watch.danger ? html`<p>${t("Without consent, because of a danger to life:")} <span dir="auto">${watch.danger}</span></p>` : null}
    ${watch.last ? html`<p class="aside">${moment(watch.last)} <span dir="auto">${watch.last_words || t("no change")}</span></p>` : null}`;
}

/** @param {{watch: string}} props */
export const ReportWatch = ({ watch }) => html`<${Ask} words=${t("Report…")} title=${t("Report")} label=${t("Report it")} intent="ReportWatch" by=${careAct} preset=${{ watch }} said=${t("Noted.")} fields=${() => [field("change", "bool", t("Something changed")), field("words", "text", t("In words"))]} />`;
