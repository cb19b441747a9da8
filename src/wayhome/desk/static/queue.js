// What waits for a link: entries and deeds, kept on the device until the server has acknowledged each, in order.
// Every one bears a key drawn here, so that one sent twice is written once.
import { newKey, post, Problem } from "./api.js";
import { inStore } from "./device.js";
import { link, noticeNoLink, onBack } from "./live.js";
import { effect, signal } from "./ui.js";

/**
 * `kind` is "entry" (a log line) or "deed" (an intent). `refused` is why the server would not have it.
 * @typedef {{order?: number, kind: "entry"|"deed", key: string, mission: string, intent?: string, fields: any, refused?: string}} Waiting
 */

/** Everything on this device that the server has not acknowledged, oldest first. */
export const waiting = signal(/** @type {Waiting[]} */ ([]));
/** Hears what became of each: (sent, outcome). */
const settled = /** @type {((sent: Waiting, outcome: any) => void)[]} */ ([]);
let flushing = false;

/** @param {(sent: Waiting, outcome: any) => void} listener */
export function onSettled(listener) {
  settled.push(listener);
}

async function reload() {
  waiting.value = await inStore("waiting", "readonly", (store) => store.getAll());
}

/** Keeps an entry on the device, then sends it as soon as there is a link. @param {string} mission @param {any} fields @returns {Promise<string>} its key */
export async function enter(mission, fields) {
  const key = newKey();
  await keep({ kind: "entry", key, mission, fields: { ...fields, key, at_ms: fields.at_ms ?? Date.now() } });
  return key;
}

/** Keeps a deed on the device, then sends it. @param {string} intent @param {any} fields */
export async function deed(intent, fields) {
  const key = newKey();
  await keep({ kind: "deed", key, mission: fields.mission || "", intent, fields });
  return key;
}

/** @param {Waiting} what */
async function keep(what) {
  await inStore("waiting", "readwrite", (store) => store.add(what));
  await reload();
  flush();
}

/** @param {Waiting} what */
export async function drop(what) {
  await inStore("waiting", "readwrite", (store) => store.delete(/** @type {number} */ (what.order)));
  await reload();
}

/** Sends all that waits, in order, one after the other; stops at once when there is no link. */
export async function flush() {
  if (flushing) return;
  flushing = true;
  try {
    await alone(async () => {
      await reload();
      for (let next = unsent(); next && link.value.state !== "down"; next = unsent()) if (!(await send(next))) return;
    });
  } finally {
    flushing = false;
  }
}

const unsent = () => waiting.value.find((one) => !one.refused);

/** Two tabs of one device take turns. @param {() => Promise<void>} work */
function alone(work) {
  return navigator.locks ? navigator.locks.request("wayhome-waiting", work) : work();
}

/** @param {Waiting} what @returns {Promise<boolean>} whether to go on with the next */
async function send(what) {
  try {
    const outcome = what.kind === "entry" ? await sendEntry(what) : await post(`/api/do/${what.intent}`, { intent: what.intent, ...what.fields }, { key: what.key });
    if (outcome.refused) await refuse(what, outcome.refused);
    else await drop(what);
    for (const listener of settled) listener(what, outcome);
    return true;
  } catch (error) {
    const problem = /** @type {Problem} */ (error);
    if (problem.noLink) noticeNoLink();
    if (problem.noLink || problem.status >= 500 || problem.status === 401 || problem.status === 423) return false;
    await refuse(what, problem.text);
    return true;
  }
}

/** @param {Waiting} what */
async function sendEntry(what) {
  const [outcome] = await post("/api/log", { mission: what.mission, entries: [what.fields] });
  return outcome;
}

/** What the server will not have stays on the device, said so, until whoever typed it lets it go. @param {Waiting} what @param {string} why */
async function refuse(what, why) {
  await inStore("waiting", "readwrite", (store) => store.put({ ...what, refused: why }));
  await reload();
}

/** Begins to mind the queue. */
export async function mindQueue() {
  await reload();
  onBack(flush);
  effect(() => { if (link.value.state === "up") flush(); });
  setInterval(() => { if (link.value.state === "up" && unsent()) flush(); }, 3_000);
}
