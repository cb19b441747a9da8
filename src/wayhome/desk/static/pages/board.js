// The board: missions by urgency and state, who is out, who is home, what waits for whoever looks.
import { useRead } from "../store.js";
import { html, Shown } from "../ui.js";
import { t } from "../words.js";

export default function Board() {
  const missions = useRead("missions");
  return html`<h1>${t("Board")}</h1><${Shown} of=${missions} empty=${t("No mission yet.")}>${(/** @type {any[]} */ rows) => html`<ul>
    ${rows.map((one) => html`<li key=${one.mission}><a href=${`/m/${one.mission}/log`} dir="auto">${one.name}</a> ${one.state}</li>`)}</ul>`}<//>`;
}
