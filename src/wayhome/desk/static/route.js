// Where the desk stands: the address is the page, so that back, reload and two windows work as people expect.
import { signal } from "./ui.js";

export const path = signal(location.pathname);
export const alone = new URLSearchParams(location.search).has("alone");

/** @param {string} to @param {{replace?: boolean}} [how] */
export function go(to, how = {}) {
  if (to !== path.value) history[how.replace ? "replaceState" : "pushState"](null, "", alone ? `${to}?alone` : to);
  path.value = to.split("?")[0];
  document.querySelector("main")?.focus({ preventScroll: true });
}

addEventListener("popstate", () => { path.value = location.pathname; });
addEventListener("click", (event) => {
  const link = /** @type {HTMLElement} */ (event.target).closest?.("a[href^='/']");
  const anchor = /** @type {HTMLAnchorElement|null} */ (link);
  if (!anchor || anchor.target || anchor.hasAttribute("download") || anchor.dataset.whole !== undefined) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
  event.preventDefault();
  go(anchor.pathname);
});
