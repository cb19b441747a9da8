// One member at a glance: where they stand, what they can do, their last field mission and what came after it.
import { here } from "../app.js";
import { Ask } from "../deed.js";
import { BONDS, expiry, Level, said, DUTIES, pageOf, Status, strongest, today, usePowers, WISHES } from "../members.js";
import { useRead } from "../store.js";
import { html, Shown, Sign, useEffect, useSignal } from "../ui.js";
import { date, moment, plural, t } from "../words.js";
import { Month } from "./calendar.js";
import { InviteMember } from "./joining.js";
import { EDITS } from "./memberedit.js";
import { Later } from "./mine.js";
import { PlanRoutine, SayAway, WriteLetter } from "./saying.js";

/** @param {{member: string}} props */
export default function Member({ member }) {
  const held = useRead("member", { member });
  return html`<p class="back"><a href="/people">${t("People")}</a></p>
    <${Shown} of=${held}>${(/** @type {any} */ page) => html`<${Page} page=${page} />`}<//>`;
}

/** @param {{page: any}} props */
function Page({ page }) {
  const { member } = page;
  const open = useSignal("");
  const powers = usePowers();
  const mine = member.member === powers.me;
  useEffect(() => { document.title = member.member_name; }, [member.member_name]);
  if (member.erased) return html`<h1>${t("Erased")}</h1><p>${t("Their personal fields were erased, for good. What they did on missions stays in the logs.")}</p>`;
  const edit = (/** @type {string} */ name, /** @type {boolean} */ may, /** @type {string} */ words = t("Change")) =>
    may ? html`<button class="quiet edit" onClick=${() => { open.value = name; }}>${words}</button>` : null;
  return html`<header class="member"><h1 dir="auto">${member.member_name}</h1>
      ${page.callsign ? html`<span class="callsign" dir="auto">${page.callsign}</span>` : null}<${Status} member=${member} />
      ${member.rank ? html`<span dir="auto">${member.rank}</span>` : null}
      ${member.duties.map((/** @type {string} */ duty) => html`<${Sign} kind="duty">${said(DUTIES, duty)}<//>`)}
      ${member.synthetic ? html`<${Sign} kind="quiet">${t("made up, for exercises")}<//>` : null}</header>
    <p class="edits">${edit("names", mine || powers.roster, t("Name and contact"))}${edit("status", mine || powers.operates, t("Duty status"))}
      ${edit("rank", powers.roster, t("Rank"))}${edit("duties", powers.command, t("Duties"))}${edit("invite", powers.roster, t("Invite…"))}${edit("more", powers.roster, t("More…"))}${edit("worry", !mine, t("I am worried about them…"))}</p>
    <div class="glance">
      <${Glance} page=${page} edit=${edit("role", powers.roster, t("Role…"))} />
      <${Agreed} member=${member.member} />
      <section><h2>${t("Skills")} ${edit("skill", powers.trains)}</h2>
        ${Object.keys(member.skills).length ? html`<p class="skills">${strongest(member.skills).map(([skill, level]) => html`<${Level} skill=${skill} level=${level} />`)}</p>` : html`<p class="empty">${t("None noted yet.")}</p>`}</section>
      <section><h2>${t("Qualifications")} ${edit("award", powers.trains, t("Award…"))}</h2><${Qualifications} held=${member.qualifications} /></section>
      <section><h2>${t("Bonds")} ${edit("bond", true, t("State one…"))}</h2><${Bonds} page=${page} /></section>
      <${Own} page=${page} edit=${edit} mine=${mine} keeps=${powers.roster} />
    </div>
    <${History} events=${page.history} edit=${edit("history", powers.roster, t("Note something…"))} />
    <section><h2>${t("When they can come")} ${edit("away", mine || powers.roster, t("Away…"))}${edit("letter", mine || powers.roster, t("Leave, by letter…"))}</h2><${Month} member=${member} /></section>
    <${Open} name=${open.value} page=${page} onClose=${() => { open.value = ""; }} />`;
}

/** @param {{name: string, page: any, onClose: () => void}} props */
function Open({ name, page, onClose }) {
  const roster = useRead("roster").value || [];
  const { member } = page;
  if (!name) return null;
  if (name === "invite") return html`<${InviteMember} member=${member} onClose=${onClose} />`;
  if (name === "away") return html`<${SayAway} member=${member} onClose=${onClose} />`;
  if (name === "letter") return html`<${WriteLetter} member=${member} onClose=${onClose} />`;
  if (name === "worry") return html`<${Later} load=${() => import("./worry.js").then((module) => module.default)} member=${member} onClose=${onClose} />`;
  if (name === "routine") return html`<${PlanRoutine} member=${member} members=${roster} onClose=${onClose} />`;
  const Edit = EDITS[name];
  return html`<${Edit} page=${page} roster=${roster} onClose=${onClose} />`;
}

/** What this member agreed that others see: limits to their duty, and days on which they were in touch with somebody. @param {{member: string}} props */
function Agreed({ member }) {
  const limits = (useRead("duty_limits").value || []).filter((/** @type {any} */ one) => one.member === member);
  const days = (useRead("contact_ticks").value || []).filter((/** @type {any} */ one) => one.member === member).map((/** @type {any} */ one) => one.on);
  if (!limits.length && !days.length) return null;
  return html`<section class="wide"><h2>${t("Agreed with them")}</h2>${limits.map((/** @type {any} */ one) => html`<p key=${one.limit}><${Sign} kind="wait">${t("limit")}<//> <span dir="auto">${one.words}</span>${one.partner_name ? html` ${t("only with")} <b dir="auto">${one.partner_name}</b>` : null}, ${one.asks ? html`<b>${t("past {day}: it holds until they say otherwise", { day: date(one.until) })}</b>` : t("until {day}", { day: date(one.until) })}</p>`)}
    ${days.length ? html`<p class="aside">${t("Somebody was in touch with them on")} ${days.slice(-5).map(date).join(", ")}</p>` : null}</section>`;
}

/** The last field mission, who led it, how it went, what changed since and at whose wish. @param {{page: any, edit: any}} props */
function Glance({ page, edit }) {
  const last = page.last_mission;
  const { roles } = page.member;
  return html`<section class="wide"><h2>${t("At a glance")} ${edit}</h2>
    ${last ? html`<p class="last">${t("Last field mission")}: <b dir="auto">${last.mission || last.what}</b>, <time datetime=${last.on}>${date(last.on)}</time>.
      ${last.leader_name || last.led_by ? html` ${t("Led by")} ${last.leader ? html`<a href=${pageOf(last.leader)} dir="auto">${last.leader_name}</a>` : html`<span dir="auto">${last.leader_name || last.led_by}</span>`}.` : null}
      ${last.outcome ? html` <${Sign} kind=${GRAVE.has(last.outcome) ? "wait" : "quiet"}>${last.outcome}<//>` : null}</p>`
    : html`<p class="empty">${t("No field mission yet.")}</p>`}
    ${page.roles_since.length ? html`<ul>${page.roles_since.map((/** @type {any} */ one) => html`<li><time datetime=${one.on}>${date(one.on)}</time>: <span dir="auto">${one.what}</span>, ${said(WISHES, one.wish)}${one.outcome ? html` (<span dir="auto">${one.outcome}</span>)` : null}</li>`)}</ul>` : null}
    ${roles.length ? html`<p>${t("Roles now")}: <b dir="auto">${roles.join(", ")}</b></p>` : null}
    ${page.never.length ? html`<p class="never"><${Sign} kind="wait">${t("never before")}<//> <span dir="auto">${page.never.join(", ")}</span></p>` : null}</section>`;
}
const GRAVE = new Set(["froze", "nearly killed", "hurt"]);

/** @param {{held: any[]}} props */
function Qualifications({ held }) {
  if (!held.length) return html`<p class="empty">${t("None noted yet.")}</p>`;
  const stands = held.map((one) => ({ one, state: expiry(one, today()) })).sort((a, b) => a.state.days - b.state.days);
  return html`<ul class="plain">${stands.map(({ one, state }) => html`<li><span dir="auto">${one.name}</span> <${Sign} kind=${state.kind}>${state.words}<//>
    ${one.awarded ? html` <small class="aside">${t("awarded {day}", { day: date(one.awarded) })}</small>` : null}</li>`)}</ul>`;
}

/** @param {{page: any}} props */
function Bonds({ page }) {
  const self = page.member.member;
  if (!page.bonds.length) return html`<p class="empty">${t("None stated.")}</p>`;
  return html`<ul class="plain">${page.bonds.map((/** @type {any} */ bond) => html`<li>
    ${bond.one === self ? html`<b>${said(BONDS, bond.what)}</b> <a href=${pageOf(bond.other)} dir="auto">${bond.other_name}</a>`
      : html`<a href=${pageOf(bond.one)} dir="auto">${bond.one_name}</a> <b>${said(BONDS, bond.what)}</b> <span dir="auto">${bond.other_name}</span>`}
    ${bond.says ? html` <q dir="auto">${bond.says}</q>` : null}${bond.sent ? html` <small class="aside">${bond.sent === "apart" ? t("sent apart") : t("sent together")}</small>` : null}
    ${bond.private ? html` <${Sign} kind="quiet">${t("private")}<//>` : null} ${[bond.one, bond.other].includes(here.value.viewer) ? html`<${Ask} words=${t("End it")} title=${t("It counts no longer")} label=${t("End it")} kind="small" intent="EndBond" preset=${{ one: bond.one, other: bond.other, what: bond.what }} fields=${[]} />` : null}</li>`)}</ul>`;
}

/** What is personal, where it is the viewer's to see. @param {{page: any, edit: any, mine: boolean, keeps: boolean}} props */
function Own({ page, edit, mine, keeps }) {
  const nothing = !page.personal.length && !page.letters.length && !page.routines.length && !mine && !keeps;
  if (nothing) return null;
  return html`<section><h2>${mine ? t("Mine") : t("Personal")} ${edit("personal", mine || keeps)}${edit("routine", mine, t("Routine…"))}</h2>
    ${page.personal.length ? html`<dl>${page.personal.map((/** @type {any} */ one) => html`<div><dt>${one.what}</dt><dd dir="auto">${one.words}</dd></div>`)}</dl>` : null}
    ${page.letters.map((/** @type {any} */ one) => html`<p>${t("Leave letter")}${one.until ? html` (${t("until {time}", { time: moment(one.until) })})` : null}: <q dir="auto">${one.letter}</q></p>`)}
    ${page.routines.map((/** @type {any} */ one) => html`<p><span dir="auto">${one.what}</span>${one.companion_name ? html` ${t("with")} <b dir="auto">${one.member === page.member.member ? one.companion_name : one.member_name}</b>` : null}, ${plural(one.every_days, "every day", "every {count} days")}</p>`)}
    ${page.personal.length + page.letters.length + page.routines.length ? null : html`<p class="empty">${t("Nothing that is yours to see.")}</p>`}
    <p class="aside">${t("Seen by the member and by those whose duty keeps it.")}</p></section>`;
}

/** @param {{events: any[], edit: any}} props */
function History({ events, edit }) {
  return html`<section><h2>${t("History")} ${edit}</h2>
    ${events.length ? html`<ol class="history">${[...events].reverse().map((one) => html`<li class=${one.mission ? "mission" : one.wish ? "role" : ""}>
      <time datetime=${one.on}>${date(one.on)}</time> <b dir="auto">${one.mission || one.what}</b>
      ${one.mission && one.what !== "mission" ? html` <span dir="auto">${one.what}</span>` : null}
      ${one.leader_name || one.led_by ? html` <span>${t("led by")} <span dir="auto">${one.leader_name || one.led_by}</span></span>` : null}
      ${one.wish ? html` <span>${said(WISHES, one.wish)}</span>` : null}
      ${one.outcome ? html` <${Sign} kind=${GRAVE.has(one.outcome) ? "wait" : "quiet"}>${one.outcome}<//>` : null}
      ${one.deeds.length ? html` <small class="aside" dir="auto">${one.deeds.join(", ")}</small>` : null}</li>`)}</ol>`
    : html`<p class="empty">${t("Nothing noted yet.")}</p>`}</section>`;
}
