/** Static files: those of this release from what is kept; pictures of kept pages: the network first. */
const MOST_PICTURES = 120;
const LARGEST_PICTURE = 400_000;
const PICTURE = /^\/(files\/[\w-]+\/(?!full|original)|people\/[^/]+\/photo\/)/;

/** Fill the shelf of this release, a few files at a time, so that the page that one reads comes first. */
async function fetchShell() {
  const cache = await caches.open(SHELL);
  const helps = Object.values(KNOWS.help).flatMap((pages) => Object.values(pages));
  const wanted = [
    ...KNOWS.shell.map((address) => new Request(address, { cache: "no-cache" })),
    ...helps.map((address) => new Request(address, { cache: "no-cache", credentials: "omit" })),
  ];
  while (wanted.length) await cache.addAll(wanted.splice(0, 4));
}

async function dropOldShells() {
  for (const name of await caches.keys()) if (name.startsWith("shell-") && name !== SHELL) await caches.delete(name);
}

const isBrand = (url) => new URL(url).pathname.startsWith("/brand");

async function file(event) {
  const { request } = event;
  const cache = await caches.open(SHELL);
  const kept = await cache.match(request, { ignoreVary: true });
  const { release } = await recall();
  // Pages of a newer release are not served with files of this one.
  const same = !release || release === KNOWS.release;
  if (kept && same && KNOWS.fileFirst) return kept;
  let response;
  try {
    response = await fetch(request, same ? {} : { cache: "no-cache" });
  } catch (problem) {
    if (kept) return kept;
    throw problem;
  }
  // The organisation's logo and colours change without a release, and their address with them.
  if (response.ok && isBrand(request.url)) event.waitUntil(cache.put(request, response.clone()));
  return response;
}

async function picture(event) {
  const { reader, keeps } = await recall();
  if (!keeps) return fetch(event.request);
  const begun = epoch;
  const cache = await caches.open(PICTURES + reader);
  let response;
  try {
    response = await fetch(event.request);
  } catch (problem) {
    const kept = await cache.match(event.request, { ignoreVary: true });
    if (kept) return kept;
    throw problem;
  }
  if (GONE.includes(response.status)) await cache.delete(event.request);
  if (response.status === 200 && Number(response.headers.get("Content-Length")) < LARGEST_PICTURE) {
    const copy = response.clone();
    event.waitUntil(keepPicture(cache, event.request, copy, begun));
  }
  return response;
}

async function keepPicture(cache, request, response, begun) {
  await cache.put(request, response);
  const there = await cache.keys();
  for (const old of there.slice(0, Math.max(0, there.length - MOST_PICTURES))) await cache.delete(old);
  if (begun !== epoch) for (const left of await cache.keys()) await cache.delete(left);
}
