// Losses against arrivals over time: who came, who was lost, how many were left, and whether people are fed in piecemeal.
import { useRead } from "../store.js";
import { html, Sign, Table } from "../ui.js";
import { moment, t } from "../words.js";

/** @param {{mission: string}} props */
export function Losses({ mission }) {
  const held = useRead("losses", { mission }).value;
  if (!held?.turns.length) return null;
  return html`<section class="part"><h2>${t("Losses against arrivals")}</h2>
    <p class=${held.piecemeal ? "todo" : ""} role=${held.piecemeal ? "status" : null}>${held.piecemeal ? html`<${Sign} kind="bad">${t("piecemeal")}<//> ` : null}<span dir="auto">${held.words}</span></p>
    ${held.together ? html`<p dir="auto">${held.together}</p>` : null}
    <${Table} rows=${held.turns} id=${(/** @type {any} */ one) => `${one.at.ms}${one.what}${one.names.join()}`} columns=${[[t("When"), (/** @type {any} */ one) => moment(one.at)],
      [t("What"), (/** @type {any} */ one) => html`<${Sign} kind=${one.what === "lost" ? "bad" : one.piecemeal ? "wait" : "good"}>${one.what === "lost" ? t("lost") : t("came")}<//>`],
      [t("Who"), (/** @type {any} */ one) => one.names.join(", ")], [t("How"), (/** @type {any} */ one) => one.how], [t("There then"), (/** @type {any} */ one) => one.there, "num"], [t("Words"), (/** @type {any} */ one) => one.words]]} />
    <details class="fold"><summary>${t("What it rests on")}</summary><p class="aside">${held.rests_on}</p></details></section>`;
}
