// The plan as far as there is one: what is needed, what the mission rests on, what is drawn. Stages are not there yet, and it says so.
import { Ask } from "../deed.js";
import { useRead } from "../store.js";
import { html, Table } from "../ui.js";
import { t } from "../words.js";
import { planFields } from "./offers.js";
import { Rests } from "./reports.js";
import { Facts } from "./situation.js";

/** @param {{mission: string, held: any}} props */
export default function Plan({ mission, held }) {
  const drawings = useRead("drawings", { mission }).value || [];
  return html`<div class="head"><h2>${t("Plan")}</h2><${Ask} words=${t("Change what is needed")} kind="main" title=${t("Plan the mission")} label=${t("So be it")} intent="PlanMission" preset=${{ mission }} fields=${() => planFields(held)} said=${t("Planned.")} /></div>
    <p class="aside">${t("Plans in stages, and rehearsing them, are not there yet. Until then this page shows what a plan is made of: who is needed, what it rests on, and what is drawn on the map.")}</p>
    <${Facts} one=${held} />
    <h3>${t("Who is needed")}</h3>${held.needs.length ? html`<${Table} rows=${held.needs} id=${(/** @type {any} */ one) => `${one.skill}${one.level}`} columns=${[[t("Skill"), (/** @type {any} */ one) => one.skill], [t("Level, at least"), (/** @type {any} */ one) => one.level, "num"], [t("How many"), (/** @type {any} */ one) => one.count, "num"]]} />`
    : html`<p class="empty">${t("No skill is asked for yet. Say who is needed, and a team can be proposed.")}</p>`}
    <${Rests} mission=${mission} />
    <section class="part"><div class="head"><h2>${t("Drawn on the map")}</h2><a class="button" href=${`/m/${mission}/map`}>${t("To the map")}</a></div>
      ${drawings.length ? html`<${Table} rows=${drawings} id=${(/** @type {any} */ one) => one.drawing} columns=${[[t("No."), (/** @type {any} */ one) => one.label, "num"], [t("What"), (/** @type {any} */ one) => one.what], [t("Name"), (/** @type {any} */ one) => one.name],
        [t("Given to"), (/** @type {any} */ one) => one.team || one.holder_name], [t("Size"), (/** @type {any} */ one) => (one.area_km2 ? `${one.area_km2.toFixed(2)} km²` : one.length_km ? `${one.length_km.toFixed(2)} km` : "")], [t("Words"), (/** @type {any} */ one) => one.words]]} />`
      : html`<p class="empty">${t("Nothing is drawn yet. Segments, posts and lines are drawn on the map.")}</p>`}</section>`;
}
