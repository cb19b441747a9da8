// How long those in the field can go on: hours out, what they said of their sleep, meals, when to be relieved and by whom.
import { Ask, field } from "../deed.js";
import { useRead } from "../store.js";
import { html, Shown, Sign, Table } from "../ui.js";
import { hhmm, t } from "../words.js";
import { now } from "../app.js";

/** How each word of fitness is said, and its sign. @type {Record<string, [string, () => string]>} */
const FITNESS = {
  fit: ["good", () => t("fit")], caution: ["wait", () => t("caution")], impaired: ["bad", () => t("impaired")], unknown: ["quiet", () => t("unknown")],
};

/** @param {{one: any}} props */
function Fit({ one }) {
  const [kind, word] = FITNESS[one.verdict] || FITNESS.unknown;
  return html`<span><${Sign} kind=${kind}>${word()}<//> <small>${one.reasons.join("; ")}</small></span>`;
}

/** @param {{at: any, why: string}} props */
function Relieve({ at, why }) {
  const over = at.ms <= now.value;
  return html`<span>${over ? html`<${Sign} kind="bad">${t("NOW")}<//>` : html`<time>${hhmm(at)}</time>`} <small>${why}</small></span>`;
}

/** What is left of a search by somebody, in per cent. @param {any} one */
function detects(one) {
  const least = Math.round(one.detection_least * 100), most = Math.round(one.detection_most * 100);
  return least === most ? t("{percent} %", { percent: least }) : t("{least} to {most} %", { least, most });
}

/** @param {{mission: string, going: any[]}} props */
export function Endurance({ mission, going }) {
  const found = useRead("endurance", { mission });
  return html`<${Shown} of=${found}>${(/** @type {any[]} */ rows) => (!rows.length ? null : html`<section class="endurance" aria-label=${t("Endurance and relief")}><h3>${t("Endurance and relief")}</h3>
    <${Table} rows=${rows} id=${(/** @type {any} */ one) => one.member} columns=${[
      [t("Who"), (/** @type {any} */ one) => one.member_name], [t("Out for"), (/** @type {any} */ one) => t("{hours} h", { hours: one.out_h.toFixed(1) })],
      [t("Fitness"), (/** @type {any} */ one) => html`<${Fit} one=${one} />`], [t("Slept out there"), (/** @type {any} */ one) => (one.slept_h === null ? t("not said") : t("{hours} h", { hours: one.slept_h }))],
      [t("Ate"), (/** @type {any} */ one) => (one.ate ? hhmm(one.ate) : t("not said"))], [t("Relieve by"), (/** @type {any} */ one) => html`<${Relieve} at=${one.relieve_by} why=${one.why} />`],
      [t("By whom"), (/** @type {any} */ one) => one.reliefs.join(", ") || t("nobody is to be had")], [t("Of a search they find"), detects]]} />
    <p class="aside">${t("By their own word and published rules; what was not said is never held for rested. It says nothing of how somebody is.")}</p>
    <${Ask} words=${t("They ate or slept")} label=${t("Note it")} intent="NoteRest" preset=${{ mission }} said=${t("Noted.")} fields=${() => [
      field("member", "choice", t("Who"), { required: true, of: going.map((one) => [one.member, one.name]) }),
      field("what", "choice", t("What"), { required: true, of: [["ate", t("ate")], ["slept", t("slept")]] }),
      field("hours", "number", t("How long they slept"), { unit: t("hours"), least: 0, most: 24 })]} /></section>`)}<//>`;
}
