// One member whom I look after: what is due, what they said, what was seen, the way back, and what was promised.
import { here } from "../app.js";
import { Cared, careAct, careTap, mindScreen, Unlock, useCare } from "../care-api.js";
import { CaseState, CheckIn, choices, Contacts, LimitWords, ReportWatch, STAGES, StageWords, TheirFlag, WAYS, WatchWords } from "../care-said.js";
import { Ask, field, Tap } from "../deed.js";
import { today } from "../members.js";
import { useRead } from "../store.js";
import { html, Sign, useEffect } from "../ui.js";
import { plusDays } from "../when.js";
import { moment, t } from "../words.js";
import { CheckInForm, Heard, OnItsWayOut } from "./checkin.js";
import { Sure } from "./sure.js";

/** @param {{about: string}} props */
export default function OneCase({ about }) {
  const held = useCare("care_case", { case: about });
  useEffect(() => { mindScreen(); document.title = t("Looking after others"); }, []);
  return html`<div class="care"><p class="back"><a href="/care">${t("Looking after others")}</a></p><${Unlock} />
    ${here.value?.overheard ? html`<p class="kept">${t("This link is not encrypted: what is said in care is neither shown nor sent here.")}</p>` : null}
    <${Cared} of=${held}>${(/** @type {any} */ one) => html`<${Page} of=${one} />`}<//></div>`;
}

/** @param {{of: any}} props */
function Page({ of }) {
  const me = here.value.viewer;
  const flags = of.flags.filter((/** @type {any} */ one) => !one.closed);
  return html`<header class="member"><h1><a href=${`/people/${of.member}`} dir="auto">${of.member_name}</a></h1><${CaseState} of=${of} />
      ${of.supporter_name ? html`<span>${t("with")} <b dir="auto">${of.supporter_name}</b>${of.co_supporter_name ? html`, <b dir="auto">${of.co_supporter_name}</b>` : null}</span>` : html`<${Sign} kind="bad">${t("nobody has it")}<//>`}</header>
    ${flags.map((/** @type {any} */ flag) => html`<${TheirFlag} key=${flag.flag} flag=${flag} me=${me} />`)}<${Heard} /><${OnItsWayOut} about=${of.case} flags=${flags} />
    <p class="aside"><span dir="auto">${of.law}</span> ${t("They see that you opened this page, and when.")}</p>
    ${of.reasons.length ? html`<p>${t("Because of:")} <span dir="auto">${of.reasons.join(", ")}</span></p>` : null}
    <${Contact} of=${of} /><${Said} of=${of} /><${Seen} of=${of} /><${Back} of=${of} /><${Promises} of=${of} /><${Watches} of=${of} me=${me} /><${Us} of=${of} me=${me} />`;
}

/** @param {{of: any}} props */
function Contact({ of }) {
  return html`<section class="slip"><h2>${t("In touch")}</h2><${Contacts} contacts=${of.contacts} />
    <div class="thumbs"><${Ask} words=${t("We were in touch…")} title=${t("We were in touch")} label=${t("Note it")} kind="main" intent="NoteContact" by=${careAct} preset=${{ case: of.case }} said=${t("Noted.")}
      fields=${() => [field("by_way_of", "choice", t("How"), { of: choices(WAYS), start: "in person", required: true }), field("minutes", "number", t("How long, as hours of your duty"), { unit: t("min"), least: 0, most: 1440 }), field("next_day", "date", t("Next time"), { start: plusDays(today(), 7) }),
        ...(of.no_record ? [] : [field("words", "words", t("What you both want kept"))])]}>
      ${of.no_record ? html`<p>${t("Here nothing is kept but that you were in touch, and when next.")}</p>` : null}<//>
    <${Ask} words=${t("Agree on a day…")} label=${t("Agree on it")} intent="AgreeContact" by=${careAct} preset=${{ case: of.case }} said=${t("Noted.")} fields=${() => [field("day", "date", t("Day"), { required: true, start: plusDays(today(), 7) }), field("by_way_of", "choice", t("How"), { of: choices(WAYS), start: "in person", required: true })]} /></div></section>`;
}

/** @param {{of: any}} props */
function Said({ of }) {
  const latest = [...of.check_ins].reverse();
  return html`<section class="slip"><h2>${t("What they say")}</h2>${latest.length ? latest.slice(0, 3).map((check) => html`<${CheckIn} key=${check.at.ms} check=${check} />`) : html`<p class="empty">${t("Nothing yet.")}</p>`}
    ${latest.length > 3 ? html`<details><summary>${t("Earlier ones")}</summary>${latest.slice(3).map((check) => html`<${CheckIn} key=${check.at.ms} check=${check} />`)}</details>` : null}
    ${of.refusals.length ? html`<h3>${t("Not wanted")}</h3><ul class="plain">${of.refusals.map((/** @type {[any, string]} */ [at, what]) => html`<li><small class="aside">${moment(at)}</small> ${what}</li>`)}</ul>` : null}
    <details><summary>${t("Check in together")}</summary><${CheckInForm} about=${of.case} readers=${of.readers} flagged=${of.flags.some((/** @type {any} */ one) => !one.closed)} /></details>
    <${Ask} words=${t("They do not want…")} title=${t("They do not want it")} label=${t("Note it")} intent="RecordRefusal" by=${careAct} preset=${{ case: of.case }} said=${t("Noted as that, no more.")} fields=${() => [field("what", "choice", t("What"), { of: [["treatment", t("treatment")], ["counselling", t("counselling")], ["contact", t("contact")]], required: true })]} /></section>`;
}

/** @param {{of: any}} props */
function Seen({ of }) {
  const medics = (useRead("roster").value || []).filter((/** @type {any} */ one) => one.duties.includes("medic") && one.member !== of.member).map((/** @type {any} */ one) => [one.member, one.member_name]);
  return html`<section class="slip"><h2>${t("What was seen")}</h2><p class="aside">${t("Apart from what they say, and without a judgement.")}</p>
    ${of.signs.length ? html`<ul class="plain">${of.signs.map((/** @type {any} */ one) => html`<li><small class="aside">${moment(one.at)}</small> <span dir="auto">${one.words}</span> <small class="aside" dir="auto">${one.by_name}</small>${one.head ? html` <${Sign} kind="wait">${t("head: to {name}", { name: one.medic_name })}<//>` : null}</li>`)}</ul>` : html`<p class="empty">${t("Nothing yet.")}</p>`}
    <${Ask} words=${t("I saw something…")} title=${t("What was seen")} label=${t("Note it")} intent="NoteSigns" by=${careAct} preset=${{ case: of.case }} said=${t("Noted.")}
      fields=${() => [field("words", "words", t("What you saw"), { required: true, hint: t("pale; dried blood near the hairline") }), field("head", "bool", t("Perhaps a head injury: a medic must look at it")), field("medic", "member", t("Which medic"), { of: medics })]} /></section>`;
}

/** @param {{of: any}} props */
function Back({ of }) {
  return html`<section class="slip"><h2>${t("Back to duty")}</h2><p class="aside">${t("You propose, they agree. Whether somebody is fit is never yours to judge.")}</p>
    <p>${of.stage ? html`<${StageWords} stage=${of.stage} />` : t("Nothing is set.")}</p>
    ${of.limits.length ? html`<ul class="plain">${of.limits.map((/** @type {any} */ limit) => html`<li key=${limit.limit}><${LimitWords} limit=${limit} /></li>`)}</ul>` : null}
    <div class="thumbs"><${Ask} words=${t("Propose a step…")} title=${t("Back to duty")} label=${t("Put it before them")} intent="SetStage" by=${careAct} preset=${{ case: of.case }} said=${t("It waits for their word.")}
      fields=${() => [field("stage", "choice", t("From now on"), { of: choices(STAGES), required: true, buttons: true }), field("partner", "member", t("With a partner")), field("until", "date", t("Look at it again on"), { start: plusDays(today(), 14) })]} />
    <${Ask} words=${t("Propose a limit…")} title=${t("A limit to their duty")} label=${t("Put it before them")} intent="ProposeLimit" by=${careAct} preset=${{ case: of.case }} said=${t("It waits for their word.")}
      fields=${() => [field("words", "text", t("In the words that command gets"), { required: true, hint: t("only with a named partner") }), field("until", "date", t("Until"), { required: true, start: plusDays(today(), 30) }), field("partner", "member", t("With a partner")), field("clinician", "member", t("Set together with (a clinician)"))]}>
      <p>${t("Once they agree, tasking holds to it. Nothing of why leaves this page.")}</p><//></div></section>`;
}

/** @param {{of: any}} props */
function Promises({ of }) {
  return html`<section class="slip"><h2>${t("Promises")}</h2>${of.promises.length ? html`<ul class="plain">${of.promises.map((/** @type {any} */ one) => html`<li key=${one.promise}><span dir="auto">${one.words}</span>${one.owner_name ? html` (<span dir="auto">${one.owner_name}</span>)` : null} <${Sign} kind=${one.passed_on ? "good" : "wait"}>${one.passed_on ? t("passed on") : t("waits for their word")}<//></li>`)}</ul>` : html`<p class="empty">${t("What you say you could do stands here, so that it is not forgotten.")}</p>`}
    <${Ask} words=${t("I said I could…")} title=${t("A promise")} label=${t("Note it")} intent="MakePromise" by=${careAct} preset=${{ case: of.case }} said=${t("Noted; it is passed on when they say so.")} fields=${() => [field("words", "text", t("What"), { required: true, hint: t("ask her to send us out together") }), field("owner", "member", t("Who decides on it"), { required: true })]} /></section>`;
}

/** @param {{of: any, me: string}} props */
function Watches({ of, me }) {
  return html`<section class="slip"><h2>${t("A watch")}</h2>${of.watches.map((/** @type {any} */ watch) => html`<article key=${watch.watch} class="asks"><div><${WatchWords} watch=${watch} /></div>${watch.agreed ? null : html`<p class="aside">${t("They have not agreed.")}</p>`}
      ${watch.ended ? null : html`<div class="thumbs">${watch.watcher === me ? html`<${ReportWatch} watch=${watch.watch} />` : null}
        <${Tap} by=${careTap} intent="EndWatch" fields=${{ watch: watch.watch }} words=${t("End it")} said=${t("Ended.")} /></div>`}</article>`)}
    ${of.watches.length ? null : html`<p class="empty">${t("Nobody keeps an eye on them.")}</p>`}
    <${Ask} words=${t("Set a watch…")} title=${t("A watch")} label=${t("Set it")} intent="SetWatch" by=${careAct} preset=${{ case: of.case }} said=${t("Set. Silence for longer than that is told by itself.")}
      fields=${() => [field("watcher", "member", t("Who keeps an eye"), { required: true }), field("over", "text", t("On what"), { required: true, hint: t("the flat") }), field("every_hours", "number", t("Heard of at least every"), { required: true, least: 0.25, most: 168, start: 12, unit: t("hours") }), field("danger", "text", t("Without their consent only: what danger to life")), field("until", "moment", t("Until"), { start: "later" })]} /></section>`;
}

/** The two of them: closeness said, handed on, closed, opened again. @param {{of: any, me: string}} props */
function Us({ of, me }) {
  const mine = of.supporter === me || of.co_supporter === me;
  return html`<section class="slip"><h2>${t("You and them")}</h2>
    ${of.someone_else ? html`<p class="pending" role="status">${t("They asked for somebody else. It is no fault of yours, and no reason is asked.")}</p>` : null}
    ${mine ? html`<${Ask} words=${t("We are close, or have become so…")} title=${t("Closeness")} label=${t("Say so")} intent="DeclareCloseness" by=${careAct} preset=${{ case: of.case }} said=${t("Noted. Another is offered to them.")} fields=${() => [field("words", "text", t("In words"))]} />
      <${Sure} words=${t("Hand it back…")} question=${t("It stands red on the desk of care until somebody has it. Hand it back?")} yes=${t("Hand it back")} onYes=${() => careTap("LeaveCase", { case: of.case }).catch(() => {})} />` : null}
    ${of.state === "closed" ? html`<${Tap} by=${careTap} intent="ReopenCase" fields=${{ case: of.case }} words=${t("Open it again")} kind="thumb" said=${t("Open again.")} />`
      : html`<${Sure} words=${t("Close it…")} question=${t("Close it? It can be opened again at any time.")} yes=${t("Close it")} onYes=${() => careTap("CloseCase", { case: of.case }).catch(() => {})} />`}</section>`;
}
