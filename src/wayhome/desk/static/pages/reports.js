// Reports: what was heard and from whom, the draft with its marks, the official report, and what differs between them.
import { here } from "../app.js";
import { Ask, field } from "../deed.js";
import { useRead } from "../store.js";
import { html, Shown, Sign, Table } from "../ui.js";
import { moment, t } from "../words.js";
import { Photos } from "./photos.js";

const GRADES = () => [["seen", t("seen with their own eyes")], ["hearsay", t("hearsay")], ["unknown", t("not known")]];
/** Papers that the server prints. */
const PAPERS = () => [["report.pdf", t("Mission report")], ["log.pdf", t("Log, ICS 309")], ["log.pdf?form=214", t("Log, ICS 214")], ["briefing.pdf", t("Briefing")], ["log.csv", t("Log as CSV")]];

/** @param {{mission: string, held: any}} props */
export default function Reports({ mission, held }) {
  return html`<${Papers} mission=${mission} /><${Heard} mission=${mission} /><${Photos} mission=${mission} /><${Rests} mission=${mission} /><${Testimony} mission=${mission} /><${After} mission=${mission} held=${held} />`;
}

/** How sure a source is, or that it was not said. @param {number|null} percent */
export const sure = (percent) => (percent === null ? t("not said") : `${percent} %`);

/** @param {{mission: string}} props */
function Papers({ mission }) {
  const page = useRead("report", { mission });
  const papers = useRead("papers", { mission }).value || [];
  const draft = page.value?.draft;
  const write = (/** @type {string} */ stage) => [field("words", "words", t("The report"), { required: true, start: stage === "official" ? draft?.words : undefined }),
    field("came_as", "choice", t("It came"), { required: true, start: "typed", of: [["typed", t("typed")], ["pasted", t("pasted")], ["photo", t("from a photo of handwriting")]] })];
  return html`<section><div class="head"><h2>${t("Report")}</h2><div class="acts">
      <${Ask} words=${t("Write a draft")} label=${t("Keep the draft")} intent="WriteReport" preset=${{ mission, stage: "draft" }} fields=${() => write("draft")} said=${t("The draft is kept.")}><p>${t("It can be used at once. No draft is ever replaced.")}</p><//>
      <${Ask} words=${t("Write the official report")} label=${t("Keep the official report")} intent="WriteReport" preset=${{ mission, stage: "official" }} fields=${() => write("official")} said=${t("The official report is kept; the drafts before it stay.")} /></div></div>
    <${Shown} of=${page}>${(/** @type {any} */ one) => html`
      ${!one.draft && !one.official ? html`<p class="empty">${t("No report yet. Write a draft from whatever has arrived.")}</p>` : null}
      <div class="beside">${one.draft ? html`<article><h3>${t("Draft")} <${By} one=${one.draft} /></h3><p class="text" dir="auto">${marked(one.draft.words, one.marks)}</p></article>` : null}
        ${one.official ? html`<article><h3>${t("Official")} <${By} one=${one.official} /></h3><p class="text" dir="auto">${one.official.words}</p></article>` : null}</div>
      ${one.differences.length ? html`<article><h3>${t("What differs")}</h3><p class="aside">${t("[−gone−] stood only in the draft; {+new+} stands only in the official report.")}</p>
        <p class="text" dir="auto" aria-label=${t("What differs")}>${one.differences.map((/** @type {any} */ part) => (part.what === "gone" ? html`<del>${part.words.trimEnd()}</del>${tail(part.words)}` : part.what === "new" ? html`<ins>${part.words.trimEnd()}</ins>${tail(part.words)}` : part.words))}</p></article>` : null}`}<//>
    ${papers.length > 1 ? html`<details class="fold"><summary>${t("Every draft and official report")} <span class="count">${papers.length}</span></summary>${papers.map((/** @type {any} */ one) => html`<article key=${one.report}><h3>${one.stage} <${By} one=${one} /></h3><p class="text" dir="auto">${one.words}</p></article>`)}</details>` : null}
    <${Prints} mission=${mission} /></section>`;
}

/** @param {string} words */
const tail = (words) => words.slice(words.trimEnd().length);

/** @param {{mission: string}} props */
export const Prints = ({ mission }) => html`<p class="acts" aria-label=${t("To print")}>${PAPERS().map(([path, words]) => html`<a class="button" href=${`/api/missions/${mission}/${path}`} target="_blank" rel="noopener">${words}</a>`)}</p>`;

/** @param {{one: any}} props */
const By = ({ one }) => html`<small class="aside">${one.by_name}, ${moment(one.at)}, ${one.came_as}</small>`;

/** A text with each mark around the words it came from; a mark within another follows it. @param {string} text @param {any[]} marks */
function marked(text, marks) {
  const letters = [...text];
  const cut = (/** @type {number} */ from, /** @type {number} */ to) => letters.slice(from, to).join("");
  const parts = [];
  let end = 0;
  for (const mark of marks) {
    if (mark.start >= end) parts.push(cut(end, mark.start), html`<mark>${cut(mark.start, mark.end)}<small>${mark.what}</small></mark>`);
    else parts.push(html`<mark><small>${mark.what}</small></mark>`);
    end = Math.max(end, mark.end);
  }
  return [...parts, cut(end, letters.length)];
}

/** @param {{mission: string}} props */
function Heard({ mission }) {
  const reports = useRead("reports", { mission });
  return html`<section class="part"><div class="head"><h2>${t("What was heard, side by side")}</h2><${Ask} words=${t("File what somebody said")} kind="main" label=${t("File it")} intent="FileReport" preset=${{ mission }} said=${t("Filed.")} fields=${() => [
      field("source", "text", t("Who says so"), { required: true, hint: t("the hut warden") }), field("words", "words", t("What"), { required: true, hint: t("a light on the ridge") }), field("grade", "choice", t("How they know"), { required: true, start: "unknown", of: /** @type {any} */ (GRADES()) }),
      field("sure_percent", "number", t("How sure they are"), { unit: t("per cent"), least: 0, most: 100 }), field("at", "moment", t("When it was"))]} /></div>
    <${Shown} of=${reports} empty=${t("Nothing was reported yet. File who says what, and whether they saw it.")}>${(/** @type {any[]} */ rows) => html`<div class="cardsof">${sources(rows).map(([source, told]) => html`<article class="card" key=${source}><h3 dir="auto">${source}</h3>
      ${told.map((/** @type {any} */ one) => html`<p key=${one.report}><${Sign} kind=${one.grade === "seen" ? "good" : one.grade === "hearsay" ? "wait" : "quiet"}>${one.grade}<//> <small class="aside">${t("sure: {sure}", { sure: sure(one.sure_percent) })}, <time>${moment(one.at)}</time>, ${t("filed by {name}", { name: one.by_name })}</small><br /><span dir="auto">${one.words}</span></p>`)}</article>`)}</div>`}<//></section>`;
}

/** What each source said. @param {any[]} rows @returns {[string, any[]][]} */
function sources(rows) {
  /** @type {Map<string, any[]>} */
  const found = new Map();
  for (const one of rows) found.set(one.source, [...(found.get(one.source) || []), one]);
  return [...found];
}

/** @param {{mission: string}} props */
export function Rests({ mission }) {
  const rows = useRead("assumptions", { mission }).value || [];
  const ranks = here.value.organisation.mission_ranks.map((/** @type {any} */ one) => one.name);
  return html`<section class="part"><div class="head"><h2>${t("What the mission rests on")}</h2><${Ask} words=${t("State an assumption")} intent="Assume" preset=${{ mission }} fields=${[field("words", "text", t("In words"), { required: true, hint: t("nobody else is in the area") })]}>
      <p>${t("When it fails, every mission that rests on the same is warned.")}</p><//></div>
    ${rows.length ? html`<ul class="plain">${rows.map((/** @type {any} */ one) => html`<li key=${one.assumption}><${Sign} kind=${one.failed ? "bad" : one.warned ? "wait" : "good"}>${one.failed ? t("failed") : one.warned ? t("warned of") : t("stands")}<//> <span dir="auto">${one.words}</span> ${one.failed ? html`<span dir="auto">${one.failed}</span>` : null}
      <span class="answer">${one.failed ? null : html`<${Ask} words=${t("It failed")} title=${t("The assumption failed")} label=${t("It failed")} kind="danger" intent="FailAssumption" preset=${{ mission, assumption: one.assumption }} fields=${[field("how", "words", t("How"), { required: true }), field("rank", "choice", t("Regrade the mission to"), { of: ranks })]} />
        <${Ask} words=${t("Warn")} title=${t("Warn those on this mission, without saying where it failed")} label=${t("Warn")} intent="WarnOfAssumption" preset=${{ mission, assumption: one.assumption }} fields=${[field("words", "text", t("In words"))]} />`}</span></li>`)}</ul>`
    : html`<p class="empty">${t("No assumption is stated.")}</p>`}</section>`;
}

/** @param {{mission: string}} props */
function Testimony({ mission }) {
  const rows = useRead("testimony", { mission }).value || [];
  return html`<section class="part"><div class="head"><h2>${t("Testimony")}</h2><${Ask} words=${t("Somebody holds something back")} intent="WithholdTestimony" label=${t("Mark it")} preset=${{ mission }} fields=${() => [field("holder", "member", t("Who"), { required: true, start: here.value.viewer }), field("about", "text", t("About what"), { required: true, hint: t("what was said at the gate") })]} /></div>
    ${rows.length ? html`<ul class="plain">${rows.map((/** @type {any} */ one) => html`<li key=${one.testimony}><${Sign} kind=${one.withheld ? "wait" : "good"}>${one.withheld ? t("held back") : t("released")}<//> <b dir="auto">${one.holder_name}</b>: <span dir="auto">${one.about}</span> <span dir="auto">${one.words}</span>
      <span class="answer">${one.withheld ? html`<${Ask} words=${t("Release")} intent="ReleaseTestimony" preset=${{ mission, testimony: one.testimony }} fields=${[field("words", "words", t("The testimony"), { required: true })]} />` : null}</span></li>`)}</ul>`
    : html`<p class="empty">${t("None is known to be held back.")}</p>`}</section>`;
}

/** What people went through, and how it went for each. @param {{mission: string, held: any}} props */
function After({ mission }) {
  const rows = useRead("exposures", { mission }).value || [];
  const outcomes = (useRead("notes", { mission }).value || []).filter((/** @type {any} */ one) => one.what === "outcome");
  const who = field("member", "member", t("Who"), { required: true });
  return html`<section class="part"><div class="head"><h2>${t("What people went through, and how it went")}</h2><div class="acts">
      <${Ask} words=${t("Note what somebody went through")} label=${t("Note it")} intent="NoteExposure" preset=${{ mission }} fields=${[who, field("kinds", "several", t("What happened"), { of: here.value.lists.exposures }), field("words", "words", t("In words"))]}><p>${t("A follow-up opens by itself; nobody has to remember it.")}</p><//>
      <${Ask} words=${t("Note how it went for somebody")} label=${t("Note it")} intent="NoteOutcome" preset=${{ mission }} fields=${[who, field("outcome", "text", t("How it went"), { required: true, hint: t("led the team well") }), field("deeds", "list", t("Done for the first time, one on each line"), { hint: t("led a team") })]} /></div></div>
    ${rows.length ? html`<${Table} rows=${rows} id=${(/** @type {any} */ one) => one.member} columns=${[[t("Who"), (/** @type {any} */ one) => one.member_name], [t("Went through"), (/** @type {any} */ one) => one.kinds.join(", ")]]} />` : html`<p class="empty">${t("Nothing was noted.")}</p>`}
    ${outcomes.length ? html`<ul class="plain">${outcomes.map((/** @type {any} */ one) => html`<li key=${one.at.ms + (one.member || "")}><b dir="auto">${one.member_name}</b> <span dir="auto">${one.words}</span></li>`)}</ul>` : null}</section>`;
}
