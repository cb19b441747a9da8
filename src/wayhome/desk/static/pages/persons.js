// People of a mission: how they are called, where they are, and what can be said of one of them in one tap.
import { here } from "../app.js";
import { CHANNELS } from "../deed-fields.js";
import { Ask, field, Tap } from "../deed.js";
import { useRead } from "../store.js";
import { Dialog, html, Sign } from "../ui.js";
import { deadline, moment, t } from "../words.js";

/** @typedef {{member: string, name: string, offer?: any, out?: any, signed?: any, acknowledged?: number, walkIn?: boolean}} Person */

/** How somebody is called; everybody's names are only asked for where one is not known yet. @param {{id: string, known: Record<string, string>}} props */
export function Called({ id, known }) {
  return known[id] ? html`<span dir="auto">${known[id]}</span>` : html`<${Looked} id=${id} />`;
}

/** @param {{id: string}} props */
function Looked({ id }) {
  const names = useRead("callsigns").value || [];
  return html`<span dir="auto">${names.find((/** @type {any} */ one) => one.member === id)?.name || "…"}</span>`;
}

const ACCEPTED = new Set(["accepted", "accepted with limits", "ordered"]);

/** Everybody who goes, went or signed in, each once. @param {string} mission @returns {Person[]} */
export function usePersons(mission) {
  const offers = useRead("offers", { mission }).value || [];
  const out = useRead("out", { mission }).value || [];
  const signed = useRead("signed_in", { mission }).value || [];
  const notes = useRead("notes", { mission }).value || [];
  const read = useRead("acknowledgements", { mission }).value || [];
  /** @type {Map<string, Person>} */
  const found = new Map();
  const add = (/** @type {any} */ row, /** @type {Partial<Person>} */ more) => {
    const before = found.get(row.member) || { member: row.member, name: row.member_name };
    found.set(row.member, { ...before, ...more });
  };
  for (const offer of offers) if (ACCEPTED.has(offer.answer)) add(offer, { offer });
  for (const note of notes) if (note.what === "walk-in" && note.member) add(note, { walkIn: true });
  for (const one of out) add(one, { out: one });
  for (const one of signed) add(one, { signed: one });
  for (const one of read) if (found.has(one.member)) add(one, { acknowledged: Math.max(one.version, found.get(one.member)?.acknowledged || 0) });
  return [...found.values()].sort((one, other) => one.name.localeCompare(other.name));
}

/** Whether somebody departed and is neither home nor handed over. @param {Person} one */
export const isOut = (one) => !!one.out && !one.out.home && !one.out.handed_to;

/** Whether somebody is out after they were due. @param {Person} one @param {number} now */
export function isLate(one, now) {
  const by = one.out?.home_by;
  return isOut(one) && !!by && by.local.slice(0, 16) < new Intl.DateTimeFormat("sv-SE", { timeZone: by.zone, dateStyle: "short", timeStyle: "short" }).format(now).replace(" ", "T");
}

/** Where somebody is, in words. @param {Person} one @param {any} held */
export function whereIs(one, held) {
  const gone = one.out;
  if (gone?.home) return t("home {time}", { time: moment(gone.home) });
  if (gone?.handed_to) return t("handed over: {to}", { to: gone.handed_to });
  if (gone) return gone.home_by ? t("out since {time}, due {due}", { time: moment(gone.departed), due: deadline(gone.home_by) }) : t("out since {time}", { time: moment(gone.departed) });
  if (one.signed) return t("here since {time}", { time: moment(one.signed.since) });
  if (held.briefing && (one.acknowledged || 0) < held.briefing) return t("has not acknowledged briefing {version}", { version: held.briefing });
  return one.offer ? one.offer.answer : t("has a post");
}

/** Home or handed over: how somebody who is out is accounted for. @param {{mission: string, one: {member: string, name: string}}} props */
export function AccountFor({ mission, one }) {
  const preset = { mission, member: one.member };
  const mine = one.member === here.value.viewer;
  return html`${mine ? html`<${Tap} intent="ArriveHome" fields=${preset} words=${t("Home")} said=${t("You are home.")} />`
    : html`<${Ask} words=${t("Home")} title=${t("{name} is home", { name: one.name })} label=${t("Home")} intent="ArriveHome" preset=${preset} said=${t("{name} is home.", { name: one.name })}
      fields=${() => [channel()]} />`}
    <${Ask} words=${t("Hand over")} title=${t("Hand {name} over", { name: one.name })} intent="HandOver" preset=${preset} said=${t("Handed over.")}
      fields=${[field("to", "text", t("To whom"), { required: true, hint: t("the hospital, the family, team 2") })]} />`;
}

/** How a word of somebody reached the desk. */
export const channel = () => field("channel", "choice", t("How it reached you"), { required: true, of: /** @type {any} */ (CHANNELS()), start: "radio" });

/** Everything that can be said of one person on a mission. @param {{mission: string, held: any, one: Person, onClose: () => void}} props */
export function PersonDialog({ mission, held, one, onClose }) {
  const preset = { mission, member: one.member };
  const name = one.name;
  const unread = held.briefing && (one.acknowledged || 0) < held.briefing;
  return html`<${Dialog} title=${name} onClose=${onClose}>
    <p><${Sign} kind=${isOut(one) ? "wait" : one.out ? "good" : "quiet"}>${whereIs(one, held)}<//> ${one.out?.post || one.offer?.post || ""}</p>
    ${one.offer?.limits ? html`<p>${t("Limits")}: <b dir="auto">${one.offer.limits}</b></p>` : null}
    <div class="acts">
      ${unread ? html`<${Ask} words=${t("Has acknowledged the briefing")} intent="AcknowledgeBriefing" preset=${{ ...preset, version: held.briefing }} fields=${() => [channel()]} />` : null}
      ${one.signed ? html`<${Tap} intent="SignOut" fields=${preset} words=${t("Sign out")} said=${t("Signed out.")} />` : html`<${Tap} intent="SignIn" fields=${preset} words=${t("Sign in")} said=${t("Signed in.")} />`}
      ${isOut(one) ? html`<${AccountFor} mission=${mission} one=${one} />
        <${Ask} words=${t("Starts home")} intent="StartHome" preset=${preset} fields=${[field("by", "deadline", t("Home by"), { required: true })]} />
        <${Tap} intent="MakeContact" fields=${preset} words=${t("Heard just now")} said=${t("Noted: heard.")} />
        <${Ask} words=${t("Listen for them")} intent="WatchSilence" preset=${preset} label=${t("So be it")} fields=${[field("every_min", "number", t("Heard at least every"), { unit: t("minutes"), least: 1, clears: true, hint: "30" })]}>
          <p>${t("After so many minutes of silence an alarm is raised. Empty ends it.")}</p><//>
        <${Ask} words=${t("Report a place")} intent="ReportPlace" preset=${preset} fields=${[field("place", "place", t("Where"), { required: true }), field("at", "moment", t("When"))]} />
        <${Ask} words=${t("Is down!")} kind="danger" title=${t("{name} is down", { name })} label=${t("Raise the alarm")} intent="ReportFallen" preset=${preset}
          fields=${[field("words", "words", t("What happened"), { required: true, focus: true }), field("place", "place", t("Where"))]} />`
    : html`<${Ask} words=${t("Departs")} title=${t("{name} departs", { name })} label=${t("Departs")} kind="main" intent="Depart" preset=${preset} said=${t("{name} departed.", { name })}
        fields=${[field("post", "text", t("Post"), { start: one.offer?.post }), field("home_by", "deadline", t("Home by"), { start: held.home_by?.local })]} />`}
      <${Ask} words=${t("A doubt")} title=${t("A doubt of {name}", { name })} intent="VoiceDoubt" preset=${preset} label=${t("Note it")} fields=${[field("words", "words", t("In their words"), { required: true })]} />
    </div><//>`;
}
