// A small bar: a part of a whole. It never stands without its figures beside it.
import { html } from "../ui.js";

/** @param {{part: number, whole: number, label: string, kind?: string}} props */
export function Share({ part, whole, label, kind = "good" }) {
  const filled = whole ? Math.min(100, Math.max(0, (100 * part) / whole)) : 0;
  return html`<svg class=${`share ${kind}`} role="img" aria-label=${`${label}: ${Math.round(filled)} %`} viewBox="0 0 100 10" preserveAspectRatio="none"><rect width=${filled} height="10" fill="currentColor" /></svg>`;
}
