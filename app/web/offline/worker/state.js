/** What the worker remembers between its lives: whose pages it keeps, and when it last heard of them. */
const STATE = "state";
const STATE_AT = "/-/state";
const KEPT = "kept-";
const PICTURES = "pictures-";
const SHELL = `shell-${KNOWS.release}`;
const NOBODY = "nobody";

let known = null;
/** Raised whenever everything is forgotten: what was under way before is not kept any more. */
let epoch = 0;

/** {reader, keeps, zone, lang, release, seenAt, readAt}; empty in the beginning. */
async function recall() {
  known ??= await caches
    .open(STATE)
    .then((cache) => cache.match(STATE_AT))
    .then((response) => response?.json())
    .catch(() => null);
  return (known ??= {});
}

async function remember(changes) {
  Object.assign(await recall(), changes);
  const cache = await caches.open(STATE);
  await cache.put(STATE_AT, new Response(JSON.stringify(known)));
}

/** Drop everything that is anybody's. */
async function forget() {
  epoch += 1;
  known = {};
  for (const name of await caches.keys()) {
    if (name === STATE || name.startsWith(KEPT) || name.startsWith(PICTURES)) await caches.delete(name);
  }
}

const SEEN_EVERY = 10 * 60_000;

/** What is learnt is learnt in turn: whose pages they are changes between two answers, never within one. */
let learning = Promise.resolve();

/**
 * Learn from an answer's headers whose page it is. Another reader, or none, finds nothing of the last one's. `asked` is
 * the epoch in which the question was put: what was asked for somebody of whom everything was forgotten meanwhile teaches
 * nothing. Promises the epoch to keep the answer in, or null.
 */
function meet(headers, asked) {
  const learnt = learning.then(() => (asked === epoch ? learn(headers) : null));
  learning = learnt.catch(() => {});
  return learnt;
}

async function learn(headers) {
  const reader = headers.get("X-Reader");
  if (reader === null) return epoch;
  const before = await recall();
  const keeps = headers.has("X-Device");
  if ((before.reader && reader !== before.reader) || (before.keeps && !keeps)) {
    await forget();
    // What was shared before one signed in is still to be had; what another person shared is not.
    if (before.reader !== NOBODY && reader !== NOBODY && before.reader !== reader) await caches.delete(SHARED);
  }
  const heard = epoch;
  const now = { reader, keeps, zone: headers.get("X-Device"), lang: headers.get("Content-Language"), release: headers.get("X-Release") };
  const state = await recall();
  const changed = Object.entries(now).some(([name, value]) => state[name] !== value);
  if (changed || !(Date.now() - state.seenAt < SEEN_EVERY)) await remember({ ...now, seenAt: Date.now() });
  if (now.release !== KNOWS.release) registration.update().catch(() => {});
  return heard;
}
