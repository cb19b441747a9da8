// Every deed there is, by name: found by typing, filled in as a form that is made from the API's own description.
import { signal } from "./ui.js";

/** What is looked for; null while the palette is closed. */
export const palette = signal(/** @type {string|null} */ (null));

export function Palette() {
  return null;
}
