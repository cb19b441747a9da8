// Exercises: the stories with their steps, and one of them played on a clock of its own, in a house of its own.
import { get, post } from "../api.js";
import { usePowers } from "../members.js";
import { Complaint, html, Sign, useEffect, useRef, useSignal } from "../ui.js";
import { plural, t } from "../words.js";

/** How each step stands: its sign and its words. @type {Record<string, [string, () => string]>} */
const STANDS = {
  "to come": ["quiet", () => t("to come")], pass: ["good", () => t("held")], partial: ["wait", () => t("held in part")], fail: ["bad", () => t("did not hold")],
};

/** What was played last, while the desk is open: by story. @type {Map<string, any>} */
const last = new Map();

export default function Exercises() {
  const stories = useSignal(/** @type {any[]|null} */ (null));
  const problem = useSignal(/** @type {any} */ (null));
  const open = useSignal("");
  const { own, command } = usePowers();
  useEffect(() => { document.title = t("Exercises"); }, []);
  useEffect(() => { if (command) get("/api/exercises").then((got) => { stories.value = got; }, (error) => { problem.value = error; }); }, [command]);
  const chosen = stories.value?.find((one) => one.name === open.value);
  return html`<h1>${t("Exercises")}</h1>
    <p>${t("Stories played step by step on a clock of their own, in a village of their own. Nothing of it touches your record, and nobody is alerted.")}</p>
    <${Complaint} problem=${problem.value} />
    ${own && !command ? html`<p class="empty">${t("Exercises are for command to play. Ask whoever commands to run one with you.")}</p>` : null}
    ${chosen ? html`<button onClick=${() => { open.value = ""; }}>${t("All stories")}</button><${Story} key=${chosen.name} story=${chosen} />`
      : stories.value ? html`<ul class="stories">${stories.value.map((one) => html`<li key=${one.name}><h2 dir="auto">${one.title}</h2><p dir="auto">${one.about}</p>
        <p class="doings"><button class="main" onClick=${() => { open.value = one.name; }}>${t("Open the story")}</button> <span class="aside">${plural(one.steps.length, "{count} step", "{count} steps")}${last.has(one.name) ? html` · ${t("last time")}: ${tally(last.get(one.name).exercise.steps)}` : null}</span></p></li>`)}</ul>`
      : command && !problem.value ? html`<p class="loading" role="status">${t("On its way…")}</p>` : null}
    <p class="aside">${t("The same by command:")} <code dir="ltr">wayhome exercise run goodbye</code></p>`;
}

/** How many steps stand how, in words. @param {any[]} steps */
function tally(steps) {
  return Object.entries(STANDS).map(([status, [, words]]) => [steps.filter((one) => one.status === status).length, words()]).filter(([count]) => count).map(([count, words]) => `${count} ${words}`).join(", ");
}

/** @param {{story: any}} props */
function Story({ story }) {
  const play = useSignal(last.get(story.name) || null);
  const problem = useSignal(/** @type {any} */ (null));
  const busy = useSignal(false);
  const going = useRef(false);
  useEffect(() => () => { going.current = false; }, []);
  const ask = async (/** @type {string} */ path, /** @type {any} */ body) => {
    busy.value = true;
    try {
      play.value = await post(path, body, { patienceMs: 300_000 });
      problem.value = null;
      last.set(story.name, play.value);
    } catch (error) { problem.value = error; going.current = false; }
    busy.value = false;
  };
  const begin = () => ask("/api/exercises/begin", { name: story.name });
  const step = () => ask("/api/exercises/step", { run: play.value.run });
  const rest = async () => {
    going.current = true;
    while (going.current && !play.value.over) await step();
    going.current = false;
  };
  const steps = play.value?.exercise.steps || story.steps;
  const next = play.value ? steps.findIndex((/** @type {any} */ one) => one.status === "to come") : -1;
  return html`<section><h2 dir="auto">${story.title}</h2><p dir="auto">${story.about}</p>
    <p class="doings"><${Clock} at=${play.value?.clock} starts=${story.starts} /> <span role="status">${tally(steps)}</span></p>
    <p class="doings">${play.value && !play.value.over ? html`<button class="main" disabled=${busy.value} onClick=${step}>${busy.value ? t("Playing…") : t("Play the next step")}</button>
      ${going.current ? html`<button onClick=${() => { going.current = false; }}>${t("Pause")}</button>` : html`<button disabled=${busy.value} onClick=${rest}>${t("Play all that is left")}</button>`}` : null}
      <button class=${play.value ? "" : "main"} disabled=${busy.value} onClick=${begin}>${play.value ? t("Begin anew") : t("Begin")}</button></p>
    <${Complaint} problem=${problem.value} />
    <ol class="exercise-steps">${steps.map((/** @type {any} */ one, /** @type {number} */ number) => html`<${Step} key=${`${one.id} ${number}`} step=${one} now=${number === next} />`)}</ol></section>`;
}

/** The exercise's own clock. @param {{at: any, starts: string}} props */
function Clock({ at, starts }) {
  const words = at ? new Intl.DateTimeFormat("en-GB", { timeZone: at.zone, weekday: "short", day: "2-digit", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" }).format(at.ms) : starts;
  return html`<span class="exercise-clock" aria-label=${t("The exercise's clock")}>${words}</span>`;
}

/** @param {{step: any, now: boolean}} props */
function Step({ step, now }) {
  const [kind, words] = STANDS[step.status] || STANDS["to come"];
  return html`<li aria-current=${now ? "step" : null}><span class="num">${step.id}</span>
    <div><b dir="auto">${step.title || step.id}</b> <${Sign} kind=${kind}>${words()}<//>
      ${step.evidence ? html`<p dir="auto">${step.evidence}</p>` : step.partial ? html`<p class="aside" dir="auto">${t("Still missing")}: ${step.partial}</p>` : null}
      <details open=${now}><summary>${plural(step.injects.length, "{count} inject", "{count} injects")}</summary><ol>${step.injects.map((/** @type {any} */ one) => html`<li>
        ${one.at ? html`<time>${one.at}</time> ` : null}<b dir="auto">${one.who}</b> ${one.run ? html`<code dir="ltr">${one.run}</code>` : null}${one.checks ? html` <span dir="auto">${one.checks}</span>` : null}</li>`)}</ol></details></div></li>`;
}
