// Clues by number: what was found, where, and what the finders were told to do. A withdrawn one keeps its number.
import { here } from "../app.js";
import { degrees } from "../deed-fields.js";
import { Ask, field } from "../deed.js";
import { useRead } from "../store.js";
import { html, Shown, Sign, Table } from "../ui.js";
import { moment, t } from "../words.js";

/** @param {{mission: string}} props */
export default function Clues({ mission }) {
  const clues = useRead("clues", { mission });
  return html`<div class="head"><h2>${t("Clues")}</h2><${Ask} words=${t("A clue")} kind="main" title=${t("A clue")} label=${t("Number it")} intent="ReportClue" preset=${{ mission }} said=${t("Numbered.")} fields=${() => [
      field("words", "text", t("What was found"), { required: true, focus: true, hint: t("boot print, size 44, heading north") }), field("place", "place", t("Where")),
      field("instruction", "choice", t("What the finders shall do"), { buttons: true, of: here.value.lists.clue_instructions.map((/** @type {string} */ one) => [one, one]) })]} /></div>
    <${Shown} of=${clues} empty=${t("No clues yet. The first gets the number 1.")}>${(/** @type {any[]} */ rows) => html`<${Table} rows=${rows} id=${(/** @type {any} */ one) => one.clue} rowClass=${(/** @type {any} */ one) => (one.withdrawn ? "gone" : "")} columns=${[
      [t("No."), (/** @type {any} */ one) => html`<b class="num">${one.label}</b>`, "num"], [t("What"), (/** @type {any} */ one) => one.words], [t("Where"), (/** @type {any} */ one) => (one.place ? html`<span class="grid">${degrees(one.place)}</span>` : "")],
      [t("When"), (/** @type {any} */ one) => html`<time>${moment(one.at)}</time>`], [t("By"), (/** @type {any} */ one) => one.by_name], [t("To do"), (/** @type {any} */ one) => (one.instruction ? html`<${Sign} kind="wait">${one.instruction}<//>` : "")],
      ["", (/** @type {any} */ one) => (one.withdrawn ? html`<span class="why"><${Sign} kind="quiet">${t("withdrawn")}<//> ${one.withdrawn}</span>`
        : html`${one.worth ? html`<small>${t("{planted} a plant, {anothers} another’s", { planted: `${Math.round(100 * one.worth.planted)} %`, anothers: `${Math.round(100 * one.worth.anothers)} %` })}</small>` : null}
          <${Ask} words=${t("Worth")} title=${t("What clue {label} is worth", { label: one.label })} intent="WeighClue" preset=${{ mission, clue: one.clue }} fields=${[
  field("planted", "number", t("Chance that it was planted, 0 to 1"), { required: true, least: 0, most: 1, focus: true, hint: "0.1" }), field("anothers", "number", t("Chance that it is another’s, 0 to 1"), { required: true, least: 0, most: 1, hint: "0.2" }),
  field("left_from", "moment", t("Left at the earliest")), field("left_until", "moment", t("Left at the latest"))]} />
          <${Ask} words=${t("Withdraw")} title=${t("Withdraw clue {label}", { label: one.label })} intent="WithdrawClue" preset=${{ mission, clue: one.clue }} fields=${[field("reason", "text", t("Why"), { required: true, hint: t("one of our own boots") })]} />`)]]} />`}<//>`;
}
