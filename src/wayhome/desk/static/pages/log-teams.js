// The teams at the side: what each is doing, when it was last heard, and how long until it is overdue.
import { now } from "../app.js";
import { html, Sign } from "../ui.js";
import { ago, t } from "../words.js";

const SOON_MS = 5 * 60_000;

/** How a team stands with its timer. @param {any} team @param {number} at_ms @returns {{kind: "off"|"well"|"soon"|"over", share: number, minutes: number}} */
export function timerOf(team, at_ms) {
  if (!team.overdue_min || !team.heard) return { kind: "off", share: 0, minutes: 0 };
  const whole = team.overdue_min * 60_000;
  const left = team.heard.ms + whole - at_ms;
  const kind = left <= 0 ? "over" : left <= SOON_MS ? "soon" : "well";
  return { kind, share: Math.min(1, Math.max(0, 1 - left / whole)), minutes: Math.ceil(Math.abs(left) / 60_000) };
}

/** @param {{teams: any[], keys: Map<string, any>, onPick: (team: any) => void}} props */
export function Teams({ teams, keys, onPick }) {
  const keyOf = new Map([...keys].map(([key, team]) => [team.team, key]));
  return html`<aside class="log-teams" aria-label=${t("Teams")}>
    ${teams.length ? null : html`<p class="empty">${t("No team yet: form one under Teams. A line can be logged without.")}</p>`}
    <ul>${teams.map((team) => html`<li key=${team.team}><${Team} team=${team} letter=${keyOf.get(team.team)} onPick=${onPick} /></li>`)}</ul></aside>`;
}

/** @param {{team: any, letter: string|undefined, onPick: (team: any) => void}} props */
function Team({ team, letter, onPick }) {
  const timer = timerOf(team, now.value);
  return html`<button class=${`log-one log-timer-${timer.kind}`} onClick=${() => onPick(team)}>
    <span class="log-name"><b dir="auto">${team.name}</b> ${letter ? html`<kbd>${letter}</kbd>` : null}</span>
    <span class="log-does" dir="auto">${team.status || t("no status yet")}</span>
    <span class="log-heard">${team.heard ? t("heard {ago}", { ago: ago(team.heard, now.value) }) : t("not heard yet")}</span>
    ${timer.kind === "off" ? null : html`<span class="log-due">${timer.kind === "over" ? html`<${Sign} kind="bad">${t("OVERDUE")}<//> ${t("by {minutes} min", { minutes: timer.minutes })}`
      : timer.kind === "soon" ? html`<${Sign} kind="wait">${t("due soon")}<//> ${t("{minutes} min left", { minutes: timer.minutes })}` : t("{minutes} min left", { minutes: timer.minutes })}</span>
      <span class="log-bar" aria-hidden="true"><span style=${{ inlineSize: `${Math.round(timer.share * 100)}%` }}></span></span>`}
  </button>`;
}
