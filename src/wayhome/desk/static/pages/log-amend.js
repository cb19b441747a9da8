// One line looked at closely: all that is known of it, and a way to say it better. What it said stays beside it.
import { act, post } from "../api.js";
import { Dialog, Form, html } from "../ui.js";
import { moment, t } from "../words.js";
import { party, way } from "./log-row.js";
import { latLon } from "./log-understood.js";

/** @param {{mission: string, line: any, onClose: () => void}} props */
export function LineDialog({ mission, line, onClose }) {
  return html`<${Dialog} title=${t("Line of {time}", { time: moment(line.at) })} onClose=${onClose} kind="log-amend">
    <dl class="log-facts">
      ${fact(t("Typed"), html`<span dir="auto">${line.words}</span>`)}
      ${fact(t("Team"), [way(line), party(line)].filter(Boolean).join(" "))}
      ${fact(t("Status"), line.status)}
      ${fact(t("Place said"), line.place ? `${line.place_words} ${latLon(line.place)}` : line.place_words)}
      ${fact(t("Radio location"), line.radio_place ? latLon(line.radio_place) : "")}
      ${fact(t("Said at"), line.at_given ? moment(line.at) : "")}
      ${fact(t("Typed at"), moment(line.typed_at))}
      ${fact(t("By"), line.by_name)}
      ${line.was.map((/** @type {string} */ was) => fact(t("Was"), html`<s dir="auto">${was}</s>`))}
    </dl>
    <${Form} label=${t("Amend the line")} send=${async (/** @type {any} */ { words, reason }) => { await amend(mission, line, words, reason); onClose(); }}>
      <label>${t("As it should read")}<textarea name="words" required maxlength="4000" dir="auto">${line.words}</textarea></label>
      <label>${t("Why")}<input name="reason" required maxlength="200" dir="auto" placeholder=${t("misheard, say")} /></label>
      <p class="aside">${t("What it said before stays in the record, and is shown beside the line.")}</p><//>
  <//>`;
}

/** @param {string} name @param {any} value */
const fact = (name, value) => (value ? html`<div><dt>${name}</dt><dd dir="auto">${value}</dd></div>` : null);

/** @param {string} mission @param {any} line @param {string} words @param {string} reason */
async function amend(mission, line, words, reason) {
  const { message, status, place, flags } = await post("/api/understand", { mission, words });
  await act("AmendLine", { mission, line: line.line, words, message, status, place, flags, reason });
}

