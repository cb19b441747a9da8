// What is set on this device - looks, language, size, keys - and what is set for its member: channels, calendar, password.
import { post } from "../api.js";
import { here } from "../app.js";
import { forgetAll } from "../device.js";
import { Looks, sized } from "../looks.js";
import { waiting, waitingForOthers } from "../queue.js";
import { useRead } from "../store.js";
import { Complaint, Form, html, say, Shown, useEffect, useSignal } from "../ui.js";
import { language, LANGUAGES, plural, t } from "../words.js";
import { Recovery, SignIns, Sure } from "./doors.js";
import { teamKeys } from "./log-settings.js";

const SIZES = { "": () => t("usual"), large: () => t("large"), larger: () => t("larger") };

export default function Settings() {
  useEffect(() => { document.title = t("Settings"); }, []);
  return html`<div class="settings"><h1>${t("Settings")}</h1><${OnThisDevice} /><${Sure} /><${Channels} /><${Calendar} /><${Password} /><${Recovery} /><${SignIns} /><${Phone} /><${Kept} /></div>`;
}

/** @param {string} name @param {string} value */
function keep(name, value) {
  if (value) localStorage.setItem(name, value);
  else localStorage.removeItem(name);
}

function OnThisDevice() {
  const pick = (/** @type {any} */ event) => event.currentTarget.value;
  const size = useSignal(localStorage.getItem("size") || "");
  return html`<section><h2>${t("On this device")}</h2><${Looks} />
    <label>${t("Language")}<select value=${language} onChange=${(/** @type {any} */ event) => { keep("language", pick(event)); location.reload(); }}>
      ${Object.entries(LANGUAGES).map(([key, words]) => html`<option value=${key} selected=${key === language}>${words}</option>`)}</select></label>
    ${language === "ar" ? html`<p class="aside">${t("This translation was not yet read by a native speaker of the field.")}</p>` : null}
    <label>${t("Size of letters")}<select value=${size.value} onChange=${(/** @type {any} */ event) => { size.value = pick(event); keep("size", size.value); sized(); }}>
      ${Object.entries(SIZES).map(([key, words]) => html`<option value=${key} selected=${key === size.value}>${words()}</option>`)}</select></label>
    <label><input type="checkbox" checked=${teamKeys.value} onChange=${(/** @type {any} */ event) => { teamKeys.value = event.currentTarget.checked; }} />${t("In the radio log one key opens an entry for its team, and the message is typed at once")}</label>
    <p class="aside">${t("Press ? on any page for its keys.")}</p></section>`;
}

function Channels() {
  const held = useRead("channels");
  return html`<section><h2>${t("How you are told")}</h2>
    <p>${t("When something waits for you, Wayhome says so through these channels, in the same few words each time: “open Wayhome”. What it is stands in Wayhome alone.")}</p>
    <${Shown} of=${held}>${(/** @type {string[]} */ urls) => html`<${ChannelList} urls=${urls} />`}<//></section>`;
}

/** @param {{urls: string[]}} props */
function ChannelList({ urls }) {
  const problem = useSignal(/** @type {any} */ (null));
  const busy = useSignal(false);
  const send = async (/** @type {Record<string, string>} */ fields) => {
    const { channels } = await post("/api/channels", { urls: fields.urls.split(/\s+/).filter(Boolean) });
    say(channels.length ? t("Kept: {channels}.", { channels: channels.join(", ") }) : t("No channels: nothing that waits is told elsewhere."));
  };
  const attempt = async () => {
    busy.value = true;
    problem.value = null;
    try {
      const { channels } = await post("/api/channels/try", {}, { patienceMs: 60_000 });
      say(t("Sent through {channels}. Look there.", { channels: channels.join(", ") }));
    } catch (error) { problem.value = error; } finally { busy.value = false; }
  };
  return html`<${Form} label=${t("Keep these channels")} send=${send}><label>${t("Channels, one a line")}<textarea name="urls" dir="ltr" spellcheck="false" autocomplete="off" placeholder=${"mailtos://naruto:password@example.org\nntfys://my-topic"}>${urls.join("\n")}</textarea></label><//>
    <${Complaint} problem=${problem.value} />
    ${urls.length ? html`<p><button disabled=${busy.value} onClick=${attempt}>${busy.value ? t("Sending…") : t("Send a try through them")}</button></p>` : null}
    <p class="aside">${t("Mail, SMS gateways, push services and hooks, as Apprise writes their addresses. Only you see them.")}</p>`;
}

function Calendar() {
  const address = useSignal("");
  const problem = useSignal(/** @type {any} */ (null));
  const ask = async (/** @type {boolean} */ off) => {
    try {
      address.value = (await post("/api/feed", { off })).address;
      problem.value = null;
      if (off) say(t("The calendar's address no longer opens anything."));
    } catch (error) { problem.value = error; }
  };
  return html`<section><h2>${t("Your calendar elsewhere")}</h2>
    <p>${t("A secret address that a calendar program reads: offers as tentative while you think, missions, days. Nothing of a secret mission is in it. Whoever has the address can read it.")}</p>
    <p class="doings"><button onClick=${() => ask(false)}>${t("Make a new address")}</button><button onClick=${() => ask(true)}>${t("End it")}</button></p><${Complaint} problem=${problem.value} />
    ${address.value ? html`<label>${t("The address; it is shown this once")}<input readonly dir="ltr" value=${address.value} onFocus=${(/** @type {any} */ event) => event.currentTarget.select()} /></label><p class="aside">${t("An address made before no longer works.")}</p>` : null}</section>`;
}

function Password() {
  const done = useSignal(0);
  const send = async (/** @type {Record<string, string>} */ fields) => {
    if (fields.fresh !== fields.again) throw { where: t("The same again"), text: t("The two are not the same."), do: t("Type the new password twice alike.") };
    await post("/api/password", { old: fields.old, new: fields.fresh });
    done.value += 1;
    say(t("Your password is changed. Everywhere else you are signed out."));
  };
  return html`<section><h2>${t("Password")}</h2><${Form} key=${done.value} label=${t("Change it")} send=${send}>
    <input hidden name="username" autocomplete="username" value=${here.value.name} readonly />
    <label>${t("As it is now")}<input type="password" name="old" required maxlength="1000" autocomplete="current-password" /></label>
    <label>${t("New, 8 letters or more")}<input type="password" name="fresh" required minlength="8" maxlength="1000" autocomplete="new-password" /></label>
    <label>${t("The same again")}<input type="password" name="again" required maxlength="1000" autocomplete="new-password" /></label><//></section>`;
}

/** What the browser offered before it was asked for. @type {any} */
let offered = null;
addEventListener("beforeinstallprompt", (event) => { event.preventDefault(); offered = event; });

function Phone() {
  return html`<section><h2>${t("On the phone, as an app")}</h2>
    ${offered ? html`<button onClick=${() => offered.prompt()}>${t("Put it among the apps")}</button>` : html`<p>${t("In the browser's menu choose “Add to home screen” or “Install”. It then opens without the browser's bars, and without a link too.")}</p>`}
    <p><a href="/join" data-whole target="_blank">${t("The address and QR code for another device")}</a></p>
    ${isSecureContext ? null : html`<p class="complaint">${t("This address is plain http: nothing can be kept for a start without a link.")}<span class="todo">${t("Ask whoever keeps the server for its HTTPS address; docs/reaching.md says how.")}</span></p>`}</section>`;
}

function Kept() {
  const room = useSignal("");
  useEffect(() => { navigator.storage?.estimate?.().then(({ usage }) => { room.value = `${Math.round((usage || 0) / 1024).toLocaleString("en")} KB`; }); }, []);
  const count = waiting.value.length + waitingForOthers.value.length;
  const forget = async () => {
    if (count && !confirm(t("Entries on this device were not sent yet. Forget them?"))) return;
    await forgetAll();
    say(t("This device has forgotten everything but who is signed in."));
    location.reload();
  };
  return html`<section><h2>${t("What this device keeps")}</h2>
    <p>${t("The program, the last reads of open missions, and what was typed and not sent yet. Nothing of a secret mission but what you typed yourself. Signing out empties it.")}</p>
    <p>${count ? plural(count, "{count} entry waits to be sent.", "{count} entries wait to be sent.") : t("Nothing waits to be sent.")} ${room.value}</p>
    <button class="danger" onClick=${forget}>${t("Forget all of it now")}</button></section>`;
}
