// Looking after others: what waits, whom I support, and for admitted carers the desk of care.
import { here } from "../app.js";
import { Cared, careTap, mindScreen, Unlock, useCare } from "../care-api.js";
import { CaseState, Numbers } from "../care-said.js";
import { Tap } from "../deed.js";
import { usePowers } from "../members.js";
import { html, Sign, useEffect } from "../ui.js";
import { date, moment, t } from "../words.js";
import { Later } from "./mine.js";

export default function Care() {
  const { own } = usePowers();
  useEffect(() => { mindScreen(); document.title = t("Looking after others"); }, []);
  return html`<div class="care"><h1>${t("Looking after others")}</h1>
    ${here.value?.overheard ? html`<p class="kept">${t("This link is not encrypted: what is said in care is neither shown nor sent here.")}</p>` : null}
    <${Unlock} /><${Due} /><${Supported} /><${ToMedic} />
    ${own?.duties.includes("carer") ? html`<${Later} load=${() => import("./care-desk.js").then((module) => module.default)} />` : null}
    <section class="slip"><h2>${t("Somebody to call, at any hour")}</h2><${Numbers} /></section></div>`;
}

/** What waits in care for whoever looks. */
export function Due() {
  const rows = [...(useCare("care_waiting").value || [])].sort((a, b) => Number(b.red) - Number(a.red) || (a.due?.ms ?? Infinity) - (b.due?.ms ?? Infinity));
  if (!rows.length) return null;
  return html`<section><h2>${t("Waits for you")}</h2><ul class="plain due">${rows.map((one) => html`<li key=${`${one.what} ${one.about}`} class=${one.red ? "red" : ""}>
    <${Sign} kind=${one.red ? "bad" : "wait"}>${one.what}<//> ${one.case ? html`<a href=${`/care/${one.case}`} dir="auto">${one.words}</a>` : html`<span dir="auto">${one.words}</span>`}${one.due ? html` <small class="aside">${moment(one.due)}</small>` : null}</li>`)}</ul></section>`;
}

/** What is nearest, of those contacts that are not over. @param {any} one */
const nextOf = (one) => one.contacts.find((/** @type {any} */ contact) => ["late", "missed", "today", "due", "ahead"].includes(contact.state));

function Supported() {
  const held = useCare("care_cases");
  return html`<section><h2>${t("People I look after")}</h2><${Cared} of=${held} empty=${t("Nobody just now. Whom you look after stands here; nobody else sees that you do.")}>${(/** @type {any[]} */ rows) => rows.map((one) => {
    const next = nextOf(one);
    const flagged = one.flags.some((/** @type {any} */ flag) => !flag.closed);
    return html`<article key=${one.case} class=${`slip ${flagged ? "not-safe" : ""}`}><h3><a href=${`/care/${one.case}`} dir="auto">${one.member_name}</a> ${flagged ? html`<${Sign} kind="bad">${t("not safe")}<//>` : html`<${CaseState} of=${one} />`}</h3>
      ${next ? html`<p>${t("Next:")} <b>${date(next.day)}</b> <span dir="auto">${next.name}</span>${next.state === "late" || next.state === "missed" ? html` <${Sign} kind="bad">${t("late")}<//>` : null}</p>` : null}</article>`;
  })}<//></section>`;
}

function ToMedic() {
  const rows = (useCare("to_medic").value || []).filter((/** @type {any} */ one) => !one.done);
  if (!rows.length) return null;
  return html`<section><h2>${t("To be looked at by you, as a medic")}</h2>${rows.map((/** @type {any} */ one) => html`<article key=${one.about} class="slip urgent"><h3 dir="auto">${one.member_name}</h3>
    <p>${t("Perhaps a head injury.")} <span dir="auto">${one.words}</span> <small class="aside">${moment(one.at)}</small></p>
    <${Tap} by=${careTap} intent="HandleHeadInjury" fields=${{ about: one.about }} words=${t("I have seen to it")} kind="thumb" said=${t("Noted.")} /></article>`)}</section>`;
}
