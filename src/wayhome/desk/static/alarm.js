// Raising an alarm: a name is enough, and the mission is there; everything else may come later.
import { here } from "./app.js";
import { DeedForm, field } from "./deed.js";
import { go } from "./route.js";
import { Dialog, html } from "./ui.js";
import { t } from "./words.js";

/** @param {{close: () => void}} props */
export default function RaiseAlarm({ close }) {
  const ranks = here.value.organisation.mission_ranks.map((/** @type {any} */ one) => one.name);
  return html`<${Dialog} title=${t("Raise an alarm")} onClose=${close}>
    <${DeedForm} intent="RaiseAlarm" label=${t("Raise the alarm")} said=${t("The mission is there.")} fields=${[
      field("name", "text", t("What it is called"), { required: true, focus: true, hint: t("Lost hiker") }),
      field("words", "words", t("The alarm, in the words in which it came"), { hint: t("His wife called: overdue since 16:00, two of them, one hurt.") }),
      ...(ranks.length ? [field("rank", "choice", t("Rank"), { of: ranks })] : []),
      field("place", "place", t("Where")),
      field("secret", "bool", t("Secret: only whoever is read in may know of it")),
    ]} done=${(/** @type {any} */ outcome) => { close(); go(`/m/${outcome.made}/log`); }}>
      <p class="aside">${t("Only the name is needed. All the rest can be said later.")}</p><//><//>`;
}
