// Who could go on one mission: a proposal with its reasons, what if, what changed; people decide, and each offer is a deed of its own.
import { advise } from "../api.js";
import { now } from "../app.js";
import { STATUSES } from "../members.js";
import { again, useRead } from "../store.js";
import { Complaint, html, Sign, Table, useEffect, useRef, useSignal } from "../ui.js";
import { moment, plural, t } from "../words.js";
import { MakeException, PlanIt } from "./offers.js";
import { excusedBy, Offer, OfferAll, SETTLED } from "./proposal-offer.js";
import { Account, Asked, LeftOut, Moves, NotConsidered, Pick, Picks, Unmanned, Verdict, Without } from "./proposal-team.js";
import { ALL, AS_IT_STANDS, leaveIt, plan, stateOf, undo } from "./proposing.js";

/** @typedef {import("./proposing.js").What} What */
/** @typedef {import("./proposing.js").Shown} Shown */
/** @typedef {import("./proposal-team.js").WhatIf} WhatIf */

/** @param {{mission: string, held: any}} props */
export function Proposals({ mission, held }) {
  const { shown, busy, problem } = stateOf(mission);
  const offers = useRead("offers", { mission }).value || [];
  const basis = basisOf(held, offers);
  const ask = (/** @type {What} */ what) => plan(mission, what, basis);
  const part = useRef(/** @type {HTMLElement|null} */ (null));
  useSeen(part, shown, mission);
  return html`<section class="part who" ref=${part} aria-label=${t("Who could go")}><div class="head"><h2>${t("Who could go")}</h2><div class="acts">
      <button type="button" class=${shown ? "" : "main"} aria-disabled=${busy ? "true" : null} onClick=${() => { if (!busy) ask(shown?.what || AS_IT_STANDS); }}>${shown ? t("Ask again") : t("Propose a team")}</button></div></div>
    <${Doing} of=${mission} /><${Complaint} problem=${problem} />
    ${shown ? html`<${Stale} mission=${mission} shown=${shown} basis=${basis} offers=${offers} busy=${!!busy} ask=${() => ask(shown.what)} />
      <${Proposal} mission=${mission} held=${held} offers=${offers} shown=${shown} whatif=${{ what: shown.what, busy: busy?.what || null, ask }} afresh=${() => plan(mission, shown.what, basis, true)} />` : null}
    <${Next} mission=${mission} offers=${offers} /><${Earlier} mission=${mission} /></section>`;
}

/** What the question rests on: a mark by which is seen that it holds no more. @param {any} held @param {any[]} offers */
const basisOf = (held, offers) => JSON.stringify({
  needs: [held.needs, held.least_people, held.most_people, held.place, held.starts, held.hours, held.rank],
  said: Object.fromEntries(offers.filter((one) => SETTLED.has(one.answer)).map((one) => [one.member, one.answer])),
});

/** Brings what has changed into view, and keeps the focus near where it was asked for. @param {{current: HTMLElement|null}} part @param {Shown|null} shown @param {string} key */
export function useSeen(part, shown, key) {
  const before = useRef(/** @type {[string, Shown|null]} */ ([key, shown]));
  useEffect(() => {
    const [was, last] = before.current;
    before.current = [key, shown];
    if (was !== key || last === shown || !shown) return;
    const moves = part.current?.querySelector(".moves"), at = document.activeElement;
    moves?.scrollIntoView({ block: "nearest" });
    if (!at || at === document.body) /** @type {HTMLElement|null|undefined} */ (part.current?.querySelector(".undo") || part.current?.querySelector(".head button"))?.focus({ preventScroll: true });
  }, [key, shown]);
}

/** How far it has come, in a line that is always there so that nothing jumps. @param {{of: string}} props */
export function Doing({ of }) {
  const { busy, shown } = stateOf(of);
  const since = busy ? Math.max(0, Math.round((now.value - busy.since) / 1_000)) : 0;
  const from = shown?.from ? t("From the plan for all open missions of {time}.", { time: moment(at(shown.at)) }) : shown ? t("Proposed at {time}.", { time: moment(at(shown.at)) }) : t("Everybody is weighed against the needs; the answer is written down as advice.");
  return html`<div class="doing"><p role="status" class=${busy ? "" : "aside"}>${busy ? t("Everybody is weighed against the needs…") : from}</p>
    ${busy ? html`<span class="num" aria-hidden="true">${t("{seconds} s", { seconds: since })}</span><button type="button" class="small" onClick=${() => leaveIt(of)}>${t("Wait no longer")}</button>` : null}</div>`;
}

/** @param {number} ms */
const at = (ms) => ({ ms, zone: "" });

const GONE = new Set(["leave", "away", "resting", "lost"]);

/** What has come in since, and a way to have it weighed. @param {{mission: string, shown: Shown, basis: string, offers: any[], busy: boolean, ask: () => void}} props */
function Stale({ mission, shown, basis, offers, busy, ask }) {
  const roster = useRead("roster").value || [], picks = shown.answer.teams.flatMap((/** @type {any} */ team) => (team.mission === mission ? team.picks : []));
  const gone = roster.filter((/** @type {any} */ one) => GONE.has(one.status) && picks.some((/** @type {any} */ pick) => pick.person === one.member && !GONE.has(pick.duty))).map((/** @type {any} */ one) => t("{name}: {answer}", { name: one.member_name, answer: STATUSES[one.status]?.[1]() || one.status }));
  const words = [...(shown.basis ? since(JSON.parse(shown.basis), JSON.parse(basis), offers) : []), ...gone];
  if (!words.length || busy) return null;
  return html`<div class="stale" role="status"><p><b>${t("Out of date.")}</b> ${t("Since it was proposed: {words}.", { words: words.join("; ") })}</p><button type="button" class="main" onClick=${ask}>${t("Ask again now")}</button></div>`;
}

/** What is otherwise now than when it was asked. @param {any} was @param {any} is @param {any[]} offers */
function since(was, is, offers) {
  const said = offers.filter((one) => was.said[one.member] !== is.said[one.member] && is.said[one.member] === one.answer).map((one) => t("{name}: {answer}", { name: one.member_name, answer: one.answer }));
  return [...said, ...(JSON.stringify(was.needs) === JSON.stringify(is.needs) ? [] : [t("what is needed has changed")])];
}

/** @param {{mission: string, held: any, offers: any[], shown: Shown, whatif: WhatIf, afresh: () => void}} props */
function Proposal({ mission, held, offers, shown, whatif, afresh }) {
  const { answer, from } = shown, team = answer.teams.find((/** @type {any} */ one) => one.mission === mission);
  const roster = useRead("roster").value || [], names = namesOf(roster, answer);
  const excused = excusedBy(useRead("exceptions", { mission }).value || []);
  const picks = team?.picks || [], may = from === ALL ? null : whatif, unmanned = unmannedOf(answer);
  const acts = (/** @type {any} */ pick) => html`<${Offer} mission=${mission} pick=${pick} offers=${offers} />${may ? html`<${Without} person=${pick.person} name=${pick.name} whatif=${may} />` : null}`;
  return html`${may ? html`<${Asked} whatif=${may} names=${names} undo=${stateOf(mission).back.length ? () => undo(mission) : null} />` : html`<p><a class="button" href="/more/who">${t("To the plan for all open missions")}</a></p>`}
    <${Moves} moves=${shown.moves} against=${answer.against} whatIf=${!!stateOf(mission).back.length} />
    ${answer.warnings.filter((/** @type {string} */ words) => !from || words.includes(team.name)).map((/** @type {string} */ words) => html`<p class="todo">⚠ ${words}</p>`)}
    ${unmanned.map((/** @type {any} */ one) => html`<${Unmanned} key=${one.mission} one=${one} heading=${t("Nobody can man it as it stands")} ways=${html`<${PlanIt} mission=${mission} held=${held} words=${t("Ask for less")} /><${MakeException} mission=${mission} />`} />`)}
    ${picks.length ? html`<${Verdict} answer=${answer} count=${plural(picks.length, "{count} person.", "{count} people.")} many=${!!from} busy=${!!whatif.busy} afresh=${may ? afresh : null} />
      <${Picks} picks=${picks} points=${answer.points} names=${names} whatif=${may} acts=${acts} excused=${excused} label=${t("The team proposed")} /><p class="acts"><${OfferAll} mission=${mission} name=${held.name} picks=${picks} kind="main" /></p>` : unmanned.length ? null : html`<p>${answer.words}</p>`}
    ${may ? html`<${LeftOut} people=${couldGo(roster, answer, whatif.what)} whatif=${may} />` : null}
    <${NotConsidered} left=${team?.not_considered || []} /><${Account} answer=${answer} />`;
}

/** What nobody can man; an engine's clash where it is told by itself. @param {any} answer */
export function unmannedOf(answer) {
  if (answer.unmanned?.length || !answer.clash) return answer.unmanned || [];
  return [{ mission: answer.teams[0]?.mission, name: answer.teams[0]?.name, words: answer.clash.words, rules: answer.clash.rules.map((/** @type {any} */ one) => one.words), near: [] }];
}

/** The names of everybody who may be spoken of. @param {any[]} roster @param {any} answer @returns {Map<string, string>} */
export const namesOf = (roster, answer) => new Map([...roster.map((one) => [one.member, one.member_name]), ...answer.teams.flatMap((/** @type {any} */ team) => [...team.picks, ...team.not_considered].map((/** @type {any} */ one) => [one.person, one.name]))]);

/** Who was weighed and is in no team. @param {any[]} roster @param {any} answer @param {What} what */
export function couldGo(roster, answer, what) {
  const picked = new Set([...answer.teams.flatMap((/** @type {any} */ team) => team.picks.map((/** @type {any} */ one) => one.person)), ...what.without, ...what.pinned]);
  const barred = answer.teams.map((/** @type {any} */ team) => new Set(team.not_considered.map((/** @type {any} */ one) => one.person)));
  return roster.filter((one) => one.status !== "lost" && !one.erased && !picked.has(one.member) && !barred.every((/** @type {Set<string>} */ some) => some.has(one.member)));
}

/** Whom to ask next beside those who have accepted, best first. @param {{mission: string, offers: any[]}} props */
function Next({ mission, offers }) {
  const ranked = useSignal(/** @type {any[]|null} */ (null)), problem = useSignal(/** @type {any} */ (null)), busy = useSignal(false);
  const ask = async () => {
    if (busy.value) return;
    busy.value = true;
    try {
      ranked.value = await advise("next_candidates", { mission });
      problem.value = null;
      again("advice", { mission });
    } catch (error) {
      problem.value = error;
    } finally {
      busy.value = false;
    }
  };
  const acts = (/** @type {any} */ pick) => html`<${Offer} mission=${mission} pick=${pick} offers=${offers} />`;
  return html`<div class="next"><div class="head"><h3>${t("Whom to ask next, best first")}</h3><button type="button" aria-disabled=${busy.value ? "true" : null} onClick=${ask}>${busy.value ? t("Weighing it…") : t("Whom to ask next")}</button></div>
    <${Complaint} problem=${problem.value} />
    ${ranked.value ? ranked.value.length ? html`<ul class="team">${ranked.value.map((/** @type {any} */ one) => html`<${Pick} key=${one.pick.person} pick=${one.pick} acts=${acts} more=${one.fills ? t("fills every need") : t("still lacking: {lacks}", { lacks: one.lacks.join(", ") })} />`)}</ul>` : html`<p class="empty">${t("Nobody else can be asked.")}</p>` : null}</div>`;
}

/** What was advised before, with all that is needed to compute it again. @param {{mission: string}} props */
function Earlier({ mission }) {
  const rows = useRead("advice", { mission }).value || [];
  if (!rows.length) return null;
  return html`<details class="fold"><summary>${plural(rows.length, "{count} piece of advice on record", "{count} pieces of advice on record")}</summary><${Table} rows=${rows} id=${(/** @type {any} */ one) => one.advice} columns=${[
    [t("When"), (/** @type {any} */ one) => moment(one.at)], [t("Engine"), (/** @type {any} */ one) => `${one.engine} ${one.engine_version}`], [t("Seed"), (/** @type {any} */ one) => one.seed], [t("Work"), (/** @type {any} */ one) => one.work],
    [t("Inputs"), (/** @type {any} */ one) => one.inputs_digest.slice(0, 12)], [t("Summary"), (/** @type {any} */ one) => one.summary]]} /></details>`;
}
