// What every page is built with: markup, signals, and the few parts that look the same everywhere.
import { h, render } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { batch, computed, effect, signal, useComputed, useSignal } from "@preact/signals";
import htm from "htm";
import { t, moment } from "./words.js";

export const html = htm.bind(h);
export { batch, computed, effect, h, render, signal, useComputed, useEffect, useLayoutEffect, useMemo, useRef, useSignal, useState };

/** Words that mean an error, with what to do about it. @param {{problem: any}} props */
export function Complaint({ problem }) {
  if (!problem) return null;
  return html`<p class="complaint" role="alert">
    ${problem.where ? html`<b dir="auto">${problem.where}: </b>` : null}<span dir="auto">${problem.text}</span>
    ${problem.do ? html`<span class="todo">${problem.do}</span>` : null}
  </p>`;
}

/**
 * What a read gave: its complaint, a line while it is on its way, or its children.
 * @param {{of: import("./store.js").Held, empty?: string, children: (value: any) => any}} props
 */
export function Shown({ of, empty, children }) {
  const { value, problem, keptAt } = of;
  if (value === undefined) return problem ? html`<${Complaint} problem=${problem} />` : html`<p class="loading" role="status">${t("On its way…")}</p>`;
  const nothing = empty && Array.isArray(value) && value.length === 0;
  return html`${keptAt ? html`<p class="kept">${t("As it was at {time}, kept on this device.", { time: clock(keptAt) })}</p>` : null}
    ${nothing ? html`<p class="empty">${empty}</p>` : children(value)}`;
}

/** @param {number} ms */
function clock(ms) {
  return moment({ ms, zone: "" });
}

/**
 * A table that becomes cards on a phone. Each column: [heading, row => content, class?].
 * @param {{rows: any[], columns: [string, (row: any) => any, string?][], id: (row: any) => string, caption?: string,
 *   onPick?: (row: any) => void, rowClass?: (row: any) => string}} props
 */
export function Table({ rows, columns, id, caption, onPick, rowClass }) {
  return html`<table class="cards">
    ${caption ? html`<caption>${caption}</caption>` : null}
    <thead><tr>${columns.map(([heading, , kind]) => html`<th scope="col" class=${kind || ""}>${heading}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr key=${id(row)} class=${rowClass ? rowClass(row) : ""}>
      ${columns.map(([heading, cell, kind], number) => html`<td data-heading=${heading} class=${kind || ""} dir="auto">
        ${onPick && number === 0 ? html`<button class="pick" onClick=${() => onPick(row)}>${cell(row)}</button>` : cell(row)}</td>`)}
    </tr>`)}</tbody>
  </table>`;
}

/** A sign that never speaks by colour alone: its word stands in it. @param {{kind: string, children: any}} props */
export function Sign({ kind, children }) {
  return html`<span class=${`sign sign-${kind}`}>${children}</span>`;
}

/**
 * A dialog over the page; Escape closes it, focus goes back where it was.
 * @param {{title: string, onClose: () => void, children: any, kind?: string}} props
 */
export function Dialog({ title, onClose, children, kind }) {
  const ref = useRef(/** @type {HTMLDialogElement|null} */ (null));
  useLayoutEffect(() => {
    // Before anybody sees it: a key pressed on what is drawn must not go to the page behind it, nor one pressed after
    // it is gone have the focus taken away.
    const before = /** @type {HTMLElement|null} */ (document.activeElement);
    const mine = ref.current;
    mine?.showModal();
    return () => {
      mine?.close();
      before?.focus?.();
    };
  }, []);
  return html`<dialog ref=${ref} class=${kind || ""} aria-label=${title} onCancel=${(/** @type {Event} */ e) => { e.preventDefault(); onClose(); }}>
    <header><h2>${title}</h2><button class="quiet" aria-label=${t("Close")} onClick=${onClose}>✕</button></header>
    ${children}
  </dialog>`;
}

/**
 * Gives the focus to a field before the next key is heard. A dialog around it stands by then: it opens in the same
 * breath, and would else give the focus to its own way out.
 * @param {() => HTMLElement|null|undefined} field
 */
export function useFocus(field) {
  useLayoutEffect(() => { queueMicrotask(() => field()?.focus()); }, []);
}

/** Short words at the foot of the screen, with a way back where there is one. */
const said = signal(/** @type {{text: string, undo?: () => void, until: number}|null} */ (null));

/** @param {string} text @param {{undo?: () => void, seconds?: number}} [rest] */
export function say(text, rest = {}) {
  const ms = (rest.seconds ?? 5) * 1000;
  said.value = { text, undo: rest.undo, until: Date.now() + ms };
  setTimeout(fade, ms + 20);
}

function fade() {
  if (!said.value || said.value.until > Date.now()) return;
  if (pointedAt(".said p")) setTimeout(fade, LINGER_MS);
  else said.value = null;
}

const LINGER_MS = 1_000;
/** Whether somebody points at words that would go by themselves, or came to them by Tab: then they stay. @param {string} words */
export const pointedAt = (words) => !!document.querySelector(`${words}:is(:hover, :focus-within)`);

export function Said() {
  const now = said.value;
  return html`<div class="said" role="status" aria-live="polite">${now ? html`<p><span dir="auto">${now.text}</span>
    ${now.undo ? html`<button onClick=${() => { const undo = now.undo; said.value = null; undo?.(); }}>${t("Undo")}</button>` : null}</p>` : null}</div>`;
}

/**
 * A form that sends once, says what went wrong beside the button, and keeps what was typed.
 * @param {{label: string, send: (fields: Record<string, string>) => Promise<any>, children: any, kind?: string}} props
 */
export function Form({ label, send, children, kind }) {
  const problem = useSignal(/** @type {any} */ (null));
  const busy = useSignal(false);
  const submit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    if (busy.value) return;
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    const fields = /** @type {Record<string, string>} */ (Object.fromEntries(new FormData(form)));
    busy.value = true;
    try {
      await send(fields);
      problem.value = null;
    } catch (error) {
      problem.value = error;
    } finally {
      busy.value = false;
    }
  };
  return html`<form class=${kind || ""} onSubmit=${submit}>${children}<${Complaint} problem=${problem.value} />
    <button class="main" disabled=${busy.value}>${busy.value ? t("Sending…") : label}</button></form>`;
}
