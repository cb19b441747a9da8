// Marks on the map: a shape for each kind, so that none is told by its colour alone, with a letter and a name.
import { t } from "./words.js";

/** @typedef {import("./map-things.js").Thing} Thing */

const SVG = "http://www.w3.org/2000/svg";
/** Shapes in a box of 32, drawn with a pale rim so that they stand out from any ground. */
const SHAPES = /** @type {Record<string, string>} */ ({
  IPP: "M16 3a13 13 0 1 0 .01 0Z M16 0v32 M0 16h32",
  LKP: "M5 5l22 22 M27 5L5 27",
  place: "M16 29L6 14a10 10 0 1 1 20 0Z",
  team: "M4 4h24v24H4Z",
  member: "M16 4a12 12 0 1 0 .01 0Z",
  clue: "M16 2l14 14-14 14L2 16Z",
  found: "M16 1l4.6 9.8 10.4 1.4-7.6 7.4 1.9 10.6L16 25l-9.3 5.2 1.9-10.6L1 12.2l10.4-1.4Z",
  "triage-red": "M16 2l14 27H2Z",
  "triage-yellow": "M16 2l14 14-14 14L2 16Z",
  "triage-green": "M16 3a13 13 0 1 0 .01 0Z",
  "triage-black": "M3 3h26v26H3Z",
  "triage-none": "M9 3h14l6 7v12l-6 7H9l-6-7V10Z",
  post: "M16 2l14 27H2Z",
  note: "M4 4h24v18H16l-6 7v-7H4Z",
  segment: "M3 9l12-6 14 8-4 17-16 1Z",
  line: "M2 26L12 9l8 10L30 5",
});
const OPEN = new Set(["LKP", "line"]);

/** The sign of a kind, for the map and for lists. @param {string} kind @param {string} [letter] */
export function sign(kind, letter = "") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "-2 -2 36 36");
  svg.setAttribute("class", `map-sign map-sign-${kind}${OPEN.has(kind) ? " open" : ""}`);
  svg.setAttribute("aria-hidden", "true");
  for (const name of ["rim", "body"]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", SHAPES[kind] || SHAPES.place);
    path.setAttribute("class", name);
    svg.append(path);
  }
  if (letter) {
    const text = document.createElementNS(SVG, "text");
    text.setAttribute("x", "16");
    text.setAttribute("y", kind === "triage-red" || kind === "post" ? "25" : "21");
    text.setAttribute("class", letter.length > 2 ? "long" : "");
    text.textContent = letter;
    svg.append(text);
  }
  return svg;
}

/** A mark as a button, so that a key reaches it as well as a finger. @param {Thing} thing @param {() => void} pick */
export function markOf(thing, pick) {
  const button = document.createElement("button");
  button.className = `mark mark-${thing.kind}`;
  button.dataset.thing = thing.id;
  button.setAttribute("aria-label", [thing.kind === "team" ? t("Team {name}", { name: thing.name }) : thing.name, thing.words].filter(Boolean).join(": "));
  button.append(sign(thing.kind, letterOf(thing)));
  const label = document.createElement("span");
  label.className = "mark-label";
  label.dir = "auto";
  button.append(label);
  button.addEventListener("click", (event) => { event.stopPropagation(); pick(); });
  return button;
}

/** @param {Thing} thing */
const letterOf = (thing) => (["team", "clue"].includes(thing.kind) || thing.kind.startsWith("triage") ? thing.letter || "" : "");

/** A words-only mark, for the hours on a band. @param {string} words @param {string} kind */
export function wordsMark(words, kind) {
  const span = document.createElement("span");
  span.className = `mark-words mark-words-${kind}`;
  const label = document.createElement("span");
  label.className = "mark-label";
  label.textContent = words;
  span.append(label);
  return span;
}
