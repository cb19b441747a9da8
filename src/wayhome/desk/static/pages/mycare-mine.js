// What is the member's alone: words about a mission that they may release, a copy of everything, and an end to it.
import { get } from "../api.js";
import { careAct, careTap, useCare } from "../care-api.js";
import { Ask, field, Tap } from "../deed.js";
import { Complaint, html, say, Sign, useSignal } from "../ui.js";
import { t } from "../words.js";

/** Words about a mission, one's own until one lets them go into its report. */
export function MyWords() {
  const rows = useCare("held_words").value || [];
  return html`<section class="slip"><h2>${t("My words about a mission")}</h2><p>${t("They are yours alone. Which of them go into the report, you decide, now or much later.")}</p>
    ${rows.map((/** @type {any} */ one) => html`<article key=${one.held} class="asks"><h3 dir="auto">${one.mission_name}</h3><blockquote dir="auto">${one.words}</blockquote>
      ${one.released ? html`<p><${Sign} kind="good">${t("in the report")}<//> <q dir="auto">${one.released}</q></p>` : html`<${Ask} words=${t("Let them into the report…")} title=${t("Into the report")} label=${t("These words go into the report")} intent="ReleaseWords" by=${careAct} preset=${{ held: one.held }} said=${t("They are in the report.")}
        fields=${() => [field("words", "words", t("All of them, or a part"), { start: one.words, required: true })]}><p>${t("Whoever may read the report reads them then. It cannot be taken back.")}</p><//>`}</article>`)}
    <${Ask} words=${t("Write some down…")} title=${t("My words about a mission")} label=${t("Keep them for me")} intent="HoldWords" by=${careAct} said=${t("Kept, for you alone.")}
      fields=${() => [field("mission", "mission", t("Mission"), { required: true }), field("words", "words", t("In your words"), { required: true })]} /></section>`;
}

/** A copy of everything, and its end. @param {{has: boolean}} props */
export function Leaving({ has }) {
  const problem = useSignal(/** @type {any} */ (null));
  const asked = useSignal(0);
  const take = async () => {
    try {
      const whole = await get("/api/care/read/export_care");
      const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(new Blob([JSON.stringify(whole, null, 2)], { type: "application/json" })), download: "care.json" });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
      problem.value = null;
    } catch (error) { problem.value = error; }
  };
  return html`<section class="slip"><h2>${t("Take it with me, or end it")}</h2>
    <button class="thumb" onClick=${take}>${t("Save a copy of everything")}</button><${Complaint} problem=${problem.value} />
    ${has ? html`<p class="aside">${t("Erasing destroys what was written of you in care, for good. The record says only: erased on this day. It does not reach what somebody remembers, wrote elsewhere or exported, backups made before, words you released, or a limit to your duty that still holds: end that first.")}</p>
    ${asked.value === 0 ? html`<button class="thumb danger" onClick=${() => { asked.value = 1; }}>${t("Erase everything…")}</button>` : null}
    ${asked.value === 1 ? html`<div class="sure"><p>${t("Everything written of you in care goes, and nobody can bring it back. Whoever looks after you loses it as well.")}</p><div class="thumbs"><button onClick=${() => { asked.value = 0; }}>${t("Keep it")}</button><button class="danger" onClick=${() => { asked.value = 2; }}>${t("Go on")}</button></div></div>` : null}
    ${asked.value === 2 ? html`<div class="sure"><p>${t("Once more: erase it now, for good?")}</p><div class="thumbs"><button onClick=${() => { asked.value = 0; }}>${t("Keep it")}</button>
      <${Tap} by=${careTap} intent="EraseCase" fields=${{}} words=${t("Erase it for good")} kind="danger" done=${() => { asked.value = 0; say(t("Erased.")); }} /></div></div>` : null}` : null}</section>`;
}
