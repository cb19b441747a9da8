// What one's own pages have above them: the name, the duty status, and the way from each to the others.
import { here } from "../app.js";
import { Status, usePowers } from "../members.js";
import { Complaint, html, useEffect, useSignal } from "../ui.js";
import { plural, t } from "../words.js";

/** @type {Record<string, [string, () => string]>} */
export const PARTS = {
  now: ["/me", () => t("Now")], offers: ["/me/offers", () => t("Offers")], waiting: ["/me/waiting", () => t("Waiting")], day: ["/me/day", () => t("My days")],
  told: ["/me/told", () => t("Told")], care: ["/me/care", () => t("Care")],
};

/** @param {{at: string, counts?: Record<string, number>, children: any}} props */
export function Mine({ at, counts = {}, children }) {
  const { own } = usePowers();
  useEffect(() => { import("../care-api.js").then((module) => module.keepScreen(), () => {}); }, []);
  useEffect(() => { document.title = `${PARTS[at][1]()}: ${here.value.name}`; }, [at]);
  return html`<div class="me"><header class="member"><h1 dir="auto">${here.value.name}</h1>${own ? html`<${Status} member=${own} />` : null}</header>
    <nav aria-label=${t("My pages")}>${Object.entries(PARTS).map(([name, [address, words]]) => html`<a href=${address} aria-current=${name === at ? "page" : null}>${words()}
      ${counts[name] ? html`<span class="count" aria-label=${plural(counts[name], "{count} thing", "{count} things")}>${counts[name]}</span>` : null}</a>`)}</nav>
    ${children}</div>`;
}

/** A part that is loaded when it is wanted; the rest goes to it. `quiet`: nothing is said while it comes. @param {any} props */
export function Later({ load, quiet, ...props }) {
  const Part = useSignal(/** @type {any} */ (null));
  const problem = useSignal(/** @type {any} */ (null));
  useEffect(() => {
    load().then((/** @type {any} */ part) => { Part.value = part; }, () => {
      problem.value = { text: t("This page could not be loaded."), do: t("It is not on this device: open it again when there is a link.") };
    });
  }, []);
  if (problem.value) return html`<${Complaint} problem=${problem.value} />`;
  return Part.value ? html`<${Part.value} ...${props} />` : quiet ? null : html`<p class="loading" role="status">${t("On its way…")}</p>`;
}
