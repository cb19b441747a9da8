// What is being typed at the radio: any number of entries, of which one is open, each kept on the device with every
// letter until it is sent. What another tab of this device does with one is followed here.
import { act, newKey } from "../api.js";
import { here } from "../app.js";
import { keepDraft, keptDrafts } from "../device.js";
import { enter, onSettled, waiting, withdraw } from "../queue.js";
import { batch, pointedAt, signal } from "../ui.js";
import { hhmm, t } from "../words.js";

/**
 * One entry while it is typed. `team` as typed until it is known; `way`: the team calls, or is called; `clock`: a time
 * of day where another than when it was opened is meant; `settled`: the team is certain, the message is being typed.
 * @typedef {{id: string, opened_ms: number, team: string, settled: boolean, way: "from"|"to", message: string, status: string,
 *   radio_place: string, clock: string, relayed: boolean, clue: boolean}} Draft
 */

/** For how long an entry can be taken back; longer while somebody points at the button for it. */
export const UNDO_MS = 5_000;
const LINGER_MS = 1_000;
const LINE = "line";

/** The typing of one mission's log. */
export class Typing {
  /** @param {string} mission */
  constructor(mission) {
    this.mission = mission;
    this.viewer = here.value?.viewer || "";
    const kept = keptDrafts(this.viewer, mission);
    // The tab may have closed just when an entry had gone into the queue: it is not open as well.
    for (const { key } of waiting.value) if (kept.delete(key)) keepDraft(this.viewer, mission, key, null);
    this.drafts = signal(/** @type {Draft[]} */ ([...kept].filter(([name, one]) => name !== LINE && one).map(([, one]) => one).sort((a, b) => a.opened_ms - b.opened_ms)));
    this.active = signal("");
    this.line = signal(/** @type {string} */ (kept.get(LINE) || ""));
    /** What was just sent, and what came of taking it back. */
    this.last = signal(/** @type {{key: string, words: string, until: number, draft: Draft|null, said?: string}|null} */ (null));
    /** @type {Map<string, any>} what became of entries sent from here */
    this.outcomes = new Map();
    onSettled((sent, outcome) => { if (sent.mission === mission) this.outcomes.set(sent.key, outcome); });
    addEventListener("storage", (event) => this.elsewhere(event));
  }

  get open() {
    return this.drafts.value.find((one) => one.id === this.active.value) || null;
  }

  /** Opens an entry; the one that is open already for the same team goes on. @param {string} team @param {{settled?: boolean}} [how] */
  begin(team, { settled = false } = {}) {
    const same = settled && this.drafts.value.find((one) => one.settled && one.team === team);
    if (same) {
      this.active.value = same.id;
      return same;
    }
    /** @type {Draft} */
    const made = { id: newKey(), opened_ms: Date.now(), team, settled, way: "from", message: "", status: "", radio_place: "", clock: "", relayed: false, clue: false };
    batch(() => {
      this.drafts.value = [...this.drafts.value, made];
      this.active.value = made.id;
    });
    this.keep(made);
    return made;
  }

  /** The team of an entry is certain now. An entry that was open for it goes on, and the empty one goes. @param {Draft} draft @param {string} team */
  settle(draft, team) {
    const same = this.drafts.value.find((one) => one.id !== draft.id && one.settled && one.team === team);
    const typed = this.drafts.value.find((one) => one.id === draft.id);
    if (!same || !typed || hasText(typed)) {
      this.change(draft.id, { team, settled: true });
      return;
    }
    batch(() => {
      this.drop(draft.id);
      this.active.value = same.id;
    });
  }

  /** @param {string} id @param {Partial<Draft>} part */
  change(id, part) {
    this.drafts.value = this.drafts.value.map((one) => (one.id === id ? { ...one, ...part } : one));
    const found = this.drafts.value.find((one) => one.id === id);
    if (found) this.keep(found);
  }

  /** @param {Draft} draft */
  keep(draft) {
    keepDraft(this.viewer, this.mission, draft.id, draft);
  }

  /** Takes an entry off the screen; the device keeps it still. @param {string} id */
  close(id) {
    this.drafts.value = this.drafts.value.filter((one) => one.id !== id);
    if (this.active.value === id) this.active.value = "";
  }

  /** @param {string} id */
  drop(id) {
    this.close(id);
    keepDraft(this.viewer, this.mission, id, null);
  }

  /** Closes the open entry; what was typed stays at the side. */
  aside() {
    const open = this.open;
    this.active.value = "";
    if (open && !hasText(open)) this.drop(open.id);
  }

  /** The next of the entries at the side. @param {number} by */
  turn(by) {
    const all = this.drafts.value;
    if (!all.length) return;
    const at = all.findIndex((one) => one.id === this.active.value);
    const next = at < 0 ? (by < 0 ? all.length - 1 : 0) : (at + by + all.length) % all.length;
    this.active.value = all[next].id;
  }

  /** @param {string} words */
  typeLine(words) {
    this.line.value = words;
    keepDraft(this.viewer, this.mission, LINE, words || null);
  }

  /** Sends the open entry. Its draft goes when it is in the queue: what is typed is on the device at every moment. @param {Draft} draft @param {boolean} known whether its team is one of the mission's */
  async send(draft, known) {
    const fields = fieldsOf(draft, known);
    this.note(draft.id, fields.words, draft);
    const kept = enter(this.mission, fields);
    this.close(draft.id);
    await kept;
    keepDraft(this.viewer, this.mission, draft.id, null);
  }

  /** Sends what stands in the one line. @param {string} words */
  async sendLine(words) {
    const key = newKey();
    this.note(key, words, null);
    const kept = enter(this.mission, { key, words });
    this.line.value = "";
    await kept;
    if (!this.line.value) keepDraft(this.viewer, this.mission, LINE, null);
  }

  /** @param {string} key @param {string} words @param {Draft|null} draft */
  note(key, words, draft) {
    this.last.value = { key, words, draft, until: Date.now() + UNDO_MS };
    setTimeout(() => this.fade(key), UNDO_MS);
  }

  /** @param {string} key */
  fade(key) {
    if (this.last.value?.key !== key || this.last.value.said) return;
    if (pointedAt(".log-sent p")) setTimeout(() => this.fade(key), LINGER_MS);
    else this.last.value = null;
  }

  /** Takes back what was just sent: out of the queue where it waits, struck in the record where it is written. */
  async undo() {
    const last = this.last.value;
    if (!last || last.said) return;
    const taken = await withdraw(last.key);
    if (taken) this.reopen(last);
    const said = taken ? t("Taken back: it stands in the entry again.") : await this.strike(last.key);
    this.last.value = { ...last, said };
    setTimeout(() => { if (this.last.value?.key === last.key) this.last.value = null; }, UNDO_MS);
  }

  /** @param {{words: string, draft: Draft|null}} last */
  reopen({ words, draft }) {
    if (!draft) {
      this.typeLine(this.line.value ? `${this.line.value} ${words}` : words);
      return;
    }
    const again = { ...draft, id: newKey() };
    this.drafts.value = [...this.drafts.value, again];
    if (!this.active.value) this.active.value = again.id;
    this.keep(again);
  }

  /** @param {string} key @returns {Promise<string>} what came of it */
  async strike(key) {
    const line = this.outcomes.get(key)?.line;
    if (!line) return t("It is written, but which line it became is not known here: amend it in the log.");
    try {
      const done = await act("UndoLine", { mission: this.mission, line });
      return [t("Undone: it stays in the record, struck through."), ...done.tells].join(" ");
    } catch (error) {
      const problem = /** @type {import("../api.js").Problem} */ (error);
      return [404, 405].includes(problem.status) ? t("It is written already: amend it in the log.") : problem.text;
    }
  }

  /** Another tab typed, sent or let go. @param {StorageEvent} event */
  elsewhere(event) {
    const head = `draft ${this.viewer} ${this.mission} `;
    if (!event.key?.startsWith(head)) return;
    const name = event.key.slice(head.length);
    const typed = event.newValue ? JSON.parse(event.newValue) : null;
    if (name === LINE) {
      if (document.activeElement?.id !== "log-oneline") this.line.value = typed || "";
      return;
    }
    const others = this.drafts.value.filter((one) => one.id !== name);
    if (name === this.active.value && typed) return;
    this.drafts.value = typed ? [...others, typed].sort((a, b) => a.opened_ms - b.opened_ms) : others;
  }
}

/** @type {Map<string, Typing>} */
const all = new Map();
/** @param {string} mission */
export function typingOf(mission) {
  const found = all.get(mission) || new Typing(mission);
  all.set(mission, found);
  return found;
}

/** Whether anything would be lost. @param {Draft} draft */
export function hasText(draft) {
  return !!(draft.message.trim() || draft.radio_place.trim() || draft.status || draft.clock.trim());
}

/** The line that an entry is, as it would be typed in one go. @param {Draft} draft */
export function wordsOf(draft) {
  const message = draft.message.trim();
  const team = draft.team.trim();
  if (!team) return message;
  return draft.way === "from" ? `${team} to base: ${message}` : `base to ${team}: ${message}`;
}

/** What is sent of an entry. @param {Draft} draft @param {boolean} known */
export function fieldsOf(draft, known) {
  const team = draft.team.trim();
  const ends = draft.way === "from" ? { sender: team, receiver: "base" } : { sender: "base", receiver: team };
  const { id, opened_ms, message, status, radio_place, clock, relayed, clue } = draft;
  return { key: id, words: wordsOf(draft), message: message.trim(), at_ms: opened_ms, ...(team ? ends : {}), ...(known ? { team } : {}), status, radio_place, clock, relayed, clue };
}

/** When the entry was opened, as the log shows times. @param {Draft} draft */
export const openedAt = (draft) => hhmm({ ms: draft.opened_ms });

/**
 * The key of each team: its own number where that is one digit, else the first digit that is free, else a letter.
 * Letters that open pages go last.
 * @param {any[]} teams @returns {Map<string, any>} key to team
 */
export function keysOf(teams) {
  const free = [..."123456789", ..."adfghijqvwxyz", ..."cmorstul"];
  /** @type {Map<string, any>} */
  const found = new Map();
  const numbered = (/** @type {any} */ team) => /^\D*([1-9])\D*$/.exec(team.name)?.[1];
  for (const team of teams) {
    const number = numbered(team);
    if (number && !found.has(number)) found.set(number, team);
  }
  const rest = teams.filter((team) => ![...found.values()].includes(team));
  const large = (/** @type {any} */ team) => /\d{2}/.test(team.name);
  for (const team of [...rest.filter((one) => !large(one)), ...rest.filter(large)]) {
    const key = free.find((one) => !found.has(one) && !(large(team) && /\d/.test(one)));
    if (key) found.set(key, team);
  }
  return found;
}

/** Which team is meant by what was typed: its name, its number, its key, or the beginning of only one name. @param {any[]} teams @param {string} typed */
export function teamMeant(teams, typed) {
  const wanted = typed.trim().toLowerCase();
  if (!wanted) return null;
  const numbers = (/** @type {any} */ team) => team.name.match(/\d+/g) || [];
  const begun = teams.filter((team) => team.name.toLowerCase().startsWith(wanted));
  return teams.find((team) => team.name.toLowerCase() === wanted) || teams.find((team) => numbers(team).includes(wanted))
    || keysOf(teams).get(wanted) || (begun.length === 1 ? begun[0] : null);
}
