/**
 * What one is writing, kept at every pause: in this browser at once, and on the server a little later.
 * Kept per person, because tablets are shared; signing out forgets all of it here.
 */
import { request } from "./http.js";

const PREFIX = "draft:";
const SERVER_PAUSE = 2000;
const owner = () => document.body.dataset.me ?? "";
const place = (key) => `${PREFIX}${owner()}:${key}`;

/** A draft: {title, body, kind, place, files}. */
export function draftStore(key) {
  let timer;
  return {
    load() {
      try {
        return JSON.parse(localStorage.getItem(place(key)) ?? "null");
      } catch {
        return null;
      }
    },
    /** The server's copy, for when one changed the device; null when there is none. */
    async loadRemote() {
      try {
        const response = await request(`/drafts/${encodeURIComponent(key)}`);
        return response.status === 204 ? null : await response.json();
      } catch {
        return null;
      }
    },
    save(draft, onServer = () => {}) {
      try {
        localStorage.setItem(place(key), JSON.stringify(draft));
      } catch {
        // A full or forbidden store leaves the server's copy.
      }
      clearTimeout(timer);
      timer = setTimeout(() => {
        request(`/drafts/${encodeURIComponent(key)}`, { method: "PUT", json: draft }).then(onServer, () => {});
      }, SERVER_PAUSE);
    },
    clear() {
      clearTimeout(timer);
      const known = localStorage.getItem(place(key));
      localStorage.removeItem(place(key));
      if (known) request(`/drafts/${encodeURIComponent(key)}`, { method: "DELETE" }).catch(() => {});
    },
  };
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
