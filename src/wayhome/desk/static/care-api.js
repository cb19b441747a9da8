// Care, as the desk asks for it: read while somebody looks, kept nowhere, and opened by one's password alone. The one
// thing kept on the device is the screen shown before the first word: the numbers to call, and what applies by law.
import { get, newKey, post } from "./api.js";
import { here } from "./app.js";
import { inStore } from "./device.js";
import { careLocked, flush, onSettled } from "./queue.js";
import { Complaint, Form, html, signal, useEffect } from "./ui.js";
import { t } from "./words.js";

/** @typedef {{value: any, problem: any, stale?: boolean}} Held */
/** @typedef {{name: string, args: Record<string, any>, held: import("@preact/signals").Signal<Held>, users: number, busy: boolean}} Entry */

const PASSWORD_AGAIN = "password again";
/** Care wakes nobody: a page that is looked at asks by itself. */
const POLL_MS = 20_000;
const SCREEN = "whom_to_call";

/** @type {Map<string, Entry>} */
const entries = new Map();

/** What is shown before the first word: `{readers, law, law_words, no_record, numbers, profile, profile_words}`; null while unknown. */
export const screen = signal(/** @type {any} */ (null));

/** A read in care, followed while the part that uses it is on the screen and forgotten with it. @param {string} name @param {Record<string, any>} [args] @returns {Held} */
export function useCare(name, args = {}) {
  const key = `${name} ${JSON.stringify(args)}`;
  let entry = entries.get(key);
  if (!entry) {
    entry = { name, args, held: signal(/** @type {Held} */ ({ value: undefined, problem: null })), users: 0, busy: false };
    entries.set(key, entry);
  }
  const mine = entry;
  useEffect(() => {
    mine.users += 1;
    entries.set(key, mine);
    refresh(mine);
    return () => {
      mine.users -= 1;
      if (!mine.users) entries.delete(key);
    };
  }, [mine]);
  return mine.held.value;
}

/** @param {Entry} entry */
async function refresh(entry) {
  if (entry.busy || here.value?.overheard) return;
  entry.busy = true;
  try {
    entry.held.value = { value: await get(`/api/care/read/${entry.name}`, entry.args), problem: null };
    if (careLocked.value) opened();
  } catch (error) {
    failed(entry, error);
  }
  entry.busy = false;
}

/** Without a link what is on the screen stays there, and is said to be as it was. @param {Entry} entry @param {any} problem */
function failed(entry, problem) {
  const { value } = entry.held.value;
  if (problem.code === PASSWORD_AGAIN) careLocked.value = true;
  const passing = problem.code === PASSWORD_AGAIN || problem.noLink || problem.status >= 500;
  entry.held.value = passing && value !== undefined ? { value, problem: null, stale: true } : { value: undefined, problem };
}

/** Asks for everything on the screen again. */
export function lookAgain() {
  for (const entry of entries.values()) if (entry.users) refresh(entry);
}

setInterval(() => { if (document.visibilityState === "visible" && !careLocked.value) lookAgain(); }, POLL_MS);
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible" && !careLocked.value) lookAgain(); });
onSettled((sent) => { if (sent.kind === "care") lookAgain(); });

/** States something in care; what is on the screen is read again. @param {string} intent @param {any} fields @param {string} [key] */
export async function careAct(intent, fields, key = newKey()) {
  const outcome = await post(`/api/care/do/${intent}`, { intent, ...fields }, { key });
  lookAgain();
  return outcome;
}

/** The same for a single tap, which has no place to ask for a password: the page asks. @param {string} intent @param {any} fields @param {string} [key] */
export async function careTap(intent, fields, key) {
  try {
    return await careAct(intent, fields, key);
  } catch (error) {
    if (/** @type {any} */ (error).code === PASSWORD_AGAIN) careLocked.value = true;
    throw error;
  }
}

function opened() {
  careLocked.value = false;
  flush();
  lookAgain();
  mindScreen();
}

/** What care opens with, where nobody gave it since Wayhome started. */
export function Unlock() {
  if (!careLocked.value) return null;
  const send = async (/** @type {Record<string, string>} */ fields) => {
    await post("/api/confirm", { password: fields.password });
    opened();
  };
  return html`<section class="slip urgent unlock"><h2>${t("Your password again")}</h2>
    <p>${t("What is said in care opens with your password and with nothing else: whoever runs this server cannot open it.")}</p>
    <${Form} label=${t("Open")} send=${send}><label>${t("Password")}<input type="password" name="password" required maxlength="1000" autocomplete="current-password" /></label><//></section>`;
}

/** Brings the screen that is kept on this device, then asks for it anew. Who reads is not kept: it would say that somebody does. */
export async function mindScreen() {
  await bringKept();
  try {
    const numbers = await get("/api/care/read/whom_to_call");
    screen.value = { ...numbers, readers: screen.value?.readers ?? [] };
    await inStore("reads", "readwrite", (store) => store.put(numbers, SCREEN));
    if (!here.value?.overheard) screen.value = await get("/api/care/read/care_screen");
  } catch {
    // Without a link, a password or a place to keep anything: what is on the screen stays, and says whom to call.
  }
}

/** On the first visit: so that whom to call is on the device before it is needed. */
export async function keepScreen() {
  await bringKept();
  if (!screen.value) await mindScreen();
}

async function bringKept() {
  try {
    screen.value ??= (await inStore("reads", "readonly", (store) => store.get(SCREEN))) ?? null;
  } catch {
    // Where nothing can be kept, nothing is here.
  }
}

/**
 * What a read in care gave. Where it asks for the password, the page asks for it once, above.
 * @param {{of: Held, empty?: string, children: (value: any) => any}} props
 */
export function Cared({ of, empty, children }) {
  const { value, problem, stale } = of;
  if (value === undefined) {
    if (problem?.code === PASSWORD_AGAIN) return null;
    return problem ? html`<${Complaint} problem=${problem} />` : here.value?.overheard ? null : html`<p class="loading" role="status">${t("On its way…")}</p>`;
  }
  return html`${stale ? html`<p class="kept">${t("As it was when there was a link last.")}</p>` : null}
    ${empty && Array.isArray(value) && !value.length ? html`<p class="empty">${empty}</p>` : children(value)}`;
}
