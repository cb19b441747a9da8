// Looking after others: what waits, whom I support, and for admitted carers the desk of care.
import { here } from "../app.js";
import { Cared, careTap, mindScreen, Unlock, useCare } from "../care-api.js";
import { CaseState, Numbers, ReportWatch } from "../care-said.js";
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
    <${Unlock} />${own?.duties.includes("carer") ? html`<${DueAtDesk} /><${Later} load=${() => import("./care-desk.js").then((module) => module.default)} />` : html`<${Due} whole=${true} />`}
    <${Supported} /><${ToMedic} />
    <section class="slip"><h2>${t("Somebody to call, at any hour")}</h2><${Numbers} /></section></div>`;
}

/** What each kind of waiting thing is called. @type {Record<string, () => string>} */
const KINDS = {
  "not safe": () => t("not safe"), contact: () => t("be in touch"), missed: () => t("missed"), watch: () => t("watch"), limit: () => t("limit"), offer: () => t("offer"),
  promise: () => t("promise"), stage: () => t("back to duty"), worry: () => t("a worry"), "head injury": () => t("head injury"), unowned: () => t("nobody has it"), "how are you": () => t("how are you?"),
};
/** What the page shows below, with all that belongs to it. */
const BELOW = new Set(["unowned", "worry", "head injury", "follow up"]);

/** For a carer: what stands on the desk of care, below, needs no second place. */
function DueAtDesk() {
  const flags = (useCare("care_desk").value || []).flatMap((/** @type {any} */ one) => one.flags.map((/** @type {any} */ flag) => flag.flag));
  return html`<${Due} whole=${true} elsewhere=${flags} />`;
}

/**
 * What waits in care for whoever looks. `whole`: on the page of care, where it is dealt with at once.
 * @param {{whole?: boolean, elsewhere?: string[]}} props
 */
export function Due({ whole = false, elsewhere = [] }) {
  const mine = useCare("my_care").value?.case;
  const rows = (useCare("care_waiting").value || []).filter((/** @type {any} */ one) => !whole || !(BELOW.has(one.what) || elsewhere.includes(one.about)));
  if (!rows.length) return null;
  const own = (/** @type {any} */ one) => one.what === "how are you" || (!!mine && one.case === mine);
  return html`<section><h2>${whole ? t("Waits for you") : t("In care")}</h2><ul class="plain due">${rows.map((/** @type {any} */ one) => html`<li key=${`${one.what} ${one.about}`} class=${one.red ? "red" : ""}>
    <${Sign} kind=${one.red ? "bad" : "wait"}>${KINDS[one.what]?.() || one.what}<//> ${one.member_name ? html`<b dir="auto">${one.member_name}</b> ` : null}<a href=${own(one) ? "/me/care" : whole && one.case ? `/care/${one.case}` : "/care"} dir="auto">${one.words}</a>
    ${one.due ? html` <small class="aside">${moment(one.due)}</small>` : null}${whole && !own(one) ? html`<${Doing} of=${one} />` : null}</li>`)}</ul></section>`;
}

/** What can be done about it by whoever has no page of the case: a professional who is sought, a watcher. @param {{of: any}} props */
function Doing({ of }) {
  if (of.what === "not safe") return html`<div class="thumbs"><${Tap} by=${careTap} intent="OwnFlag" fields=${{ flag: of.about }} words=${t("I have it")} kind="main" said=${t("It is yours. Go, or call.")} />
    ${of.red ? null : html`<${Tap} by=${careTap} intent="CloseFlag" fields=${{ flag: of.about }} words=${t("It is over")} said=${t("Said. Somebody else has to say so as well.")} />`}</div>`;
  if (of.what === "missed") return html`<div class="thumbs"><${Tap} by=${careTap} intent="AnswerLadder" fields=${{ about: of.about }} words=${t("I see to it")} kind="main" said=${t("Noted.")} /></div>`;
  if (of.what === "watch") return html`<p><${ReportWatch} watch=${of.about} /></p>`;
  if (of.what === "limit") return html`<p><${Tap} by=${careTap} intent="AgreeLimit" fields=${{ limit: of.about, agreed: false }} words=${t("End it")} said=${t("Ended.")} /></p>`;
  return null;
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
