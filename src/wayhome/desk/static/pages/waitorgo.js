// Backup on its way, and both futures: go on now, or wait. Whoever is in pursuit chooses in one tap.
import { here } from "../app.js";
import { Tap } from "../deed.js";
import { useRead } from "../store.js";
import { html, Sign } from "../ui.js";
import { moment, t } from "../words.js";

/** @param {{mission: string, mine?: boolean}} props `mine`: only what is on its way to the viewer */
export function WaitOrGo({ mission, mine = false }) {
  const all = useRead("wait_or_go", { mission }).value || [];
  const rows = mine ? all.filter((/** @type {any} */ one) => one.mine) : all;
  return rows.map((/** @type {any} */ one) => html`<${Coming} key=${one.held.backup} mission=${mission} one=${one} />`);
}

/** @param {{mission: string, one: any}} props */
function Coming({ mission, one }) {
  const { held } = one;
  return html`<section class=${`slip ${one.mine ? "urgent" : ""}`} aria-label=${t("Wait or go on")}>
    <h3>${one.mine ? html`<${Sign} kind="wait">${t("wait or go on?")}<//> ` : null}<span dir="auto">${one.words}</span></h3>
    <p dir="auto">${t("{coming} to {pursuit}, there {time}", { coming: one.coming.join(", "), pursuit: one.in_pursuit.join(", "), time: moment(held.arrives) })}</p>
    <ul class="says"><${Future} words=${t("Go on")} future=${held.go_on} />${held.waits.map((/** @type {any} */ future) => html`<${Future} words=${t("Wait")} future=${future} />`)}</ul>
    ${one.chosen.length ? html`<p><b dir="auto">${one.chosen.join("; ")}</b></p>` : null}
    ${one.mine ? html`<div class="thumbs">${[["wait", t("I wait for them")], ["go on", t("I go on")]].map(([choice, words]) => html`<${Tap} key=${choice} intent="ChooseFuture" kind="thumb" words=${words}
      fields=${{ mission, backup: held.backup, member: here.value.viewer, choice }} said=${t("Whoever commands has it in the log.")} />`)}</div>` : null}
    <p class="aside">${t("It rests on {what}.", { what: held.rests_on })}</p></section>`;
}

/** @param {{words: string, future: any}} props */
const Future = ({ words, future }) => html`<li><b>${words}</b><span dir="auto">${future.words}</span></li>`;
