// What moves the map of where he may be: noted here, listed, taken back; and how the odds and the pieces stand.
import { Ask, field } from "./deed.js";
import { useRead } from "./store.js";
import { html } from "./ui.js";
import { moment, t } from "./words.js";

const KIND = /** @type {Record<string, () => string>} */ ({
  AreaSearched: () => t("area searched"), Swept: () => t("sweep"), Watched: () => t("watch"), Sighted: () => t("sighting"),
  DogBearing: () => t("dog’s bearing"), DogTrail: () => t("dog’s trail"), PhoneHeard: () => t("phone"), Spoken: () => t("words"),
});
const CHANCE = { least: 0, most: 1, required: true, hint: "0.3" };
const DEGREES = { least: 0, most: 360, required: true };

const sighting = () => [
  field("place", "place", t("Where"), { required: true, focus: true }), field("at", "moment", t("When"), { required: true }),
  field("chance_other", "number", t("Chance that it was another, 0 to 1"), CHANCE), field("words", "text", t("In words")),
];
const bearing = () => [
  field("dog", "text", t("Dog"), { required: true, focus: true }), field("place", "place", t("Where"), { required: true }), field("at", "moment", t("When"), { required: true }),
  field("bearing_deg", "number", t("Direction, degrees from north"), DEGREES), field("wind_from_deg", "number", t("Wind from, degrees"), DEGREES),
  field("wind_m_s", "number", t("Wind, m/s"), { least: 0, most: 60, required: true }), field("chance_false", "number", t("Chance that it is false, 0 to 1"), CHANCE),
];
const watch = () => [
  field("place", "place", t("Where"), { required: true, focus: true }), field("radius_m", "number", t("How far around, m"), { least: 1, most: 5000, required: true }),
  field("start", "moment", t("From"), { required: true }), field("end", "moment", t("Until"), { required: true }),
  field("pod", "number", t("Chance to see whoever comes by, 0 to 1"), CHANCE), field("who", "text", t("Who")),
];
/** @param {any[]} segments */
const area = (segments) => [
  field("segment", "choice", t("Segment"), { required: true, focus: true, of: segments.map((one) => [one.drawing, one.name || one.label]) }),
  field("start", "moment", t("From"), { required: true }), field("end", "moment", t("Until"), { required: true }),
  field("pod", "number", t("Chance to have found him there, 0 to 1"), CHANCE), field("team", "text", t("Team")),
];

/** One piece from what a form gathered. @param {string} what @param {string} mission @param {(said: any) => any} [more] */
const noted = (what, mission, more = () => ({})) => (/** @type {any} */ given) => {
  const { mission: _, words, ...said } = given;
  return { mission, words: words || "", piece: { what, ...said, ...more(said) } };
};

/** @param {{mission: string, things: any[]}} props */
export function Evidence({ mission, things }) {
  const all = useRead("evidence", { mission }).value || [], segments = things.filter((one) => one.kind === "segment").map((one) => one.row);
  const outline = (/** @type {any} */ said) => ({ area: segments.find((one) => one.drawing === said.segment)?.points || [] });
  const ask = { intent: "NoteEvidence", preset: { mission }, said: t("Noted: work the map out anew to see what it does.") };
  return html`<details class="evidence"><summary>${t("Evidence")} <small class="count-of">${all.length || ""}</small></summary>
    <div class="row"><${Ask} words=${t("Sighting")} ...${ask} fields=${sighting} change=${noted("Sighted", mission)} />
      <${Ask} words=${t("Dog’s bearing")} ...${ask} fields=${bearing} change=${noted("DogBearing", mission)} />
      <${Ask} words=${t("Watch")} ...${ask} fields=${watch} change=${noted("Watched", mission)} />
      ${segments.length ? html`<${Ask} words=${t("Area searched")} ...${ask} fields=${() => area(segments)} change=${noted("AreaSearched", mission, outline)} />` : null}</div>
    <ul>${all.map((/** @type {any} */ one) => html`<li key=${one.evidence} class=${one.withdrawn ? "gone" : ""}><b>${one.label}</b> ${KIND[one.piece.what]?.()} <small dir="auto">${[one.words, moment(one.at), one.by_name, one.withdrawn].filter(Boolean).join(" · ")}</small>
      ${one.withdrawn ? null : html`<${Ask} words=${t("Withdraw")} title=${t("Withdraw {label}", { label: one.label })} intent="WithdrawEvidence" preset=${{ mission, evidence: one.evidence }} fields=${[field("reason", "text", t("Why"), { required: true })]} />`}</li>`)}</ul></details>`;
}

/** What the map would be made of now: another whenever a piece came, went or was weighed anew. @param {string} mission */
export function useEvidence(mission) {
  const evidence = useRead("evidence", { mission }).value || [], clues = useRead("clues", { mission }).value || [], hypotheses = useRead("hypotheses", { mission }).value || [];
  return JSON.stringify([evidence.map((/** @type {any} */ one) => [one.evidence, !!one.withdrawn]), clues.map((/** @type {any} */ one) => [one.clue, !!one.withdrawn, one.worth]), hypotheses.map((/** @type {any} */ one) => [one.hypothesis, !!one.dropped])]);
}

const percent = (/** @type {number} */ chance) => `${(100 * chance).toFixed(chance < 0.1 ? 1 : 0)} %`;

/** The ground that each share of the chance lies in, for the legend. @param {any} outlines */
export const areaKeys = ({ likely, areas }) => (likely ? [...areas].sort((a, b) => a.share - b.share) : []).map((one) => html`<li key=${`area ${one.share}`}><span class=${`area share-${Math.round(one.share * 100)}`}></span>${t("likeliest ground, {share} of the chance on the map", { share: percent(one.share) })} <small class="num">${likely.areas_km2[`${Math.round(one.share * 100)} %`]} km²</small></li>`);

/** How likely he is where, in figures. @param {{outlines: any}} props */
export function Likelihood({ outlines }) {
  const { likely } = outlines;
  if (!likely) return null;
  return html`<p>${t("{carried} of {tracks} tracks carry this; {elsewhere} that he is elsewhere.", { carried: likely.carried_by, tracks: likely.tracks, elsewhere: percent(likely.elsewhere) })} <b>${t("Not validated on finds.")}</b> <small class="aside map-code">${t("Map {code}", { code: likely.digest.slice(0, 8) })}</small></p>
    ${likely.contradicted ? html`<p class="why">${t("The evidence contradicts every track: the map is that of before it.")}</p>` : null}
    ${likely.odds.length > 2 ? html`<table><caption>${t("Odds")}</caption><tbody>${likely.odds.map((/** @type {any} */ one) => html`<tr key=${one.name}><th scope="row" dir="auto">${one.name}</th><td class="num">${percent(one.before)} → ${percent(one.after)}</td></tr>`)}</tbody></table>` : null}
    ${likely.pieces.length ? html`<ul>${likely.pieces.map((/** @type {any} */ one) => html`<li key=${one.name} dir="auto">${one.name}${one.false_before === null || one.false_before === undefined ? "" : ` · ${t("false: {before} → {after}", { before: percent(one.false_before), after: percent(one.false_after) })}`}</li>`)}</ul>` : null}`;
}
