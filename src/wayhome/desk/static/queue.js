// What waits for a link: entries and deeds, kept on the device until the server has acknowledged each, in order.
// Every one bears a key drawn here, so that one sent twice is written once. Tabs of one device share what waits and
// take turns at sending; each hears what became of what another sent.
import { newKey, post, Problem } from "./api.js";
import { here } from "./app.js";
import { belongTo, inStore } from "./device.js";
import { link, noticeNoLink, onBack } from "./live.js";
import { effect, signal } from "./ui.js";

/**
 * `kind` is "entry" (a log line), "deed" (an intent) or "care" (said in care). `by` is who typed it: nobody else's name
 * goes under it. `refused` is why the server would not have it. Before `after` it can be taken back, and is not sent.
 * @typedef {{order?: number, kind: "entry"|"deed"|"care", key: string, mission: string, intent?: string, fields: any,
 *   by: string, by_name: string, refused?: string, after?: number}} Waiting
 */

/** How many entries go in one request; the server takes 200. */
const MOST_AT_ONCE = 50;
const TRY_MS = 3_000;
/** How often sending is tried where live updates do not get through: requests alone may. */
const TRY_WITHOUT_LINK_MS = 15_000;

/** Everything typed here by whoever is signed in that the server has not acknowledged, oldest first. */
export const waiting = signal(/** @type {Waiting[]} */ ([]));
/** What others typed on this device: it is sent when they sign in here again. */
export const waitingForOthers = signal(/** @type {Waiting[]} */ ([]));
/** Whether what waits outlives this tab: false where the browser keeps nothing, say in a private window. */
export const keepsWaiting = signal(true);

/** Whether the server asks for the password before it takes anything said in care: till then the rest goes on without it. */
export const careLocked = signal(false);

/** Hears what became of each: (sent, outcome). */
const settled = /** @type {((sent: Waiting, outcome: any) => void)[]} */ ([]);
const tabs = "BroadcastChannel" in globalThis ? new BroadcastChannel("wayhome-waiting") : null;
/** @type {Waiting[]} Where the browser keeps nothing. */
let inMemory = [];
let flushing = false;
let more = false;

/** @param {(sent: Waiting, outcome: any) => void} listener @returns {() => void} ends it */
export function onSettled(listener) {
  settled.push(listener);
  return () => { settled.splice(settled.indexOf(listener), 1); };
}

/** @returns {Promise<Waiting[]>} */
async function all() {
  if (!keepsWaiting.value) return inMemory;
  return inStore("waiting", "readonly", (store) => store.getAll());
}

/** Changes what is kept, by whatever means there is. @param {{put?: Waiting[], add?: Waiting[], remove?: number[]}} how */
async function change({ put = [], add = [], remove = [] }) {
  const ask = (/** @type {IDBObjectStore} */ store) => {
    for (const order of remove) store.delete(order);
    for (const one of put) store.put(one);
    for (const one of add) store.add(one);
  };
  if (keepsWaiting.value) {
    try {
      await inStore("waiting", "readwrite", ask);
      return;
    } catch {
      inMemory = [...waiting.value, ...waitingForOthers.value];
      keepsWaiting.value = false;
    }
  }
  const orders = new Set([...remove, ...put.map((one) => one.order)]);
  const last = Math.max(0, ...inMemory.map((one) => one.order || 0));
  inMemory = [...inMemory.filter((one) => !orders.has(/** @type {number} */ (one.order))), ...put, ...add.map((one, number) => ({ ...one, order: last + 1 + number }))]
    .sort((a, b) => (a.order || 0) - (b.order || 0));
}

async function reload() {
  let held = inMemory;
  try {
    held = await all();
  } catch {
    keepsWaiting.value = false;
  }
  const me = here.value?.viewer;
  waiting.value = held.filter((one) => !one.by || one.by === me);
  waitingForOthers.value = held.filter((one) => one.by && one.by !== me);
}

/** What is kept has changed: this tab and the others look anew. @param {{sent: Waiting, outcome: any}[]} [news] */
async function changed(news = []) {
  tabs?.postMessage({ news });
  await reload();
}

/** Keeps an entry on the device, then sends it as soon as there is a link. @param {string} mission @param {any} fields @returns {Promise<string>} its key */
export async function enter(mission, fields) {
  const [key] = await enterAll(mission, [fields]);
  return key;
}

/** Keeps many entries at once, in their order. @param {string} mission @param {any[]} each @returns {Promise<string[]>} their keys */
export async function enterAll(mission, each) {
  const made = each.map((fields) => {
    const key = fields.key || newKey();
    return { kind: /** @type {"entry"} */ ("entry"), key, mission, fields: { ...fields, key, at_ms: fields.at_ms ?? Date.now() }, ...me() };
  });
  await keep(made);
  return made.map((one) => one.key);
}

/** Keeps a deed on the device, then sends it. @param {string} intent @param {any} fields @returns {Promise<string>} its key */
export async function deed(intent, fields) {
  const key = newKey();
  await keep([{ kind: "deed", key, mission: fields.mission || "", intent, fields, ...me() }]);
  return key;
}

/**
 * Keeps something said in care on the device, then sends it; for `grace` it can be taken back by `withdraw`.
 * @param {string} intent @param {any} fields @param {number} [grace] @returns {Promise<string>} its key
 */
export async function inCare(intent, fields, grace = 0) {
  const key = newKey();
  await keep([{ kind: "care", key, mission: "", intent, fields, ...(grace ? { after: Date.now() + grace } : {}), ...me() }]);
  if (grace) setTimeout(() => flush({ evenDown: true }), grace + 50);
  return key;
}

const me = () => ({ by: here.value?.viewer || "", by_name: here.value?.name || "" });

/** @param {Waiting[]} what */
async function keep(what) {
  await change({ add: what });
  await changed();
  flush();
}

/** Lets one go. @param {Waiting} what */
export async function drop(what) {
  await change({ remove: [/** @type {number} */ (what.order)] });
  await changed();
}

/** Sends one again that was refused, with other fields where they were put right. @param {Waiting} what @param {any} [fields] */
export async function retry(what, fields = {}) {
  const { refused, ...rest } = what;
  await change({ put: [{ ...rest, fields: { ...what.fields, ...fields } }] });
  await changed();
  flush();
}

/**
 * Takes back what was not sent yet. Waits for a request that is under way, so that the answer is certain.
 * @param {string} key @returns {Promise<Waiting|undefined>} what was taken back; undefined where it was sent
 */
export async function withdraw(key) {
  return alone(async () => {
    const found = (await all()).find((one) => one.key === key);
    if (found) await change({ remove: [/** @type {number} */ (found.order)] });
    await changed();
    return found;
  });
}

/** Sends all that waits, in order; stops where there is no link. @param {{evenDown?: boolean}} [how] */
export async function flush({ evenDown = false } = {}) {
  more = true;
  if (flushing) return;
  flushing = true;
  try {
    while (more) {
      more = false;
      while ((evenDown || link.value.state !== "down") && (await alone(sendNext)));
    }
  } finally {
    flushing = false;
  }
}

/** Two tabs of one device take turns, where the browser lets them. @template T @param {() => Promise<T>} work @returns {Promise<T>} */
function alone(work) {
  return navigator.locks ? /** @type {Promise<T>} */ (navigator.locks.request("wayhome-waiting", work)) : work();
}

/** @returns {Promise<boolean>} whether to go on with the next */
async function sendNext() {
  await reload();
  const unsent = waiting.value.filter(mayGo);
  if (!unsent.length) return false;
  return unsent[0].kind === "entry" ? sendEntries(batch(unsent), unsent) : sendDeed(unsent[0]);
}

/** @param {Waiting} one */
const mayGo = (one) => !one.refused && (one.after ?? 0) <= Date.now() && !(one.kind === "care" && careLocked.value);

/** The entries at the head that go to one mission. @param {Waiting[]} unsent */
function batch(unsent) {
  const end = unsent.findIndex((one) => one.kind !== "entry" || one.mission !== unsent[0].mission);
  return unsent.slice(0, Math.min(end < 0 ? unsent.length : end, MOST_AT_ONCE));
}

/** @param {Waiting[]} entries @param {Waiting[]} unsent @returns {Promise<boolean>} */
async function sendEntries(entries, unsent) {
  try {
    const body = { mission: entries[0].mission, entries: entries.map((one) => one.fields), sent_ms: Date.now() };
    const outcomes = await post("/api/log", body);
    await settle(entries.map((sent, number) => ({ sent, outcome: outcomes[number] })));
    return true;
  } catch (error) {
    // One that does not fit must not hold up the others: each goes by itself until it is found.
    if (entries.length > 1 && isFinal(error)) return sendEntries(unsent.slice(0, 1), unsent);
    return failed(entries[0], error);
  }
}

/** @param {Waiting} what @returns {Promise<boolean>} */
async function sendDeed(what) {
  try {
    const outcome = await post(`/api/${what.kind === "care" ? "care/" : ""}do/${what.intent}`, { intent: what.intent, ...what.fields }, { key: what.key });
    await settle([{ sent: what, outcome }]);
    return true;
  } catch (error) {
    return failed(what, error);
  }
}

/** Whether the server has made up its mind. @param {any} error */
function isFinal(error) {
  if (!(error instanceof Problem)) throw error;
  return !error.noLink && error.status < 500 && ![401, 408, 423, 429].includes(error.status);
}

/** @param {Waiting} what @param {any} error @returns {Promise<boolean>} */
async function failed(what, error) {
  if (what.kind === "care" && error.code === "password again") {
    careLocked.value = true;
    return true;
  }
  if (isFinal(error)) {
    await settle([{ sent: what, outcome: { refused: error.text } }]);
    return true;
  }
  if (error.noLink) noticeNoLink();
  return false;
}

/**
 * What the server has acknowledged goes; what it will not have stays on the device, said so, until whoever typed it
 * lets it go.
 * @param {{sent: Waiting, outcome: any}[]} news
 */
async function settle(news) {
  const refused = news.filter(({ outcome }) => outcome.refused).map(({ sent, outcome }) => ({ ...sent, refused: outcome.refused }));
  const gone = news.filter(({ outcome }) => !outcome.refused).map(({ sent }) => /** @type {number} */ (sent.order));
  await change({ put: refused, remove: gone });
  tell(news);
  await changed(news);
}

/** @param {{sent: Waiting, outcome: any}[]} news */
function tell(news) {
  for (const { sent, outcome } of news) for (const listener of [...settled]) listener(sent, outcome);
}

/** Begins to mind the queue. */
export async function mindQueue() {
  await belongTo(here.value?.viewer || "");
  await reload();
  tabs?.addEventListener("message", (event) => { tell(event.data.news); reload(); });
  onBack(() => flush());
  effect(() => { if (link.value.state === "up") flush(); });
  setInterval(() => { if (link.value.state === "up") flushIfAny(); }, TRY_MS);
  setInterval(() => { if (link.value.state === "down") flushIfAny({ evenDown: true }); }, TRY_WITHOUT_LINK_MS);
}

/** @param {{evenDown?: boolean}} [how] */
function flushIfAny(how) {
  if (waiting.value.some(mayGo)) flush(how);
}
