// How people come in: a member added, a roster taken over from a file, an invitation as a link and a QR code.
import { act, post } from "../api.js";
import { here } from "../app.js";
import { DUTIES, pageOf } from "../members.js";
import { go } from "../route.js";
import { again } from "../store.js";
import { Complaint, Dialog, Form, html, say, Sign, useEffect, useSignal } from "../ui.js";
import { moment, plural, t } from "../words.js";

/** "tracking 4, medical 2" as skills. @param {string} words @returns {Record<string, number>} */
export function skillsOf(words) {
  /** @type {Record<string, number>} */
  const found = {};
  for (const part of words.split(/[,;\n]/).map((one) => one.trim()).filter(Boolean)) {
    const read = /^(.*?)[\s:]+([1-5])$/.exec(part);
    if (!read) throw { where: t("Skills"), text: t("“{part}” has no level.", { part }), do: t("Write it like: tracking 4, medical 2. Levels are 1 to 5.") };
    found[read[1].trim()] = Number(read[2]);
  }
  return found;
}

/** @param {{onClose: () => void}} props */
export function AddMember({ onClose }) {
  const { member_ranks: ranks, skills } = here.value.organisation;
  const send = async (/** @type {Record<string, string>} */ fields) => {
    const duties = Object.keys(DUTIES).filter((duty) => fields[`duty-${duty}`]);
    const languages = fields.languages.split(",").map((one) => one.trim()).filter(Boolean);
    const { made } = await act("EnrolMember", { name: fields.name, ref: fields.ref, rank: fields.rank, callsign: fields.callsign, phone: fields.phone, email: fields.email, duties, languages, skills: skillsOf(fields.skills) });
    again("roster");
    say(t("{name} is on the roster.", { name: fields.name }));
    onClose();
    go(pageOf(made));
  };
  return html`<${Dialog} title=${t("Add a member")} onClose=${onClose}><${Form} label=${t("Add to the roster")} send=${send}>
    <label>${t("Name")}<input name="name" required maxlength="200" dir="auto" autofocus /></label>
    <div class="two"><label>${t("Callsign")}<input name="callsign" maxlength="100" dir="auto" /></label>
      <label>${t("Roster number, if they have one")}<input name="ref" maxlength="100" /></label></div>
    <label>${t("Rank")}${ranks.length ? html`<select name="rank"><option value="">${t("none")}</option>${ranks.map((/** @type {string} */ rank) => html`<option value=${rank}>${rank}</option>`)}</select>` : html`<input name="rank" maxlength="100" />`}</label>
    <label>${t("Skills")}<input name="skills" dir="auto" placeholder=${skills.length ? `${skills[0]} 3, ${skills[1] || skills[0]} 2` : t("for example: tracking 4, medical 2")} /></label>
    <div class="two"><label>${t("Phone")}<input name="phone" type="tel" maxlength="100" /></label><label>${t("E-mail")}<input name="email" type="email" maxlength="254" /></label></div>
    <label>${t("Languages")}<input name="languages" dir="auto" placeholder=${t("for example: English, Arabic")} /></label>
    <fieldset><legend>${t("Duties")}</legend><div class="checks">${Object.entries(DUTIES).map(([duty, words]) => html`<label><input type="checkbox" name=${`duty-${duty}`} />${words()}</label>`)}</div></fieldset>
  <//><//>`;
}

/** Reads a spreadsheet's text: UTF-8, else as Windows writes it. @param {File} file */
async function textOf(file) {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** @param {{onClose: () => void}} props */
export function ImportRoster({ onClose }) {
  const files = useSignal(/** @type {{name: string, text: string}[]} */ ([]));
  const rename = useSignal(false);
  const told = useSignal(/** @type {any} */ (null));
  const problem = useSignal(/** @type {any} */ (null));
  const busy = useSignal(false);
  const ask = async (/** @type {boolean} */ write) => {
    busy.value = true;
    problem.value = null;
    try {
      told.value = await post("/api/roster", { files: files.value, rename: rename.value, write }, { patienceMs: 120_000 });
      if (told.value.written) { again("roster"); say(told.value.tells.join(" ") || t("The roster is taken over.")); onClose(); }
    } catch (error) { problem.value = error; } finally { busy.value = false; }
  };
  const chosen = async (/** @type {any} */ event) => {
    const picked = /** @type {File[]} */ ([...event.currentTarget.files]).slice(0, 2);
    files.value = await Promise.all(picked.map(async (file) => ({ name: file.name, text: await textOf(file) })));
    told.value = null;
    if (picked.length) await ask(false);
  };
  const found = told.value;
  return html`<${Dialog} title=${t("Import a roster")} onClose=${onClose} kind="wide">
    <p>${t("A CSV file as a spreadsheet or D4H writes it, with a heading in its first line: reference, name, rank, callsign, phone, email, skills, qualification, expires. Choose two files where qualifications come apart. Nothing is written until you have looked.")}</p>
    <label>${t("Files")}<input type="file" accept=".csv,.tsv,.txt,text/csv" multiple onChange=${chosen} /></label>
    <label><input type="checkbox" checked=${rename.value} onChange=${(/** @type {any} */ event) => { rename.value = event.currentTarget.checked; if (files.value.length) ask(false); }} />${t("Let the file change the names of members who are here already")}</label>
    <${Complaint} problem=${problem.value} />
    ${busy.value ? html`<p class="loading" role="status">${t("Reading…")}</p>` : null}
    ${found ? html`<${Preview} found=${found} />` : null}
    ${found && !found.wrong ? html`<button class="main" disabled=${busy.value} onClick=${() => ask(true)}>${plural(found.members, "Take over {count} member", "Take over {count} members")}</button>` : null}
  <//>`;
}

/** @param {{found: any}} props */
function Preview({ found }) {
  return html`<p role="status"><b>${plural(found.members, "{count} member", "{count} members")}</b>: ${t("{fresh} new, {held} here already", { fresh: found.new, held: found.members - found.new })}.
      ${found.wrong ? html` <${Sign} kind="bad">${plural(found.wrong, "{count} thing to mend in the file first", "{count} things to mend in the file first")}<//>` : null}</p>
    ${found.problems.length ? html`<ul class="problems">${found.problems.map((/** @type {any} */ { file, problem }) => html`<li class=${problem.grave ? "grave" : ""}>
      <b>${t("line {line}", { line: problem.line })}${problem.column ? html`, <span dir="auto">${problem.column}</span>` : null}</b> <small class="aside" dir="auto">${file}</small>
      ${problem.value ? html` <q dir="auto">${problem.value}</q>` : null} <span>${problem.reason}.</span> <span class="todo">${problem.grave ? "" : `${t("Note")}: `}${problem.remedy}.</span></li>`)}</ul>` : null}
    ${found.more_problems ? html`<p class="aside">${plural(found.more_problems, "and {count} more", "and {count} more")}</p>` : null}
    ${!found.wrong && found.rows.length ? html`<table class="cards"><thead><tr><th>${t("Number")}</th><th>${t("Name")}</th><th>${t("Rank")}</th><th>${t("Skills")}</th></tr></thead>
      <tbody>${found.rows.map((/** @type {any} */ row) => html`<tr><td data-heading=${t("Number")}>${row.ref}</td><td data-heading=${t("Name")} dir="auto">${row.name}</td><td data-heading=${t("Rank")} dir="auto">${row.rank || ""}</td>
        <td data-heading=${t("Skills")} dir="auto">${Object.entries(row.skills || {}).map(([skill, level]) => `${skill} ${level}`).join(", ")}</td></tr>`)}</tbody></table>` : null}`;
}

/** @param {{member: any, onClose: () => void}} props */
export function InviteMember({ member, onClose }) {
  const made = useSignal(/** @type {any} */ (null));
  const problem = useSignal(/** @type {any} */ (null));
  useEffect(() => { post("/api/invite", { member: member.member }).then((got) => { made.value = got; }, (error) => { problem.value = error; }); }, []);
  const copy = async () => {
    await navigator.clipboard?.writeText(made.value.address);
    say(t("The link is copied."));
  };
  return html`<${Dialog} title=${t("Invite {name}", { name: member.member_name })} onClose=${onClose}>
    <${Complaint} problem=${problem.value} />
    ${made.value ? html`<p>${t("Let them scan this, or send them the link. It works once, until {time}. They choose a password and are in.", { time: moment(made.value.until) })}</p>
      <img class="qr" alt=${t("QR code of the link")} src=${`data:image/svg+xml,${encodeURIComponent(made.value.qr)}`} />
      <label>${t("Link")}<input readonly value=${made.value.address} dir="ltr" onFocus=${(/** @type {any} */ event) => event.currentTarget.select()} /></label>
      ${"clipboard" in navigator ? html`<button onClick=${copy}>${t("Copy the link")}</button>` : null}
      ${made.value.here_only ? html`<p class="complaint">${t("This address works on this machine only.")}<span class="todo">${t("Open the desk by the address that phones use, then invite again.")}</span></p>` : null}
      <p class="aside">${t("An earlier link of theirs no longer works.")}</p>` : problem.value ? null : html`<p class="loading" role="status">${t("On its way…")}</p>`}
  <//>`;
}
