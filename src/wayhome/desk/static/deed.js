// A deed as a form: its fields by kind, what was typed kept until it is done, a refusal said where it arose.
import { act, post } from "./api.js";
import { Input, valueOf } from "./deed-fields.js";
import { Complaint, Dialog, html, say, useFocus, useRef, useSignal } from "./ui.js";
import { t } from "./words.js";

/** @typedef {import("./deed-fields.js").Field} Field */

/** How the code of a refusal begins that asks for the reason of an exception; the rule follows. */
export const EXCEPTION = "needs an exception: ";
/** Before what is grave the password is asked again, since somebody else might sit at the desk. */
const PASSWORD_AGAIN = "password again";

/** One field of a form. @param {string} name @param {string} kind @param {string} label @param {Partial<Field>} [more] @returns {Field} */
export const field = (name, kind, label, more = {}) => ({ name, kind, label, ...more });

/** What a rule that speaks against somebody is called. @param {string} rule */
export const ruleWords = (rule) => ({ rank: t("their rank"), history: t("what happened to them"), healer: t("nobody else being there to heal"), ceiling: t("the ceiling of those who may know") })[rule] || rule;

/** What the fields of a form hold, as the API takes them; what is empty is left out. @param {Field[]} fields @param {HTMLFormElement} form @param {any} preset */
async function gathered(fields, form, preset) {
  const data = new FormData(form);
  const found = { ...preset };
  for (const one of fields) {
    const value = await valueOf(one, data, preset.mission);
    if (value !== undefined) found[one.name] = value;
    else if (one.clears) found[one.name] = null;
  }
  return found;
}

/**
 * A form that states one intent. `preset` are fields nobody needs to see; `change` may turn what was gathered into the
 * intent's own fields; `done` hears what was made; `said` is said at the foot of the screen once it is so; `by` states it.
 * @param {{intent: string, preset?: any, fields: Field[], label: string, said?: string, kind?: string, by?: typeof act,
 *   done?: (outcome: any, fields: any) => void, change?: (fields: any) => any, children?: any}} props
 */
export function DeedForm({ intent, preset = {}, fields, label, said, kind, by = act, done, change, children }) {
  const problem = useSignal(/** @type {any} */ (null));
  const busy = useSignal(false);
  const round = useSignal(0);
  const rules = useSignal(/** @type {string[]} */ ([]));
  const unsure = useSignal(false);
  const form = useRef(/** @type {HTMLFormElement|null} */ (null));
  const asked = [...fields, ...rules.value.filter((rule) => !fields.some((one) => one.name === `exceptions.${rule}`)).map((rule) => field(`exceptions.${rule}`, "text", t("Why they go in spite of {rule}", { rule: ruleWords(rule) }),
    { required: true, hint: t("short-handed"), focus: true }))];
  useFocus(() => (form.current?.closest("dialog") ? firstOf(form.current, fields) : null));
  const send = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    event.stopPropagation();
    if (busy.value || !form.current) return;
    busy.value = true;
    try {
      if (unsure.value) await post("/api/confirm", { password: String(new FormData(form.current).get("password again") ?? "") });
      unsure.value = false;
      const given = withExceptions(await gathered(asked, form.current, preset));
      const outcome = await by(intent, change ? change(given) : given);
      problem.value = null;
      rules.value = [];
      round.value += 1;
      say(heard(outcome, said, by), { seconds: outcome.tells.length ? 10 : 4 });
      done?.(outcome, given);
    } catch (error) {
      problem.value = error;
      unsure.value ||= error.code === PASSWORD_AGAIN;
      const rule = error.code?.startsWith(EXCEPTION) ? error.code.slice(EXCEPTION.length) : "";
      if (rule && !rules.value.includes(rule)) rules.value = [...rules.value, rule];
    } finally {
      busy.value = false;
    }
  };
  return html`<form ref=${form} class=${`deed ${kind || ""}`} onSubmit=${send} key=${round.value}>
    ${asked.map((one) => html`<${Input} key=${one.name} field=${one} mission=${preset.mission} />`)}
    ${unsure.value ? html`<label>${t("Your password again")}<input type="password" name="password again" required maxlength="1000" autocomplete="current-password" /></label>` : null}
    ${children}<${Complaint} problem=${forForm(problem.value)} />
    <button class="main" disabled=${busy.value}>${busy.value ? t("Sending…") : label}</button></form>`;
}

/** What is said once it is done; what care has to say of it says enough by itself. @param {any} outcome @param {string|undefined} said @param {typeof act} by */
const heard = (outcome, said, by) => (by !== act && outcome.tells.length ? outcome.tells : [said || t("Done."), ...outcome.tells]).join(" ");

/** Where typing begins: at the field that is named for it, else at the first. @param {HTMLFormElement} form @param {Field[]} fields @returns {HTMLElement|null} */
function firstOf(form, fields) {
  const named = fields.find((one) => one.focus);
  return (named && form.querySelector(`[name="${named.name}"]`)) || form.querySelector("input:not([type=hidden]), textarea, select");
}

/** A refusal that the form itself asks about needs no advice beside it. @param {any} problem */
function forForm(problem) {
  if (problem?.code?.startsWith(EXCEPTION)) return { text: problem.text, do: t("Give the reason above, and send it again.") };
  if (problem?.code === PASSWORD_AGAIN) return { text: t("This asks for your password again."), do: t("Type it above, and send it again: somebody else might sit at your desk.") };
  return problem;
}

/** @param {any} given */
function withExceptions(given) {
  const reasons = Object.entries(given).filter(([name]) => name.startsWith("exceptions."));
  if (!reasons.length) return given;
  const rest = Object.fromEntries(Object.entries(given).filter(([name]) => !name.startsWith("exceptions.")));
  return { ...rest, exceptions: Object.fromEntries(reasons.map(([name, why]) => [name.slice("exceptions.".length), why])) };
}

/** A button that opens a deed's form in a dialog. @param {any} props */
export function Ask({ words, title, kind, children, done, fields, after, form, ...rest }) {
  const open = useSignal(false);
  return html`<button type="button" class=${kind || ""} onClick=${() => { open.value = true; }}>${words}</button>
    ${open.value ? html`<${Dialog} title=${title || words} onClose=${() => { open.value = false; }}>
      ${children}<${DeedForm} ...${rest} fields=${typeof fields === "function" ? fields() : fields || []} label=${rest.label || words}
        done=${(/** @type {any} */ outcome, /** @type {any} */ given) => { open.value = false; done?.(outcome, given); }} kind=${form}>${after}<//><//>` : null}`;
}

/**
 * One tap, one deed; what went wrong is said under the button, and there is a way back where one is given.
 * @param {{intent: string, fields: any, words: any, said?: string, kind?: string, label?: string, by?: typeof act, undo?: () => Promise<any>, done?: (outcome: any) => void}} props
 */
export function Tap({ intent, fields, words, said, kind, label, by = act, undo, done }) {
  const problem = useSignal(/** @type {any} */ (null));
  const busy = useSignal(false);
  const run = async () => {
    busy.value = true;
    try {
      const outcome = await by(intent, fields);
      problem.value = null;
      say(heard(outcome, said, by), { undo: undo && (() => undo().catch((error) => { problem.value = error; })) });
      done?.(outcome);
    } catch (error) {
      problem.value = error;
    } finally {
      busy.value = false;
    }
  };
  return html`<span class="tap"><button type="button" class=${kind || ""} aria-label=${label} disabled=${busy.value} onClick=${run}>${words}</button>
    <${Complaint} problem=${problem.value} /></span>`;
}
