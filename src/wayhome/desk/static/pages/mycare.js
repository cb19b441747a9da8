// One's own care: who reads it, the check-in, whoever looks after one, what is agreed, and the way out of it.
import { here } from "../app.js";
import { Cared, careAct, careTap, mindScreen, Unlock, useCare } from "../care-api.js";
import { CaseState, CheckIn, choices, Contacts, LimitWords, MyFlag, Numbers, STAGES, StageWords, WatchWords } from "../care-said.js";
import { Ask, field, Tap } from "../deed.js";
import { today } from "../members.js";
import { html, Sign, useEffect } from "../ui.js";
import { plusDays } from "../when.js";
import { date, moment, t } from "../words.js";
import { CheckInForm, Heard, onItsWay, OnItsWayOut } from "./checkin.js";
import { Mine } from "./mine.js";
import { Leaving, MyWords } from "./mycare-mine.js";

export default function MyCare() {
  const held = useCare("my_care");
  useEffect(() => { mindScreen(); }, []);
  const mine = held.value || null;
  const flags = (mine?.flags || []).filter((/** @type {any} */ one) => !one.closed);
  return html`<${Mine} at="care"><div class="care">
    ${flags.map((/** @type {any} */ flag) => html`<${MyFlag} key=${flag.flag} flag=${flag} />`)}
    <${Heard} /><${OnItsWayOut} about=${null} flags=${flags} />
    <${Unlock} />
    ${here.value?.overheard ? html`<p class="kept">${t("This link is not encrypted: what is said in care is neither shown nor sent here.")}</p>` : html`<${CheckInForm} about=${null} readers=${mine?.readers} flagged=${flags.length > 0 || onItsWay(null)} />`}
    ${flags.length || onItsWay(null) ? null : html`<section class="slip"><h2>${t("Somebody to call, at any hour")}</h2><${Numbers} /></section>`}
    <${Cared} of=${held}>${(/** @type {any} */ one) => (one ? html`<${Case} of=${one} />` : html`<${NoCase} />`)}<//>
    <${MyWords} /><${Leaving} has=${!!mine} />
    <p><a href="/care">${t("People I look after")}</a></p></div><//>`;
}

function NoCase() {
  return html`<section class="slip"><h2>${t("Somebody to talk to")}</h2><p>${t("Nobody looks after you just now. You can ask at any time, for any reason or none; command is not told.")}</p>
    <${Tap} by=${careTap} intent="AskForCare" fields=${{}} words=${t("I want somebody to talk to")} kind="thumb main" said=${t("Asked. Somebody is sought for you.")} /></section>`;
}

/** @param {{of: any}} props */
function Case({ of }) {
  return html`<${Offer} of=${of} /><${Agreed} of=${of} /><${Written} of=${of} /><${Readers} of=${of} />`;
}

/** What is offered, and the member's answer: it can be another one at any time. @param {{of: any}} props */
function Offer({ of }) {
  const next = of.contacts.find((/** @type {any} */ one) => ["due", "today", "late", "ahead"].includes(one.state));
  const answer = (/** @type {string} */ word) => ({ answer: word, case: of.case });
  const open = of.state === "offered" || of.state === "later";
  return html`<section class="slip"><h2>${t("Somebody to talk to")} <${CaseState} of=${of} /></h2>
    ${of.reasons.length ? html`<p>${t("Because of what happened, never because of how you seem:")} <span dir="auto">${of.reasons.join(", ")}</span></p>` : null}
    <p>${of.supporter_name ? html`${t("There for you:")} <b dir="auto">${of.supporter_name}</b>${of.co_supporter_name ? html`, <b dir="auto">${of.co_supporter_name}</b>` : null}.` : t("Somebody is being sought for you.")}
      ${next && of.state !== "no" ? html` ${t("Next:")} <b>${date(next.day)}</b> <span dir="auto">${next.name}</span>.` : null}</p>
    ${of.someone_else ? html`<p class="pending" role="status">${t("You asked for somebody else; one is being sought.")}</p>` : null}
    <div class="thumbs">${open ? html`<${Tap} by=${careTap} intent="AnswerCare" fields=${answer("accept")} words=${t("Yes, I'd like that")} kind="main" said=${t("Good. They will be in touch.")} />
      <${Ask} words=${t("Later…")} label=${t("Ask me then")} intent="AnswerCare" by=${careAct} preset=${answer("later")} fields=${[field("until", "date", t("From which day"), { start: plusDays(today(), 7), required: true })]} />` : null}
      ${open || of.state === "accepted" ? html`<${Tap} by=${careTap} intent="AnswerCare" fields=${answer("no")} words=${t("No")} said=${t("Noted; nobody in command learns of it. You are asked again once, quietly, after three weeks and after three months.")} />` : null}
      ${of.state === "no" || of.state === "closed" ? html`<${Tap} by=${careTap} intent="AskForCare" fields=${{}} words=${t("I want somebody to talk to")} kind="main broad" said=${t("Asked. Somebody is sought for you.")} />` : null}
      <${Ask} words=${t("Somebody else…")} title=${t("Somebody else")} label=${t("Find me somebody else")} intent="AskForSomeoneElse" by=${careAct} preset=${{ case: of.case }} said=${t("Noted. No reason is asked, and nobody is told why.")}
        fields=${() => [field("wish", "member", t("Whom you would like")), field("never", "member", t("Whom you will not have"))]} /></div>
    ${of.state === "accepted" ? html`<${Pace} of=${of} />` : null}</section>`;
}

/** @type {[string, () => string][]} */
const PACES = [["less", () => t("Less often")], ["as proposed", () => t("As it is proposed")], ["more", () => t("More often")]];

/** @param {{of: any}} props */
function Pace({ of }) {
  return html`<h3>${t("How often")}</h3><div class="thumbs three">${PACES.map(([pace, words]) => html`<${Tap} by=${careTap} intent="SetPace" fields=${{ pace, case: of.case }} words=${html`${of.pace === pace ? "✓ " : ""}${words()}`} said=${t("As you wish.")} />`)}</div>
    <${Ask} words=${t("Agree on a day…")} label=${t("Agree on it")} intent="AgreeContact" by=${careAct} preset=${{ case: of.case }} fields=${() => [field("day", "date", t("Day"), { required: true, start: plusDays(today(), 7) })]} />`;
}

/** What was agreed and what waits for the member's word: nothing leaves care without it. @param {{of: any}} props */
function Agreed({ of }) {
  const asked = of.limits.filter((/** @type {any} */ one) => one.state === "proposed" || one.state === "asks");
  const standing = of.limits.filter((/** @type {any} */ one) => one.state === "agreed");
  const watches = of.watches.filter((/** @type {any} */ one) => !one.ended);
  return html`<section class="slip"><h2>${t("What is planned and agreed")}</h2><${Contacts} contacts=${of.contacts} />
    <h3>${t("Back to duty")}</h3><p>${of.stage ? html`<${StageWords} stage=${of.stage} />` : t("Nothing is set.")}</p>
    ${of.stage?.proposed ? html`<div class="thumbs"><${Tap} by=${careTap} intent="SetStage" fields=${{ stage: of.stage.proposed, case: of.case, ...(of.stage.proposed_partner ? { partner: of.stage.proposed_partner } : {}) }} words=${t("Yes, so be it")} kind="main" said=${t("So it is.")} /></div>` : null}
    <${Ask} words=${t("Another step, or one back…")} title=${t("Back to duty")} label=${t("So be it")} intent="SetStage" by=${careAct} preset=${{ case: of.case }} said=${t("Noted.")}
      fields=${() => [field("stage", "choice", t("From now on"), { of: choices(STAGES), required: true, buttons: true }), field("partner", "member", t("With a partner")), field("until", "date", t("Look at it again on"))]}>
      <p>${t("A step back needs no reason, and no step forward goes by itself or against your will.")}</p><//>
    ${[...asked, ...standing].map((/** @type {any} */ limit) => html`<article key=${limit.limit} class="asks"><h3>${t("A limit to your duty")}</h3><p><${LimitWords} limit=${limit} /></p>
      <p class="aside">${t("Whoever sends people out sees these words and the day, and nothing else.")}</p>
      <div class="thumbs">${limit.state === "agreed" ? null : html`<${Tap} by=${careTap} intent="AgreeLimit" fields=${{ limit: limit.limit }} words=${limit.state === "asks" ? t("Keep it") : t("Agree")} kind="main" said=${t("It holds from now on.")} />`}
        <${Tap} by=${careTap} intent="AgreeLimit" fields=${{ limit: limit.limit, agreed: false }} words=${limit.state === "proposed" ? t("No") : t("End it")} said=${t("Noted.")} /></div></article>`)}
    ${of.promises.map((/** @type {any} */ one) => html`<article key=${one.promise} class="asks"><h3>${t("A promise")}</h3><p><span dir="auto">${one.words}</span>${one.owner_name ? html` (${t("to be asked of")} <b dir="auto">${one.owner_name}</b>)` : null}</p>
      ${one.passed_on ? html`<p><${Sign} kind="good">${t("passed on")}<//></p>` : html`<${Ask} words=${t("Let it be asked…")} title=${t("Let it be asked")} label=${t("Pass it on in these words")} intent="PassPromiseOn" by=${careAct} preset=${{ promise: one.promise }} said=${t("It is before its owner.")}
        fields=${() => [field("words", "words", t("In these words"), { start: one.words, required: true })]}><p>${t("{name} reads these words and your name, and nothing else.", { name: one.owner_name })}</p><//>`}</article>`)}
    ${watches.map((/** @type {any} */ watch) => html`<article key=${watch.watch} class="asks"><h3>${t("Somebody keeps an eye on you")}</h3><div><${WatchWords} watch=${watch} /></div>
      <div class="thumbs">${watch.agreed ? null : html`<${Tap} by=${careTap} intent="AgreeWatch" fields=${{ watch: watch.watch }} words=${t("Agree")} kind="main" said=${t("Noted.")} />`}
        <${Tap} by=${careTap} intent="AgreeWatch" fields=${{ watch: watch.watch, agreed: false }} words=${watch.agreed ? t("End it") : t("No")} said=${t("Noted.")} /></div></article>`)}</section>`;
}

/** @param {{of: any}} props */
function Written({ of }) {
  const nothing = !of.check_ins.length && !of.signs.length && !of.refusals.length;
  return html`<section class="slip"><h2>${t("What is written")}</h2>${nothing ? html`<p class="empty">${t("Nothing yet.")}</p>` : null}
    ${[...of.check_ins].reverse().slice(0, 3).map((/** @type {any} */ check) => html`<${CheckIn} key=${check.at.ms} check=${check} />`)}
    ${of.check_ins.length > 3 ? html`<details><summary>${t("Earlier ones")}</summary>${[...of.check_ins].reverse().slice(3).map((/** @type {any} */ check) => html`<${CheckIn} key=${check.at.ms} check=${check} />`)}</details>` : null}
    ${of.signs.length ? html`<h3>${t("What others saw")}</h3><ul class="plain">${of.signs.map((/** @type {any} */ one) => html`<li><small class="aside">${moment(one.at)}</small> <span dir="auto">${one.words}</span> <small class="aside" dir="auto">${one.by_name}</small>${one.head ? html`<br />${t("Perhaps a head injury; passed on to")} <b dir="auto">${one.medic_name}</b>` : null}</li>`)}</ul>` : null}
    ${of.refusals.length ? html`<h3>${t("Not wanted")}</h3><ul class="plain">${of.refusals.map((/** @type {[any, string]} */ [at, what]) => html`<li><small class="aside">${moment(at)}</small> ${what}</li>`)}</ul>` : null}</section>`;
}

/** @param {{of: any}} props */
function Readers({ of }) {
  return html`<section class="slip"><h2>${t("Who reads, and who did")}</h2><p>${t("Can read it now:")} <b dir="auto">${of.readers.join(", ") || t("you alone")}</b></p>
    ${of.read_by.length ? html`<ul class="plain">${of.read_by.map((/** @type {[string, any]} */ [who, at]) => html`<li><span dir="auto">${who}</span> <small class="aside">${moment(at)}</small></li>`)}</ul>` : html`<p class="empty">${t("Nobody but you has opened it.")}</p>`}
    <p>${of.ticks ? t("Command may see the days on which you were in touch, and nothing of what was said.") : t("Command does not see whether you are in touch with anybody.")}</p>
    <${Tap} by=${careTap} intent="AllowTicks" fields=${{ ticks: !of.ticks, case: of.case }} words=${of.ticks ? t("Do not show the days any more") : t("Let command see the days")} kind="thumb" said=${t("Noted.")} /></section>`;
}
