// One mission that the viewer is on, step by step: briefing, here, departed, lines and places, home.
import { get } from "../api.js";
import { here } from "../app.js";
import { zone } from "../members.js";
import { deed, enter, withdraw } from "../queue.js";
import { useRead } from "../store.js";
import { Dialog, Form, html, say, Sign, useSignal } from "../ui.js";
import { deadlineOf, msAt } from "../when.js";
import { deadline, moment, t } from "../words.js";
import { Left, OnItsWay, pendingOf, recentOf, Refusals, Sure } from "./sure.js";
import { WaitOrGo } from "./waitorgo.js";

/** @param {{mission: any, post: string}} props */
export function MyMission({ mission, post }) {
  const me = here.value.viewer;
  const id = mission.mission;
  const own = (/** @type {any[]|undefined} */ rows) => (rows || []).filter((one) => one.member === me).at(-1);
  const inside = own(useRead("signed_in", { mission: id }).value);
  const out = own(useRead("out", { mission: id }).value);
  const about = (/** @type {any} */ fields) => fields.mission === id;
  const pending = pendingOf(about);
  const done = [...recentOf(about), ...pending];
  const last = done.filter((one) => ["SignIn", "SignOut", "Depart", "ArriveHome"].includes(one.intent || "")).map((one) => one.intent);
  const goneHome = last.includes("ArriveHome") || !!out?.home || !!out?.handed_to;
  const isOut = (!!out || last.includes("Depart")) && !goneHome;
  const isHere = last.includes("SignIn") ? last.lastIndexOf("SignIn") > last.lastIndexOf("SignOut") : !!inside && !last.includes("SignOut");
  return html`<article class="slip" aria-label=${mission.name}><h2 dir="auto"><a href=${`/m/${id}/log`}>${mission.name}</a> ${post ? html`<${Sign} kind="rank">${post}<//>` : null}</h2>
    <p class="aside">${t("Command")}: <b dir="auto">${mission.commander_name}</b>${mission.home_by ? html` · ${t("Home by")} ${deadline(mission.home_by)}` : null}</p>
    <${Refusals} about=${about} /><${OnItsWay} count=${pending.length} />
    <${WaitOrGo} mission=${id} mine=${true} />
    <ol class="way">
      <li><${Briefed} mission=${id} pending=${done} /></li>
      ${goneHome && !isHere ? null : html`<li><${Present} mission=${id} isHere=${isHere} since=${inside?.since} /></li>`}
      ${goneHome ? html`<li><p role="status"><${Sign} kind="good">${t("home")}<//> ${out?.home ? moment(out.home) : ""} ${t("Rest well.")}</p></li>`
        : isOut ? html`<li><${Out} mission=${mission} out=${out} /></li>`
        : html`<li><${Sure} words=${t("I depart")} kind="main" question=${t("You depart now?")} yes=${t("Yes, I depart")} onYes=${async () => { await deed("Depart", { mission: id, member: me, post }); say(t("Departed. Come home well.")); }} /></li>`}
    </ol></article>`;
}

/** @param {{mission: string, pending: any[]}} props */
function Briefed({ mission, pending }) {
  const me = here.value.viewer;
  const briefing = useRead("briefings", { mission }).value?.at(-1);
  const told = (useRead("acknowledgements", { mission }).value || []).filter((/** @type {any} */ one) => one.member === me);
  if (!briefing) return html`<p class="aside">${t("There is no briefing yet.")}</p>`;
  const read = Math.max(0, ...told.map((/** @type {any} */ one) => one.version), ...pending.filter((one) => one.intent === "AcknowledgeBriefing").map((one) => one.fields.version));
  const known = read >= briefing.version;
  const acknowledge = async () => {
    await deed("AcknowledgeBriefing", { mission, member: me, version: briefing.version });
    say(t("Briefing {version} acknowledged.", { version: briefing.version }));
  };
  return html`<details open=${!known}><summary>${t("Briefing, version {version}", { version: briefing.version })}
      <${Sign} kind=${known ? "good" : "wait"}>${known ? t("acknowledged") : read ? t("new since you read version {version}", { version: read }) : t("to read")}<//></summary>
    <blockquote dir="auto">${briefing.words}</blockquote>
    ${briefing.cautions.length ? html`<p><b>${t("Take care")}:</b></p><ul>${briefing.cautions.map((/** @type {string} */ one) => html`<li dir="auto">${one}</li>`)}</ul>` : null}
    ${briefing.chosen_because[me] ? html`<p>${t("You, because")} <b dir="auto">${briefing.chosen_because[me]}</b></p>` : null}
    <p class="aside"><span dir="auto">${briefing.by_name}</span>, ${moment(briefing.at)}</p></details>
    ${known ? null : html`<button class="thumb main" onClick=${acknowledge}>${t("I have read version {version}", { version: briefing.version })}</button>`}`;
}

/** "I'm here" and "I've left", each with a way back. @param {{mission: string, isHere: boolean, since: any}} props */
function Present({ mission, isHere, since }) {
  const fields = { mission, member: here.value.viewer };
  const state = async (/** @type {string} */ intent, /** @type {string} */ other, /** @type {string} */ words) => {
    const key = await deed(intent, fields);
    say(words, { undo: async () => { if (!(await withdraw(key))) await deed(other, fields); } });
  };
  return isHere
    ? html`<p><${Sign} kind="good">${t("here")}<//> ${since ? t("since {time}", { time: moment(since) }) : null}</p><button class="thumb" onClick=${() => state("SignOut", "SignIn", t("Noted: you have left."))}>${t("I've left")}</button>`
    : html`<button class="thumb" onClick=${() => state("SignIn", "SignOut", t("Noted: you are here."))}>${t("I'm here")}</button>`;
}

/** @param {{mission: any, out: any}} props */
function Out({ mission, out }) {
  const open = useSignal("");
  const id = mission.mission;
  const me = here.value.viewer;
  const homeBy = out?.home_by;
  const shut = () => { open.value = ""; };
  const arrive = async () => { await deed("ArriveHome", { mission: id, member: me }); say(t("Home. Thank you.")); };
  return html`<p><${Sign} kind="under-way">${t("out")}<//> ${out ? t("since {time}", { time: moment(out.departed) }) : null}${homeBy ? html`, ${t("home by")} <b>${deadline(homeBy)}</b> (<${Left} ms=${msAt(homeBy.local, homeBy.zone)} />)` : null}</p>
    <div class="thumbs"><button class="thumb" onClick=${() => { open.value = "line"; }}>${t("Log a line")}</button><button class="thumb" onClick=${() => { open.value = "place"; }}>${t("Where I am")}</button>
      <button class="thumb" onClick=${() => { open.value = "home"; }}>${t("On my way home…")}</button>
      <${Sure} words=${t("I'm home")} kind="main" question=${t("You are home, and well?")} yes=${t("Yes, I'm home")} onYes=${arrive} /></div>
    ${open.value === "line" ? html`<${Line} mission=${id} onClose=${shut} />` : null}
    ${open.value === "place" ? html`<${Where} mission=${id} onClose=${shut} />` : null}
    ${open.value === "home" ? html`<${WayHome} mission=${id} onClose=${shut} />` : null}`;
}

/** @param {{mission: string, onClose: () => void}} props */
function Line({ mission, onClose }) {
  const send = async (/** @type {Record<string, string>} */ fields) => {
    const key = await enter(mission, { words: fields.words, sender: here.value.name });
    say(t("In the log."), { undo: async () => { if (!(await withdraw(key))) say(t("It is in the log already: amend it there.")); } });
    onClose();
  };
  return html`<${Dialog} title=${t("Log a line")} onClose=${onClose}><${Form} label=${t("Into the log")} send=${send}>
    <label>${t("What is so")}<textarea name="words" required maxlength="4000" dir="auto" autofocus placeholder=${t("for example: found a boot print at the ford, going on north")}></textarea></label><//><//>`;
}

/** A place: where the device knows itself to be, or typed. @param {{mission: string, onClose: () => void}} props */
function Where({ mission, onClose }) {
  const problem = useSignal("");
  const busy = useSignal(false);
  const report = async (/** @type {any} */ place, at = Date.now()) => {
    await deed("ReportPlace", { mission, place, member: here.value.viewer, at: { ms: Math.min(at, Date.now()), zone: zone() } });
    say(t("Your place is noted."));
    onClose();
  };
  const ask = () => {
    busy.value = true;
    navigator.geolocation.getCurrentPosition(
      ({ coords, timestamp }) => report({ lat: coords.latitude, lon: coords.longitude }, timestamp),
      () => { busy.value = false; problem.value = t("This device does not say where it is. Type the place instead."); },
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 60_000 },
    );
  };
  const typed = async (/** @type {Record<string, string>} */ { words }) => {
    const degrees = /^\s*(-?\d{1,2}\.\d+)[,\s]+(-?\d{1,3}\.\d+)\s*$/.exec(words);
    if (degrees) { await report({ lat: Number(degrees[1]), lon: Number(degrees[2]) }); return; }
    try {
      await report(await get("/api/place", { words, mission }));
    } catch (error) {
      if (!error.noLink) throw error;
      await enter(mission, { words: `${here.value.name} to base: at ${words}`, sender: here.value.name });
      say(t("Kept as a line of the log; its place is read when there is a link."));
      onClose();
    }
  };
  const may = "geolocation" in navigator && isSecureContext;
  return html`<${Dialog} title=${t("Where I am")} onClose=${onClose}>
    ${may ? html`<button class="thumb main" disabled=${busy.value} onClick=${ask}>${busy.value ? t("Finding where I am…") : t("Where this device is")}</button>`
      : html`<p class="aside">${t("This device tells its place by HTTPS only: type the place.")}</p>`}
    ${problem.value ? html`<p class="complaint" role="alert">${problem.value}</p>` : null}
    <${Form} label=${t("Note this place")} send=${typed}><label>${t("Or typed: grid or degrees")}<input name="words" required maxlength="200" dir="ltr" autocomplete="off" placeholder="31T CH 78000 03000, 42.5063, 1.5218" /></label><//><//>`;
}

/** @param {{mission: string, onClose: () => void}} props */
function WayHome({ mission, onClose }) {
  const by = async (/** @type {number} */ minutes) => {
    const due = deadlineOf(Date.now() + minutes * 60_000, zone());
    await deed("StartHome", { mission, member: here.value.viewer, by: due });
    say(t("On your way home, due {time}. If you are late, somebody looks for you.", { time: deadline(due) }));
    onClose();
  };
  /** @type {[string, number][]} */
  const choices = [[t("in half an hour"), 30], [t("in an hour"), 60], [t("in two hours"), 120], [t("in four hours"), 240]];
  return html`<${Dialog} title=${t("On my way home: due…")} onClose=${onClose}><div class="thumbs">${choices.map(([words, minutes]) => html`<button class="thumb" onClick=${() => by(minutes)}>${words}</button>`)}</div>
    <details class="saying"><summary>${t("Another time")}</summary><${Form} label=${t("Due then")} send=${(/** @type {any} */ fields) => by(Number(fields.minutes))}><label>${t("Minutes from now")}<input type="number" name="minutes" min="1" max="2880" required defaultValue="90" /></label><//></details><//>`;
}
