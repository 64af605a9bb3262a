/**
 * What this person did without a connection, kept in this browser until the server has it: texts with their photos, and
 * likes. Everything is kept under its owner, for tablets are shared.
 *
 * An act: {id, key, kind, url, fields, files, ...} with, made here, {owner, at, attempts, state, message, retryAt}.
 * `key` is its idempotency key; `id` is the key, or for a like what is liked, so that a later one takes its place.
 * `state` is "waiting" or "refused"; `attempts` counts sends that may have arrived.
 */
import "../../vendor/idb/idb.min.js";

const { openDB } = window.idb;
const DAY = 86_400_000;
/** The server knows a key for 30 days. What may have arrived is sent by itself only while that is certain. */
const SURE_FOR = 25 * DAY;
/** What nobody came back for. */
const KEPT_FOR = 60 * DAY;

export const owner = () => document.body.dataset.me ?? "";

const database = openDB("unsent", 1, {
  upgrade: (made) => made.createObjectStore("acts", { keyPath: ["owner", "id"] }).createIndex("owner", "owner"),
});
// Asked for by whoever uses it; a browser that keeps nothing says so there.
database.catch(() => {});
const channel = "BroadcastChannel" in window ? new BroadcastChannel("unsent") : null;
const listeners = new Set();

/** Hear of every change, here and in other tabs: {type, act?, answer?, message?}. */
export function listen(hear) {
  listeners.add(hear);
}
channel?.addEventListener("message", ({ data }) => data.owner === owner() && listeners.forEach((hear) => hear(data)));

/** Tell of a change, without the photos. */
export function tell(type, { act, ...rest } = {}) {
  const { files, ...light } = act ?? {};
  const news = { type, owner: owner(), act: act && light, ...rest };
  listeners.forEach((hear) => hear(news));
  channel?.postMessage(news);
}

/** Everything of this person's, oldest first. */
export async function all() {
  const acts = await (await database).getAllFromIndex("acts", "owner", owner());
  return acts.sort((one, other) => one.at - other.at);
}

/** How much waits on this device, whosever it is. */
export const countHere = async () => (await database).count("acts");

export const isSure = (act) => act.attempts === 0 || act.kind === "like" || Date.now() - act.at < SURE_FOR;

export async function put(act) {
  const { attempts = 0, files = [] } = act;
  const made = { ...act, files, attempts, owner: owner(), at: Date.now(), state: "waiting", message: "", retryAt: 0 };
  await (await database).put("acts", made);
  tell("kept", { act: made });
}

/** Change an act, unless something later has taken its place; whether it did. */
export async function update(act, changes) {
  const change = (await database).transaction("acts", "readwrite");
  const now = await change.store.get([act.owner, act.id]);
  const same = now?.key === act.key;
  if (same) await change.store.put({ ...now, ...changes });
  await change.done;
  return same;
}

/** Remove an act, unless something later has taken its place; whether it did. */
export async function remove(act) {
  const change = (await database).transaction("acts", "readwrite");
  const now = await change.store.get([act.owner, act.id]);
  const same = now?.key === act.key;
  if (same) await change.store.delete([act.owner, act.id]);
  await change.done;
  return same;
}

/** Keep nothing of this person's. */
export async function clear() {
  const change = (await database).transaction("acts", "readwrite");
  for (const key of await change.store.index("owner").getAllKeys(owner())) change.store.delete(key);
  await change.done;
  tell("cleared");
}

/** Keep nothing that anybody left here long ago. */
export async function forgetOld() {
  const change = (await database).transaction("acts", "readwrite");
  for (const act of await change.store.getAll()) {
    if (Date.now() - act.at > KEPT_FOR) change.store.delete([act.owner, act.id]);
  }
  await change.done;
}
