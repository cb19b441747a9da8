// One mission: its name and state, its parts, each reached by one key; two windows side by side where there is room.
import { useKeys } from "../keys.js";
import { alone, go } from "../route.js";
import { useRead } from "../store.js";
import { style } from "../styles.js";
import { Complaint, html, Shown, Sign, useEffect, useSignal } from "../ui.js";
import { t } from "../words.js";

/** Each part: its key, its name, and how it is loaded. Its module's default export takes `{mission, held}`. */
const PARTS = /** @type {Record<string, [string, () => string, () => Promise<any>]>} */ ({
  log: ["l", () => t("Log"), () => import("./log.js")],
  map: ["m", () => t("Map"), () => import("./map.js")],
  teams: ["t", () => t("Teams"), () => import("./teams.js")],
  offers: ["o", () => t("Who goes"), () => Promise.all([import("./offers.js"), style("proposal.css")]).then(([module]) => module)],
  casualties: ["c", () => t("Casualties"), () => import("./casualties.js")],
  clues: ["u", () => t("Clues"), () => import("./clues.js")],
  reports: ["r", () => t("Reports"), () => import("./reports.js")],
  situation: ["s", () => t("Situation"), () => import("./situation.js")],
  plan: ["n", () => t("Plan"), () => import("./plan.js")],
  know: ["w", () => t("Who knows"), () => import("./secrecy.js")],
});

/** @param {{mission: string, part?: string}} props */
export default function Mission({ mission, part = "log" }) {
  const held = useRead("mission", { mission });
  const at = part in PARTS ? part : "log";
  useKeys(Object.fromEntries(Object.entries(PARTS).map(([name, [key, words]]) => [key, [words(), () => go(`/m/${mission}/${name}`)]])), [mission]);
  useEffect(() => { if (held.value) document.title = `${held.value.name}: ${PARTS[at][1]()}`; }, [held.value, at]);
  return html`<${Shown} of=${held}>${(/** @type {any} */ view) => html`
    <header class="mission">
      <h1 dir="auto">${view.name}</h1>
      ${view.rank ? html`<${Sign} kind="rank">${view.rank}<//>` : null}
      <${Sign} kind=${view.state.replace(" ", "-")}>${view.state}<//>
      ${view.secret ? html`<${Sign} kind="secret">${t("Secret: only for those read in")}<//>` : null}
      <span class="who">${t("Command")}: <b dir="auto">${view.commander_name}</b></span>
      <span class="out">${t("{accounted} of {out} accounted for", { accounted: view.accounted, out: view.out })}</span>
      ${alone ? null : html`<${Course} mission=${mission} held=${view} />`}
    </header>
    ${alone ? null : html`<nav class="parts" aria-label=${t("Parts of the mission")}>${Object.entries(PARTS).map(([name, [key, words]]) => html`
      <a href=${`/m/${mission}/${name}`} aria-current=${name === at ? "page" : null}>${words()} <kbd>${key}</kbd></a>`)}
      <a class="window" href=${`/m/${mission}/${at === "log" ? "map" : "log"}?alone`} target=${`wayhome-${at === "log" ? "map" : "log"}`}>
        ${at === "log" ? t("Map in a window of its own") : t("Log in a window of its own")}</a></nav>`}
    <${Part} key=${at} name=${at} mission=${mission} held=${view} />`}<//>`;
}

/** The course of a mission: loaded behind the page, since it is pressed now and then only. @param {{mission: string, held: any}} props */
function Course({ mission, held }) {
  const Found = useSignal(/** @type {any} */ (null));
  useEffect(() => { import("./course.js").then((module) => { Found.value = module.default; }, () => {}); }, []);
  return Found.value ? html`<${Found.value} mission=${mission} held=${held} />` : html`<button disabled aria-busy="true">${t("Course…")}</button>`;
}

/** @param {{name: string, mission: string, held: any}} props */
function Part({ name, mission, held }) {
  const Found = useSignal(/** @type {any} */ (null));
  const problem = useSignal(/** @type {any} */ (null));
  useEffect(() => {
    PARTS[name][2]().then((module) => { Found.value = module.default; }, () => {
      problem.value = { text: t("This page could not be loaded."), do: t("It is not on this device: open it again when there is a link.") };
    });
  }, []);
  if (problem.value) return html`<${Complaint} problem=${problem.value} />`;
  return Found.value ? html`<${Found.value} mission=${mission} held=${held} />` : html`<p class="loading">${t("On its way…")}</p>`;
}
