// What every page about people shows alike: duty status, levels, expiry, days, and what the viewer may change.
import { here } from "./app.js";
import { useRead } from "./store.js";
import { html, Sign } from "./ui.js";
import { dayOf, daysBetween } from "./when.js";
import { date, moment, plural, t } from "./words.js";

export const zone = () => here.value?.organisation.zone || "UTC";
export const today = () => dayOf(Date.now(), zone());

/** Duty statuses: the sign each is shown by, and its words. @type {Record<string, [string, () => string]>} */
export const STATUSES = {
  "on duty": ["under-way", () => t("on duty")],
  available: ["good", () => t("available")],
  limited: ["wait", () => t("limited")],
  resting: ["wait", () => t("resting")],
  leave: ["quiet", () => t("on leave")],
  away: ["quiet", () => t("away")],
  lost: ["quiet", () => t("lost")],
};
/** Statuses that people give each other; lost comes from the memorial alone. */
export const GIVEN = ["available", "on duty", "limited", "resting", "leave", "away"];
const CANNOT_GO = new Set(["leave", "away", "lost"]);

/** @type {Record<string, () => string>} */
export const DUTIES = {
  commander: () => t("commander"), clerk: () => t("clerk"), operator: () => t("operator"),
  medic: () => t("medic"), trainer: () => t("trainer"), carer: () => t("carer"), guardian: () => t("guardian"),
};
/** @type {Record<string, () => string>} */
export const BONDS = {
  teaches: () => t("teaches"), kin: () => t("kin"), couple: () => t("a couple with"), teammate: () => t("teammate"), steadies: () => t("steadies"), promise: () => t("promise"),
};
/** @type {Record<string, () => string>} */
export const WISHES = { own: () => t("their own wish"), command: () => t("at the wish of command"), circumstance: () => t("through circumstance") };

/** The words of a table, or the word itself where it has none. @param {Record<string, () => string>} table @param {string} key */
export const said = (table, key) => (table[key] ? table[key]() : key);

/** @param {{member: any}} props */
export function Status({ member }) {
  const [kind, words] = STATUSES[member.status] || ["quiet", () => member.status];
  return html`<${Sign} kind=${kind}>${words()}<//>${member.status_until ? html` <small class="aside">${t("until {time}", { time: moment(member.status_until) })}</small>` : null}`;
}

/** A skill's level as a small picture and its figure. @param {{skill: string, level: number}} props */
export function Level({ skill, level }) {
  return html`<span class="level"><span class="skill" dir="auto">${skill}</span>
    <span class="blocks" aria-hidden="true">${[1, 2, 3, 4, 5].map((step) => html`<i class=${step <= level ? "full" : ""}></i>`)}</span>
    <b class="num" aria-label=${t("level {level} of 5", { level })}>${level}</b></span>`;
}

/** Skills, the strongest first, or the one asked for. @param {Record<string, number>} skills @param {string} [first] */
export function strongest(skills, first = "") {
  return Object.entries(skills).sort((a, b) => Number(b[0] === first) - Number(a[0] === first) || b[1] - a[1] || a[0].localeCompare(b[0]));
}

const SOON_DAYS = 60;

/** How a qualification stands on a day: good, soon to expire, or expired. @param {any} held @param {string} on */
export function expiry(held, on) {
  if (!held.expires) return { kind: "good", words: t("does not expire"), days: Infinity };
  const days = daysBetween(on, held.expires);
  if (days < 0) return { kind: "bad", words: plural(-days, "expired {count} day ago", "expired {count} days ago"), days };
  if (days === 0) return { kind: "wait", words: t("expires at the end of today"), days };
  if (days <= SOON_DAYS) return { kind: "wait", words: plural(days, "expires in {count} day", "expires in {count} days"), days };
  return { kind: "good", words: t("until {day}", { day: date(held.expires) }), days };
}

/** Whether somebody can come on a day, as they said and as their status has it. @param {any} member @param {string} day */
export function stateOn(member, day) {
  const until = member.status_until ? dayOf(member.status_until.ms, zone()) : "9999-12-31";
  if (CANNOT_GO.has(member.status) && day <= until && day >= today()) return { kind: "away", words: said(Object.fromEntries(Object.entries(STATUSES).map(([key, [, words]]) => [key, words])), member.status) };
  const spans = member.spans.filter((/** @type {any} */ span) => dayOf(span.start.ms, zone()) <= day && day <= dayOf(span.end.ms - 1, zone()));
  const last = spans[spans.length - 1];
  if (!last) return { kind: "nothing", words: "" };
  const words = last.available ? t("can come") : t("cannot come");
  return { kind: last.available ? "can" : "cannot", words: last.words ? `${words}: ${last.words}` : words };
}

/** What each state of a day is marked by, beside its colour. @type {Record<string, string>} */
export const MARKS = { can: "✓", cannot: "✕", away: "–", nothing: "" };

/** What the viewer may change, as the rules have it; the rules decide all the same. */
export function usePowers() {
  const me = here.value?.viewer;
  const own = useRead("member", { member: me }).value?.member;
  const commands = here.value?.organisation.commander === me || !!own?.duties.includes("commander");
  const has = (/** @type {string} */ duty) => !!own?.duties.includes(duty);
  return { me, own, command: commands, roster: commands || has("clerk"), trains: commands || has("clerk") || has("trainer"), operates: commands || has("clerk") || has("operator") };
}

/** The address of a member's page. @param {string} member */
export const pageOf = (member) => `/people/${member}`;
