// What may be changed of a member, each in a small form of its own. The rules decide; a refusal stands in the form.
import { act } from "../api.js";
import { here } from "../app.js";
import { BONDS, DUTIES, GIVEN, STATUSES, WISHES, zone } from "../members.js";
import { again } from "../store.js";
import { Dialog, Form, html, say } from "../ui.js";
import { localAt, momentAt } from "../when.js";
import { t } from "../words.js";

/** @typedef {{page: any, roster: any[], onClose: () => void}} Props */

/**
 * @param {Props} props @param {string} title @param {string} label @param {(fields: Record<string, string>) => [string, any][]} deeds
 * @param {any} children @param {() => [string, any][]} [back] what undoes it
 */
function edit({ page, onClose }, title, label, deeds, children, back) {
  const renew = () => { again("member", { member: page.member.member }); again("roster"); };
  const send = async (/** @type {Record<string, string>} */ fields) => {
    for (const [intent, given] of deeds(fields)) await act(intent, given);
    renew();
    const undo = back && (async () => { for (const [intent, given] of back()) await act(intent, given); renew(); });
    say(t("Noted."), undo ? { undo } : {});
    onClose();
  };
  return html`<${Dialog} title=${`${page.member.member_name}: ${title}`} onClose=${onClose}><${Form} label=${label} send=${send}>${children}<//><//>`;
}

const personal = (/** @type {any} */ page, /** @type {string} */ what) => page.personal.find((/** @type {any} */ one) => one.what === what)?.words || "";

/** @param {Props} props */
function Names(props) {
  const { member, callsign } = props.page;
  return edit(props, t("Name and contact"), t("Keep"), (fields) => [["RenameMember", {
    member: member.member, name: fields.name, callsign: fields.callsign, phone: fields.phone, email: fields.email,
    languages: fields.languages.split(",").map((one) => one.trim()).filter(Boolean),
  }]], html`<label>${t("Name")}<input name="name" required maxlength="200" dir="auto" defaultValue=${member.member_name} /></label>
    <label>${t("Callsign")}<input name="callsign" maxlength="100" dir="auto" defaultValue=${callsign} /></label>
    <p class="aside">${t("Phone, e-mail and languages are written anew with this: leave none out that should stay.")}${personal(props.page, "contact") ? html` ${t("Now")}: <b dir="auto">${personal(props.page, "contact")}</b>` : null}</p>
    <div class="two"><label>${t("Phone")}<input name="phone" type="tel" maxlength="100" /></label><label>${t("E-mail")}<input name="email" type="email" maxlength="254" /></label></div>
    <label>${t("Languages")}<input name="languages" dir="auto" placeholder=${t("for example: English, Arabic")} /></label>`);
}

/** @param {Props} props */
function StatusOf(props) {
  const { member } = props.page;
  return edit(props, t("Duty status"), t("Set it"), (fields) => [["SetDutyStatus", { member: member.member, status: fields.status, until: fields.until ? momentAt(fields.until, zone()) : null }]],
    html`<label>${t("Status")}<select name="status">${GIVEN.map((one) => html`<option value=${one} selected=${one === member.status}>${STATUSES[one][1]()}</option>`)}</select></label>
      <label>${t("Until, if you know; then available again")}<input type="datetime-local" name="until" min=${localAt(Date.now(), zone())} /></label>`,
    () => [["SetDutyStatus", { member: member.member, status: member.status, until: member.status_until }]]);
}

/** @param {Props} props */
function Rank(props) {
  const { member } = props.page;
  const ranks = here.value.organisation.member_ranks;
  return edit(props, t("Rank"), t("Give it"), (fields) => [["GiveRank", { member: member.member, rank: fields.rank, reason: fields.reason }]],
    html`<label>${t("Rank")}${ranks.length ? html`<select name="rank">${ranks.map((/** @type {string} */ one) => html`<option value=${one} selected=${one === member.rank}>${one}</option>`)}</select>` : html`<input name="rank" defaultValue=${member.rank} maxlength="100" />`}</label>
      <label>${t("Why, in a word")}<input name="reason" maxlength="500" dir="auto" /></label>`,
    () => [["GiveRank", { member: member.member, rank: member.rank, reason: "" }]]);
}

/** @param {Props} props */
function Duties(props) {
  const { member } = props.page;
  return edit(props, t("Duties"), t("Give these"), (fields) => [["SetDuties", { member: member.member, duties: Object.keys(DUTIES).filter((duty) => fields[duty]) }]],
    html`<p class="aside">${t("A duty opens what it needs: a medic sees medical notes, a carer follow-ups, a clerk the roster's contacts.")}</p>
      <div class="checks">${Object.entries(DUTIES).map(([duty, words]) => html`<label><input type="checkbox" name=${duty} defaultChecked=${member.duties.includes(duty)} />${words()}</label>`)}</div>`,
    () => [["SetDuties", { member: member.member, duties: member.duties }]]);
}

/** @param {Props} props */
function Skill(props) {
  const { member } = props.page;
  const known = [...new Set([...Object.keys(member.skills), ...here.value.organisation.skills])];
  let before = /** @type {[string, number]} */ (["", 0]);
  return edit(props, t("Skills"), t("Set it"), (fields) => {
    before = [fields.skill, member.skills[fields.skill] || 0];
    return [["SetSkill", { member: member.member, skill: fields.skill, level: Number(fields.level) }]];
  }, html`<label>${t("Skill")}<input name="skill" required maxlength="100" list="skills" dir="auto" placeholder=${known[0] || ""} /></label>
      <datalist id="skills">${known.map((one) => html`<option value=${one}></option>`)}</datalist>
      <fieldset class="choice"><legend>${t("Level")}</legend>${[1, 2, 3, 4, 5].map((level) => html`<label><input type="radio" name="level" value=${level} required />${level}</label>`)}
        <label><input type="radio" name="level" value="0" />${t("none: take it away")}</label></fieldset>
      <p class="aside">${t("1 has begun, 2 works with guidance, 3 works alone, 4 leads others, 5 teaches.")}</p>`,
    () => [["SetSkill", { member: member.member, skill: before[0], level: before[1] }]]);
}

/** @param {Props} props */
function Award(props) {
  const { member } = props.page;
  const known = [...new Set(props.roster.flatMap((one) => one.qualifications.map((/** @type {any} */ q) => q.name)))].sort();
  return edit(props, t("Award a qualification"), t("Award it"), (fields) => [["AwardQualification", { member: member.member, name: fields.name, awarded: fields.awarded || null, expires: fields.expires || null, evidence: fields.evidence }]],
    html`<label>${t("Qualification")}<input name="name" required maxlength="200" list="known" dir="auto" placeholder=${known[0] || t("for example: Rope rescue")} /></label>
      <datalist id="known">${known.map((one) => html`<option value=${one}></option>`)}</datalist>
      <div class="two"><label>${t("Awarded")}<input type="date" name="awarded" defaultValue=${localAt(Date.now(), zone()).slice(0, 10)} /></label>
        <label>${t("Expires at the end of (empty: never)")}<input type="date" name="expires" /></label></div>
      <label>${t("Evidence")}<input name="evidence" maxlength="500" dir="auto" placeholder=${t("for example: certificate number, examiner")} /></label>`);
}

/** @param {Props} props */
function Role(props) {
  const { member } = props.page;
  return edit(props, t("Role"), t("Note it"), (fields) => [fields.how === "takes"
    ? ["TakeRole", { member: member.member, role: fields.role, wish: fields.wish, reason: fields.reason }]
    : ["EndRole", { member: member.member, role: fields.role, wish: fields.wish, reason: fields.reason }]],
  html`<fieldset class="choice"><legend>${t("What happened")}</legend><label><input type="radio" name="how" value="takes" defaultChecked />${t("takes the role")}</label>
      <label><input type="radio" name="how" value="ends" disabled=${!member.roles.length} />${t("the role ends")}</label></fieldset>
    <label>${t("Role")}<input name="role" required maxlength="100" list="roles" dir="auto" placeholder=${t("for example: teacher")} /></label>
    <datalist id="roles">${member.roles.map((/** @type {string} */ one) => html`<option value=${one}></option>`)}</datalist>
    <label>${t("At whose wish")}<select name="wish">${Object.entries(WISHES).map(([wish, words]) => html`<option value=${wish}>${words()}</option>`)}</select></label>
    <label>${t("Why, in a word")}<input name="reason" maxlength="500" dir="auto" required /></label>`);
}

/** @param {Props} props */
function Bond(props) {
  const { member } = props.page;
  return edit(props, t("State a bond"), t("State it"), (fields) => [["StateBond", { one: member.member, other: fields.other, what: fields.what, says: fields.says, sent: fields.sent, private: fields.private === "on" }]],
    html`<label>${t("Bond")}<select name="what">${Object.entries(BONDS).map(([bond, words]) => html`<option value=${bond}>${words()}</option>`)}</select></label>
      <label>${t("With whom")}<select name="other" required><option value=""></option>${props.roster.filter((one) => one.member !== member.member).map((one) => html`<option value=${one.member}>${one.member_name}</option>`)}</select></label>
      <label>${t("What they say of it")}<input name="says" maxlength="500" dir="auto" /></label>
      <label>${t("How they are sent")}<select name="sent"><option value="">${t("not said")}</option><option value="together">${t("together")}</option><option value="apart">${t("apart")}</option></select></label>
      <label class="tick"><input type="checkbox" name="private" />${t("For the two of them and those who send people alone")}</label>
      <p class="aside">${t("A promise is kept by going together; a couple and kin are not both sent where it is gravest. Whoever offers is warned, never kept from it.")}</p>`);
}

/** @param {Props} props */
function Personal(props) {
  const { member } = props.page;
  /** @type {[string, string, string][]} */
  const fields = [["home", "GiveHome", t("Home")], ["next of kin", "GiveNextOfKin", t("Next of kin")], ["medical", "GiveMedicalNote", t("Medical note")]];
  return edit(props, t("Personal"), t("Keep"), (given) => fields.filter(([what]) => given[what].trim() && given[what] !== personal(props.page, what)).map(([what, intent]) => [intent, { member: member.member, words: given[what] }]),
    html`<p class="aside">${t("Home is seen by clerks, next of kin by clerks and command, the medical note by medics. It can be erased for good.")}</p>
      ${fields.map(([what, , words]) => html`<label>${words}<textarea name=${what} maxlength="10000" dir="auto">${personal(props.page, what)}</textarea></label>`)}`);
}

/** @param {Props} props */
function Note(props) {
  const { member } = props.page;
  return edit(props, t("Note history"), t("Note it"), (fields) => [["NoteHistory", { member: member.member, what: fields.what, on: fields.on, mission: fields.mission, led_by: fields.led_by, outcome: fields.outcome }]],
    html`<label>${t("What happened")}<input name="what" required maxlength="500" dir="auto" placeholder=${t("for example: mission")} /></label><label>${t("Day")}<input type="date" name="on" required /></label>
      <div class="two"><label>${t("Mission")}<input name="mission" maxlength="200" dir="auto" /></label><label>${t("Led by")}<input name="led_by" maxlength="200" dir="auto" /></label></div>
      <label>${t("How it went")}<input name="outcome" maxlength="200" dir="auto" placeholder=${t("for example: safe, hurt, froze")} /></label>`);
}

/** @param {Props} props */
function More(props) {
  const { member } = props.page;
  const sure = () => { if (!confirm(t("Erase for good? Nothing brings it back."))) throw { text: t("Nothing was erased.") }; };
  return edit(props, t("More"), t("Do it"), (fields) => { if (fields.how === "erase") sure(); return fields.how === "never" ? [["StateNever", { member: member.member, deed: fields.words }]]
    : fields.how === "withdraw" ? [["WithdrawInvitation", { member: member.member }]] : [["ErasePerson", { member: member.member, reason: fields.words }]]; },
  html`<fieldset class="choice column"><legend>${t("What")}</legend>
      <label><input type="radio" name="how" value="never" defaultChecked />${t("They never did this before (in the words below)")}</label>
      <label><input type="radio" name="how" value="withdraw" />${t("Withdraw their open invitation")}</label>
      <label><input type="radio" name="how" value="erase" />${t("Erase their personal fields for good, and their name (why, in the words below)")}</label></fieldset>
    <label>${t("Words")}<input name="words" maxlength="500" dir="auto" /></label>
    <p class="aside">${t("Erasing cannot be undone. Free text in logs and reports that names them stays.")}</p>`);
}

/** @type {Record<string, (props: Props) => any>} */
export const EDITS = { names: Names, status: StatusOf, rank: Rank, duties: Duties, skill: Skill, award: Award, role: Role, bond: Bond, personal: Personal, history: Note, more: More };
