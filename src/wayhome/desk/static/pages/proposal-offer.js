// What was proposed, offered: to one, or to all of a team in one go. Every offer is a deed of its own, and each that is refused says why.
import { act, newKey } from "../api.js";
import { Input, valueOf } from "../deed-fields.js";
import { Ask, EXCEPTION, field, ruleWords } from "../deed.js";
import { useRead } from "../store.js";
import { Complaint, Dialog, html, say, Sign, useRef, useSignal } from "../ui.js";
import { plural, t } from "../words.js";
import { offerFields } from "./offers.js";
import { goesFor } from "./proposal-team.js";

export const SETTLED = new Set(["accepted", "accepted with limits", "ordered", "declined"]);
export const ASKED = new Set(["offered", "seen", "thinking"]);

/** What stands between somebody and being asked: an offer that was not taken back. @param {any[]} offers @param {string} person */
const offerTo = (offers, person) => offers.find((one) => one.member === person && (ASKED.has(one.answer) || SETTLED.has(one.answer)));

/** Who has an exception on record. @param {any[]} exceptions @returns {(person: string) => boolean} */
export const excusedBy = (exceptions) => (person) => exceptions.some((one) => one.rule !== "briefing" && (!one.member || one.member === person));

/** What became of the offer to one who is proposed, where there was one. @param {{pick: any, offers: any[]}} props */
export function Answer({ pick, offers }) {
  if (pick.accepted) return html`<${Sign} kind="good">${t("has accepted")}<//>`;
  const held = offerTo(offers, pick.person);
  return held ? html`<${Sign} kind=${ASKED.has(held.answer) ? "wait" : held.answer === "declined" ? "quiet" : "good"}>${held.answer}<//>` : null;
}

/** The offer to one who is proposed, or what became of it. @param {{mission: string, pick: any, offers: any[]}} props */
export function Offer({ mission, pick, offers }) {
  if (pick.accepted || offerTo(offers, pick.person)) return html`<${Answer} pick=${pick} offers=${offers} />`;
  return html`<${Ask} words=${t("Offer")} title=${t("Offer it to {name}", { name: pick.name })} label=${t("Send the offer")} intent="MakeOffer" preset=${{ mission, member: pick.person }} said=${t("Offered to {name}.", { name: pick.name })}
    fields=${() => [...offerFields({ why: pick.why.join(" ") }), ...(pick.exceptions.length ? [field("exceptions.rank", "text", t("Why they go in spite of their rank")), field("exceptions.history", "text", t("Why they go in spite of what happened to them"))] : [])]}>
    ${pick.exceptions.map((/** @type {string} */ words) => html`<p class="todo">${t("Needs an exception")}: ${words}</p>`)}<//>`;
}

// To all of them

/**
 * One of those who are offered it: whether they are, how far that has come, by which rules a reason is asked for. Its
 * key is its own and stays, so that an offer whose answer got lost is not made twice.
 * @typedef {{pick: any, key: string, to: boolean, state: "" | "sent" | "back" | "refused", rules: string[], asks: boolean, offer: string, tells: string[], problem: any}} Row
 */

/** Rules that a proposal names beforehand. */
const FORETOLD = ["rank", "history", "healer"];

/** @param {any} pick @param {boolean} asks @returns {Row} */
const rowOf = (pick, asks) => ({ pick, key: newKey(), to: true, state: "", rules: asks ? FORETOLD : [], asks, offer: "", tells: [], problem: null });

/** The button beside a team that is proposed, and behind it who is asked with what. @param {{mission: string, name: string, picks: any[], kind?: string}} props */
export function OfferAll({ mission, name, picks, kind = "" }) {
  const offers = useRead("offers", { mission }).value, exceptions = useRead("exceptions", { mission }).value;
  const open = useSignal(/** @type {Row[]|null} */ (null));
  const could = picks.filter((pick) => !pick.accepted), left = could.filter((pick) => !offerTo(offers || [], pick.person));
  if (!open.value && (!offers || !exceptions || left.length < 2)) return null;
  const excused = excusedBy(exceptions || []);
  const words = left.length === could.length ? t("Offer to all of them") : plural(left.length, "Offer to the other one", "Offer to the other {count}");
  return html`<button type="button" class=${kind} onClick=${() => { open.value = left.map((pick) => rowOf(pick, pick.exceptions.length > 0 && !excused(pick.person))); }}>${words}</button>
    ${open.value ? html`<${Everybody} mission=${mission} name=${name} start=${open.value} close=${() => { open.value = null; }} />` : null}`;
}

/** Everybody by name, and what each is told with it. @param {{mission: string, name: string, start: Row[], close: () => void}} props */
function Everybody({ mission, name, start, close }) {
  const rows = useSignal(start), busy = useSignal(false), problem = useSignal(/** @type {any} */ (null));
  const form = useRef(/** @type {HTMLFormElement|null} */ (null));
  const fields = offerFields().filter((one) => one.name !== "why");
  const set = (/** @type {Row} */ row, /** @type {Partial<Row>} */ change) => { rows.value = rows.value.map((one) => (one.pick.person === row.pick.person ? { ...one, ...change } : one)); };
  const through = async (/** @type {() => Promise<void>} */ work) => {
    if (busy.value) return;
    busy.value = true;
    problem.value = null;
    try { await work(); } catch (error) { problem.value = error; } finally { busy.value = false; }
  };
  const send = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    event.stopPropagation();
    return through(async () => {
      const data = new FormData(/** @type {HTMLFormElement} */ (form.current));
      const given = Object.fromEntries((await Promise.all(fields.map(async (one) => [one.name, await valueOf(one, data, mission)]))).filter(([, value]) => value !== undefined));
      for (const row of rows.value.filter((one) => one.to && one.state !== "sent")) {
        const became = await offered(row, { mission, member: row.pick.person, why: row.pick.why.join(" "), ...given }, String(data.get(`why ${row.pick.person}`) ?? "").trim());
        set(row, became);
        if (became.problem?.noLink) break;
      }
      if (rows.value.every((one) => (one.state === "sent" ? !one.tells.length : !one.to && one.state !== "refused"))) finish();
    });
  };
  const finish = () => {
    const sent = rows.value.filter((one) => one.state === "sent");
    close();
    if (sent.length) say(t("Offered to {names}.", { names: namesOf(sent) }), { undo: () => takeBack(sent).then(saidOf), seconds: 10 });
  };
  const back = () => through(async () => { for (const row of await takeBack(rows.value.filter((one) => one.state === "sent"))) set(row, row); });
  const shared = toldToAll(rows.value);
  const sent = rows.value.filter((one) => one.state === "sent"), wanted = rows.value.filter((one) => one.to && one.state !== "sent"), refused = rows.value.some((one) => one.state === "refused");
  return html`<${Dialog} title=${t("Offer {mission} to all of them", { mission: name })} onClose=${() => { if (!busy.value) close(); }}><form ref=${form} class="deed" onSubmit=${send}>
    <ul class="plain to-all" aria-label=${t("Who is asked")}>${rows.value.map((row) => html`<${Line} key=${row.pick.person} row=${row} shared=${shared} toggle=${() => set(row, { to: !row.to })} />`)}</ul>
    <div hidden=${sent.length > 0}>${fields.map((one) => html`<${Input} key=${one.name} field=${one} mission=${mission} />`)}</div>
    <p class="aside">${t("Each of them gets an offer of their own. An offer can be taken back; the log keeps both.")}</p>
    <p role="status">${busy.value ? t("Sending…") : sent.length || refused ? told(rows.value) : ""}</p>${shared.map((words) => html`<p class="todo">⚠ ${words}</p>`)}<${Complaint} problem=${problem.value} />
    <div class="acts">${wanted.length ? html`<button class="main" disabled=${busy.value}>${sent.length || refused ? plural(wanted.length, "Send the one that is left", "Send the {count} that are left") : plural(wanted.length, "Send {count} offer", "Send {count} offers")}</button>` : null}
      ${sent.length ? html`<button type="button" disabled=${busy.value} onClick=${back}>${plural(sent.length, "Take the offer back", "Take the {count} offers back")}</button><button type="button" class=${wanted.length ? "" : "main"} disabled=${busy.value} onClick=${close}>${t("It stands so")}</button>` : null}</div></form><//>`;
}

const UNKNOWN = () => ({ text: t("No link: whether they were asked is not known."), do: t("Send it again when there is a link. Nobody is asked twice.") });

/** One of them: for what, what stands against it, what became of the offer. @param {{row: Row, shared: string[], toggle: () => void}} props */
function Line({ row, shared, toggle }) {
  const { pick, state } = row, asked = row.rules.filter((rule) => !FORETOLD.includes(rule) || !row.asks);
  return html`<li><label><input type="checkbox" checked=${row.to} disabled=${state === "sent"} onChange=${toggle} /> <b dir="auto">${pick.name}</b> <small class="aside" dir="auto">${goesFor(pick)}</small></label>
    ${state === "sent" ? html` <${Sign} kind="wait">${t("offered")}<//>` : state === "back" ? html` <${Sign} kind="quiet">${t("taken back")}<//>` : state === "refused" ? html` <${Sign} kind="bad">${row.problem.noLink ? t("not known") : t("not offered")}<//>` : null}
    ${row.asks && state !== "sent" ? pick.exceptions.map((/** @type {string} */ words) => html`<p class="todo">${t("Needs an exception")}: ${words}</p>`) : null}
    <${Complaint} problem=${row.problem?.noLink ? UNKNOWN() : row.problem} />${row.tells.filter((words) => !shared.includes(words)).map((words) => html`<p class="todo">⚠ ${words}</p>`)}
    ${row.to && state !== "sent" && row.rules.length ? html`<label>${row.asks ? t("Why {name} goes all the same", { name: pick.name }) : t("Why they go in spite of {rule}", { rule: asked.map(ruleWords).join(", ") })}<input name=${`why ${pick.person}`} required dir="auto" autocomplete="off" /></label>` : null}</li>`;
}

/** What was told with every offer that was made, where there are several. @param {Row[]} rows @returns {string[]} */
function toldToAll(rows) {
  const sent = rows.filter((one) => one.state === "sent");
  return sent.length < 2 ? [] : sent[0].tells.filter((words) => sent.every((one) => one.tells.includes(words)));
}

/** @param {Row[]} rows */
const namesOf = (rows) => rows.map((one) => one.pick.name).join(", ");

/** How many were asked and who was not. @param {Row[]} rows */
function told(rows) {
  const sent = rows.filter((one) => one.state === "sent"), lost = rows.filter((one) => one.problem?.noLink && one.state !== "sent");
  const not = rows.filter((one) => one.state !== "sent" && !lost.includes(one));
  const asked = sent.length ? t("Offered to {names}.", { names: namesOf(sent) }) : lost.length ? "" : t("Nobody was asked.");
  return [asked, lost.length ? t("No link: whether {names} was asked is not known.", { names: namesOf(lost) }) : "", sent.length && not.length ? t("Not to {names}.", { names: namesOf(not) }) : ""].filter(Boolean).join(" ");
}

/**
 * One offer, as what became of it. The reason for an exception goes with those rules alone that the screen had named.
 * @param {Row} row @param {any} fields @param {string} why @returns {Promise<Partial<Row>>}
 */
async function offered(row, fields, why) {
  /** @type {Record<string, string>} */
  const exceptions = {};
  for (;;) {
    try {
      const { made, tells } = await act("MakeOffer", Object.keys(exceptions).length ? { ...fields, exceptions } : fields, row.key);
      return { state: "sent", offer: made, tells, problem: null };
    } catch (/** @type {any} */ error) {
      if (error.text === undefined) throw error;
      const rule = error.code?.startsWith(EXCEPTION) ? error.code.slice(EXCEPTION.length) : "";
      if (!rule || !why || rule in exceptions || !row.rules.includes(rule)) return { state: "refused", to: !!rule || error.noLink, problem: error, rules: rule && !row.rules.includes(rule) ? [...row.rules, rule] : row.rules };
      exceptions[rule] = why;
    }
  }
}

/** Withdraws what was just offered, one by one; what cannot be withdrawn stays, with why. @param {Row[]} rows @returns {Promise<Row[]>} */
async function takeBack(rows) {
  const found = [];
  for (const row of rows) {
    try {
      await act("WithdrawOffer", { offer: row.offer, reason: t("offered to the whole team, and taken back") });
      found.push({ ...row, state: /** @type {"back"} */ ("back"), key: newKey(), to: false, tells: [], problem: null });
    } catch (/** @type {any} */ error) {
      found.push({ ...row, problem: error });
    }
  }
  return found;
}

/** @param {Row[]} rows */
function saidOf(rows) {
  const kept = rows.filter((one) => one.problem), back = rows.filter((one) => !one.problem);
  say([...(back.length ? [t("Taken back from {names}.", { names: namesOf(back) })] : []), ...kept.map((one) => t("{name}: {why}", { name: one.pick.name, why: one.problem.text }))].join(" "), { seconds: 10 });
}
