// One's own doors: the password given again, recovery codes, and where one is signed in.
import { get, post } from "../api.js";
import { again, useRead } from "../store.js";
import { Complaint, Form, html, say, Shown, useEffect, useSignal } from "../ui.js";
import { moment, plural, t } from "../words.js";

export function Sure() {
  const done = useSignal(0);
  const send = async (/** @type {Record<string, string>} */ fields) => {
    const { minutes } = await post("/api/confirm", { password: fields.password });
    done.value += 1;
    say(t("For {minutes} minutes you may do what asks for your password.", { minutes }));
  };
  return html`<section><h2>${t("Your password again")}</h2>
    <p>${t("Channels, the calendar's address, recovery codes, erasing and opening what is hidden in an emergency ask for it when you signed in more than ten minutes ago: somebody else might sit at your desk.")}</p>
    <${Form} key=${done.value} label=${t("Confirm it is you")} send=${send}>
      <label>${t("Password")}<input type="password" name="password" required maxlength="1000" autocomplete="current-password" /></label><//></section>`;
}

export function Recovery() {
  const held = useRead("recovery");
  const codes = useSignal(/** @type {string[]} */ ([]));
  const problem = useSignal(/** @type {any} */ (null));
  const make = async () => {
    try {
      codes.value = (await post("/api/recovery-codes", {})).codes;
      problem.value = null;
      again("recovery");
    } catch (error) { problem.value = error; }
  };
  return html`<section><h2>${t("Recovery codes")}</h2>
    <p>${t("Each lets you set a new password once, at the sign-in page, when you have forgotten yours. Write them down and keep them where only you look.")}</p>
    <${Shown} of=${held}>${(/** @type {any} */ one) => html`<${Left} held=${one} />`}<//>
    <p><button onClick=${make}>${t("Make ten new codes")}</button></p><${Complaint} problem=${problem.value} />
    ${codes.value.length ? html`<p>${t("They are shown this once; all earlier ones have ended.")}</p><ol class="codes" dir="ltr">${codes.value.map((code) => html`<li><code>${code}</code></li>`)}</ol>` : null}</section>`;
}

/** @param {{held: any}} props */
function Left({ held }) {
  if (!held) return html`<p>${t("There are none yet.")}</p>`;
  return html`<p>${plural(held.left, "{count} code is left.", "{count} codes are left.")}</p>
    ${held.used.map((/** @type {any} */ at) => html`<p class="complaint">${t("One was used {when}.", { when: moment(at) })}<span class="todo">${t("If that was not you, change your password and make new codes.")}</span></p>`)}`;
}

export function SignIns() {
  const held = useSignal(/** @type {any[]|null} */ (null));
  const problem = useSignal(/** @type {any} */ (null));
  const read = async () => { held.value = await get("/api/sign-ins"); };
  const end = async (/** @type {any} */ which) => {
    try {
      await post("/api/sign-ins/end", which);
      await read();
      problem.value = null;
    } catch (error) { problem.value = error; }
  };
  useEffect(() => { read().catch((error) => { problem.value = error; }); }, []);
  return html`<section><h2>${t("Where you are signed in")}</h2>
    <p>${t("You are signed out after 12 hours in which a device was off or out of reach, and 24 hours after signing in.")}</p>
    <${Complaint} problem=${problem.value} />
    ${held.value || problem.value ? null : html`<p class="loading">${t("On its way…")}</p>`}
    <ul>${(held.value || []).map((one) => html`<li><p><b dir="auto">${one.device}</b> ${one.here ? t("(this one)") : ""} ${NETWORKS[one.network]?.() || one.network}<br />
      ${t("Since {first}, last there {last}.", { first: moment(one.first), last: moment(one.last) })}</p>
      ${one.here ? null : html`<button onClick=${() => end({ id: one.id })}>${t("Sign out there")}</button>`}</li>`)}</ul>
    ${held.value && held.value.length > 1 ? html`<p><button class="danger" onClick=${() => end({ others: true })}>${t("Sign out everywhere else")}</button></p>` : null}</section>`;
}

const NETWORKS = /** @type {Record<string, () => string>} */ ({
  "this machine": () => t("at the desk's own machine"),
  "this network": () => t("from this network"),
  elsewhere: () => t("from elsewhere"),
});
