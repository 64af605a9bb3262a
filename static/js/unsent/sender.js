/** Sends what waits: in order, one tab at a time, with a fresh token, each act with the key it was made with. */
import { Problem, renew, request, within } from "../lib/http.js";
import { all, isSure, owner, remove, tell, update } from "./store.js";

const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 10 * 60_000;
const PATIENCE = 60_000;
const PATIENCE_FOR_FILES = 5 * 60_000;
/** An error of the server's may pass; one that does not must not hold up what comes after. */
const MOST_ERRORS = 5;

let running = Promise.resolve();
let timer;
let current = null;
let held = "";
/** How often in a row nobody answered. */
let silences = 0;

/** The act that is on its way now. */
export const sending = () => current;
/** Why nothing is sent at all: "sign-in", or "". */
export const hindrance = () => held;

class Stop extends Error {}

/** Twice as long each time, and not all phones at once. */
const pauseAfter = (tries) => Math.min(FIRST_PAUSE * 2 ** Math.min(tries, 12), LONGEST_PAUSE) * (0.75 + Math.random() / 2);

/**
 * Send what is due; with `now` also what was to wait for its next try, or `only` one act, whatever was said of it.
 * Resolves when there is nothing more to do for the moment.
 */
export function flush({ now = false, only = null } = {}) {
  clearTimeout(timer);
  const mine = running.catch(() => {}).then(() => alone(now, only));
  running = mine;
  return mine;
}

/** Tabs take turns; without locks (plain http) the keys alone make a send by two of them harmless. */
async function alone(now, only) {
  try {
    if (!navigator.locks) await sendAll(now, only);
    else await navigator.locks.request(`unsent:${owner()}`, { ifAvailable: true }, (lock) => lock && sendAll(now, only));
  } catch (problem) {
    if (!(problem instanceof Stop)) throw problem;
  } finally {
    current = null;
    await schedule();
    tell("settled");
  }
}

async function schedule() {
  clearTimeout(timer);
  const due = (await all()).filter((act) => act.state === "waiting" && isSure(act));
  if (!due.length || !navigator.onLine || held) return;
  const pause = Math.max(pauseAfter(silences), due[0].retryAt - Date.now());
  timer = setTimeout(() => flush().catch(() => {}), pause);
}

async function sendAll(now, only) {
  const done = new Set();
  let known = false;
  for (;;) {
    const acts = (await all()).filter((act) => !done.has(act.key) && (only ? act.id === only : act.state === "waiting" && isSure(act)));
    const [act] = acts;
    if (!act || (!only && act.retryAt > Date.now() && !(now && !act.strict))) return;
    done.add(act.key);
    if (!known) await makeSure();
    known = true;
    current = act;
    const attempts = act.attempts + 1;
    await update(act, { attempts, state: "waiting", message: "" });
    tell("sending", { act });
    try {
      const answer = await send(act);
      if (await remove(act)) tell("sent", { act, answer });
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      await failed({ ...act, attempts }, problem);
    }
    current = null;
  }
}

/** Make sure whose session it is by now, and have a token for it. Nothing is sent in anybody else's. */
async function makeSure() {
  try {
    held = (await renew({ signal: within(PATIENCE) })) ? "" : "sign-in";
  } catch (problem) {
    held = problem.status === 401 ? "sign-in" : "";
    silences += 1;
    throw new Stop();
  }
  silences = 0;
  if (held) throw new Stop();
}

async function send(act, again = false) {
  const body = new FormData();
  for (const [name, value] of act.fields) body.append(name, value);
  if (act.kind !== "like") body.append("late", "1");
  for (const file of act.files) {
    file.id ??= await sendFile(file);
    await update(act, { files: act.files });
    body.append("files", file.id);
    if (file.alt) body.append(`alt-${file.id}`, file.alt);
  }
  try {
    return await post(act.url, body, act.key, PATIENCE);
  } catch (problem) {
    // Photos that were sent long before their text are no longer there; what is kept here is sent once more.
    const gone = problem.status === 422 && problem.errors?.some((error) => error.field === "files");
    const kept = act.files.filter((file) => file.blob);
    if (!gone || again || !kept.length) throw problem;
    kept.forEach((file) => delete file.id);
    return send(act, true);
  }
}

async function sendFile(file) {
  const body = new FormData();
  body.append("file", file.blob, file.name);
  return (await post("/files", body, file.key, PATIENCE_FOR_FILES)).id;
}

async function post(url, body, key, patience) {
  const headers = { "Idempotency-Key": key };
  const signal = within(patience);
  return (await request(url, { method: "POST", body, headers, signal })).json();
}

/** Try again later, or leave it to its writer. A like that is refused is taken back. */
async function failed(act, problem) {
  const { status } = problem;
  if (status === 401) {
    held = "sign-in";
    throw new Stop();
  }
  // 400: somebody else has signed in a moment ago, as will be seen before the next try.
  if (status === 400 || !problem.final) {
    if (![400, 500, 501].includes(status) || act.attempts < MOST_ERRORS) {
      const retryAt = Date.now() + (problem.retryAfter * 1000 || pauseAfter(act.attempts));
      await update(act, { retryAt, strict: status === 429 });
      throw new Stop();
    }
  }
  const message = problem.message;
  if (act.kind !== "like") await update(act, { state: "refused", message });
  else if (await remove(act)) tell("undone", { act, message });
}
