// The check-in: four taps, each of which may be left out. It works without a link, and says whom to call before anything.
import { careLocked, inCare, onSettled, waiting, withdraw } from "../queue.js";
import { Numbers, COLOURS, NEEDS, SLEEP, choices, Stay, WhoReads } from "../care-said.js";
import { now } from "../app.js";
import { link } from "../live.js";
import { zone } from "../members.js";
import { screen } from "../care-api.js";
import { Complaint, html, say, signal, useEffect, useRef, useSignal } from "../ui.js";
import { t } from "../words.js";

/** How long a slip of the finger can be taken back. */
const GRACE_MS = 5_000;
/** "Not safe" that went out from this page, until the server shows who has it. */
const gone = signal(/** @type {{key: string, case: string|null, at: number}[]} */ ([]));
/** What the server had to say to what was sent from this page: that nobody is there to be told, say. */
const heard = signal(/** @type {string[]} */ ([]));
onSettled((sent, outcome) => {
  if (sent.kind === "care" && outcome.tells?.length) heard.value = [...new Set([...heard.value, ...outcome.tells.filter(unsaid)])];
  if (sent.kind === "care" && sent.fields.safe === false && !outcome.refused) gone.value = [...gone.value, { key: sent.key, case: sent.fields.case ?? null, at: Date.now() }];
});

/** Whether it does not stand on the page anyway, in the page's own words. @param {string} words */
const unsaid = (words) => !/^(Nobody has been told yet|If you can, go where|This was sent\.|It stays open until two)/.test(words) && !(screen.value?.numbers || []).some((/** @type {{words: string, number: string}} */ one) => words === `${one.number}: ${one.words}`);

/** @returns {any} */
export const Heard = () => heard.value.map((words) => html`<p key=${words} class="complaint" role="alert" dir="auto">${words}</p>`);

/** @param {any} one @param {string|null} about */
const saysNotSafe = (one, about) => one.kind === "care" && one.intent === "CheckIn" && one.fields.safe === false && (one.fields.case ?? null) === about;

/**
 * "Not safe" that no flag shows yet: it waits on this device, was refused, or went out and nothing was heard since.
 * @param {{about: string|null, flags: any[]}} props
 */
export function OnItsWayOut({ about, flags }) {
  const waits = waiting.value.filter((one) => saysNotSafe(one, about));
  const shown = flags.some((flag) => !flag.closed);
  const sent = gone.value.filter((one) => one.case === about);
  useEffect(() => { if (shown && sent.length) gone.value = gone.value.filter((one) => one.case !== about); }, [shown, sent.length]);
  if (!waits.length && (shown || !sent.length)) return null;
  const slip = waits.find((one) => (one.after ?? 0) > now.value && !one.refused);
  const seconds = slip ? Math.ceil((/** @type {number} */ (slip.after) - now.value) / 1_000) : 0;
  return html`<${Alarming}><h2>${t("Nobody has been told yet: call")}</h2><${Numbers} /><${Stay} />
    ${slip ? html`<p>${t("It is sent in {seconds} s.", { seconds })} <button class="quiet" onClick=${() => takeBack(slip)}>${t("That was a slip: do not send it")}</button></p>`
      : waits.some((one) => one.refused) ? html`<${Complaint} problem=${{ text: waits.find((one) => one.refused)?.refused, do: t("It was not taken: call, or go to whoever is nearest.") }} />`
      : waits.length ? html`<p>${careLocked.value ? t("It waits for your password: type it below, or call.") : link.value.state === "down" ? t("There is no link. It is kept on this device and goes out by itself when there is one.") : t("It is being sent.")}</p>` : html`<p>${t("It went out, and no human being has answered yet.")}</p>`}<//>`;
}

/** Comes before everything else, and into sight, however far down the tap was. @param {{children: any}} props */
function Alarming({ children }) {
  const ref = useRef(/** @type {HTMLElement|null} */ (null));
  useEffect(() => { ref.current?.scrollIntoView(); ref.current?.focus({ preventScroll: true }); }, []);
  return html`<section ref=${ref} tabindex="-1" class="slip not-safe" aria-live="assertive">${children}</section>`;
}

/** Whether somebody's "not safe" stands on this page without a flag of its own yet. @param {string|null} about */
export const onItsWay = (about) => waiting.value.some((one) => saysNotSafe(one, about)) || gone.value.some((one) => one.case === about);

/** @param {import("../queue.js").Waiting} one */
async function takeBack(one) {
  say((await withdraw(one.key)) ? t("Taken back: nobody heard of it.") : t("It had gone out already."));
}

/** @param {{name: string, words: string, of: [string, string][], chosen: import("@preact/signals").Signal<Record<string, string>>, kind?: string}} props */
function Taps({ name, words, of, chosen, kind }) {
  const tap = (/** @type {string} */ value) => {
    const { [name]: before, ...rest } = chosen.value;
    chosen.value = before === value ? rest : { ...rest, [name]: value };
  };
  return html`<fieldset class=${`taps ${kind || ""}`}><legend>${words}</legend>${of.map(([value, label]) => html`
    <button type="button" class=${value} aria-pressed=${chosen.value[name] === value} onClick=${() => tap(value)}>${chosen.value[name] === value ? "✓ " : ""}${label}</button>`)}</fieldset>`;
}

/**
 * `about`: the case, where somebody else taps for them; null for one's own. `readers`: who will read it.
 * @param {{about: string|null, readers?: string[], flagged: boolean}} props
 */
export function CheckInForm({ about, readers, flagged }) {
  const chosen = useSignal(/** @type {Record<string, string>} */ ({}));
  const words = useSignal("");
  const sent = useSignal(0);
  const waits = waiting.value.filter((one) => one.kind === "care" && one.intent === "CheckIn" && (one.fields.case ?? null) === about && one.fields.safe !== false && !one.refused);
  const whenAndWhose = () => ({ typed_at: { ms: Date.now(), zone: zone() }, ...(about ? { case: about } : {}) });
  const notSafe = () => inCare("CheckIn", { safe: false, ...whenAndWhose() }, GRACE_MS);
  const send = async () => {
    const { safe, ...rest } = chosen.value;
    await inCare("CheckIn", { ...(safe ? { safe: true } : {}), ...rest, ...(words.value.trim() ? { words: words.value.trim() } : {}), ...whenAndWhose() });
    chosen.value = {};
    words.value = "";
    sent.value += 1;
    say(t("Thank you."));
  };
  const nothing = !Object.keys(chosen.value).length && !words.value.trim();
  const short = screen.value?.no_record;
  return html`<section class="slip checkin"><h2>${about ? t("Check in together") : t("How are you?")}</h2><${WhoReads} readers=${readers} />
    <fieldset class="taps"><legend>${about ? t("Are they safe now?") : t("Are you safe now?")}</legend>
      <button type="button" aria-pressed=${!!chosen.value.safe} onClick=${() => { const { safe, ...rest } = chosen.value; chosen.value = safe ? rest : { ...rest, safe: "yes" }; }}>${chosen.value.safe ? "✓ " : ""}${t("Yes")}</button>
      <button type="button" class="danger" disabled=${flagged} onClick=${notSafe}>${t("No: get somebody")}</button></fieldset>
    ${short ? html`<p class="aside">${t("Nothing you say is written down: only that contact took place, and the next date.")}</p>` : html`
      <${Taps} name="sleep" words=${about ? t("How are they sleeping?") : t("How are you sleeping?")} of=${choices(SLEEP)} chosen=${chosen} kind="three" />
      <${Taps} name="colour" words=${t("Which colour is it today?")} of=${choices(COLOURS)} chosen=${chosen} kind="colours" />
      <${Taps} name="need" words=${t("What would help?")} of=${choices(NEEDS)} chosen=${chosen} />
      <details><summary>${t("In words, if you like")}</summary><label><span class="aside">${t("Nobody asks for them.")}</span><textarea maxlength="4000" dir="auto" aria-label=${t("In words")} value=${words.value} onInput=${(/** @type {any} */ event) => { words.value = event.target.value; }}></textarea></label></details>`}
    <p class="aside">${t("Answer as many as you like, or none: what is left out never counts as a no. Nobody adds anything up.")}</p>
    <button class="thumb main" disabled=${nothing} onClick=${send}>${t("Send")}</button>
    ${waits.length ? html`<p class="pending" role="status">${t("Kept on this device; it goes out as soon as there is a link.")}</p>` : null}
    ${sent.value && !waits.length ? html`<p class="pending" role="status">${t("It has arrived.")}</p>` : null}</section>`;
}
