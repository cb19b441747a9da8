// A worry about a colleague, told in confidence to the desk of care; who reads it is said before the first word.
import { careAct } from "../care-api.js";
import { DeedForm, field } from "../deed.js";
import { Dialog, html } from "../ui.js";
import { t } from "../words.js";

/** @param {{member: any, onClose: () => void}} props */
export default function Worry({ member, onClose }) {
  return html`<${Dialog} title=${t("I am worried about {name}", { name: member.member_name })} onClose=${onClose}>
    <p>${t("Who reads this:")} <b>${t("the admitted carers, and nobody else")}</b>. ${t("Not command, not {name}, not whoever runs the server. If somebody is in danger now, call; do not wait for this to be read.", { name: member.member_name })}</p>
    <${DeedForm} intent="TellWorry" by=${careAct} preset=${{ about: member.member }} label=${t("Tell it in confidence")} said=${t("Told, in confidence.")} done=${onClose}
      fields=${[field("words", "words", t("What worries you"), { required: true })]} /><//>`;
}
