// What waits for the viewer, with its deadline in words; and what waits on this device, or was refused.
import { Ask, field } from "../deed.js";
import { link } from "../live.js";
import { usePowers } from "../members.js";
import { drop, retry, waiting, waitingForOthers } from "../queue.js";
import { useRead } from "../store.js";
import { html, say, Shown, Sign } from "../ui.js";
import { moment, plural, t } from "../words.js";
import { Left } from "./sure.js";

/** What each kind of waiting thing is called, and whether it comes again rather than falling overdue. @type {Record<string, () => string>} */
const KINDS = {
  "an offer to answer": () => t("an offer to answer"), "an order to acknowledge": () => t("an order to acknowledge"), unanswered: () => t("nobody answered"),
  alarm: () => t("alarm"), clash: () => t("clash"), conflict: () => t("conflict"), "a petition to answer": () => t("a petition to answer"),
  "a role lost": () => t("a role lost"), routine: () => t("routine"),
  "wait or go": () => t("wait or go on"), "left behind": () => t("left behind"), "a request to answer": () => t("a request to answer"),
};
const MINE = new Set(["an offer to answer", "an order to acknowledge"]);

/** Where a waiting thing is dealt with. @param {any} one */
function whereTo(one) {
  if (MINE.has(one.what)) return "/me/offers";
  if (one.what === "wait or go") return "/me";
  if (one.what === "routine") return "/me/day";
  if (one.what === "a role lost") return `/people/${one.about}`;
  if (!one.mission) return "";
  return `/m/${one.mission}/${one.what === "unanswered" ? "offers" : "situation"}`;
}

export function Waiting() {
  const due = useRead("waiting");
  return html`<${Shown} of=${due} empty=${t("Nothing waits for you.")}>${(/** @type {any[]} */ rows) => [...rows].sort((a, b) => (a.due?.ms ?? Infinity) - (b.due?.ms ?? Infinity)).map((one) => {
    const to = whereTo(one);
    const past = one.what === "alarm" || one.what === "clash";
    return html`<article key=${`${one.what} ${one.about}`} class=${`slip ${one.what === "alarm" ? "urgent" : ""}`}><p><${Sign} kind=${one.what === "alarm" ? "bad" : "wait"}>${KINDS[one.what]?.() || one.what}<//>
      ${one.due ? html` <small>${past ? moment(one.due) : html`${moment(one.due)}, <${Left} ms=${one.due.ms} />`}</small>` : null}</p>
      <p dir="auto">${to ? html`<a href=${to}>${one.words}</a>` : one.words}</p>${one.what === "a request to answer" ? html`<${AnswerRequest} request=${one.about} />` : null}</article>`;
  })}<//>`;
}

/** @param {{request: string}} props */
function AnswerRequest({ request }) {
  return html`<${Ask} words=${t("Answer")} title=${t("Answer the request")} intent="AnswerCareRequest" preset=${{ request }} said=${t("Answered.")} change=${(/** @type {any} */ given) => ({ ...given, granted: given.granted === "yes" })}
    fields=${() => [field("granted", "choice", t("Your answer"), { of: [["yes", t("Yes")], ["no", t("No")]], required: true }), field("words", "text", t("In words"))]} />`;
}

/** For carers: who is without somebody they depend on, and whether anybody looked in. */
export function LeftBehind() {
  const { own } = usePowers();
  return own?.duties.includes("carer") ? html`<${WithoutSomebody} />` : null;
}

function WithoutSomebody() {
  const rows = useRead("left_behind").value || [];
  if (!rows.length) return null;
  return html`<section><h2>${t("Left behind")}</h2>${rows.map((/** @type {any} */ one) => html`<article key=${one.member + one.without} class="slip">
    <h3 dir="auto"><a href=${`/people/${one.member}`}>${one.member_name}</a></h3>
    <p dir="auto">${t("{name} is {status} since {when}", { name: one.without_name, status: one.status, when: moment(one.since) })} <small>(${one.bonds.join(", ")})</small></p>
    <p>${one.looked_in ? html`<${Sign} kind="good">${t("looked in")}<//> <small>${moment(one.looked_in)}, <span dir="auto">${one.by_name}</span></small>` : html`<${Sign} kind="wait">${t("nobody looked in yet")}<//>`}</p>
    <${Ask} words=${t("I looked in")} title=${t("You looked in on {name}", { name: one.member_name })} label=${t("Keep it on record")} intent="LookInOn" preset=${{ member: one.member, without: one.without }} said=${t("Kept: for those who care, and for them.")} fields=${() => [field("words", "text", t("In words"), { hint: t("had tea, comes to training tomorrow") })]} /></article>`)}</section>`;
}

/** What a deed is called, for people. @type {Record<string, () => string>} */
const DEEDS = {
  AnswerOffer: () => t("answer to an offer"), AcknowledgeBriefing: () => t("briefing read"), SignIn: () => t("I'm here"), SignOut: () => t("I've left"), Depart: () => t("departed"),
  ReportPlace: () => t("my place"), StartHome: () => t("on my way home"), ArriveHome: () => t("home"), SayAvailability: () => t("when I can come"), SetDutyStatus: () => t("duty status"),
  WriteLeaveLetter: () => t("leave letter"), SayNotMyself: () => t("not myself today"), PlanRoutine: () => t("routine"), LogLine: () => t("log line"), CheckIn: () => t("check-in"),
};

/** What was typed; of care nothing, since others look at a list. @param {any} one */
const wordsOf = (one) => (one.kind === "care" ? "" : one.kind === "entry" ? one.fields.words : one.fields.answer || one.fields.limits || one.fields.words || one.fields.status || "");

/** @param {{brief?: boolean}} props */
export function OnThisDevice({ brief = false }) {
  const all = waiting.value;
  const shown = brief ? all.filter((one) => one.refused) : all;
  if (brief && !shown.length) return null;
  return html`<section class="device"><h2>${t("On this device")}</h2>
    ${shown.length ? null : html`<p class="empty">${t("Everything was sent. What you do without a link is kept here until it goes out.")}</p>`}
    ${shown.length && link.value.state === "down" ? html`<p>${t("There is no link now. It goes out by itself, in this order.")}</p>` : null}
    ${shown.map((one) => html`<article key=${one.key} class=${`slip ${one.refused ? "urgent" : ""}`}>
      <p><${Sign} kind=${one.refused ? "bad" : "wait"}>${one.refused ? t("refused") : t("waits for a link")}<//> <b>${one.kind === "entry" ? DEEDS.LogLine() : DEEDS[one.intent || ""]?.() || one.intent}</b></p>
      ${wordsOf(one) ? html`<blockquote dir="auto">${wordsOf(one)}</blockquote>` : null}
      ${one.refused ? html`<p class="complaint" role="alert" dir="auto">${one.refused}</p><div class="thumbs"><button class="thumb" onClick=${() => retry(one)}>${t("Send it again")}</button>
        <button class="thumb danger" onClick=${async () => { await drop(one); say(t("Let go.")); }}>${t("Let it go")}</button></div>` : null}</article>`)}
    ${waitingForOthers.value.length ? html`<p class="aside">${plural(waitingForOthers.value.length, "{count} entry of somebody else waits until they sign in here again.", "{count} entries of others wait until they sign in here again.")}</p>` : null}
  </section>`;
}
