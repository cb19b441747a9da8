// What the planner answered, in plain words: the chance, how much better any plan could be, who goes where and when.
import { html, useEffect, useRef } from "./ui.js";
import { waySign } from "./map-ways.js";
import { ago, hhmm, moment, t } from "./words.js";
import { now } from "./app.js";

/** @typedef {import("./map-coordinates.js").Place} Place */

const OLD_MS = 3_600_000;
/** @param {number} chance */
const percent = (chance) => `${(100 * chance).toFixed(1)}\u00a0%`;
/** A difference of two chances. @param {number} chance */
const points = (chance) => (100 * Math.max(0, chance)).toFixed(1);

/** Says that a plan no longer fits what is known, or is old. @param {{plan: any}} props */
export function Stale({ plan }) {
  if (plan.stale) return html`<p class="stale" role="status"><b>${t("Out of date.")}</b> ${t("What is known has changed since {time}: ask again before anybody goes by it.", { time: moment(plan.made) })}</p>`;
  return now.value - plan.made.ms > OLD_MS ? html`<p class="stale" role="status"><b>${t("Old.")}</b> ${t("It was made {ago}: teams and he have moved since.", { ago: ago(plan.made, now.value) })}</p>` : null;
}

/** The chance against what is possible. @param {{plan: any, post: boolean}} props */
export function Figures({ plan: { sheet, asked }, post }) {
  const { chance, low, high, bound, greedy, alive, proven, gap } = sheet;
  const hours = Math.round((asked.minutes / 60) * 10) / 10, most = Math.max(bound, chance, greedy);
  const what = post ? t("He comes by one of these posts") : alive ? t("He is found alive within {hours} h", { hours }) : t("He is found within {hours} h", { hours });
  const rows = [[t("This plan"), chance, high - low > 5e-4 ? t("{low} to {high}", { low: percent(low), high: percent(high) }) : ""], [t("A greedy plan"), greedy, t("everybody always to the next best place")], [t("No plan can exceed"), bound, t("with these teams, on these tracks")]];
  return html`<p class="chance">${what}: <b>${percent(chance)}</b></p>
    <table class="weighed"><caption class="unseen">${t("This plan beside others")}</caption><tbody>${rows.map(([name, value, aside]) => html`<tr key=${name}><th scope="row">${name}<small>${aside}</small></th><td><progress max=${most || 1} value=${value} aria-hidden="true"></progress></td><td class="num">${percent(value)}</td></tr>`)}</tbody></table>
    <p>${proven ? t("No other plan of these teams is better: that is proven.") : t("It reaches at least {share} of what any plan could: a gap of {gap}.", { share: percent(1 - Math.max(0, gap)), gap: percent(Math.max(0, gap)) })}${chance > bound + 5e-4 ? ` ${t("Measured on tracks that it was not made on, it can stand above the bound by chance.")}` : ""}</p>`;
}

/** @param {{part: any, n: number, post: boolean}} props */
function WaySign({ part, n, post }) {
  const ref = useRef(/** @type {HTMLElement|null} */ (null));
  useEffect(() => { ref.current?.replaceChildren(waySign(part, n, post)); }, [part, n, post]);
  return html`<span class="way-sign" ref=${ref}></span>`;
}

/** Who goes where and when, each shown on the map by a press. @param {{plan: any, post: boolean, go: (places: Place[]) => void}} props */
export function Parts({ plan: { sheet }, post, go }) {
  const places = (/** @type {any} */ part) => part.way.map((/** @type {number[]} */ [lon, lat]) => ({ lon, lat }));
  const when = (/** @type {any} */ part) => (post ? t("there by {from}", { from: hhmm(part.there_at) }) : part.until ? t("searches {from} to {until}", { from: hhmm(part.there_at), until: hhmm(part.until) }) : t("searches from {from}", { from: hhmm(part.there_at) }));
  return html`<ol class="ways">${sheet.parts.map((/** @type {any} */ part, /** @type {number} */ n) => html`<li key=${part.team}><${WaySign} part=${part} n=${n} post=${post} />
      <div><button class="pick" disabled=${!part.way.length} onClick=${() => go(places(part))} aria-label=${t("Show {name} on the map", { name: part.team })}><b dir="auto">${part.team}</b></button>${part.segment ? html` <span dir="auto">${part.segment}</span>` : null}
        <span class="when">${when(part)}</span>
        <span>${t("adds {points} points", { points: points(part.adds) })}${part.next_best === null || part.next_best === undefined ? "" : ` · ${t("its next best would add {points}", { points: points(part.next_best) })}`}</span>
        <small dir="auto">${part.words}</small></div></li>`)}</ol>
    ${sheet.idle.length ? html`<h3>${t("Not used")}</h3><ul class="cautions">${sheet.idle.map((/** @type {string} */ one) => html`<li key=${one} dir="auto">${one}</li>`)}</ul>` : null}
    ${post || !sheet.parts.some((/** @type {any} */ one) => one.way.length > 1) ? null : html`<p class="aside">${t("A full dot is where the search begins, an open one where it ends.")}</p>`}`;
}

/** What the plan cannot say, and what it rests on. @param {{plan: any}} props */
export function Beside({ plan: { sheet } }) {
  const first = sheet.cautions.filter((/** @type {string} */ one) => one.includes("not validated")), rest = sheet.cautions.filter((/** @type {string} */ one) => !one.includes("not validated"));
  const list = (/** @type {string[]} */ all) => all.map((one) => html`<li key=${one} dir="auto">${one}</li>`);
  return html`<ul class="cautions"><li><b>${t("Not validated on finds.")}</b></li>${list(first.slice(0, 1))}${sheet.stopped ? html`<li>${t("It was ended early: more time may find a better plan.")}</li>` : null}</ul>
    <details><summary>${t("All cautions, and what it rests on")}</summary><ul class="cautions">${list([...first.slice(1), ...rest])}</ul><ul class="aside">${list([...sheet.facts, ...sheet.provenance])}</ul></details>`;
}
