// Photos of a mission: sent as the device wrote them and cleaned before they are kept; small in a row, large by a tap.
import { newKey, Problem } from "../api.js";
import { Ask, field } from "../deed.js";
import { again, useRead } from "../store.js";
import { style } from "../styles.js";
import { Complaint, Dialog, html, say, Shown, useEffect, useRef, useSignal } from "../ui.js";
import { moment, t } from "../words.js";

const MOST_BYTES = 12 * 1024 * 1024;
/** A phone that is asked for these hands over a JPEG, whatever it keeps itself. */
const KINDS = "image/jpeg,image/png,image/webp";
const PATIENCE_MS = 300_000;

/** @param {{mission: string}} props */
export function Photos({ mission }) {
  const photos = useRead("photos", { mission });
  const sending = useSignal(false);
  const large = useSignal("");
  const styled = useSignal(false);
  useEffect(() => { style("photos.css").then(() => { styled.value = true; }); }, []);
  const shown = (photos.value || []).find((/** @type {any} */ one) => one.photo === large.value);
  return html`<section class="part" aria-label=${t("Photos")}><div class="head"><h2>${t("Photos")}</h2><button type="button" onClick=${() => { sending.value = true; }}>${t("Add a photo")}</button></div>
    <${Shown} of=${photos} empty=${t("No photos yet. Of a clue, of a report on paper, of a place.")}>${(/** @type {any[]} */ rows) => (styled.value ? html`<ul class="photos">${rows.map((one) => html`<${Small} key=${one.photo} mission=${mission} one=${one} pick=${() => { large.value = one.photo; }} />`)}</ul>` : html`<p class="loading">${t("On its way…")}</p>`)}<//>
    ${sending.value ? html`<${Dialog} title=${t("Add a photo")} onClose=${() => { sending.value = false; }}><${Sending} mission=${mission} done=${() => { sending.value = false; again("photos", { mission }); }} /><//>` : null}
    ${shown ? html`<${Dialog} title=${shown.words} kind="wide" onClose=${() => { large.value = ""; }}><${Large} mission=${mission} one=${shown} /><//>` : null}</section>`;
}

/** @param {string} mission @param {any} one */
const address = (mission, one) => `/api/missions/${mission}/photos/${one.photo}.jpg`;

/** @param {{mission: string, one: any, pick: () => void}} props */
const Small = ({ mission, one, pick }) => html`<li><button type="button" class="photo" aria-label=${t("Enlarge: {words}", { words: one.words })} onClick=${pick}>
  <img src=${address(mission, one)} alt=${one.words} width=${one.width} height=${one.height} loading="lazy" decoding="async" /></button>
  <span dir="auto">${one.words}</span><small class="aside">${one.about_words ? html`<span>${one.about_words}, </span>` : null}<bdi>${one.by_name}</bdi>, <time>${moment(one.at)}</time></small></li>`;

/** @param {{mission: string, one: any}} props */
const Large = ({ mission, one }) => html`<img class="large" src=${address(mission, one)} alt=${one.words} width=${one.width} height=${one.height} />
  <p class="aside">${one.about_words ? html`<span>${one.about_words}, </span>` : null}<bdi>${one.by_name}</bdi>, <time>${moment(one.at)}</time>, <bdi>${one.name}</bdi></p>
  <p class="acts"><${Ask} words=${t("Withdraw")} title=${t("Withdraw this photo")} kind="danger" intent="WithdrawPhoto" preset=${{ mission, photo: one.photo }} said=${t("Withdrawn; it stays in the record.")} fields=${[field("reason", "text", t("Why"), { required: true, hint: t("it shows somebody's face") })]}>
    <p>${t("Nobody is shown it any more, and it stays in the record. It is not brought back: was it a slip, send the photo again.")}</p><//></p>`;

/** @param {{mission: string, done: () => void}} props */
function Sending({ mission, done }) {
  const clues = (useRead("clues", { mission }).value || []).filter((/** @type {any} */ one) => !one.withdrawn);
  const file = useSignal(/** @type {File|null} */ (null));
  const sent = useSignal(/** @type {number|null} */ (null));
  const problem = useSignal(/** @type {any} */ (null));
  const key = useRef(newKey());
  const choose = (/** @type {Event} */ event) => {
    const chosen = /** @type {HTMLInputElement} */ (event.currentTarget).files?.[0];
    if (!chosen) return;
    key.current = newKey();
    file.value = chosen;
    problem.value = chosen.size > MOST_BYTES ? tooLarge() : null;
  };
  const send = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    if (sent.value !== null) return;
    const said = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    try {
      if (!file.value) throw new Problem({ status: 400, text: t("There is no photo yet."), do: t("Take one, or choose a file.") });
      if (file.value.size > MOST_BYTES) throw tooLarge();
      sent.value = 0;
      const told = { "photo-words": String(said.get("words")).trim(), "photo-about": String(said.get("about") ?? "") };
      await sendPhoto(mission, file.value, told, key.current, (share) => { sent.value = share; });
      say(t("The photo is kept; where and when it was taken was left out."));
      done();
    } catch (error) {
      problem.value = error;
    } finally {
      sent.value = null;
    }
  };
  const camera = matchMedia("(pointer: coarse)").matches;
  return html`<form class="deed" onSubmit=${send}>
    <p>${t("Only the picture is kept. Place, time and device, which phones write into a photo, are taken out.")}</p>
    ${camera ? html`<label>${t("Take a photo")}<input type="file" accept=${KINDS} capture="environment" onChange=${choose} /></label>` : null}
    <label>${camera ? t("Or choose a file") : t("Choose a file")}<input type="file" accept=${KINDS} onChange=${choose} /></label>
    ${camera && file.value ? html`<p class="aside"><bdi>${file.value.name}</bdi></p>` : null}
    <label>${t("What it shows")}<input name="words" required maxlength="500" dir="auto" placeholder=${t("boot print beside the stream")} /></label>
    ${clues.length ? html`<label>${t("Of which clue")}<select name="about"><option value="">${t("of none")}</option>${clues.map((/** @type {any} */ one) => html`<option value=${one.clue}>${one.label}: ${one.words}</option>`)}</select></label>` : null}
    ${sent.value !== null ? html`<p role="status">${sent.value < 1 ? t("Sending… {percent} %", { percent: Math.floor(sent.value * 100) }) : t("It is being cleaned…")} <progress class="wide" max="1" value=${sent.value} aria-label=${t("Sending")}></progress></p>` : null}
    <${Complaint} problem=${problem.value} /><button class="main" disabled=${sent.value !== null}>${sent.value !== null ? t("Sending…") : t("Keep the photo")}</button></form>`;
}

const tooLarge = () => new Problem({ status: 413, text: t("This photo has more than 12 MB."), do: t("Take it at a smaller size, or cut it, and choose it again.") });

/**
 * Sends a photo's bytes and tells how much of it has gone: `fetch` would not say so.
 * @param {string} mission @param {File} file @param {Record<string, string>} told @param {string} key @param {(share: number) => void} hear @returns {Promise<any>}
 */
function sendPhoto(mission, file, told, key, hear) {
  return new Promise((resolve, reject) => {
    const asked = new XMLHttpRequest();
    const noLink = () => reject(new Problem({ status: 0, code: "no link", text: t("No link to Wayhome."), do: t("The photo is still here: send it again when there is a link.") }));
    asked.open("POST", `/api/missions/${mission}/photos`);
    asked.timeout = PATIENCE_MS;
    asked.upload.onprogress = (event) => { if (event.lengthComputable) hear(event.loaded / event.total); };
    asked.onerror = asked.ontimeout = asked.onabort = noLink;
    asked.onload = () => {
      if (asked.status === 401) location.assign("/login");
      if (asked.status < 300) resolve(JSON.parse(asked.responseText));
      else reject(problemOf(asked));
    };
    asked.setRequestHeader("content-type", file.type || "application/octet-stream");
    asked.setRequestHeader("idempotency-key", key);
    asked.setRequestHeader("photo-name", encodeURIComponent(file.name));
    for (const [name, words] of Object.entries(told)) if (words) asked.setRequestHeader(name, encodeURIComponent(words));
    asked.send(file);
  });
}

/** @param {XMLHttpRequest} answer */
function problemOf(answer) {
  try {
    return new Problem({ status: answer.status, ...JSON.parse(answer.responseText).error });
  } catch {
    return new Problem({ status: answer.status, text: t("The server answered with an error ({status}).", { status: answer.status }) });
  }
}
