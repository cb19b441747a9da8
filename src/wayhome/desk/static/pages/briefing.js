// The briefing: its last version and those before, who has acknowledged which, and who still has to.
import { CHANNELS } from "../deed-fields.js";
import { here } from "../app.js";
import { Ask, field, Tap } from "../deed.js";
import { useRead } from "../store.js";
import { html, Shown, Sign } from "../ui.js";
import { moment, t } from "../words.js";
import { Called, usePersons } from "./persons.js";

/** @param {{mission: string, held: any}} props */
export function Briefing({ mission, held }) {
  const versions = useRead("briefings", { mission });
  const persons = usePersons(mission).filter((one) => one.offer || one.walkIn);
  const known = Object.fromEntries(persons.map((one) => [one.member, one.name]));
  const last = versions.value?.at(-1);
  return html`<section class="part"><div class="head"><h2>${t("Briefing")}</h2><${Ask} words=${last ? t("Write the next version") : t("Write the briefing")} intent="WriteBriefing" preset=${{ mission }} said=${t("The briefing is written. Whoever departs acknowledges it first.")}
      fields=${() => [field("words", "words", t("The briefing"), { required: true, start: last?.words }), field("cautions", "list", t("Cautions, one on each line"), { start: last?.cautions.join("\n"), hint: t("ice above 2200 m") }),
        field("chosen_because", "because", t("Why each was chosen: name = why, one on each line"), { hint: t("Kiba = Akamaru has his scent") })]} /></div>
    <${Shown} of=${versions} empty=${t("No briefing yet. Whoever departs must have acknowledged one.")}>${(/** @type {any[]} */ rows) => html`
      <${Version} one=${rows[rows.length - 1]} known=${known} />
      <p class="signs">${persons.map((one) => ((one.acknowledged || 0) >= held.briefing ? html`<${Sign} key=${one.member} kind="good">${one.name}: ${t("has acknowledged it")}<//>`
      : html`<span class="acts" key=${`${one.member} has not`}><${Sign} kind="wait">${one.name}: ${one.acknowledged ? t("only version {version}", { version: one.acknowledged }) : t("not yet")}<//>${one.member === here.value.viewer
        ? html`<${Tap} intent="AcknowledgeBriefing" fields=${{ mission, member: one.member, version: held.briefing }} words=${t("I have read it")} />`
        : html`<${Ask} words=${t("Has acknowledged it")} intent="AcknowledgeBriefing" preset=${{ mission, member: one.member, version: held.briefing }} fields=${() => [field("channel", "choice", t("How it reached you"), { required: true, of: /** @type {any} */ (CHANNELS()) })]} />`}</span>`))}</p>
      ${rows.length > 1 ? html`<details class="fold"><summary>${t("Versions before")} <span class="count">${rows.length - 1}</span></summary>${rows.slice(0, -1).reverse().map((one) => html`<${Version} key=${one.version} one=${one} known=${known} />`)}</details>` : null}`}<//></section>`;
}

/** @param {{one: any, known: Record<string, string>}} props */
function Version({ one, known }) {
  return html`<article><h3>${t("Version {version}, {name}, {time}", { version: one.version, name: one.by_name, time: moment(one.at) })}</h3><p class="text" dir="auto">${one.words}</p>
    ${one.cautions.map((/** @type {string} */ words) => html`<p><${Sign} kind="bad">${t("CAUTION")}<//> <span dir="auto">${words}</span></p>`)}
    ${Object.entries(one.chosen_because).map(([member, why]) => html`<p><b><${Called} id=${member} known=${known} /></b>: <span dir="auto">${why}</span></p>`)}</article>`;
}
