/** Sending what one wrote: once, with its idempotency key, and never losing it. */
import { find } from "./dom.js";
import { Problem, request, tell, within } from "./http.js";
import { newKey } from "./drafts.js";
import { clearToasts, toast } from "./toast.js";
import { keep } from "./unsent.js";
import { word } from "./words.js";

/** Errors are seldom: what shows them comes when there is one. */
const errors = () => import("./errors.js");

async function clearErrors(form) {
  if (find(".field-error", form)) await errors().then((module) => module.clearErrors(form), () => {});
}

/**
 * POST the form. Answers {status, url} with what the server made of it (`html`, or the members of its JSON), or null
 * when it was not accepted: the reader has been told, and the text stands where it was. The key stays the same until the
 * server has taken or refused the text, so that a retry is the same post and a corrected text another one. `refused` may
 * take over what the server said no to. With `later`, which says what the text is for the list of what is unsent, a text
 * that nobody answered for, in a quarter of a minute, waits on this device, and {waiting: true} is answered; with `wait` it does so without a try.
 */
export async function deliver(form, { refused = () => false, later, wait = false } = {}) {
  if (form.dataset.sending) return null;
  form.dataset.sending = "yes";
  const button = find("[data-send]", form);
  const key = form.elements.idempotency_key;
  if (key) key.value ||= newKey();
  button.setAttribute("aria-busy", "true");
  try {
    if (later && (wait || !navigator.onLine) && (await waits(form, later, 0))) return { waiting: true };
    const response = await request(form.getAttribute("action"), {
      method: "POST",
      body: new FormData(form),
      accept: "application/json, text/html;q=0.9",
      headers: { "HX-Request": "true" },
      signal: later && within(),
    });
    const isJson = (response.headers.get("Content-Type") ?? "").includes("json");
    const answer = { url: response.url, status: response.status };
    if (isJson) Object.assign(answer, await response.json());
    else answer.html = await response.text();
    if (key) key.value = "";
    clearToasts();
    await clearErrors(form);
    return answer;
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    if (problem.final && problem.status !== 401) {
      if (key) key.value = "";
      if (refused(problem)) return null;
      const wrong = problem.errors.length ? problem.errors : [{ field: "", message: problem.message }];
      await errors().then((module) => module.showErrors(form, wrong), () => tell(problem));
    } else if (later && problem.unanswered && (await waits(form, later, 1))) {
      return { waiting: true };
    } else {
      tell(problem);
    }
    return null;
  } finally {
    delete form.dataset.sending;
    button.removeAttribute("aria-busy");
  }
}

const OWN_FIELDS = ["csrf_token", "idempotency_key", "files"];

/** Keep the text until it can be sent; whether it could be kept. */
async function waits(form, later, attempts) {
  const key = form.elements.idempotency_key;
  const fields = [...new FormData(form)].filter(([name]) => !OWN_FIELDS.includes(name) && !name.startsWith("alt-"));
  const body = form.elements.body.value.trim();
  const mine = key?.value || newKey();
  const act = { id: mine, key: mine, url: form.getAttribute("action"), fields, body, attempts, page: location.pathname, ...later() };
  if ((!body && !act.files.length) || !(await keep(act))) return false;
  if (key) key.value = "";
  await clearErrors(form);
  toast(word("unsentKept"));
  return true;
}
