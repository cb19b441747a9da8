// Teams and people as cards in a rack: who is with whom, last heard when, who is out, here and home.
import { now } from "../app.js";
import { Ask, field } from "../deed.js";
import { useRead } from "../store.js";
import { html, Shown, Sign, useSignal } from "../ui.js";
import { ago, plural, t } from "../words.js";
import { degrees } from "../deed-fields.js";
import { Called, isLate, isOut, PersonDialog, usePersons, whereIs } from "./persons.js";
import { Endurance } from "./endurance.js";
import { Backup } from "./backup.js";
import { Share } from "./share.js";

/** @param {{mission: string, held: any}} props */
export default function Teams({ mission, held }) {
  const teams = useRead("teams", { mission });
  const persons = usePersons(mission);
  const picked = useSignal("");
  const chosen = persons.find((one) => one.member === picked.value);
  const open = (/** @type {string} */ member) => { picked.value = member; };
  const inTeam = new Set((teams.value || []).flatMap((/** @type {any} */ one) => one.members));
  const free = persons.filter((one) => !inTeam.has(one.member));
  const going = persons.filter((one) => one.offer || one.walkIn);
  const still = persons.filter(isOut);
  const late = still.filter((one) => isLate(one, now.value));
  return html`<div class="head"><h2>${t("Teams and people")}</h2>
      <p class="signs"><${Sign} kind=${still.length ? "wait" : "good"}>${plural(still.length, "{count} is out", "{count} are out")}<//>
        ${late.length ? html`<${Sign} kind="bad">${plural(late.length, "{count} OVERDUE", "{count} OVERDUE")}<//>` : null}</p></div>
    <div class="acts"><${Ask} words=${t("Form a team")} kind="main" intent="FormTeam" preset=${{ mission }} said=${t("The team is formed.")} fields=${() => teamFields(going, teams.value || [])} />
      <${Ask} words=${t("Walk-in")} title=${t("Somebody came by themselves")} label=${t("Give them a post")} intent="JoinAsWalkIn" preset=${{ mission }} fields=${[
        field("member", "member", t("Who"), { required: true }), field("post", "text", t("Post"), { required: true, hint: t("runs the relay at the hut") }), field("words", "words", t("In words"))]} />
      <${Vehicles} mission=${mission} /></div>
    <${Shown} of=${teams}>${(/** @type {any[]} */ rows) => html`
      ${!rows.length && !persons.length ? html`<p class="empty">${t("Nobody goes yet. Ask people on the part “Who goes”; whoever accepts stands here.")}</p>` : null}
      <div class="rack">${rows.map((team) => html`<${Team} key=${team.team} mission=${mission} held=${held} team=${team} persons=${persons} going=${going} open=${open} />`)}
        ${free.length ? html`<section aria-label=${t("In no team")}><h3>${t("In no team")}</h3>${free.map((one) => html`<${TCard} key=${one.member} one=${one} held=${held} open=${open} />`)}</section>` : null}</div>`}<//>
    ${still.length ? html`<${Endurance} mission=${mission} going=${still} />` : null}
    <${Backup} mission=${mission} going=${going} />
    ${chosen ? html`<${PersonDialog} mission=${mission} held=${held} one=${chosen} onClose=${() => { picked.value = ""; }} />` : null}`;
}

/** @param {any[]} going @param {any[]} teams */
const teamFields = (going, teams) => [
  field("name", "text", t("Name or number"), { required: true, start: String(teams.length + 1) }),
  field("members", "members", t("Who is in it"), { of: going.map((one) => [one.member, one.name]) }),
  field("leader", "choice", t("Who leads it"), { of: going.map((one) => [one.member, one.name]) }),
  field("overdue_min", "number", t("Overdue after"), { unit: t("minutes of silence"), least: 1, most: 1440, start: 30 }),
];

/** @param {{mission: string, held: any, team: any, persons: any[], going: any[], open: (member: string) => void}} props */
function Team({ mission, held, team, persons, going, open }) {
  const of = new Map(persons.map((one) => [one.member, one]));
  const known = Object.fromEntries(persons.map((one) => [one.member, one.name]));
  const fields = () => [
    field("members", "members", t("Everybody who is in it from now on"), { required: true, of: going.map((one) => [one.member, one.name]), start: team.members }),
    field("leader", "choice", t("Who leads it"), { of: going.map((one) => [one.member, one.name]), start: team.leader, clears: true }),
    field("reason", "text", t("Why"), { hint: t("Hinata went home") }),
  ];
  return html`<section aria-label=${t("Team {name}", { name: team.name })}><div class="head"><h3 dir="auto">${t("Team {name}", { name: team.name })}</h3>${team.status ? html`<${Sign} kind="quiet">${team.status}<//>` : null}</div>
    <${Heard} team=${team} />${team.place ? html`<p class="grid aside">${degrees(team.place)}</p>` : null}
    ${team.members.length ? team.members.map((/** @type {string} */ id) => (of.has(id) ? html`<${TCard} key=${id} one=${of.get(id)} held=${held} open=${open} leads=${id === team.leader} />`
    : html`<p key=${id}><${Called} id=${id} known=${known} /></p>`)) : html`<p class="empty">${t("Nobody is in it yet.")}</p>`}
    <div class="acts"><${Ask} words=${t("Change")} title=${t("Change team {name}", { name: team.name })} label=${t("Change the team")} intent="ChangeTeam" preset=${{ mission, team: team.team }} fields=${fields} said=${t("Changed.")} /></div></section>`;
}

/** When a team was last heard, as words and as a bar. @param {{team: any}} props */
function Heard({ team }) {
  if (!team.heard) return html`<p class="aside">${t("Not heard yet")}${team.overdue_min ? html`, ${t("overdue after {minutes} min of silence", { minutes: team.overdue_min })}` : null}</p>`;
  const silent = Math.max(0, (now.value - team.heard.ms) / 60_000);
  const late = team.overdue_min && silent >= team.overdue_min;
  const soon = team.overdue_min && !late && silent >= team.overdue_min - 5;
  return html`<p class="timer">${team.overdue_min ? html`<${Share} part=${silent} whole=${team.overdue_min} kind=${late ? "bad" : soon ? "wait" : "good"} label=${t("Silence")} />` : null}
    <span>${t("Heard {ago}", { ago: ago(team.heard, now.value) })}</span>
    ${late ? html`<${Sign} kind="bad">${t("OVERDUE")}<//>` : soon ? html`<${Sign} kind="wait">${t("soon overdue")}<//>` : null}</p>`;
}

/** @param {{one: any, held: any, open: (member: string) => void, leads?: boolean}} props */
function TCard({ one, held, open, leads }) {
  const late = isLate(one, now.value);
  return html`<button type="button" class=${`tcard ${late ? "late" : isOut(one) ? "out" : one.out ? "home" : ""}`} onClick=${() => open(one.member)}>
    <span dir="auto"><b>${one.name}</b>${leads ? html` <small>${t("leads")}</small>` : null} ${one.out?.post || one.offer?.post ? html`<small>${one.out?.post || one.offer.post}</small>` : null}</span>
    <small>${late ? html`<b>${t("OVERDUE")}</b> ` : null}${whereIs(one, held)}</small></button>`;
}

/** @param {{mission: string}} props */
function Vehicles({ mission }) {
  const rows = useRead("vehicles").value || [];
  const pick = (/** @type {boolean} */ here) => [field("vehicle", "choice", t("Vehicle"), { required: true,
    of: rows.filter((/** @type {any} */ one) => (one.status === "available") === here).map((/** @type {any} */ one) => [one.vehicle, `${one.name}: ${one.what || one.status}`]) })];
  if (!rows.length) return null;
  return html`<${Ask} words=${t("Take a vehicle")} intent="TakeVehicle" preset=${{ mission }} fields=${() => pick(true)} /><${Ask} words=${t("Release a vehicle")} intent="ReleaseVehicle" preset=${{ mission }} fields=${() => pick(false)} />`;
}
