// What one's own pages have above them: the name, the duty status, and the way from each to the others.
import { here } from "../app.js";
import { Status, usePowers } from "../members.js";
import { html, useEffect } from "../ui.js";
import { plural, t } from "../words.js";

/** @type {Record<string, [string, () => string]>} */
export const PARTS = {
  now: ["/me", () => t("Now")], offers: ["/me/offers", () => t("Offers")], waiting: ["/me/waiting", () => t("Waiting")], day: ["/me/day", () => t("My days")],
  told: ["/me/told", () => t("Told")], care: ["/me/care", () => t("Care")],
};

/** @param {{at: string, counts?: Record<string, number>, children: any}} props */
export function Mine({ at, counts = {}, children }) {
  const { own } = usePowers();
  useEffect(() => { document.title = `${PARTS[at][1]()}: ${here.value.name}`; }, [at]);
  return html`<div class="me"><header class="member"><h1 dir="auto">${here.value.name}</h1>${own ? html`<${Status} member=${own} />` : null}</header>
    <nav aria-label=${t("My pages")}>${Object.entries(PARTS).map(([name, [address, words]]) => html`<a href=${address} aria-current=${name === at ? "page" : null}>${words()}
      ${counts[name] ? html`<span class="count" aria-label=${plural(counts[name], "{count} thing", "{count} things")}>${counts[name]}</span>` : null}</a>`)}</nav>
    ${children}</div>`;
}
