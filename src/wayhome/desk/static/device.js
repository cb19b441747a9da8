// What this device keeps: what waits for a link, and the last reads of open missions, so that a reload without a link
// shows something. Of a secret mission nothing is kept but what was typed and is not acknowledged yet. Signing out
// empties it.

const NAME = "wayhome";
/** Reads worth having without a link; each is kept by its arguments. */
const KEPT = new Set(["missions", "mission", "organisation", "log", "teams", "casualties", "clues", "places", "roster", "callsigns", "my_offers", "briefings", "out"]);
/** Missions known to be no secret: only what belongs to them is kept. */
const open = new Set(/** @type {string[]} */ ([]));

/** @type {Promise<IDBDatabase>|null} */
let opened = null;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("waiting", { keyPath: "order", autoIncrement: true });
      asked.result.createObjectStore("reads");
    };
    asked.onsuccess = () => {
      asked.result.onclose = () => { opened = null; };
      resolve(asked.result);
    };
    asked.onerror = () => { opened = null; reject(asked.error); };
  });
  return opened;
}

/**
 * @param {string} store @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest|void} ask
 * @returns {Promise<any>} when it is on the disk
 */
export async function inStore(store, mode, ask) {
  const db = await database();
  return new Promise((resolve, reject) => {
    const work = db.transaction(store, mode, { durability: "strict" });
    const asked = ask(work.objectStore(store));
    work.oncomplete = () => resolve(asked?.result);
    work.onerror = work.onabort = () => reject(work.error || asked?.error);
  });
}

/**
 * The device is somebody's: what was read by whoever sat here before is not theirs to see, and goes.
 * @param {string} viewer
 */
export async function belongTo(viewer) {
  try {
    const before = await inStore("reads", "readonly", (store) => store.get("whose"));
    if (before !== viewer) await inStore("reads", "readwrite", (store) => { store.clear(); store.put(viewer, "whose"); });
  } catch {
    // Nothing can be kept on this device, so nothing of anybody is there either.
  }
}

/** @param {string} name @param {Record<string, any>} args @param {any} value */
export async function keepRead(name, args, value) {
  if (!KEPT.has(name)) return;
  if (name === "missions") noteOpen(value);
  if (name === "mission") noteOpen([value]);
  if (args.mission && !open.has(args.mission)) return;
  const kept = Array.isArray(value) ? value.filter((row) => !row.mission || open.has(row.mission)) : value;
  if (kept?.secret) return;
  try {
    await inStore("reads", "readwrite", (store) => store.put({ at: Date.now(), value: kept }, `${name} ${JSON.stringify(args)}`));
  } catch {
    // A full or forbidden store: the desk works on, it only shows less without a link.
  }
}

/** @param {any[]} missions */
function noteOpen(missions) {
  for (const one of missions) {
    if (one.secret) open.delete(one.mission);
    else open.add(one.mission);
  }
}

/** Whether a mission is known to be no secret, so that this device may keep it. @param {string} mission */
export const isOpen = (mission) => open.has(mission);

/** @param {string} name @param {Record<string, any>} args @returns {Promise<{at: number, value: any}|undefined>} */
export async function keptRead(name, args) {
  try {
    const kept = await inStore("reads", "readonly", (store) => store.get(`${name} ${JSON.stringify(args)}`));
    if (kept && name === "missions") noteOpen(kept.value);
    if (kept && name === "mission") noteOpen([kept.value]);
    return kept;
  } catch {
    return undefined;
  }
}

const DRAFT = "draft ";

/**
 * Where what is being typed is kept: until the tab closes for a secret mission, else until it is sent.
 * @param {string} mission
 */
function shelf(mission) {
  return isOpen(mission) ? localStorage : sessionStorage;
}

/** Keeps what is being typed; null lets it go. @param {string} viewer @param {string} mission @param {string} name @param {any} draft */
export function keepDraft(viewer, mission, name, draft) {
  const key = `${DRAFT}${viewer} ${mission} ${name}`;
  try {
    if (draft === null) for (const one of [localStorage, sessionStorage]) one.removeItem(key);
    else shelf(mission).setItem(key, JSON.stringify(draft));
  } catch {
    // A full or forbidden store: what is typed stays on the screen.
  }
}

/** What somebody was typing for a mission, by name. @param {string} viewer @param {string} mission @returns {Map<string, any>} */
export function keptDrafts(viewer, mission) {
  const head = `${DRAFT}${viewer} ${mission} `;
  const found = new Map();
  for (const one of [localStorage, sessionStorage]) {
    for (const key of Object.keys(one)) if (key.startsWith(head)) found.set(key.slice(head.length), JSON.parse(one.getItem(key) || "null"));
  }
  return found;
}

/** Empties the device. */
export async function forgetAll() {
  for (const one of [localStorage, sessionStorage]) for (const key of Object.keys(one)) if (key.startsWith(DRAFT) || key === "here") one.removeItem(key);
  try {
    await inStore("reads", "readwrite", (store) => store.clear());
    await inStore("waiting", "readwrite", (store) => store.clear());
  } catch {
    // Where nothing can be kept, there is nothing to empty.
  }
  if ("caches" in globalThis) for (const name of await caches.keys()) await caches.delete(name);
}
