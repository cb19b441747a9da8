// What this device keeps: entries that wait for a link, and the last reads of open missions, so that a reload
// without a link shows something. Nothing of a secret mission is ever kept. Signing out empties it.

const NAME = "wayhome";
/** Reads worth having without a link; each is kept by its arguments. */
const KEPT = new Set(["missions", "mission", "organisation", "log", "teams", "casualties", "clues", "places", "roster", "callsigns", "my_offers", "briefings", "out"]);
/** Missions known to be secret: what belongs to them is not kept. */
const secret = new Set(/** @type {string[]} */ ([]));

/** @type {Promise<IDBDatabase>|null} */
let opened = null;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("waiting", { keyPath: "order", autoIncrement: true });
      asked.result.createObjectStore("reads");
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  return opened;
}

/**
 * @param {string} store @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest} ask
 * @returns {Promise<any>} when it is on the disk
 */
export async function inStore(store, mode, ask) {
  const db = await database();
  return new Promise((resolve, reject) => {
    const work = db.transaction(store, mode, { durability: "strict" });
    const asked = ask(work.objectStore(store));
    work.oncomplete = () => resolve(asked.result);
    work.onerror = work.onabort = () => reject(work.error || asked.error);
  });
}

/** @param {string} name @param {Record<string, any>} args @param {any} value */
export async function keepRead(name, args, value) {
  if (!KEPT.has(name)) return;
  if (name === "missions") noteSecret(value);
  if (name === "mission") noteSecret([value]);
  if (args.mission && secret.has(args.mission)) return;
  const kept = Array.isArray(value) ? value.filter((row) => !row.secret && !secret.has(row.mission)) : value;
  if (kept?.secret) return;
  try {
    await inStore("reads", "readwrite", (store) => store.put({ at: Date.now(), value: kept }, `${name} ${JSON.stringify(args)}`));
  } catch {
    // A full or forbidden store: the desk works on, it only shows less without a link.
  }
}

/** @param {any[]} missions */
function noteSecret(missions) {
  for (const mission of missions) if (mission.secret) secret.add(mission.mission);
}

/** @param {string} name @param {Record<string, any>} args @returns {Promise<{at: number, value: any}|undefined>} */
export async function keptRead(name, args) {
  try {
    return await inStore("reads", "readonly", (store) => store.get(`${name} ${JSON.stringify(args)}`));
  } catch {
    return undefined;
  }
}

/** Empties the device. */
export async function forgetAll() {
  await inStore("reads", "readwrite", (store) => store.clear());
  await inStore("waiting", "readwrite", (store) => store.clear());
  if ("caches" in globalThis) for (const name of await caches.keys()) await caches.delete(name);
}
