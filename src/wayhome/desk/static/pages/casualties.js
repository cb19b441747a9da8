// Casualties in the order of treatment: a hurt healer first, where she could not go on otherwise.
import { here } from "../app.js";
import { Ask, field, Tap } from "../deed.js";
import { degrees } from "../deed-fields.js";
import { act } from "../api.js";
import { useRead } from "../store.js";
import { html, Shown, Sign } from "../ui.js";
import { moment, t } from "../words.js";
import { Called } from "./persons.js";

/** What each triage means, so that no colour stands alone. @param {string} triage */
const meaning = (triage) => ({ red: t("red: at once"), yellow: t("yellow: can wait"), green: t("green: minor"), black: t("black: dead or expectant") })[triage] || t("not triaged yet");

/** @param {{triage: string}} props */
const Triaged = ({ triage }) => html`<span class=${`triage triage-${triage || "none"}`}>${meaning(triage)}</span>`;

/** @param {{mission: string}} props */
export default function Casualties({ mission }) {
  const casualties = useRead("casualties", { mission });
  const found = useRead("found", { mission }).value || [];
  const shared = [field("condition", "text", t("Condition"), { hint: t("broken leg, awake") }), field("place", "place", t("Where"))];
  const triage = field("triage", "choice", t("Triage"), { of: here.value.lists.triage.map((/** @type {string} */ one) => [one, meaning(one)]) });
  return html`<div class="head"><h2>${t("Casualties, in the order of treatment")}</h2><div class="acts">
      <${Ask} words=${t("Somebody is hurt")} kind="main" title=${t("A casualty")} label=${t("Report the casualty")} intent="ReportCasualty" preset=${{ mission }} said=${t("Reported.")}
        fields=${[field("who", "text", t("Who, by name or as they look"), { required: true, focus: true }), triage, ...shared]} />
      <${Ask} words=${t("One of ours")} title=${t("One of ours is hurt")} label=${t("Report the casualty")} intent="ReportCasualty" preset=${{ mission, who: "" }} said=${t("Reported.")} fields=${[field("member", "member", t("Who"), { required: true }), triage, ...shared]} />
      <${Ask} words=${t("Somebody was found")} label=${t("Note it")} intent="ReportFound" preset=${{ mission }} said=${t("Noted: found.")} fields=${[field("who", "text", t("Who"), { required: true }),
        field("state", "choice", t("In what state"), { required: true, of: [["alive", t("alive")], ["hurt", t("hurt")], ["dead", t("dead")], ["not said", t("not said: the air has ears")]] }), field("place", "place", t("Where")), field("at", "moment", t("When"))]} /></div></div>
    <${Shown} of=${casualties} empty=${t("Nobody is hurt, as far as is known.")}>${(/** @type {any[]} */ rows) => rows.map((one) => html`<${Casualty} key=${one.casualty} mission=${mission} one=${one} />`)}<//>
    ${found.length ? html`<section class="part"><h2>${t("Found")}</h2><ul class="plain">${found.map((/** @type {any} */ one) => html`<li key=${one.who}><b dir="auto">${one.who}</b> <${Sign} kind=${one.state === "alive" ? "good" : "wait"}>${one.state}<//> <time>${moment(one.at)}</time> ${one.place ? html`<span class="grid">${degrees(one.place)}</span>` : null}</li>`)}</ul></section>` : null}`;
}

/** @param {{mission: string, one: any}} props */
function Casualty({ mission, one }) {
  const preset = { mission, casualty: one.casualty };
  const back = () => act("Triage", { ...preset, triage: one.triage });
  return html`<article class="card pick"><header class="head"><h3><span class="num">${one.turn}.</span> <span dir="auto">${one.who}</span></h3> <${Triaged} triage=${one.triage} />
      ${one.heals ? html`<${Sign} kind="wait">${t("heals")}<//>` : null} ${one.done ? html`<${Sign} kind="good">${t("needs nothing more")}<//>` : null}</header>
    <p dir="auto">${one.condition} ${one.place ? html`<span class="grid aside">${degrees(one.place)}</span>` : null}</p>
    ${one.treatment.length ? html`<ul class="says">${one.treatment.map((/** @type {string} */ words, /** @type {number} */ at) => html`<li><b>${t("treated")}</b><span dir="auto">${words}${one.treated_by[at] ? html` (<${Called} id=${one.treated_by[at]} known=${{}} />)` : null}</span></li>`)}</ul>` : null}
    ${one.help.length ? html`<p>${t("Help on its way")}: ${one.help.join("; ")}</p>` : null}
    <div class="acts big" role="group" aria-label=${t("Triage {who}", { who: one.who })}>${here.value.lists.triage.filter((/** @type {string} */ kind) => kind !== one.triage).map((/** @type {string} */ kind) => html`
      <${Tap} key=${kind} intent="Triage" fields=${{ ...preset, triage: kind }} words=${html`<${Triaged} triage=${kind} />`} said=${t("{who}: {triage}.", { who: one.who, triage: meaning(kind) })} undo=${one.triage ? back : undefined} />`)}</div>
    <div class="acts"><${Ask} words=${t("Treat")} title=${t("A treatment of {who}", { who: one.who })} label=${t("Note it")} intent="Treat" preset=${preset} fields=${() => [field("words", "text", t("What was done"), { required: true, hint: t("leg splinted") }),
        field("by", "member", t("By whom"), { required: true, start: here.value.viewer }), field("done", "bool", t("No more is needed"))]} />
      <${Ask} words=${t("Condition")} title=${t("The condition of {who}", { who: one.who })} label=${t("Note it")} intent="Triage" preset=${preset} fields=${() => [field("triage", "choice", t("Triage"), { required: true, start: one.triage, of: here.value.lists.triage.map((/** @type {string} */ kind) => [kind, meaning(kind)]) }),
        field("condition", "text", t("Condition"), { start: one.condition })]} />
      <${Ask} words=${t("Help is coming")} label=${t("Announce it")} intent="ExpectHelp" preset=${preset} fields=${[field("what", "text", t("What"), { required: true, hint: t("helicopter") }), field("at", "moment", t("There at"), { required: true, start: "later" })]} /></div></article>`;
}
