// How the log is used on this device: keys for teams, size of letters, the teams at the side. And the help.
import { html, signal } from "../ui.js";
import { t } from "../words.js";

const SIZES = [0.85, 1, 1.15, 1.35, 1.6, 2];

/** @template T @param {string} name @param {T} normal */
function kept(name, normal) {
  const found = localStorage.getItem(`log ${name}`);
  const held = signal(/** @type {T} */ (found === null ? normal : JSON.parse(found)));
  return { get value() { return held.value; }, set value(to) { held.value = to; localStorage.setItem(`log ${name}`, JSON.stringify(to)); } };
}

/** One key opens an entry for its team, and the message is typed at once. */
export const teamKeys = kept("team keys", false);
/** Whether the teams stand at the side. */
export const teamsShown = kept("teams shown", true);
/** Which of SIZES. */
export const size = kept("size", 1);

/** @param {number} by */
export function grow(by) {
  size.value = Math.min(SIZES.length - 1, Math.max(0, size.value + by));
}
export const letters = () => SIZES[size.value] ?? 1;

const PHONETIC = {
  NATO: "Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa Quebec Romeo Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu",
  LAPD: "Adam Boy Charles David Edward Frank George Henry Ida John King Lincoln Mary Nora Ocean Paul Queen Robert Sam Tom Union Victor William X-ray Young Zebra",
};

/** Both alphabets side by side: which one is spoken depends on who calls. */
export function Phonetics() {
  const lists = Object.entries(PHONETIC).map(([name, words]) => /** @type {[string, string[]]} */ ([name, words.split(" ")]));
  return html`<section class="log-phonetics"><h3>${t("Spelling on the radio")}</h3><div class="log-alphabet" lang="en" dir="ltr">
    ${lists[0][1].map((word, number) => html`<span><b>${word[0]}</b> ${word} <i>${lists[1][1][number]}</i></span>`)}</div>
    <p class="aside">${t("First NATO, then LAPD.")}</p></section>`;
}

export function Settings() {
  return html`<details class="log-settings"><summary>${t("Settings")}</summary><div>
    <label><input type="checkbox" checked=${teamKeys.value} onChange=${(/** @type {any} */ event) => { teamKeys.value = event.target.checked; }} />
      ${t("One key for each team: it opens the entry and goes straight to the message")}</label>
    <label><input type="checkbox" checked=${teamsShown.value} onChange=${(/** @type {any} */ event) => { teamsShown.value = event.target.checked; }} />${t("Teams at the side")} <kbd>${"`"}</kbd></label>
    <p class="log-sizes"><span>${t("Size of letters")}</span>
      <button aria-label=${t("Smaller letters")} onClick=${() => grow(-1)}>− <kbd>-</kbd></button><button aria-label=${t("Larger letters")} onClick=${() => grow(1)}>+ <kbd>+</kbd></button></p>
  </div></details>`;
}
