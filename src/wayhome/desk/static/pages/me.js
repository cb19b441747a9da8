// What one member needs, on a phone in one hand: what to do now, offers, what waits, their own days.
import { here } from "../app.js";
import { usePowers } from "../members.js";
import { waiting } from "../queue.js";
import { useRead } from "../store.js";
import { html, Shown } from "../ui.js";
import { plural, t } from "../words.js";
import { Later, Mine, PARTS } from "./mine.js";
import { MyMission } from "./mymission.js";
import { MyOffers, OPEN } from "./myoffers.js";
import { LeftBehind, OnThisDevice, Waiting } from "./mywaiting.js";
import { Tellings } from "./tellings.js";

/** @param {{part?: string}} props */
export default function Me({ part = "now" }) {
  const at = part in PARTS ? part : "now";
  const offers = useRead("my_offers");
  const due = useRead("waiting").value || [];
  const open = (offers.value || []).filter((/** @type {any} */ one) => OPEN.has(one.answer)).length;
  const counts = /** @type {Record<string, number>} */ ({ offers: open, waiting: due.length + waiting.value.filter((one) => one.refused).length });
  const { own } = usePowers();
  return html`<${Mine} at=${at} counts=${counts}>
    ${at === "now" ? html`<${Now} offers=${offers} open=${open} />` : null}
    ${at === "offers" ? html`<${MyOffers} offers=${offers} />` : null}
    ${at === "waiting" ? html`<${Waiting} /><${LeftBehind} /><${Later} quiet=${true} load=${() => import("./care.js").then((module) => module.Due)} /><${OnThisDevice} />` : null}
    ${at === "told" ? html`<${Tellings} />` : null}
    ${at === "day" ? html`<${Later} load=${() => import("./mydays.js").then((module) => module.MyDays)} own=${own} />` : null}<//>`;
}

const TAKEN = new Set(["accepted", "accepted with limits"]);
const OVER = new Set(["closed", "refused"]);

/** The missions the viewer is on: accepted, or out. @param {{offers: any, open: number}} props */
function Now({ offers, open }) {
  const missions = useRead("missions").value || [];
  const out = useRead("board").value?.out || [];
  const pending = waiting.value.filter((one) => one.intent === "AnswerOffer" && TAKEN.has(one.fields.answer) && !one.refused).map((one) => one.fields.offer);
  return html`<${Shown} of=${offers}>${(/** @type {any[]} */ rows) => {
    const taken = rows.filter((one) => TAKEN.has(one.answer) || pending.includes(one.offer)).map((one) => one.mission);
    const away = out.filter((/** @type {any} */ one) => one.gone.member === here.value.viewer).map((/** @type {any} */ one) => one.mission);
    const live = missions.filter((/** @type {any} */ one) => !OVER.has(one.state) && ([...taken, ...away].includes(one.mission)));
    return html`${open ? html`<p class="slip urgent"><a class="main-link" href="/me/offers">${plural(open, "{count} offer waits for your answer", "{count} offers wait for your answer")}</a></p>` : null}
      ${live.map((/** @type {any} */ mission) => html`<${MyMission} key=${mission.mission} mission=${mission} post=${rows.find((one) => one.mission === mission.mission)?.post || ""} />`)}
      ${live.length || open ? null : html`<p class="empty">${t("Nothing is asked of you now.")}</p><p><a href="/me/day">${t("Say when you can come")}</a></p>`}
      <${OnThisDevice} brief=${true} />`;
  }}<//>`;
}
