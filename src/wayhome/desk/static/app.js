// The desk: who is here, the link, the bar of pages, and the page that the address names.
import { get } from "./api.js";
import { forgetAll } from "./device.js";
import { mindKeys, useKeys } from "./keys.js";
import { downFor, link, listen } from "./live.js";
import { chooseLooks, Looks } from "./looks.js";
import { alarm, Palette, palette } from "./palette.js";
import { careLocked, mindQueue, waiting, waitingForOthers } from "./queue.js";
import { alone, go, path } from "./route.js";
import { again, unanswered, useRead } from "./store.js";
import { style } from "./styles.js";
import { Complaint, computed, Dialog, html, render, Said, signal, useEffect, useLayoutEffect, useSignal } from "./ui.js";
import { chooseWords, liveIn, plural, t } from "./words.js";
import { furtherHelp, keys } from "./keys.js";

/** Who is signed in, and the lists the desk speaks by; see `GET /api/here`. */
export const here = signal(/** @type {any} */ (null));
/** The clock of the desk, once a second. */
export const now = signal(Date.now());
setInterval(() => { now.value = Date.now(); }, 1_000);

/** A page with the style sheet of people and phones. @param {Promise<any>} page */
const withPeople = (page) => Promise.all([page, style("people.css")]).then(([module]) => module);

/** A page of care, with its style sheet as well. @param {Promise<any>} page */
const withCare = (page) => withPeople(Promise.all([page, style("care.css")]).then(([module]) => module));

/** A page that shows who could go, with its style sheet. @param {Promise<any>} page */
const withProposal = (page) => Promise.all([page, style("proposal.css")]).then(([module]) => module);

/** @type {[RegExp, () => Promise<any>][]} */
const PAGES = [
  [/^\/(board)?$/, () => import("./pages/board.js")],
  [/^\/m\/(?<mission>[0-9a-f]{32})(\/(?<part>\w+))?$/, () => import("./pages/mission.js")],
  [/^\/people$/, () => withPeople(import("./pages/people.js"))],
  [/^\/people\/(?<member>[0-9a-f]{32})$/, () => withPeople(import("./pages/member.js"))],
  [/^\/me\/care$/, () => withCare(import("./pages/mycare.js"))],
  [/^\/care$/, () => withCare(import("./pages/care.js"))],
  [/^\/care\/(?<about>[0-9a-f]{32})$/, () => withCare(import("./pages/care-case.js"))],
  [/^\/me(\/(?<part>\w+))?$/, () => withPeople(import("./pages/me.js"))],
  [/^\/more\/who$/, () => withProposal(import("./pages/whogoes.js"))],
  [/^\/more\/memorial$/, () => withPeople(import("./pages/memorial.js"))],
  [/^\/more\/exercises$/, () => withPeople(import("./pages/exercises.js"))],
  [/^\/more\/settings$/, () => withPeople(import("./pages/settings.js"))],
];

function Overheard() {
  if (!here.value?.overheard) return null;
  return html`<p class="kept overheard"><b>${t("Not encrypted.")}</b> ${t("Others in this network can read along: nothing secret and no care is shown on this device.")}
    <a href="/join" data-whole>${t("How to encrypt")}</a></p>`;
}

function Link() {
  const { state } = link.value;
  const refused = waiting.value.filter((one) => one.refused).length;
  const locked = careLocked.value ? waiting.value.filter((one) => one.kind === "care" && !one.refused).length : 0;
  const count = waiting.value.filter((one) => !one.refused && (one.after ?? 0) <= now.value).length - locked;
  return html`<div class="link" role="status" aria-live="assertive">
    ${state === "down" ? html`<p class="nolink"><b>${t("No link")}</b> ${downFor(now.value)}.
      ${count ? plural(count, "{count} entry waits on this device.", "{count} entries wait on this device.") : t("What you type is kept on this device.")}</p>` : null}
    ${state === "up" && count ? html`<p class="sending">${plural(count, "Sending {count} entry…", "Sending {count} entries…")}</p>` : null}
    ${locked ? html`<p class="kept"><a href="/me/care">${plural(locked, "{count} entry waits for your password.", "{count} entries wait for your password.")}</a></p>` : null}
    ${refused ? html`<p class="complaint"><a href="/me/waiting">${plural(refused, "{count} entry was refused: look at it.", "{count} entries were refused: look at them.")}</a></p>` : null}
  </div>`;
}

function Bar() {
  const missions = (useRead("board").value?.missions || []).map((/** @type {any} */ one) => one.mission);
  const due = useRead("waiting").value || [];
  const at = path.value;
  const open = missions.filter((/** @type {any} */ one) => one.state === "under way" || one.state === "raised").slice(0, 6);
  return html`<nav class="bar" aria-label=${t("Pages")}>
    <a class="home" href="/" aria-current=${at === "/" ? "page" : null}>${t("Board")}</a>
    <button class="quiet raise" onClick=${() => { alarm.value = true; }}>${t("Alarm")} <kbd>a</kbd></button>
    ${open.map((/** @type {any} */ one) => html`<a href=${`/m/${one.mission}/log`} dir="auto" aria-current=${at.startsWith(`/m/${one.mission}`) ? "true" : null}>${one.name}</a>`)}
    <span class="gap"></span>
    <a href="/people" aria-current=${at.startsWith("/people") ? "page" : null}>${t("People")}</a>
    <a href="/me" aria-current=${at.startsWith("/me") ? "page" : null}>${t("Me")}${due.length ? html` <span class="count" aria-label=${plural(due.length, "{count} thing waits for you", "{count} things wait for you")}>${due.length}</span>` : null}</a>
    <details class="more"><summary>${t("More")}</summary><div>
      <button onClick=${() => { palette.value = ""; }}>${t("State a deed…")} <kbd>k</kbd></button>
      <a href="/care">${t("Looking after others")}</a>
      <a href="/more/memorial">${t("Memorial")}</a>
      <a href="/more/exercises">${t("Exercises")}</a>
      <a href="/more/settings">${t("Settings")}</a>
      <${Looks} />
      <form method="post" action="/logout" onSubmit=${leave}><button>${t("Sign out")} <span dir="auto">${here.value?.name}</span></button></form>
    </div></details>
    <${Clock} />
  </nav>`;
}

/** @param {SubmitEvent} event */
async function leave(event) {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.currentTarget);
  if (waiting.value.length + waitingForOthers.value.length && !confirm(t("Entries on this device were not sent yet. Sign out and lose them?"))) return;
  await forgetAll();
  form.submit();
}

function Clock() {
  const zone = here.value?.organisation.zone;
  const time = (/** @type {string} */ timeZone) => new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" }).format(now.value);
  return zone ? html`<span class="clock" title=${zone}><b>${time(zone)}</b> <small>${time("UTC")} UTC</small></span>` : null;
}

/** The address whose page is drawn. */
const drawn = signal("");
/** Whether the page that the address names, or a part of what it says, is still on its way. */
const underWay = computed(() => String(drawn.value !== path.value || unanswered.value > 0));

function Page() {
  const page = useSignal(/** @type {any} */ (null));
  const problem = useSignal(/** @type {any} */ (null));
  const at = path.value;
  useEffect(() => {
    let left = false;
    const found = PAGES.map(([form, load]) => ({ fits: form.exec(at), load })).find((one) => one.fits);
    problem.value = null;
    if (!found) page.value = { at, Part: Nowhere, args: {} };
    else found.load().then(
      (module) => { if (!left) page.value = { at, Part: module.default, args: { ...found.fits?.groups } }; },
      () => { if (!left) problem.value = { text: t("This page could not be loaded."), do: t("It is not on this device: open it again when there is a link.") }; },
    );
    return () => { left = true; };
  }, [at]);
  useLayoutEffect(() => { drawn.value = problem.value ? at : page.value?.at ?? ""; });
  if (problem.value) return html`<${Complaint} problem=${problem.value} />`;
  return page.value ? html`<${page.value.Part} ...${page.value.args} />` : html`<p class="loading">${t("On its way…")}</p>`;
}

const Nowhere = () => html`<h1>${t("There is no such page")}</h1><p><a href="/">${t("To the board")}</a></p>`;

function Help() {
  const open = useSignal(false);
  useKeys({ "?": [t("This help"), () => { open.value = true; }] });
  if (!open.value) return null;
  return html`<${Dialog} title=${t("Keys")} onClose=${() => { open.value = false; }}>
    <dl class="keys">${[...keys].map(([key, { words }]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${words}</dd></div>`)}</dl>${furtherHelp.value ? html`<${furtherHelp.value} />` : null}<//>`;
}

function Desk() {
  useKeys({ b: [t("Board"), () => go("/")], p: [t("People"), () => go("/people")], "0": [t("Me"), () => go("/me")], k: [t("State a deed"), () => { palette.value = ""; }] });
  return html`${alone ? null : html`<${Bar} />`}<${Overheard} /><${Link} /><main tabindex="-1" aria-busy=${underWay}><${Page} /></main><${Said} /><${Help} /><${Palette} />`;
}

/** Begins to load the page that the address names, while it is still being asked who is here. */
function loadAhead() {
  const at = path.value;
  const [, part] = /^\/m\/[0-9a-f]{32}\/(log|map|teams|offers|reports)$/.exec(at) || [];
  const wanted = PAGES.filter(([form]) => form.test(at)).map(([, load]) => load());
  if (part) wanted.push(import(`./pages/${part}.js`));
  for (const one of wanted) one.catch(() => {}); // the page itself says so when it is opened
}

async function begin() {
  loadAhead();
  chooseLooks();
  await chooseWords();
  const root = /** @type {HTMLElement} */ (document.getElementById("desk"));
  try {
    here.value = await get("/api/here");
    localStorage.setItem("here", JSON.stringify(here.value));
  } catch (error) {
    const kept = localStorage.getItem("here");
    if (!kept) { render(html`<main><${Complaint} problem=${error} /></main>`, root); return; }
    here.value = JSON.parse(kept);
  }
  liveIn(here.value.organisation.zone);
  mindKeys();
  await mindQueue();
  listen();
  root.replaceChildren();
  render(html`<${Desk} />`, root);
  if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js");
}

begin();
export { again };
