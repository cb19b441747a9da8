// A proposal as it is read: the team at a glance, each pick's reasons in a fold, what changed, what is left, how good it is.
import { html, Sign, useSignal } from "../ui.js";
import { moment, plural, t } from "../words.js";
import { strongest } from "../members.js";

/** @typedef {import("./proposing.js").What} What */
/** @typedef {import("./proposing.js").Move} Move */
/** How one asks what if: what is asked now, what is under way, how it is asked. @typedef {{what: What, busy: What|null, ask: (what: What) => void}} WhatIf */

/** @param {number|null} hours */
export const travel = (hours) => (hours === null ? t("travel time not known") : hours < 1.5 ? t("there in {minutes} min", { minutes: Math.round(hours * 60) }) : t("there in {hours} h", { hours: hours.toFixed(1) }));

/** For what somebody goes. @param {any} pick */
export const goesFor = (pick) => (pick.brings.length ? pick.brings.map((/** @type {any} */ one) => `${one.skill} ${one.level}`).join(", ") : t("makes up the number"));

/** A share as a percentage that is never rounded to nothing. @param {number} share */
const percent = (share) => (share < 0.001 ? t("less than 0.1 %") : t("{percent} %", { percent: (share * 100).toFixed(share < 0.1 ? 1 : 0) }));

// How good it is

/** How much better any plan could be, as a leader reads it: never said smaller than it is. @param {any} answer @param {boolean} [many] */
export function howGood(answer, many = false) {
  const share = t("{percent} %", { percent: (Math.ceil(answer.gap * 1_000) / 10).toFixed(1) });
  if (answer.gap > 0) return many ? t("No plan for all of these together can be more than {share} better, by these weights.", { share }) : t("No team can be more than {share} better, by these weights.", { share });
  return many ? t("No better plan for all of these together exists by these weights.") : t("No better team exists by these weights.");
}

/** How many go, and how good that is; where earlier proposals were kept to, the way to a plan that keeps to none. @param {{answer: any, count: string, many?: boolean, busy: boolean, afresh: (() => void)|null}} props */
export function Verdict({ answer, count, many = false, busy, afresh }) {
  const dear = answer.kept && answer.points > 0 && answer.saves / answer.points >= WORTH_IT;
  return html`<div class="verdict"><p><b>${count}</b> ${dear ? t("Changed as little as can be; planned afresh it would be {share} better.", { share: percent(answer.saves / answer.points) }) : howGood(answer, many)}</p>
    ${dear && afresh ? html`<button type="button" class="small" aria-disabled=${busy ? "true" : null} onClick=${() => { if (!busy) afresh(); }}>${t("Plan it afresh")}</button>` : null}</div>`;
}

/** What was weighed by itself, being at other hours, and how good each is. @param {{answer: any}} props */
export function Parts({ answer }) {
  if ((answer.parts || []).length < 2) return null;
  const names = new Map(answer.teams.map((/** @type {any} */ one) => [one.mission, one.name]));
  return html`<details class="fold"><summary>${t("How good each is")}</summary><p>${t("These are at other hours: each was weighed by itself, and somebody may go on more than one.")}</p>
    <ul class="plain">${answer.parts.map((/** @type {any} */ one) => html`<li key=${one.missions[0]}><b dir="auto">${one.missions.map((/** @type {string} */ mission) => names.get(mission)).join(", ")}</b>
      ${howGood({ gap: one.points ? (one.points - one.bound) / one.points : 0 }, one.missions.length > 1)}</li>`)}</ul></details>`;
}

/** From such a share on it is worth a word that a plan made afresh would be better: people were promised nothing, but they were told. */
const WORTH_IT = 0.01;

/** What each part of an account is called. @type {Record<string, () => string>} */
const ACCOUNT = {
  exception: () => t("people who need an exception"), unstaffed: () => t("missions left without a team"), home_thin: () => t("too few kept at home"), limited: () => t("people on limited duty"),
  impaired: () => t("people who are impaired"), tired: () => t("people whose sleep asks for caution"), unknown_travel: () => t("travel times not known"), sent: () => t("each person sent"),
  dependent: () => t("people left behind who depend on somebody"), stake: () => t("personal stakes that hurt"), level: () => t("skill short of the best"), unsteady: () => t("composure short of the best, or not known"),
  load_h: () => t("hours of duty behind them"), travel_min: () => t("minutes on the way"), parted: () => t("parted from whom they go better with"), empty_place: () => t("trainee places left empty"),
};

/** The points, for whoever wants to check them. @param {{answer: any}} props */
export function Account({ answer }) {
  const parts = Object.entries(answer.account).filter(([, points]) => points).sort((one, other) => Number(other[1]) - Number(one[1]));
  if (!parts.length) return null;
  return html`<details class="fold"><summary>${t("How it was weighed")}</summary>
    <p>${t("{points} points, where fewer are better; no plan has under {bound}. One point weighs as much as a minute of one person's way.", { points: answer.points, bound: answer.bound })}</p>
    <ul class="account">${parts.map(([what, points]) => html`<li key=${what}><span>${ACCOUNT[what]?.() || what}</span> <b class="num">${points}</b></li>`)}</ul>
    ${answer.complete === false ? html`<p class="aside">${t("The work allowed ran out before more could be shown.")}</p>` : null}</details>`;
}

// The team

/** What is said of a pick, by what it is. @param {any} pick @returns {[string, string][]} */
const saysOf = (pick) => [...pick.why.map((/** @type {string} */ words) => [t("why"), words]), ...pick.costs.map((/** @type {any} */ one) => [t("costs"), one.words]), ...pick.takes.map((/** @type {string} */ words) => [t("leaves behind"), words]),
  ...pick.cautions.map((/** @type {string} */ words) => [t("caution"), words])];

const MANY = 3;
/** From so many picks on, what is said of every one of them is said once. @param {any[]} picks @returns {[string, string][]} */
function saidOfAll(picks) {
  if (picks.length < MANY) return [];
  const lines = picks.map((pick) => [...saysOf(pick), ...personal(pick)]);
  return lines[0].filter((line) => lines.every((other) => other.some((one) => sameLine(one, line))));
}

/** @param {[string, string]} one @param {[string, string]} other */
const sameLine = (one, other) => one[0] === other[0] && one[1] === other[1];
/** @param {any} pick @returns {[string, string][]} */
const personal = (pick) => (pick.personal || []).map((/** @type {string} */ words) => [t("for you alone"), words]);

/** Lines with what each is. @param {{lines: [string, string][]}} props */
export const Says = ({ lines }) => html`<ul class="says">${lines.map(([label, words], number) => html`<li><b>${number && lines[number - 1][0] === label ? "" : label}</b><span dir="auto">${words}</span></li>`)}</ul>`;

/** The team, one line each. `acts` draws what can be done with a pick. `excused`: who has an exception on record already. @param {{picks: any[], points: number, names: Map<string, string>, whatif: WhatIf|null, acts: (pick: any) => any, excused: (person: string) => boolean, label: string}} props */
export function Picks({ picks, points, names, whatif, acts, excused, label }) {
  const shared = saidOfAll(picks);
  return html`<ul class="team" aria-label=${label} aria-busy=${whatif?.busy ? "true" : null}>${picks.map((pick) => html`<${Pick} key=${pick.person} pick=${pick} shared=${shared} points=${points} names=${names} whatif=${whatif} acts=${acts} excused=${excused(pick.person)} />`)}</ul>
    ${shared.length ? html`<div class="said-of-all"><h4>${t("All of them")}</h4><${Says} lines=${shared} /></div>` : null}`;
}

/** @param {{pick: any, shared?: [string, string][], points?: number, names?: Map<string, string>, whatif?: WhatIf|null, acts: (pick: any) => any, excused?: boolean, more?: string}} props */
export function Pick({ pick, shared = [], points = 0, names = new Map(), whatif = null, acts, excused = false, more = "" }) {
  const own = (/** @type {[string, string][]} */ lines) => lines.filter((line) => !shared.some((one) => sameLine(one, line)));
  const cautions = own(saysOf(pick)).filter(([label]) => label === t("caution")).length;
  return html`<li class="pick"><div class="glance"><h3 dir="auto">${pick.name}</h3>
      <p class="for"><b dir="auto">${goesFor(pick)}</b> <small class="aside">${travel(pick.arrival_h)}, ${pick.duty}</small></p>
      ${pick.next_best ? html`<${Instead} pick=${pick} points=${points} names=${names} whatif=${whatif} />` : html`<p class="note">${more}</p>`}
      <div class="acts">${acts(pick)}</div></div>
    ${pick.exceptions.map((/** @type {string} */ words) => html`<p class="note"><${Sign} kind=${excused ? "quiet" : "wait"}>${excused ? t("an exception was made") : t("needs an exception")}<//> ${words}</p>`)}
    ${own(personal(pick)).map(([label, words]) => html`<p class="note"><${Sign} kind="quiet">${label}<//> <span dir="auto">${words}</span></p>`)}
    <details><summary aria-label=${t("Why {name}, and what it costs", { name: pick.name })}>${t("Why, and what it costs")}${cautions ? html` <${Sign} kind="wait">${plural(cautions, "{count} caution", "{count} cautions")}<//>` : null}</summary>
      <${Says} lines=${[...own(saysOf(pick)), ...(pick.next_best ? [[t("else"), pick.next_best.words]] : [])]} /></details></li>`;
}

/** Who would go instead, and at what price. @param {{pick: any, points: number, names: Map<string, string>, whatif: WhatIf|null}} props */
function Instead({ pick, points, names, whatif }) {
  const best = pick.next_best;
  const others = best.changes.filter((/** @type {any} */ one) => one.joins && one.mission === pick.mission).map((/** @type {any} */ one) => ({ person: one.person, name: names.get(one.person) || "" })).filter((/** @type {any} */ one) => one.name);
  return html`<p class="instead"><span>${insteadWords(pick, points, others.map((/** @type {any} */ one) => one.name), names)}</span>
    ${whatif ? others.slice(0, 2).map((/** @type {any} */ one) => html`<${With} key=${one.person} person=${one.person} name=${one.name} whatif=${whatif} />`) : null}</p>`;
}

/** @param {any} pick @param {number} points @param {string[]} others @param {Map<string, string>} names */
function insteadWords(pick, points, others, names) {
  const { possible, proven, points_more: more, changes, words } = pick.next_best;
  if (!possible) return proven ? t("Without them there is no team.") : t("No other team was found in the work allowed.");
  const left = changes.filter((/** @type {any} */ one) => !one.joins && one.mission === pick.mission && one.person !== pick.person).map((/** @type {any} */ one) => names.get(one.person) || "").filter(Boolean);
  const joins = others.length ? t("Instead: {names}", { names: others.join(", ") }) : t("Instead: nobody");
  const who = left.length ? t("{who} (and without {names})", { who: joins, names: left.join(", ") }) : joins;
  const price = more <= 0 ? t("just as good") : more < points ? t("{share} worse", { share: percent(more / points) }) : t("far worse");
  const elsewhere = changes.some((/** @type {any} */ one) => one.mission !== pick.mission) ? t("{who}, {price}, with changes to other teams", { who, price }) : t("{who}, {price}", { who, price });
  const [, why] = /\(([^()]+)\)\.$/.exec(words) || [];
  return more > 0 && why ? t("{who}: {why}", { who: elsewhere, why }) : elsewhere;
}

// What if

/** A question that is asked at once; while one is under way the others wait, and keep the focus. @param {{words: string, label: string, what: What, whatif: WhatIf}} props */
function Question({ words, label, what, whatif }) {
  const mine = whatif.busy && JSON.stringify(whatif.busy) === JSON.stringify(what);
  return html`<button type="button" class="small" aria-label=${label} aria-disabled=${whatif.busy ? "true" : null} onClick=${() => { if (!whatif.busy) whatif.ask(what); }}>${mine ? t("Planning…") : words}</button>`;
}

/** @param {{person: string, name: string, whatif: WhatIf}} props */
export const With = ({ person, name, whatif }) => html`<${Question} words=${t("With")} label=${t("Plan it with {name}", { name })} what=${withThem(whatif.what, person)} whatif=${whatif} />`;
/** @param {{person: string, name: string, whatif: WhatIf}} props */
export const Without = ({ person, name, whatif }) => html`<${Question} words=${t("Without")} label=${t("Plan it without {name}", { name })} what=${withoutThem(whatif.what, person)} whatif=${whatif} />`;

/** With one more left out. @param {What} what @param {string} person @returns {What} */
const withoutThem = (what, person) => ({ without: [...what.without.filter((one) => one !== person), person], pinned: what.pinned.filter((one) => one !== person) });
/** With one more taken in. @param {What} what @param {string} person @returns {What} */
const withThem = (what, person) => ({ without: what.without.filter((one) => one !== person), pinned: [...what.pinned.filter((one) => one !== person), person] });
/** With somebody neither left out nor taken in. @param {What} what @param {string} person @returns {What} */
const either = (what, person) => ({ without: what.without.filter((one) => one !== person), pinned: what.pinned.filter((one) => one !== person) });

/** What was asked beside the facts, each taken back by itself, and the way back. @param {{whatif: WhatIf, names: Map<string, string>, undo: (() => void)|null}} props */
export function Asked({ whatif, names, undo }) {
  const { without, pinned } = whatif.what;
  if (!without.length && !pinned.length && !undo) return null;
  const chip = (/** @type {string} */ person, /** @type {string} */ words, /** @type {string} */ label) => html`<span key=${person} class="chip"><span dir="auto">${words}</span>
    <button type="button" class="quiet" aria-label=${label} aria-disabled=${whatif.busy ? "true" : null} onClick=${() => { if (!whatif.busy) whatif.ask(either(whatif.what, person)); }}>✕</button></span>`;
  const name = (/** @type {string} */ person) => names.get(person) || t("somebody");
  return html`<div class="whatif" role="group" aria-label=${t("What if")}><b>${t("What if")}</b>
    ${without.map((one) => chip(one, t("without {name}", { name: name(one) }), t("No longer without {name}", { name: name(one) })))}
    ${pinned.map((one) => chip(one, t("with {name}", { name: name(one) }), t("{name} need not be in it", { name: name(one) })))}
    ${undo ? html`<button type="button" class="undo" onClick=${undo}>${t("Undo")}</button>` : null}</div>`;
}

/** One line of what changed: who leaves one team for another is one move, not two. @typedef {{key: string, sign: string, kind: string, name: string, where: string, why: string}} Line */

/** @param {Move[]} moves @param {boolean} many @returns {Line[]} */
function linesOf(moves, many) {
  const elsewhere = new Map(moves.filter((one) => one.joins).map((one) => [one.person, one]));
  const moved = new Set(moves.filter((one) => !one.joins && elsewhere.has(one.person)).map((one) => one.person));
  return moves.filter((one) => !one.joins || !moved.has(one.person)).map((one) => {
    const to = one.joins ? undefined : elsewhere.get(one.person), where = many ? one.mission_name : "";
    if (to) return { key: `moves ${one.person}`, sign: t("moves"), kind: "wait", name: one.name, where: t("{before} → {after}", { before: one.mission_name, after: to.mission_name }), why: to.why };
    return { key: `${one.joins} ${one.mission} ${one.person}`, sign: one.joins ? t("joins") : t("leaves"), kind: one.joins ? "good" : "quiet", name: one.name, where, why: one.why };
  });
}

const AT_ONCE = 8;
/** @param {{lines: Line[]}} props */
const Lines = ({ lines }) => html`<ul class="plain">${lines.map((one) => html`<li key=${one.key}><${Sign} kind=${one.kind}>${one.sign}<//> <b dir="auto">${one.name}</b>${one.where ? html` <span class="aside" dir="auto">${one.where}</span>` : null} <span dir="auto">${one.why}</span></li>`)}</ul>`;

/** Who leaves, who joins, and why. @param {{moves: Move[]|null, against: any, whatIf: boolean, many?: boolean}} props */
export function Moves({ moves, against, whatIf, many = false }) {
  if (!moves || (!whatIf && !against)) return null;
  if (!moves.length && !whatIf) return html`<p class="aside">${t("Nobody joins or leaves since the proposal of {time}.", { time: moment(against) })}</p>`;
  const heading = whatIf ? t("What that changes") : t("What changed since the proposal of {time}", { time: moment(against) }), lines = linesOf(moves, many), rest = lines.slice(AT_ONCE);
  return html`<section class="moves" aria-label=${heading}><h3>${heading}</h3>
    ${lines.length ? html`<${Lines} lines=${lines.slice(0, AT_ONCE)} />` : html`<p class="empty">${t("Nobody joins or leaves.")}</p>`}
    ${rest.length ? html`<details><summary>${plural(rest.length, "{count} more change", "{count} more changes")}</summary><${Lines} lines=${rest} /></details>` : null}</section>`;
}

// Who is not in it

/** Those who could go and do not, with the question what if. @param {{people: any[], whatif: WhatIf}} props */
export function LeftOut({ people, whatif }) {
  const find = useSignal("");
  if (!people.length) return null;
  const wanted = find.value.trim().toLocaleLowerCase();
  const found = people.filter((one) => !wanted || `${one.member_name} ${Object.keys(one.skills).join(" ")}`.toLocaleLowerCase().includes(wanted));
  return html`<details class="fold"><summary>${t("Could go, and is left out")} <span class="aside">${people.length}</span></summary>
    ${people.length > SHOWN ? html`<label>${t("Find by name or skill")}<input type="search" dir="auto" value=${find.value} onInput=${(/** @type {any} */ event) => { find.value = event.target.value; }} /></label>` : null}
    <ul class="plain left-out">${found.slice(0, SHOWN).map((one) => html`<li key=${one.member}><b dir="auto">${one.member_name}</b> <small class="aside">${strongest(one.skills).slice(0, 3).map(([skill, level]) => `${skill} ${level}`).join(", ")}</small>
      <span class="answer"><${With} person=${one.member} name=${one.member_name} whatif=${whatif} /></span></li>`)}</ul>
    ${found.length > SHOWN ? html`<p class="aside">${plural(found.length - SHOWN, "{count} more: find them by name or skill.", "{count} more: find them by name or skill.")}</p>` : null}</details>`;
}
const SHOWN = 12;

/** Those who were not weighed at all, by the reason. @param {{left: {name: string, reason: string}[]}} props */
export function NotConsidered({ left }) {
  if (!left.length) return null;
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const one of left) found.set(one.reason, [...(found.get(one.reason) || []), one.name]);
  return html`<details class="fold"><summary>${t("Not considered")} <span class="aside">${left.length}</span></summary><${Says} lines=${[...found].map(([why, who]) => [why, who.join(", ")])} /></details>`;
}

/** A mission that nobody can man: what clashes, who is nearest, and a way on. @param {{one: any, heading: string, ways: any}} props */
export function Unmanned({ one, heading, ways }) {
  return html`<section class="unmanned" aria-label=${heading}><h3 dir="auto">${heading}</h3>
    ${one.rules.length > 1 ? html`<p>${t("These cannot all hold. Give up any one of them, and the rest can:")}</p>` : null}
    ${one.rules.length ? html`<ul>${one.rules.map((/** @type {string} */ words) => html`<li dir="auto">${words}</li>`)}</ul>` : html`<p dir="auto">${one.words}</p>`}
    ${one.near?.length ? html`<p><b>${t("Nearest to qualifying")}</b></p><ul>${one.near.map((/** @type {any} */ near) => html`<li key=${near.name}><b dir="auto">${near.name}</b>: <span dir="auto">${near.lacks.join(", ")}</span></li>`)}</ul>` : null}
    <div class="acts">${ways}</div></section>`;
}
