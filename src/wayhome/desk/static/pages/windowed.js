// Long lists: only the rows near the screen are there, each of one height; the page itself scrolls.
import { html, useEffect, useRef, useSignal } from "../ui.js";

const SPARE = 8;

/** Whether the screen is a phone's. */
export function useNarrow() {
  const asked = matchMedia("(max-width: 40rem)");
  const narrow = useSignal(asked.matches);
  useEffect(() => {
    const heard = () => { narrow.value = asked.matches; };
    asked.addEventListener("change", heard);
    return () => asked.removeEventListener("change", heard);
  }, []);
  return narrow.value;
}

/**
 * Rows of one height (`rem`), made only while they are near the screen.
 * @param {{rows: any[], rem: number, id: (row: any) => string, row: (row: any) => any}} props
 */
export function Rows({ rows, rem, id, row }) {
  const ref = useRef(/** @type {HTMLElement|null} */ (null));
  const from = useSignal(0);
  const to = useSignal(40);
  useEffect(() => {
    const look = () => {
      const top = ref.current?.getBoundingClientRect().top || 0;
      const height = rem * parseFloat(getComputedStyle(document.documentElement).fontSize);
      from.value = Math.max(0, Math.floor(-top / height) - SPARE);
      to.value = Math.max(SPARE, Math.ceil((innerHeight - top) / height) + SPARE);
    };
    look();
    addEventListener("scroll", look, { passive: true });
    addEventListener("resize", look);
    return () => { removeEventListener("scroll", look); removeEventListener("resize", look); };
  }, [rows, rem]);
  const first = Math.min(from.value, Math.max(0, rows.length - SPARE));
  const last = Math.min(rows.length, to.value);
  return html`<div role="rowgroup" class="rows" ref=${ref}>
    <div class="spare" style=${{ blockSize: `${first * rem}rem` }}></div>
    ${rows.slice(first, last).map((one, number) => html`<div key=${id(one)} class="row" role="row" aria-rowindex=${first + number + 2} style=${{ blockSize: `${rem}rem` }}>${row(one)}</div>`)}
    <div class="spare" style=${{ blockSize: `${(rows.length - last) * rem}rem` }}></div>
  </div>`;
}
