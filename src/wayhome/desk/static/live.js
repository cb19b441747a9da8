// The link to the server: what changed comes in by itself, and a dead link is noticed and said at once.
import { signal } from "./ui.js";
import { ago } from "./words.js";

const BEAT_MS = 5_000;
const DEAD_MS = 12_500;
const AGAIN_MS = [300, 700, 1_500, 3_000];

/** @typedef {{lines: {mission: string, line: any}[], changed: [string, string][]}} Frame */

/** `up`, `down` or `starting`, and since when. */
export const link = signal({ state: "starting", since: Date.now() });

let cursor = "";
let heardAt = 0;
let tries = 0;
/** @type {WebSocket|null} */
let socket = null;
/** @type {ReturnType<typeof setTimeout>|undefined} */
let again;
/** @type {((frame: Frame) => void)[]} */
const listeners = [];
/** @type {(() => void)[]} */
const anewListeners = [];

/** @template T @param {T[]} among @param {T} listener @returns {() => void} ends it */
function listed(among, listener) {
  among.push(listener);
  return () => { among.splice(among.indexOf(listener), 1); };
}

/** @param {(frame: Frame) => void} listener */
export const onFrame = (listener) => listed(listeners, listener);

/** Called when everything must be read anew. @param {() => void} listener */
export const onAnew = (listener) => listed(anewListeners, listener);

/** @param {"up"|"down"} state */
function set(state) {
  if (link.value.state !== state) link.value = { state, since: Date.now() };
}

function open() {
  clearTimeout(again);
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  const query = cursor ? `?cursor=${encodeURIComponent(cursor)}` : "";
  const mine = new WebSocket(`${scheme}//${location.host}/api/live${query}`);
  socket = mine;
  heardAt = Date.now();
  mine.onmessage = (event) => {
    if (mine === socket) hear(JSON.parse(event.data));
  };
  mine.onclose = (event) => {
    if (mine === socket) lost(event.code);
  };
}

/** @param {{cursor: string, anew: boolean, frames: Frame[]}} news */
function hear(news) {
  heardAt = Date.now();
  tries = 0;
  const back = link.value.state !== "up";
  const first = cursor === "";
  cursor = news.cursor;
  set("up");
  if (news.anew || (back && first)) for (const listener of [...anewListeners]) listener();
  for (const frame of news.frames) for (const listener of [...listeners]) listener(frame);
  if (back && !first && !news.anew) for (const listener of [...backListeners]) listener();
}

/** @type {(() => void)[]} */
const backListeners = [];
/** Called when a lost link is back, whether or not anything was missed. @param {() => void} listener */
export function onBack(listener) {
  const ends = [listed(backListeners, listener), onAnew(listener)];
  return () => { for (const end of ends) end(); };
}

/** @param {number} [code] */
function lost(code) {
  const dead = socket;
  socket = null;
  dead?.close();
  if (code === 4401) location.assign("/login");
  if (code === 4423) location.assign("/unlock");
  set("down");
  clearTimeout(again);
  again = setTimeout(open, AGAIN_MS[Math.min(tries++, AGAIN_MS.length - 1)]);
}

/** Begins to listen, and from then on minds the heartbeat: a dead link raises no event of its own. */
export function listen() {
  open();
  setInterval(() => {
    if (socket && Date.now() - heardAt > DEAD_MS) lost();
  }, 1_000);
  addEventListener("offline", () => lost());
  addEventListener("online", () => { tries = 0; if (!socket) open(); });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && Date.now() - heardAt > BEAT_MS * 2) lost();
  });
}

/** A request failed for want of a link: say so now, not at the next beat. */
export function noticeNoLink() {
  if (socket) lost();
}

/** @param {number} now */
export const downFor = (now) => ago({ ms: link.value.since }, now);
