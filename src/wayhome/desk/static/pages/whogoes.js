// Who goes, for all open missions at once: one card for each with its team, how good the whole is, what if; offered from each mission's own page.
import { useRead } from "../store.js";
import { Complaint, html, Shown, Sign, useEffect, useRef } from "../ui.js";
import { plural, t } from "../words.js";
import { couldGo, Doing, namesOf, unmannedOf, useSeen } from "./proposal.js";
import { Account, Asked, goesFor, LeftOut, Moves, NotConsidered, Parts, travel, Unmanned, Verdict, Without } from "./proposal-team.js";
import { Answer, OfferAll } from "./proposal-offer.js";
import { ALL, AS_IT_STANDS, plan, stateOf, takeFromAll, undo } from "./proposing.js";

/** @typedef {import("./proposing.js").What} What */
/** @typedef {import("./proposal-team.js").WhatIf} WhatIf */

export default function WhoGoes() {
  const { shown, busy, problem } = stateOf(ALL), board = useRead("board"), part = useRef(/** @type {HTMLElement|null} */ (null));
  useEffect(() => { document.title = t("Who goes"); }, []);
  useSeen(part, shown, ALL);
  const ask = (/** @type {What} */ what) => plan(ALL, what, "");
  return html`<div class="who" ref=${part}><div class="head"><h1>${t("Who goes, for all open missions")}</h1><div class="acts">
      <button type="button" class="main" aria-disabled=${busy ? "true" : null} onClick=${() => { if (!busy) ask(shown?.what || AS_IT_STANDS); }}>${shown ? t("Ask again") : t("Propose all teams")}</button></div></div>
    <${Doing} of=${ALL} /><${Complaint} problem=${problem} />
    <${Shown} of=${board}>${(/** @type {any} */ view) => (shown ? html`<${Whole} answer=${shown.answer} shown=${shown} whatif=${{ what: shown.what, busy: busy?.what || null, ask }} afresh=${() => plan(ALL, shown.what, "", true)} />`
    : html`<${Before} missions=${view.missions} />`)}<//></div>`;
}

/** What would be planned. @param {{missions: any[]}} props */
function Before({ missions }) {
  if (!missions.length) return html`<p class="empty">${t("No mission is open. An alarm makes one: press “a”, or the button above.")}</p>`;
  return html`<p>${plural(missions.length, "{count} mission is open. Nobody is put into two teams at the same hours, and what was accepted stays.", "{count} missions are open. Nobody is put into two teams at the same hours, and what was accepted stays.")}</p>
    <ul class="plain">${missions.map(({ mission: one }) => html`<li key=${one.mission}><a href=${`/m/${one.mission}/offers`} dir="auto">${one.name}</a> ${one.rank ? html`<${Sign} kind="rank">${one.rank}<//>` : null}
      ${one.secret ? html`<${Sign} kind="secret">${t("secret")}<//>` : null}</li>`)}</ul>`;
}

/** @param {{answer: any, shown: any, whatif: WhatIf, afresh: () => void}} props */
function Whole({ answer, shown, whatif, afresh }) {
  const roster = useRead("roster").value || [], names = namesOf(roster, answer), { back } = stateOf(ALL);
  const teams = answer.teams.filter((/** @type {any} */ one) => one.picks.length), unmanned = unmannedOf(answer), told = new Set(unmanned.map((/** @type {any} */ one) => one.mission));
  const without = answer.teams.filter((/** @type {any} */ one) => !one.picks.length && !told.has(one.mission));
  return html`<${Asked} whatif=${whatif} names=${names} undo=${back.length ? () => undo(ALL) : null} />
    <${Moves} moves=${shown.moves} against=${answer.against} whatIf=${!!back.length} many=${true} />
    ${answer.warnings.map((/** @type {string} */ words) => html`<p class="todo">⚠ ${words}</p>`)}
    ${teams.length ? html`<${Verdict} answer=${answer} count=${plural(teams.length, "{count} team.", "{count} teams.")} many=${true} busy=${!!whatif.busy} afresh=${afresh} />` : null}
    <div class="cardsof" aria-busy=${whatif.busy ? "true" : null}>${unmanned.map((/** @type {any} */ one) => html`<${Unmanned} key=${one.mission} one=${one} heading=${t("{name}: nobody can man it", { name: one.name })} ways=${html`<a class="button" href=${`/m/${one.mission}/offers`} onClick=${() => takeFromAll(one.mission)}>${t("Ask for less, or make an exception")}</a>`} />`)}
      ${teams.map((/** @type {any} */ team) => html`<${Card} key=${team.mission} team=${team} whatif=${whatif} />`)}
      ${without.map((/** @type {any} */ one) => html`<article class="card" key=${one.mission}><h3><a href=${`/m/${one.mission}/offers`} dir="auto">${one.name}</a></h3><p class="empty">${t("Without a team in this plan.")}</p></article>`)}</div>
    ${answer.teams.length ? null : html`<p class="empty">${answer.words || t("No open mission needs anybody.")}</p>`}
    <${LeftOut} people=${couldGo(roster, answer, whatif.what)} whatif=${whatif} /><${NotConsidered} left=${nowhere(answer.teams)} /><${Parts} answer=${answer} /><${Account} answer=${answer} />`;
}

/** Who was weighed for none of the missions, and why not. @param {any[]} teams */
function nowhere(teams) {
  /** @type {Map<string, {name: string, reasons: string[]}>} */
  const found = new Map();
  for (const team of teams) for (const { person, name, reason } of team.not_considered) found.set(person, { name, reasons: [...(found.get(person)?.reasons || []), reason] });
  return [...found.values()].filter((one) => one.reasons.length === teams.length).map(({ name, reasons }) => ({ name, reason: reasons.filter((one, n) => reasons.indexOf(one) === n).join("; ") }));
}

/** @param {{team: any, whatif: WhatIf}} props */
function Card({ team, whatif }) {
  const offers = useRead("offers", { mission: team.mission }).value || [];
  const exceptions = team.picks.filter((/** @type {any} */ one) => one.exceptions.length && !one.accepted).length;
  return html`<article class="card" aria-label=${team.name}><h3><a href=${`/m/${team.mission}/offers`} dir="auto" onClick=${() => takeFromAll(team.mission)}>${team.name}</a></h3>
    ${exceptions ? html`<p class="signs"><${Sign} kind="wait">${plural(exceptions, "{count} needs an exception", "{count} need an exception")}<//></p>` : null}
    <ul class="crew">${team.picks.map((/** @type {any} */ pick) => html`<li key=${pick.person}><span><b dir="auto">${pick.name}</b> <${Answer} pick=${pick} offers=${offers} />
      <small class="aside"><span dir="auto">${goesFor(pick)}</span>, ${travel(pick.arrival_h)}</small></span> <${Without} person=${pick.person} name=${pick.name} whatif=${whatif} /></li>`)}</ul>
    <p class="acts"><${OfferAll} mission=${team.mission} name=${team.name} picks=${team.picks} /><a class="button" href=${`/m/${team.mission}/offers`} onClick=${() => takeFromAll(team.mission)}>${t("Reasons, and to offer it")}</a></p></article>`;
}
