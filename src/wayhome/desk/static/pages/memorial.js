// The memorial: everybody who was lost, with what the family lets be seen. It is quiet here; nobody's visit is noted.
import { act } from "../api.js";
import { usePowers } from "../members.js";
import { again, useRead } from "../store.js";
import { Dialog, Form, html, say, Shown, useEffect, useSignal } from "../ui.js";
import { date, t } from "../words.js";

export default function Memorial() {
  const lost = useRead("memorial");
  const { roster } = usePowers();
  const open = useSignal(/** @type {any} */ (null));
  useEffect(() => { document.title = t("Memorial"); }, []);
  return html`<div class="memorial"><h1>${t("Memorial")}</h1>
    <${Shown} of=${lost} empty=${t("Nobody. May it stay so.")}>${(/** @type {any[]} */ rows) => html`<ol>${rows.map((one) => html`<li key=${one.remembrance}>
      <h2 dir="auto">${one.name}</h2>
      ${one.line ? html`<p class="line" dir="auto">${one.line}</p>` : null}
      ${one.on || one.mission ? html`<p class="aside">${one.on ? html`<time datetime=${one.on}>${date(one.on)}</time>` : null}${one.on && one.mission ? " · " : null}${one.mission ? html`<span dir="auto">${one.mission}</span>` : null}</p>` : null}
      ${roster ? html`<button class="quiet" onClick=${() => { open.value = one; }}>${t("At the family's wish…")}</button>` : null}</li>`)}</ol>`}<//>
    ${roster ? html`<p><button onClick=${() => { open.value = {}; }}>${t("Write a name")}</button></p>` : null}
    ${open.value ? (open.value.remembrance ? html`<${Veil} one=${open.value} onClose=${() => { open.value = null; }} />` : html`<${Write} onClose=${() => { open.value = null; }} />`) : null}</div>`;
}

/** @param {{onClose: () => void}} props */
function Write({ onClose }) {
  const members = useRead("roster").value || [];
  const send = async (/** @type {Record<string, string>} */ fields) => {
    await act("Remember", { name: fields.name, on: fields.on, line: fields.line, mission_words: fields.mission, member: fields.member || null });
    again("memorial");
    say(t("The name is written."));
    onClose();
  };
  return html`<${Dialog} title=${t("Write a name")} onClose=${onClose}><${Form} label=${t("Write it")} send=${send}>
    <label>${t("Name")}<input name="name" required maxlength="200" dir="auto" /></label>
    <label>${t("Their place on the roster, if they were on it")}<select name="member"><option value="">${t("not on the roster")}</option>${members.map((/** @type {any} */ one) => html`<option value=${one.member}>${one.member_name}</option>`)}</select></label>
    <label>${t("Day")}<input type="date" name="on" required /></label>
    <label>${t("Mission, in a few words")}<input name="mission" maxlength="500" dir="auto" /></label>
    <label>${t("A line of theirs, or for them")}<textarea name="line" maxlength="2000" dir="auto"></textarea></label><//><//>`;
}

/** @param {{one: any, onClose: () => void}} props */
function Veil({ one, onClose }) {
  /** @type {[string, string, boolean][]} */
  const parts = [["date", t("the day"), !one.on], ["mission", t("the mission"), !one.mission], ["line", t("the line"), !one.line]];
  const send = async (/** @type {Record<string, string>} */ fields) => {
    await act("VeilRemembrance", { remembrance: one.remembrance, hidden: parts.map(([part]) => part).filter((part) => fields[part]) });
    again("memorial");
    onClose();
  };
  return html`<${Dialog} title=${one.name} onClose=${onClose}><p>${t("What is hidden is simply not there, for anybody. It can be shown again.")}</p>
    <${Form} label=${t("As they wish")} send=${send}><fieldset><legend>${t("Hide")}</legend>
      ${parts.map(([part, words, hidden]) => html`<label><input type="checkbox" name=${part} defaultChecked=${hidden} />${words}</label>`)}</fieldset><//><//>`;
}
