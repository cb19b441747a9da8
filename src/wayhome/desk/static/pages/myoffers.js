// Offers and orders: what to know before, and the answer by a tap. No reason is ever asked.
import { act } from "../api.js";
import { here } from "../app.js";
import { zone } from "../members.js";
import { deed } from "../queue.js";
import { useRead } from "../store.js";
import { Dialog, Form, html, say, Shown, Sign, useEffect, useSignal } from "../ui.js";
import { deadlineOf, localAt, msAt, plusDays } from "../when.js";
import { deadline, moment, plural, t } from "../words.js";
import { Left, OnItsWay, pendingOf, recentOf, Refusals, Sure } from "./sure.js";

/** Offers that wait for an answer. */
export const OPEN = new Set(["offered", "seen", "thinking", "ordered"]);

/** @type {Record<string, [string, () => string]>} */
const ANSWERS = {
  offered: ["wait", () => t("to answer")], seen: ["wait", () => t("to answer")], thinking: ["wait", () => t("you are thinking")], ordered: ["wait", () => t("an order")],
  accepted: ["good", () => t("accepted")], "accepted with limits": ["good", () => t("accepted with limits")], declined: ["quiet", () => t("declined")],
  lapsed: ["quiet", () => t("not answered in time")], withdrawn: ["quiet", () => t("withdrawn")],
};

/** @param {{offers: any}} props */
export function MyOffers({ offers }) {
  return html`<${Shown} of=${offers}>${(/** @type {any[]} */ rows) => {
    const newest = [...rows].sort((a, b) => b.made.ms - a.made.ms);
    const open = newest.filter((one) => OPEN.has(one.answer));
    const rest = newest.filter((one) => !OPEN.has(one.answer));
    return html`${open.length ? open.map((one) => html`<${Offer} key=${one.offer} offer=${one} />`) : html`<p class="empty">${t("No offer waits for you. When one comes, it stands here, and you are told through your channels.")}</p>`}
      ${rest.length ? html`<h2>${t("Answered before")}</h2>${rest.map((one) => html`<${Answered} key=${one.offer} offer=${one} />`)}` : null}`;
  }}<//>`;
}

/** @param {any} offer */
const dueMs = (offer) => (offer.answer_by ? msAt(offer.answer_by.local, offer.answer_by.zone) : null);

/** @param {{offer: any}} props */
function Offer({ offer }) {
  const limits = useSignal(false);
  const thinking = useSignal(false);
  const about = (/** @type {any} */ fields) => fields.offer === offer.offer;
  const pending = pendingOf(about);
  const given = recentOf(about).at(-1)?.fields.answer;
  const settling = pending.length > 0 || (!!given && given !== offer.answer);
  useEffect(() => { if (offer.answer === "offered") act("AnswerOffer", { offer: offer.offer, answer: "seen" }).catch(() => {}); }, [offer.offer]);
  const answer = async (/** @type {string} */ given, /** @type {string} */ words, more = {}) => {
    await deed("AnswerOffer", { offer: offer.offer, answer: given, ...more });
    say(words);
  };
  const [kind, words] = ANSWERS[offer.answer];
  const due = dueMs(offer);
  return html`<article class="slip urgent" aria-label=${offer.mission_words}><h2 dir="auto">${offer.mission_words} <${Sign} kind=${kind}>${words()}<//></h2>
    <dl>${offer.post ? html`<dt>${t("As")}</dt><dd dir="auto"><b>${offer.post}</b></dd>` : null}
      <dt>${t("Asked by")}</dt><dd dir="auto">${offer.by_name}</dd>
      ${offer.why ? html`<dt>${t("Why you")}</dt><dd dir="auto">${offer.why}</dd>` : null}
      ${due ? html`<dt>${t("Answer by")}</dt><dd><b>${deadline(offer.answer_by)}</b> (<${Left} ms=${due} />)</dd>` : null}</dl>
    <${Before} mission=${offer.mission} />
    <${Refusals} about=${about} /><${OnItsWay} count=${pending.length} />
    ${settling ? null : html`<div class="thumbs">
      <${Sure} words=${offer.order ? t("I go") : t("Accept")} kind="main" question=${offer.order ? t("You acknowledge the order: you go?") : t("You accept: you go?")} yes=${t("Yes, I go")} onYes=${() => answer("accepted", t("Accepted. Thank you."))} />
      ${offer.order ? null : html`<button class="thumb" onClick=${() => { limits.value = true; }}>${t("Accept with limits…")}</button>
        <button class="thumb" onClick=${() => { thinking.value = true; }}>${offer.answer === "thinking" ? t("Think longer…") : t("Think it over…")}</button>`}
      <${Sure} words=${t("Decline")} question=${t("You decline? No reason is asked.")} yes=${t("Yes, decline")} onYes=${() => answer("declined", t("Declined. Nobody asks why."))} /></div>`}
    <p class="aside">${t("{name} sees that you have looked at it.", { name: offer.by_name })}</p>
    ${limits.value ? html`<${Limits} onClose=${() => { limits.value = false; }} send=${(/** @type {string} */ text) => answer("accepted with limits", t("Accepted, with your limits."), { limits: text })} />` : null}
    ${thinking.value ? html`<${Think} due=${due} onClose=${() => { thinking.value = false; }} send=${(/** @type {any} */ until) => answer("thinking", t("Take your time, until {time}.", { time: deadline(until) }), { think_until: until })} />` : null}
  </article>`;
}

/** What it takes, and the briefing's words. @param {{mission: string}} props */
function Before({ mission }) {
  const held = useRead("mission", { mission }).value;
  const briefing = useRead("briefings", { mission }).value?.at(-1);
  if (!held) return null;
  const mine = briefing?.chosen_because[here.value.viewer];
  return html`<dl>${held.rank ? html`<dt>${t("Rank")}</dt><dd dir="auto">${held.rank}</dd>` : null}
      ${held.starts ? html`<dt>${t("Starts")}</dt><dd>${moment(held.starts)}</dd>` : null}
      ${held.hours ? html`<dt>${t("Takes about")}</dt><dd>${plural(held.hours, "{count} hour", "{count} hours")}</dd>` : null}
      ${held.home_by ? html`<dt>${t("Home by")}</dt><dd>${deadline(held.home_by)}</dd>` : null}
      ${held.needs.length ? html`<dt>${t("What it takes")}</dt><dd>${held.needs.map((/** @type {any} */ need) => html`<div dir="auto">${needWords(need)}</div>`)}</dd>` : null}
      ${held.least_people > 1 ? html`<dt>${t("People")}</dt><dd>${held.most_people ? t("{least} to {most}", { least: held.least_people, most: held.most_people }) : t("at least {least}", { least: held.least_people })}</dd>` : null}
      ${mine ? html`<dt>${t("You, because")}</dt><dd dir="auto">${mine}</dd>` : null}</dl>
    ${briefing ? html`<details open><summary>${t("The briefing so far")}</summary><blockquote dir="auto">${briefing.words}</blockquote>
      ${briefing.cautions.length ? html`<p><b>${t("Take care")}:</b> <span dir="auto">${briefing.cautions.join("; ")}</span></p>` : null}</details>` : html`<p class="aside">${t("There is no briefing yet.")}</p>`}`;
}

/** @param {any} need */
function needWords(need) {
  const words = t("{skill} at level {level}", { skill: need.skill, level: need.level });
  return need.count > 1 ? `${need.count} × ${words}` : words;
}

/** @param {{onClose: () => void, send: (text: string) => Promise<void>}} props */
function Limits({ onClose, send }) {
  const text = useSignal("");
  const usual = [t("back by 18:00"), t("no climbing"), t("by phone only"), t("not at night")];
  return html`<${Dialog} title=${t("Accept with limits")} onClose=${onClose}>
    <${Form} label=${t("Accept with these limits")} send=${async () => { await send(text.value); onClose(); }}>
      <p class="usual">${usual.map((words) => html`<button type="button" onClick=${() => { text.value = text.value ? `${text.value}, ${words}` : words; }}>${words}</button>`)}</p>
      <label>${t("Your limits")}<textarea name="limits" required maxlength="1000" dir="auto" value=${text.value} onInput=${(/** @type {any} */ event) => { text.value = event.currentTarget.value; }}></textarea></label><//><//>`;
}

/** @param {{due: number|null, onClose: () => void, send: (until: any) => Promise<void>}} props */
function Think({ due, onClose, send }) {
  const at = zone();
  const nowMs = Date.now();
  const today = localAt(nowMs, at).slice(0, 10);
  /** @type {[string, number][]} */
  const choices = [[t("half an hour"), nowMs + 1_800_000], [t("an hour"), nowMs + 3_600_000], [t("three hours"), nowMs + 10_800_000], [t("tonight, 20:00"), msAt(`${today}T20:00`, at)], [t("tomorrow, 09:00"), msAt(`${plusDays(today, 1)}T09:00`, at)]];
  const until = async (/** @type {number} */ ms) => { await send(deadlineOf(ms, at)); onClose(); };
  const typed = async (/** @type {Record<string, string>} */ fields) => {
    const ms = msAt(fields.until, at);
    if (ms <= Date.now()) throw { where: t("Until"), text: t("That has passed."), do: t("Give a later time.") };
    await until(ms);
  };
  return html`<${Dialog} title=${t("Think it over, until…")} onClose=${onClose}>
    ${due ? html`<p>${t("An answer was asked for by {time}. Thinking longer moves that.", { time: moment({ ms: due }) })}</p>` : null}
    <div class="thumbs">${choices.filter(([, ms]) => ms > nowMs + 60_000).map(([words, ms]) => html`<button class="thumb" onClick=${() => until(ms)}>${words}</button>`)}</div>
    <details class="saying"><summary>${t("Another time")}</summary><${Form} label=${t("Think until then")} send=${typed}><label>${t("Until")}<input type="datetime-local" name="until" required min=${localAt(nowMs, at)} /></label><//></details><//>`;
}

/** @param {{offer: any}} props */
function Answered({ offer }) {
  const [kind, words] = ANSWERS[offer.answer] || ["quiet", () => offer.answer];
  const taken = kind === "good";
  const about = (/** @type {any} */ fields) => fields.offer === offer.offer;
  return html`<article class="slip"><h3 dir="auto">${offer.mission_words} <${Sign} kind=${kind}>${words()}<//></h3>
    <p>${offer.post ? html`<span dir="auto">${offer.post}</span>. ` : null}${offer.limits ? html`${t("Limits")}: <span dir="auto">${offer.limits}</span>. ` : null}<small class="aside">${moment(offer.made)}</small></p>
    ${offer.channel ? html`<p class="aside">${t("Typed for you by {name}, as it came by {channel}.", { name: offer.typed_by_name, channel: offer.channel })}</p>` : null}
    <${Refusals} about=${about} /><${OnItsWay} count=${pendingOf(about).length} />
    ${taken && !pendingOf(about).length ? html`<details><summary>${t("Something has changed")}</summary><${Sure} words=${t("I cannot go after all")} kind="danger" question=${t("You take your word back? No reason is asked.")} yes=${t("Yes, decline")}
      onYes=${() => deed("AnswerOffer", { offer: offer.offer, answer: "declined" })} /></details>` : null}</article>`;
}
