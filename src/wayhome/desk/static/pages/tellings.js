// What I was told, and what I told: each just as much as was said, with the promise that was given.
import { here } from "../app.js";
import { degrees } from "../deed-fields.js";
import { Ask, field } from "../deed.js";
import { useRead } from "../store.js";
import { html, Shown, Sign } from "../ui.js";
import { deadline, moment, t } from "../words.js";

/** How much of a secret somebody is told, least first. */
export const LEVELS = ["that", "where and when", "what for", "all"];
const WORDS = /** @type {Record<string, () => string>} */ ({
  that: () => t("that there is a mission"), "where and when": () => t("where and when, too"), "what for": () => t("what for, too"), all: () => t("everything"),
});

/** @param {string} level */
export const levelWords = (level) => WORDS[level]?.() || level;

export function Tellings() {
  const tellings = useRead("tellings");
  return html`<p class="aside">${t("Between you and whoever told you. Nobody else sees this page, not even that there is something on it.")}</p>
    <${Shown} of=${tellings} empty=${t("Nothing was told to you here, and you put nothing down that you told.")}>${(/** @type {any[]} */ rows) => rows.map((one) => html`<${Slip} key=${one.telling} one=${one} />`)}<//>`;
}

/** @param {{one: any}} props */
function Slip({ one }) {
  const heard = one.listener === here.value.viewer;
  return html`<article class="slip"><h2 dir="auto">${heard ? t("{name} told you", { name: one.teller_name }) : t("You told {name}", { name: one.listener_name })}</h2>
    <p dir="auto">${one.name ? html`<b>${one.name}</b>${one.rank ? html` <${Sign} kind="rank">${one.rank}<//>` : null}` : one.about_name ? t("{name} may be gone on a mission.", { name: one.about_name }) : t("There is a mission.")}</p>
    <dl>${one.purpose ? html`<dt>${t("What for")}</dt><dd dir="auto">${one.purpose}</dd>` : null}${one.place ? html`<dt>${t("Where")}</dt><dd class="grid">${degrees(one.place)}</dd>` : null}
      ${one.starts ? html`<dt>${t("Starts")}</dt><dd><time>${moment(one.starts)}</time></dd>` : null}${one.home_by ? html`<dt>${t("Home by")}</dt><dd><time>${deadline(one.home_by)}</time></dd>` : null}
      <dt>${t("Told")}</dt><dd><time>${moment(one.happened)}</time></dd><dt>${t("How much")}</dt><dd>${levelWords(one.level)}</dd><dt>${t("Promise")}</dt><dd dir="auto">${one.promise || t("none")}</dd></dl>
    ${heard ? html`<div class="acts">${one.promise ? null : html`<${Ask} words=${t("Promise")} title=${t("What do you promise {name}?", { name: one.teller_name })} label=${t("I promise")} intent="GivePromise" preset=${{ telling: one.telling }} said=${t("Kept.")} fields=${() => [field("words", "text", t("In words"), { required: true, start: t("I tell nobody.") })]} />`}
      <${Ask} words=${t("I told somebody of it")} label=${t("Keep it on record")} intent="Tell" preset=${{ of: one.telling }} said=${t("Kept. Only you and they see it, unless you show it.")} fields=${() => [field("listener", "member", t("Whom"), { required: true }),
        field("level", "choice", t("How much"), { required: true, buttons: true, of: LEVELS.slice(0, LEVELS.indexOf(one.level) + 1).map((level) => [level, levelWords(level)]), start: "that" }), field("happened", "moment", t("When"), { hint: t("now, if it stays empty") }), field("promise", "text", t("What they promised"))]} /></div>` : null}</article>`;
}
