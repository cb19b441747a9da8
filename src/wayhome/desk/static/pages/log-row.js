// One line of the log as a row: what the columns of the paper form say, and every doubt or change beside it.
import { link } from "../live.js";
import { drop, retry } from "../queue.js";
import { html, Sign } from "../ui.js";
import { hhmm, t } from "../words.js";

/** What is known of lines from elsewhere: clues and casualties. @typedef {{clue: (line: any) => string, casualty: (line: any) => boolean}} Marks */

/** @param {any[]} clues @param {any[]} casualties @returns {Marks} */
export function marksOf(clues, casualties) {
  const byWhen = new Map(clues.map((clue) => [`${clue.by} ${clue.at.ms}`, clue]));
  const hurt = casualties.map((one) => plain(one.who)).filter(Boolean);
  return {
    clue: (line) => (line.typed_at && byWhen.get(`${line.by} ${line.typed_at.ms}`)?.label) || "",
    casualty: (line) => hurt.length > 0 && /casualt|patient|injur|\bcas\b/i.test(line.words) && hurt.some((who) => plain(line.words).includes(who)),
  };
}

/** @param {string} words */
const plain = (words) => words.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();

/** Two letters for a name, as the paper form has them. @param {string} name */
export function initials(name) {
  const parts = name.trim().split(/\s+/).filter(Boolean);
  const letters = parts.length > 1 ? [parts[0], parts[parts.length - 1]].map((part) => [...part][0]) : [...(parts[0] || "")].slice(0, 2);
  return letters.join("").toUpperCase();
}

/** From the team or to it. @param {any} line */
export function way(line) {
  if (!line.sender && !line.receiver) return "";
  if (line.team && line.sender === line.team) return t("from");
  if (line.team && line.receiver === line.team) return t("to");
  return line.sender ? t("from") : t("to");
}

/** Whose call it is: the team, and the other end where that is not the base. @param {any} line */
export function party(line) {
  const bases = ["", "base"];
  if (!line.team) return [line.sender, line.receiver].filter((one) => !bases.includes(one)).join(" → ");
  const other = line.sender === line.team ? line.receiver : line.sender;
  if (bases.includes(other) || other === line.team) return line.team;
  return line.sender === line.team ? `${line.team} → ${other}` : `${other} → ${line.team}`;
}

/** @param {any} line */
export function placeOf(line) {
  const at = line.radio_place || line.place;
  if (!line.radio_place && line.place_words) return line.place_words;
  return at ? `${at.lat.toFixed(5)}, ${at.lon.toFixed(5)}` : line.place_words;
}

/** @param {{line: any, number: number, marks: Marks, onPick: (line: any) => void}} props */
export function Row({ line, number, marks, onPick }) {
  const clue = marks.clue(line);
  const kinds = ["log-row", line.waiting ? "log-waiting" : "", line.waiting?.refused ? "log-refused" : "", line.struck ? "log-struck" : "", clue ? "log-is-clue" : ""];
  return html`<div class=${kinds.filter(Boolean).join(" ")} role="row" aria-rowindex=${number} data-line=${line.line}>
    <span class="log-time" role="cell">${line.waiting || line.sent ? html`<time>${hhmm(line.at)}</time>` : html`<button class="pick" onClick=${() => onPick(line)}
      aria-label=${t("Line of {time}: look at it or amend it", { time: hhmm(line.at) })}><time>${hhmm(line.at)}</time></button>`}</span>
    <span class="log-way" role="cell">${way(line)}</span>
    <span class="log-team" role="cell" dir="auto">${party(line)}</span>
    <span class="log-message" role="cell"><${Said} line=${line} clue=${clue} casualty=${marks.casualty(line)} /></span>
    <span class="log-place grid" role="cell" dir="auto">${placeOf(line)}</span>
    <span class="log-status" role="cell" dir="auto">${line.status}</span>
    <span class="log-by" role="cell" title=${line.by_name}><span aria-hidden="true">${initials(line.by_name)}</span><span class="log-aloud" dir="auto">${line.by_name}</span></span>
  </div>`;
}

/** @param {{line: any, clue: string, casualty: boolean}} props */
function Said({ line, clue, casualty }) {
  const words = line.message || line.words;
  return html`<span class="log-words" dir="auto">${line.struck ? html`<s>${words}</s>` : words}</span>
    ${clue ? html` <${Sign} kind="wait">${t("Clue {label}", { label: clue })}<//>` : null}
    ${casualty ? html` <${Sign} kind="bad">${t("Casualty")}<//>` : null}
    ${line.relayed ? html` <${Sign} kind="quiet">${t("relayed")}<//>` : null}
    ${line.struck ? html` <${Sign} kind="quiet">${t("undone")}<//>` : null}
    ${line.waiting && !line.waiting.refused ? html` <${Sign} kind="wait">${link.value.state === "up" ? t("on its way") : t("waits for a link")}<//>` : null}
    ${line.was.length ? html`<span class="log-was">${t("was:")} ${line.was.map((/** @type {string} */ words) => html`<s dir="auto">${words}</s> `)}</span>` : null}
    ${line.flags.map((/** @type {string} */ flag) => html`<span class="log-flag"><b>${t("Not understood:")}</b> <span dir="auto">${flag}</span></span>`)}
    ${line.waiting?.refused ? html`<${Refused} one=${line.waiting} />` : null}`;
}

/** @param {{one: import("../queue.js").Waiting}} props */
function Refused({ one }) {
  return html`<span class="log-refusal" role="alert"><b>${t("Refused:")}</b> <span dir="auto">${one.refused}</span>
    <button onClick=${() => retry(one)}>${t("Send again")}</button><button onClick=${() => drop(one)}>${t("Let it go")}</button></span>`;
}
