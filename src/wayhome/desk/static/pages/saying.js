// What somebody says of their own days: when they can come, that they are away, a leave letter, not themselves today.
import { deed } from "../queue.js";
import { zone } from "../members.js";
import { Dialog, Form, html, say, useSignal } from "../ui.js";
import { localAt, momentAt, msAt, plusDays } from "../when.js";
import { t } from "../words.js";

/** A span in which somebody can or cannot come. @param {{member: any, day: string, onClose: () => void}} props */
export function SayWhen({ member, day, onClose }) {
  const from = useSignal(day);
  const send = async (/** @type {Record<string, string>} */ fields) => {
    const start = momentAt(`${fields.from}T${fields.start || "00:00"}`, zone());
    const end = fields.stop ? momentAt(`${fields.to}T${fields.stop}`, zone()) : momentAt(`${plusDays(fields.to, 1)}T00:00`, zone());
    if (end.ms <= start.ms) throw { where: t("To"), text: t("The span ends before it begins."), do: t("Give a later day, or a later hour.") };
    const words = fields.words.trim();
    await deed("SayAvailability", { member: member.member, start, end: { ...end, ms: end.ms - (fields.stop ? 0 : 1) }, available: fields.can === "yes", words });
    say(fields.can === "yes" ? t("Noted: can come.") : t("Noted: cannot come."));
    onClose();
  };
  return html`<${Dialog} title=${t("When {name} can come", { name: member.member_name })} onClose=${onClose}>
    <${Form} label=${t("Say so")} send=${send} kind="saying">
      <fieldset class="choice"><legend>${t("In these days")}</legend>
        <label><input type="radio" name="can" value="yes" defaultChecked />${t("can come")}</label>
        <label><input type="radio" name="can" value="no" />${t("cannot come")}</label></fieldset>
      <div class="two"><label>${t("From")}<input type="date" name="from" required value=${from.value} onInput=${(/** @type {any} */ event) => { from.value = event.currentTarget.value; }} /></label>
        <label>${t("To, that day included")}<input type="date" name="to" required value=${day} min=${from.value} /></label></div>
      <details><summary>${t("Only some hours")}</summary><div class="two"><label>${t("From")}<input type="time" name="start" /></label><label>${t("To")}<input type="time" name="stop" /></label></div></details>
      <label>${t("In a word, if you like")}<input name="words" maxlength="500" dir="auto" placeholder=${t("for example: after 18:00, or by phone only")} /></label>
    <//><//>`;
}

/** Away from now on, as a duty status. @param {{member: any, onClose: () => void}} props */
export function SayAway({ member, onClose }) {
  const send = async (/** @type {Record<string, string>} */ fields) => {
    const until = fields.until ? momentAt(fields.until, zone()) : null;
    if (until && until.ms <= Date.now()) throw { where: t("Until"), text: t("That has passed."), do: t("Give a later time, or none.") };
    await deed("SetDutyStatus", { member: member.member, status: "away", until });
    say(t("Noted: away."), { undo: () => deed("SetDutyStatus", { member: member.member, status: member.status === "lost" ? "available" : member.status, until: member.status_until }) });
    onClose();
  };
  return html`<${Dialog} title=${t("Away")} onClose=${onClose}><p>${t("From now on no mission is offered. It is shown as away, without a reason.")}</p>
    <${Form} label=${t("I am away")} send=${send}>
      <label>${t("Until, if you know")}<input type="datetime-local" name="until" min=${localAt(Date.now(), zone())} /></label><//><//>`;
}

/** A leave letter. @param {{member: any, onClose: () => void}} props */
export function WriteLetter({ member, onClose }) {
  const send = async (/** @type {Record<string, string>} */ fields) => {
    const until = fields.until ? { ms: msAt(`${plusDays(fields.until, 1)}T00:00`, zone()) - 1, zone: zone() } : null;
    await deed("WriteLeaveLetter", { member: member.member, letter: fields.letter, until });
    say(t("The letter is written. No mission is offered while you are on leave."));
    onClose();
  };
  return html`<${Dialog} title=${t("Leave, by letter")} onClose=${onClose}><p>${t("Command reads it, and nobody else. It needs no reason.")}</p>
    <${Form} label=${t("Leave the letter")} send=${send}>
      <label>${t("The letter")}<textarea name="letter" required maxlength="10000" dir="auto" placeholder=${t("for example: Until you say otherwise.")}></textarea></label>
      <label>${t("Last day, if you know")}<input type="date" name="until" min=${localAt(Date.now(), zone()).slice(0, 10)} /></label><//><//>`;
}

/** Something that comes again: a walk, a visit. @param {{member: any, members: any[], onClose: () => void}} props */
export function PlanRoutine({ member, members, onClose }) {
  const send = async (/** @type {Record<string, string>} */ fields) => {
    await deed("PlanRoutine", { member: member.member, what: fields.what, every_days: Number(fields.every), first: momentAt(fields.first, zone()), companion: fields.companion || null });
    say(t("Planned. You are reminded the day before."));
    onClose();
  };
  return html`<${Dialog} title=${t("Something that comes again")} onClose=${onClose}><${Form} label=${t("Plan it")} send=${send}>
    <label>${t("What")}<input name="what" required maxlength="200" dir="auto" placeholder=${t("for example: a walk")} /></label>
    <div class="two"><label>${t("First")}<input type="datetime-local" name="first" required value=${localAt(Date.now() + 86_400_000, zone())} /></label>
      <label>${t("Every so many days")}<input type="number" name="every" required min="1" max="366" value="7" /></label></div>
    <label>${t("With, if with anybody")}<select name="companion"><option value="">${t("nobody")}</option>
      ${members.filter((one) => one.member !== member.member && one.status !== "lost").slice(0, 500).map((one) => html`<option value=${one.member}>${one.member_name}</option>`)}</select></label><//><//>`;
}
