// The desk of care, for admitted carers: who is not safe, who has nobody, what somebody worries about. Never what was said.
import { here } from "../app.js";
import { Cared, careAct, careTap, useCare } from "../care-api.js";
import { TheirFlag } from "../care-said.js";
import { Ask, field, Tap } from "../deed.js";
import { html, Sign, useSignal } from "../ui.js";
import { moment, t } from "../words.js";

export default function CareDesk() {
  const held = useCare("care_desk");
  const rows = [...(held.value || [])].sort(byNeed);
  const flags = rows.flatMap((one) => one.flags.filter((/** @type {any} */ flag) => !flag.closed)).sort((a, b) => Number(!!a.owner) - Number(!!b.owner) || a.at.ms - b.at.ms);
  const open = rows.filter((one) => !one.closed);
  return html`<section class="care-desk"><h2>${t("The desk of care")}</h2><p class="aside">${t("Here stands that somebody is looked after, and by whom; never what was said.")}</p>
    ${flags.map((flag) => html`<${TheirFlag} key=${flag.flag} flag=${flag} me=${here.value.viewer} />`)}
    <${Cared} of=${held}>${() => (open.length ? open.map((one) => (one.follow_up ? html`<${FollowUp} key=${one.follow_up} of=${one} />` : html`<${DeskCase} key=${one.case} of=${one} />`)) : html`<p class="empty">${t("Nobody waits for somebody.")}</p>`)}<//>
    <${Worries} />
    <p><${Ask} words=${t("Let another carer in…")} title=${t("Let another carer in")} label=${t("Let them in")} intent="AdmitCarer" by=${careAct} said=${t("They are in from now on.")} fields=${() => [field("carer", "member", t("Who"), { required: true })]}>
      <p>${t("They see what stands on this desk, from now on and from before. They need the duty of carer as well, and no command can let them in: only one who is in.")}</p><//></p></section>`;
}

/** Nobody has it first, then by how long. @param {any} a @param {any} b */
const byNeed = (a, b) => Number(!!a.owner) - Number(!!b.owner) || (a.unowned_since ?? a.opened).ms - (b.unowned_since ?? b.opened).ms;

/** @param {{of: any}} props */
function DeskCase({ of }) {
  const looking = useSignal(false);
  return html`<article class=${`slip ${of.owner ? "" : "unowned"}`}><h3><a href=${`/people/${of.member}`} dir="auto">${of.member_name}</a>
      ${of.owner ? html`<${Sign} kind="good">${t("with {name}", { name: of.owner_name })}<//>` : html`<${Sign} kind="bad">${t("nobody has it since {time}", { time: moment(of.unowned_since ?? of.opened) })}<//>`}</h3>
    ${of.sought.length ? html`<ul class="plain">${of.sought.map((/** @type {[string, string, any]} */ [what, who, at]) => html`<li>${t("Missed, and told on:")} ${what}, <b dir="auto">${who}</b> <small class="aside">${moment(at)}</small></li>`)}</ul>` : null}
    <div class="thumbs">${of.owner === here.value.viewer ? html`<a class="button thumb" href=${`/care/${of.case}`}>${t("Open")}</a>` : html`<${Tap} by=${careTap} intent="TakeCase" fields=${{ case: of.case, ...(of.owner ? { co: true } : {}) }} words=${of.owner ? t("Stand beside them") : t("I take it")} said=${t("It is yours.")} />`}
      <button type="button" aria-expanded=${looking.value} onClick=${() => { looking.value = !looking.value; }}>${t("Who could?")}</button></div>
    ${looking.value ? html`<${Supporters} of=${of} />` : null}</article>`;
}

/** Who could look after somebody, the best first, and why others are left out. @param {{of: any}} props */
function Supporters({ of }) {
  const held = useCare("supporters", { case: of.case });
  return html`<${Cared} of=${held}>${(/** @type {any} */ found) => html`
    ${found.nobody ? html`<p class="complaint" dir="auto">${found.nobody}</p>` : null}
    <ol class="supporters">${found.fitting.map((/** @type {any} */ one) => html`<li key=${one.person}><b dir="auto">${one.name}</b> ${one.asks_consent ? html`<${Sign} kind="wait">${t("only if the member agrees")}<//>` : null}
      <ul>${one.reasons.map((/** @type {string} */ why) => html`<li dir="auto">${why}</li>`)}</ul></li>`)}</ol>
    ${found.excluded.length ? html`<details><summary>${t("Left out, and why")}</summary><ul class="plain">${found.excluded.map((/** @type {any} */ one) => html`<li key=${one.person}><b dir="auto">${one.name}</b>: <span dir="auto">${one.reasons.join("; ")}</span></li>`)}</ul></details>` : null}`}<//>`;
}

/** What opened by itself from what happened, and that nobody has taken up yet. @param {{of: any}} props */
function FollowUp({ of }) {
  return html`<article class="slip unowned"><h3><span dir="auto">${of.member_name}</span> <${Sign} kind="bad">${t("nobody has it since {time}", { time: moment(of.unowned_since ?? of.opened) })}<//></h3>
    <p>${t("After what happened they are to be offered somebody.")}</p>
    <${Tap} by=${careTap} intent="BeginCase" fields=${{ member: of.member, follow_up: of.follow_up }} words=${t("Take it up")} kind="thumb main" said=${t("They are offered somebody.")} /></article>`;
}

function Worries() {
  const rows = useCare("worries").value || [];
  if (!rows.length) return null;
  return html`<h3>${t("Told in confidence")}</h3>${rows.map((/** @type {any} */ one) => html`<article key=${one.worry} class=${`slip ${one.taken_by ? "" : "unowned"}`}><h4>${t("About {name}", { name: one.about_name })}</h4>
    <blockquote dir="auto">${one.words}</blockquote><p class="aside"><span dir="auto">${one.by_name}</span> ${moment(one.at)}</p>
    ${one.taken_by ? html`<p><${Sign} kind="good">${t("with {name}", { name: one.taken_by_name })}<//></p>` : html`<div class="thumbs"><${Tap} by=${careTap} intent="TakeWorry" fields=${{ worry: one.worry }} words=${t("I take it")} kind="main" said=${t("It is yours.")} /></div>`}
    <${Tap} by=${careTap} intent="BeginCase" fields=${{ member: one.about }} words=${t("Offer them somebody")} said=${t("They are offered somebody; not who worried.")} /></article>`)}`;
}
