// Asking the server. Every error comes as a Problem that says what is wrong, where, and what to do.
import { t } from "./words.js";

const PATIENCE_MS = 20_000;

/** What went wrong with a request, fit to show. */
export class Problem extends Error {
  /** @param {{status: number, code?: string, text: string, where?: string, do?: string}} found */
  constructor(found) {
    super(found.text);
    this.status = found.status;
    this.code = found.code || "";
    this.text = found.text;
    this.where = found.where || "";
    this.do = found.do || "";
  }
  /** No answer came at all: nothing is known of what the server did. */
  get noLink() {
    return this.status === 0;
  }
}

/** A key of this device's own, so that a request can be repeated. Works on plain http too. */
export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {string} path @param {RequestInit} [init] @param {number} [patienceMs] */
async function ask(path, init = {}, patienceMs = PATIENCE_MS) {
  let answer;
  try {
    answer = await fetch(path, { ...init, signal: AbortSignal.timeout(patienceMs), credentials: "same-origin", cache: "no-store" });
  } catch {
    throw new Problem({ status: 0, code: "no link", text: t("No link to Wayhome."), do: t("It is tried again by itself.") });
  }
  if (answer.status === 401 && !path.startsWith("/api/sign-in")) location.assign("/login");
  if (answer.status === 423) location.assign("/unlock");
  if (!answer.ok) throw await problemOf(answer);
  return answer.status === 204 ? null : answer.json();
}

/** @param {Response} answer */
async function problemOf(answer) {
  try {
    const { error } = await answer.json();
    return new Problem({ status: answer.status, ...error });
  } catch {
    return new Problem({ status: answer.status, text: t("The server answered with an error ({status}).", { status: answer.status }) });
  }
}

/** @param {string} path @param {Record<string, any>} [args] */
export function get(path, args = {}) {
  const given = Object.entries(args).filter(([, value]) => value !== undefined && value !== null && value !== "");
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return ask(given.length ? `${path}?${query}` : path);
}

/** @param {string} path @param {any} body @param {{key?: string, patienceMs?: number}} [rest] */
export function post(path, body, rest = {}) {
  /** @type {Record<string, string>} */
  const headers = { "content-type": "application/json" };
  if (rest.key) headers["idempotency-key"] = rest.key;
  return ask(path, { method: "POST", headers, body: JSON.stringify(body) }, rest.patienceMs);
}

/** One read as the signed-in member. @param {string} name @param {Record<string, any>} [args] */
export const read = (name, args) => get(`/api/read/${name}`, args);

/** States an intent; gives `{made, tells, already}`. @param {string} intent @param {any} fields @param {string} [key] */
export const act = (intent, fields, key = newKey()) => post(`/api/do/${intent}`, { intent, ...fields }, { key });

/** Asks an engine. @param {string} name @param {any} args */
export const advise = (name, args) => post(`/api/advise/${name}`, args, { patienceMs: 120_000 });
