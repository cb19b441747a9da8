// One key, one page or deed; nothing is taken from whoever is typing.
import { signal, useLayoutEffect } from "./ui.js";

/** @type {Map<string, {words: string, run: (event: KeyboardEvent) => void}>} */
export const keys = new Map();

/** What the part on the screen adds to the help, below its keys: a component, or null. */
export const furtherHelp = signal(/** @type {any} */ (null));

/** Whether what is typed goes into a field. @param {EventTarget|null} target */
export function typing(target) {
  const at = /** @type {HTMLElement|null} */ (target);
  return !!at?.closest?.("input, textarea, select, [contenteditable], dialog");
}

/** Gives keys a meaning from when a part is drawn until it is gone: `{l: ["Log", () => ...]}`. @param {Record<string, [string, (event: KeyboardEvent) => void]>} table @param {any[]} [on] */
export function useKeys(table, on = []) {
  useLayoutEffect(() => {
    for (const [key, [words, run]] of Object.entries(table)) keys.set(key, { words, run });
    return () => { for (const key of Object.keys(table)) keys.delete(key); };
  }, on);
}

export function mindKeys() {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || typing(event.target)) return;
    const found = keys.get(event.key);
    if (!found) return;
    event.preventDefault();
    found.run(event);
  });
}
