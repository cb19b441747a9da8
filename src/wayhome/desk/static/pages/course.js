// The course of a mission: start, suspend, close, reopen, regrade, command; how urgent it is and who is missing.
import { get } from "../api.js";
import { here } from "../app.js";
import { Ask, DeedForm, field } from "../deed.js";
import { Complaint, Dialog, html, useEffect, useSignal } from "../ui.js";
import { moment, t } from "../words.js";
import { AccountFor, isOut, usePersons, whereIs } from "./persons.js";

/** What each state is called when a mission is moved there. @param {string} from @param {string} to */
function moveWords(from, to) {
  if (to === "under way") return from === "suspended" ? t("Take up again") : from === "closed" ? t("Reopen") : t("Start");
  return { suspended: t("Suspend"), closed: t("Close"), refused: t("Refuse"), raised: t("Raise again") }[to] || to;
}

/** A button in the mission's head, and behind it all that can be said of the mission as a whole. @param {{mission: string, held: any}} props */
export default function Course({ mission, held }) {
  const open = useSignal(false);
  return html`<button type="button" class="course" onClick=${() => { open.value = true; }}>${t("Course…")}</button>
    ${open.value ? html`<${Dialog} title=${t("The course of {name}", { name: held.name })} onClose=${() => { open.value = false; }}><${Choices} mission=${mission} held=${held} done=${() => { open.value = false; }} /><//>` : null}`;
}

/** What somebody else does meanwhile takes no form away: the moves are those of when this was opened. @param {{mission: string, held: any, done: () => void}} props */
function Choices({ mission, held, done }) {
  const from = useSignal(held.state);
  const moves = here.value.lists.moves[from.value] || [];
  const ranks = here.value.organisation.mission_ranks.map((/** @type {any} */ one) => one.name);
  const preset = { mission };
  const why = field("reason", "words", t("Why"), { required: true });
  return html`<h3>${t("It is {state}", { state: held.state })}</h3>
    ${held.state === from.value ? null : html`<p class="todo" role="status">${t("It was {state} a moment ago: somebody else has moved it.", { state: from.value })} <button type="button" onClick=${() => { from.value = held.state; }}>${t("Show what can be done now")}</button></p>`}
    <div class="acts">${moves.map((/** @type {string} */ to) => (to === "closed" ? html`<${Close} key=${to} mission=${mission} held=${held} done=${done} />`
    : html`<${Ask} key=${to} words=${moveWords(from.value, to)} label=${moveWords(from.value, to)} intent="MoveMission" preset=${{ mission, to }} done=${done} fields=${[why, ...(to === "suspended" ? [field("reopens_when", "text", t("What would reopen it"), { required: true, hint: t("a new clue") })] : [])]} />`))}</div>
    <h3>${t("Rank and command")}</h3>
    <div class="acts"><${Ask} words=${t("Regrade")} intent="RegradeMission" preset=${preset} fields=${[field("rank", ranks.length ? "choice" : "text", t("Rank"), { required: true, of: ranks, start: held.rank }), why]} />
      <${Ask} words=${t("Hand command over")} label=${t("Hand it over")} intent="TakeMissionCommand" preset=${preset} fields=${() => [field("member", "member", t("Who commands from now on"), { required: true }), why]} /></div>
    <h3>${t("Whom we look for")}</h3>
    <div class="acts"><${Urgency} mission=${mission} held=${held} /><${Subject} mission=${mission} held=${held} />
      ${["IPP", "LKP"].map((what) => html`<${Ask} key=${what} words=${what === "IPP" ? t("Initial point") : t("Last known position")} label=${t("Set it")} intent="SetInitialPoint" preset=${{ mission, what }} fields=${() => [field("place", "place", t("Where"), { required: true }),
        field("at", "moment", t("When they were there"), { required: true }), field("basis", "text", t("How that is known"), { hint: t("his car") })]}><p class="aside">${what === "IPP" ? t("Where they were for certain. It stays; the last known position moves.") : t("The latest place and time that is sure.")}</p><//>`)}</div>`;
}

/** Closing: whoever is out is named, each with a way to account for them. @param {{mission: string, held: any, done: () => void}} props */
function Close({ mission, held, done }) {
  const open = useSignal(false);
  return html`<button type="button" onClick=${() => { open.value = true; }}>${t("Close…")}</button>
    ${open.value ? html`<${Dialog} title=${t("Close {name}", { name: held.name })} onClose=${() => { open.value = false; }}><${Closing} mission=${mission} held=${held} done=${done} /><//>` : null}`;
}

/** @param {{mission: string, held: any, done: () => void}} props */
function Closing({ mission, held, done }) {
  const still = usePersons(mission).filter((one) => isOut(one) || (one.signed && !one.out));
  return html`${still.length ? html`<div class="complaint" role="status"><p><b>${t("Not home or handed over yet. A mission closes when everyone is accounted for:")}</b></p></div>
      <ul class="plain">${still.map((one) => html`<li key=${one.member}><b dir="auto">${one.name}</b> <span>${whereIs(one, held)}</span>
        <span class="answer">${one.out ? html`<${AccountFor} mission=${mission} one=${one} />` : html`<${Ask} words=${t("Sign out")} intent="SignOut" preset=${{ mission, member: one.member }} fields=${[]} />`}</span></li>`)}</ul>`
    : html`<p>${t("Everyone is accounted for.")}</p>`}
    <${DeedForm} intent="MoveMission" preset=${{ mission, to: "closed" }} label=${t("Close the mission")} said=${t("Closed.")} done=${done} fields=${[field("reason", "words", t("Why"), { required: true, hint: t("found alive, everyone home") })]} />`;
}

/** The forms of the house, asked for once. @type {Promise<any>|null} */
let asked = null;
function useForms() {
  const forms = useSignal(/** @type {any} */ (null));
  const problem = useSignal(/** @type {any} */ (null));
  useEffect(() => {
    asked ||= get("/api/forms");
    asked.then((found) => { forms.value = found; }, (error) => { asked = null; problem.value = error; });
  }, []);
  return { forms: forms.value, problem: problem.value };
}

/** @param {{mission: string, held: any}} props */
function Urgency({ mission, held }) {
  const { forms, problem } = useForms();
  if (!forms) return html`<${Complaint} problem=${problem} />`;
  const { urgency } = forms;
  const fields = [...urgency.questions.map((/** @type {any} */ one) => field(`answers.${one.key}`, "choice", one.asks, { quiet: true, of: one.answers.map((/** @type {any} */ answer) => [answer.key, `${answer.words} (${answer.points})`]) })),
    ...Object.entries(urgency.at_once).map(([key, words]) => field(`answers.${key}`, "choice", String(words), { quiet: true, of: [["yes", t("yes: at once")], ["no", t("no")]] }))];
  return html`<${Ask} words=${t("How urgent?")} title=${t("How urgent is it? Fewer points are more urgent")} label=${t("Score it")} intent="ScoreUrgency" preset=${{ mission }} fields=${fields} change=${(/** @type {any} */ given) => together(given, "answers")} after=${html`<p class="aside">${urgency.source}</p>`}>
    <p>${t("What nobody knows stays open, and counts both ways. The score advises; a person decides.")} ${held.urgency ? t("Now: {urgency}.", { urgency: held.urgency }) : ""}</p><//>`;
}

/** `answers.age` and the like become one table. @param {any} given @param {string} name */
function together(given, name) {
  const parts = Object.entries(given).filter(([key]) => key.startsWith(`${name}.`)).map(([key, value]) => [key.slice(name.length + 1), value]);
  return { ...Object.fromEntries(Object.entries(given).filter(([key]) => !key.startsWith(`${name}.`))), [name]: Object.fromEntries(parts) };
}

/** The questionnaire: every field may stay open, and an emptied one is open again. @param {{mission: string, held: any}} props */
function Subject({ mission, held }) {
  const { forms, problem } = useForms();
  if (!forms) return html`<${Complaint} problem=${problem} />`;
  const words = (/** @type {string} */ name) => name.replace(/_/g, " ").replace(/^./, (letter) => letter.toUpperCase());
  const fields = () => [...Object.entries(forms.questionnaire).map(([name, kind]) => field(`fields.${name}`, kind === "yes or no" ? "choice" : "text", words(name), { start: held.subject[name], of: [["yes", t("yes")], ["no", t("no")], ["", t("not known")]], clears: true, quiet: true })),
    field("category", "text", t("The category that was decided upon"), { start: held.subject_category, hint: "Hiker", quiet: true })];
  const said = (/** @type {any} */ given) => {
    const one = together(given, "fields");
    return { ...one, category: one.category || "", fields: Object.fromEntries(Object.entries(one.fields).map(([name, value]) => [name, value || ""]).filter(([name, value]) => value || held.subject[String(name)])) };
  };
  return html`<${Ask} words=${t("Who is missing")} title=${t("What is known of the missing one")} label=${t("Note it")} intent="DescribeSubject" preset=${{ mission }} form="asks" fields=${fields} change=${said} said=${t("Noted.")}>
    <p>${t("As much as is known; the rest stays open.")}</p><${Leads} mission=${mission} /><//>`;
}

/** Categories to look up, likeliest first, and the point to plan from. @param {{mission: string}} props */
function Leads({ mission }) {
  const leads = useSignal(/** @type {any} */ (null));
  useEffect(() => { get("/api/leads", { mission }).then((found) => { leads.value = found; }, () => { leads.value = null; }); }, []);
  const found = leads.value;
  if (!found || (!found.leads.length && !found.point)) return null;
  return html`<details class="fold"><summary>${t("Leads; a person decides")}</summary><ul class="says">${found.leads.map((/** @type {any} */ one) => html`<li><b>${one.category}</b><span>${one.reasons.join("; ")}${one.table ? "" : ` (${t("no statistics")})`}</span></li>`)}
    ${found.point?.ipp ? html`<li><b>IPP</b><span>${found.point.ipp.what}, ${moment(found.point.ipp.at)}</span></li>` : null}${found.point?.lkp ? html`<li><b>LKP</b><span>${found.point.lkp.what}, ${moment(found.point.lkp.at)}</span></li>` : null}</ul></details>`;
}
