// A proposal of the engine, with its reasons and costs; people decide, and each offer is a deed of its own.
import { advise } from "../api.js";
import { Ask, field } from "../deed.js";
import { again, useRead } from "../store.js";
import { Complaint, html, Sign, Table, useSignal } from "../ui.js";
import { moment, plural, t } from "../words.js";
import { offerFields } from "./offers.js";

/** @param {{mission: string}} props */
export function Proposals({ mission }) {
  const found = useSignal(/** @type {any} */ (null));
  const ranked = useSignal(/** @type {any} */ (null));
  const problem = useSignal(/** @type {any} */ (null));
  const busy = useSignal("");
  const ask = async (/** @type {string} */ name, /** @type {any} */ into) => {
    busy.value = name;
    try {
      into.value = await advise(name, { mission });
      problem.value = null;
      again("advice", { mission });
    } catch (error) {
      problem.value = error;
    } finally {
      busy.value = "";
    }
  };
  return html`<section class="part"><div class="head"><h2>${t("Who could go")}</h2><div class="acts">
      <button type="button" disabled=${!!busy.value} onClick=${() => ask("propose", found)}>${busy.value === "propose" ? t("Weighing it…") : t("Propose a team")}</button>
      <button type="button" disabled=${!!busy.value} onClick=${() => ask("next_candidates", ranked)}>${busy.value === "next_candidates" ? t("Weighing it…") : t("Whom to ask next")}</button></div></div>
    ${busy.value ? html`<p class="loading" role="status">${t("Everybody is weighed against the needs; that can take half a minute.")}</p>` : null}
    <${Complaint} problem=${problem.value} />
    ${found.value ? html`<${Proposal} mission=${mission} proposal=${found.value} />` : null}
    ${ranked.value ? html`<h3>${t("Whom to ask next, best first")}</h3>${ranked.value.length ? ranked.value.map((/** @type {any} */ one) => html`<${Pick} key=${one.pick.person} mission=${mission} pick=${one.pick}
      more=${one.fills ? t("fills every need") : t("still lacking: {lacks}", { lacks: one.lacks.join(", ") })} />`) : html`<p class="empty">${t("Nobody else can be asked.")}</p>`}` : null}
    <${Earlier} mission=${mission} /></section>`;
}

/** @param {{mission: string, proposal: any}} props */
function Proposal({ mission, proposal }) {
  const worse = proposal.gap === 0 ? t("no plan is better") : t("at most {percent} % from the best there can be", { percent: (proposal.gap * 100).toFixed(1) });
  return html`<p>${proposal.words}</p>
    ${proposal.clash ? html`<div class="complaint"><p>${t("These cannot all hold; leave out any one of them and the rest can:")}</p><ul>${proposal.clash.rules.map((/** @type {any} */ one) => html`<li>${one.words}</li>`)}</ul></div>` : null}
    ${proposal.warnings.map((/** @type {string} */ words) => html`<p class="todo">⚠ ${words}</p>`)}
    ${proposal.teams.map((/** @type {any} */ team) => html`${team.picks.map((/** @type {any} */ pick) => html`<${Pick} key=${pick.person} mission=${mission} pick=${pick} />`)}
      ${team.not_considered.length ? html`<details class="fold"><summary>${t("Not considered")} <span class="count">${team.not_considered.length}</span></summary><ul class="says">${byReason(team.not_considered).map(([why, who]) => html`<li><b>${why}</b><span>${who.join(", ")}</span></li>`)}</ul></details>` : null}`)}
    ${proposal.clash ? null : html`<p class="aside">${t("{points} points (fewer are better); no plan has under {bound}: {worse}", { points: proposal.points, bound: proposal.bound, worse })}.
      ${Object.entries(proposal.account).filter(([, points]) => points).map(([what, points]) => `${what} ${points}`).join(", ")}</p>`}`;
}

/** @param {any[]} left @returns {[string, string[]][]} */
function byReason(left) {
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const one of left) found.set(one.reason, [...(found.get(one.reason) || []), one.name]);
  return [...found];
}

/** @param {number|null} hours */
const travel = (hours) => (hours === null ? t("travel time not known") : hours < 1.5 ? t("there in {minutes} min", { minutes: Math.round(hours * 60) }) : t("there in {hours} h", { hours: hours.toFixed(1) }));

/** @param {{mission: string, pick: any, more?: string}} props */
function Pick({ mission, pick, more }) {
  const says = [...pick.why.map((/** @type {string} */ words) => [t("why"), words]), ...pick.costs.map((/** @type {any} */ one) => [t("costs"), one.words]), ...pick.takes.map((/** @type {string} */ words) => [t("takes"), words]),
    ...pick.cautions.map((/** @type {string} */ words) => [t("caution"), words]), ...(pick.personal || []).map((/** @type {string} */ words) => [t("for you alone"), words]), ...(pick.next_best ? [[t("else"), pick.next_best.words]] : [])];
  return html`<article class="card pick"><header><h3 dir="auto">${pick.name}</h3> <small class="aside">${pick.duty}, ${travel(pick.arrival_h)}</small> ${more ? html`<small>${more}</small>` : null}
      ${pick.accepted ? html`<${Sign} kind="good">${t("has accepted")}<//>` : html`<${Ask} words=${t("Offer")} title=${t("Offer it to {name}", { name: pick.name })} label=${t("Send the offer")} intent="MakeOffer" preset=${{ mission, member: pick.person }} said=${t("Offered to {name}.", { name: pick.name })}
        fields=${() => [...offerFields({ why: pick.why.join(" ") }), ...(pick.exceptions.length ? [field("exceptions.rank", "text", t("Why they go in spite of their rank")), field("exceptions.history", "text", t("Why they go in spite of what happened to them"))] : [])]}>
        ${pick.exceptions.map((/** @type {string} */ words) => html`<p class="todo">${t("Needs an exception")}: ${words}</p>`)}<//>`}</header>
    <ul class="says">${says.map(([label, words]) => html`<li><b>${label}</b><span>${words}</span></li>`)}${pick.exceptions.map((/** @type {string} */ words) => html`<li><b>${t("exception")}</b><span><${Sign} kind="wait">${t("needs a reason")}<//> ${words}</span></li>`)}</ul></article>`;
}

/** What was advised before, with all that is needed to compute it again. @param {{mission: string}} props */
function Earlier({ mission }) {
  const rows = useRead("advice", { mission }).value || [];
  if (!rows.length) return null;
  return html`<details class="fold"><summary>${plural(rows.length, "{count} piece of advice on record", "{count} pieces of advice on record")}</summary><${Table} rows=${rows} id=${(/** @type {any} */ one) => one.advice} columns=${[
    [t("When"), (/** @type {any} */ one) => moment(one.at)], [t("Engine"), (/** @type {any} */ one) => `${one.engine} ${one.engine_version}`], [t("Seed"), (/** @type {any} */ one) => one.seed], [t("Work"), (/** @type {any} */ one) => one.work],
    [t("Inputs"), (/** @type {any} */ one) => one.inputs_digest.slice(0, 12)], [t("Summary"), (/** @type {any} */ one) => one.summary]]} /></details>`;
}
