/**
 * What one is writing, kept at every pause: in this browser at once, and on the server a little later.
 * Kept per person, because tablets are shared; signing out forgets all of it here.
 */
import { request } from "./http.js";

const PREFIX = "draft:";
const SERVER_PAUSE = 2000;
const FIELDS = ["title", "body", "kind", "place", "version", "topics", "review"];
const owner = () => document.body.dataset.me ?? "";
const place = (key) => `${PREFIX}${owner()}:${key}`;

/**
 * A draft: {title, body, kind, place, version, topics, review, files}. Here it is kept with "kept" when the server has had it as it is.
 */
export function draftStore(key) {
  let timer;
  const stored = () => {
    try {
      return JSON.parse(localStorage.getItem(place(key)) ?? "null");
    } catch {
      return null;
    }
  };
  const here = () => (stored()?.gone ? null : stored());
  const keep = (draft) => {
    try {
      localStorage.setItem(place(key), JSON.stringify(draft));
    } catch {
      // A full or forbidden store leaves the server's copy.
    }
  };
  const address = `/drafts/${encodeURIComponent(key)}`;

  /** The server's copy, null when it has none. Throws when it can't be asked. */
  async function there() {
    const draft = await (await request(address)).json();
    return isEmpty(draft) ? null : draft;
  }

  /** Give the server the draft after a pause in typing; `onServer` hears whether it was too long for it. */
  function send(draft, onServer = () => {}) {
    const sent = () => {
      if (same(here(), draft)) keep({ ...draft, kept: true });
      onServer(false);
    };
    clearTimeout(timer);
    timer = setTimeout(() => request(address, { method: "PUT", json: draft }).then(sent, (problem) => [413, 422].includes(problem.status) && onServer(true)), SERVER_PAUSE);
  }

  /** Have the server forget it, too; until it has, it is remembered here that there is none. */
  async function drop() {
    await request(address, { method: "DELETE", keepalive: true });
    if (stored()?.gone) localStorage.removeItem(place(key));
  }

  return {
    /** What is kept here, whatever has become of it elsewhere. */
    load: here,
    /**
     * Show what was typed: the copy kept here at once, and then what the server knows better, for the draft may have been
     * sent or gone on with on another device: `show` gets that draft, or null when there is nothing any more. A text that
     * the server has not had yet is sent to it. With `ask` the server is asked even when nothing is kept here.
     */
    async recall(show, { ask = true } = {}) {
      if (stored()?.gone) return drop().catch(() => {});
      const known = here();
      if (known) show(known);
      if (known && !known.kept) send(known);
      if (known ? !known.kept : !ask) return;
      const newer = await there().catch(() => known);
      if (same(newer, known) || !same(here(), known)) return;
      if (newer) keep({ ...newer, kept: true });
      else localStorage.removeItem(place(key));
      show(newer);
    },
    save(draft, onServer) {
      keep(draft);
      send(draft, onServer);
    },
    /** Forget it; resolves when the server has too, or can't be asked. */
    async clear() {
      clearTimeout(timer);
      if (!here()) return;
      keep({ gone: true });
      await drop().catch(() => {});
    },
  };
}

const isEmpty = (draft) => !draft?.body && !draft?.title && !draft?.files?.length;

/** Whether two drafts say the same; a missing field says nothing, as an empty one. */
function same(one, other) {
  const said = (draft) => JSON.stringify(FIELDS.map((name) => draft?.[name] || "").concat((draft?.files ?? []).map((file) => file.id + (file.alt ?? ""))));
  return said(one) === said(other);
}

/** Forget every draft kept in this browser, whoever wrote it. */
export function forgetAll() {
  for (const name of Object.keys(localStorage)) if (name.startsWith(PREFIX)) localStorage.removeItem(name);
}

/** A key that makes a repeated send of the same thing harmless. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
