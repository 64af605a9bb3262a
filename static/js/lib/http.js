/** Requests to our own server: CSRF token, problem+json, and what to do when one has been signed out. */
import { toast } from "./toast.js";
import { forgetKept } from "./worker.js";
import { word } from "./words.js";

export class Problem extends Error {
  constructor(status, body = {}) {
    super(body.detail || body.title || "");
    this.status = status;
    this.field = body.field ?? null;
    this.errors = body.errors ?? [];
    /** Seconds the server asked to wait. */
    this.retryAfter = Number(body.retryAfter) || 0;
  }
  /** Nobody answered: no connection, or only something in front of the server. What was asked may have been done. */
  get unanswered() {
    return this.status === 0 || (this.status >= 502 && this.status <= 504);
  }
  /** The server said no for good; otherwise the network failed and the same request may be sent again. */
  get final() {
    return this.status >= 400 && this.status < 500 && this.status !== 408 && this.status !== 429;
  }
}

/** How long an act may hang on a line that is there and carries nothing; then nobody has answered. */
const PATIENCE = 15_000;
export const within = (milliseconds = PATIENCE) => AbortSignal.timeout?.(milliseconds);

export const csrf = () => document.querySelector("meta[name=csrf-token]")?.content ?? "";

/**
 * Whether the page's person is still the one who is signed in; then the page, which may be old, has a fresh token for all its
 * forms. Throws a Problem when nobody is, or nobody answers.
 */
export async function renew(options) {
  const { person, token } = await (await request("/session", options)).json();
  if (person !== document.body.dataset.me) return false;
  document.querySelector("meta[name=csrf-token]").content = token;
  document.querySelectorAll("input[name=csrf_token]").forEach((field) => (field.value = token));
  return true;
}

/** fetch() that answers the Response or throws a Problem (status 0: no connection). What an old page sends is sent anew. */
export async function request(url, options = {}) {
  const response = await ask(url, options);
  if (response.ok) return response;
  const problem = await problemOf(response);
  const isOld = response.status === 400 && options.method === "POST";
  if (!isOld || !(await renew().catch(() => false))) throw problem;
  if (options.body instanceof FormData && options.body.has("csrf_token")) options.body.set("csrf_token", csrf());
  const again = await ask(url, options);
  if (!again.ok) throw await problemOf(again);
  return again;
}

async function ask(url, { method = "GET", body, json, accept = "application/json", headers = {}, ...rest }) {
  const init = { method, headers: { Accept: accept, ...headers }, credentials: "same-origin", ...rest };
  if (method !== "GET") init.headers["X-CSRFToken"] = csrf();
  if (json !== undefined) {
    init.headers["Content-Type"] = "application/json";
    init.body = JSON.stringify(json);
  } else if (body) {
    init.body = body;
  }
  try {
    return await fetch(url, init);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem(0);
  }
}

async function problemOf(response) {
  if (response.status === 401) forgetKept();
  const isJson = (response.headers.get("Content-Type") ?? "").includes("json");
  const said = isJson ? await response.json().catch(() => ({})) : { detail: messageOf(response.headers.get("X-Message")) };
  return new Problem(response.status, { ...said, retryAfter: response.headers.get("Retry-After") });
}

/** The sentence that a failed fragment carries in a header; headers are Latin-1, the sentence is UTF-8. */
export function messageOf(header) {
  return header ? new TextDecoder().decode(Uint8Array.from(header, (letter) => letter.charCodeAt(0))) : "";
}

/** A small act, such as a like: it arrives even when its reader goes to another page at once. */
export function act(url, values, key) {
  const headers = key ? { "Idempotency-Key": key } : {};
  return request(url, { method: "POST", body: new URLSearchParams(values), headers, keepalive: true, signal: within() });
}

/** A fragment of HTML from the server, as htmx would ask for it. */
export async function fragment(url, options = {}) {
  const response = await request(url, { accept: "text/html", headers: { "HX-Request": "true" }, ...options });
  return response.text();
}

/** Say what went wrong in the reader's words; a lost session offers the way back in. */
export function tell(problem) {
  if (problem.status === 401) {
    const back = encodeURIComponent(location.pathname + location.search);
    toast(word("signedOut"), { label: word("signIn"), href: `/sign-in?next=${back}`, keep: true });
  } else if (problem.status === 0) {
    toast(word("offline"));
  } else {
    toast((problem.status < 500 && problem.message) || word("failed"));
  }
}
