/** Kept pages: what the server lets us keep, for a week since it last knew the reader, and not a day longer. */
const WEEK = 7 * 86_400_000;
const MOST_READ = 40;
/** Of these the page says what one writes there, or where one came from; the page is the same. */
const SAME_PAGE = new Set(["write", "kind", "text", "shared"]);

async function keptPages() {
  const { reader, keeps } = await recall();
  return keeps ? caches.open(KEPT + reader) : null;
}

/** The kept page for an address, or null. */
async function keptPage(url) {
  const { seenAt } = await recall();
  if (seenAt && Date.now() - seenAt > WEEK) await forget();
  const { pathname, searchParams } = new URL(url);
  if ([...searchParams.keys()].some((name) => !SAME_PAGE.has(name))) return null;
  const page = await (await keptPages())?.match(pathname);
  if (!page) return null;
  if (Date.now() - keptAt(page) < WEEK) return page;
  await drop(pathname);
  return null;
}

const keptAt = (page) => Number(page.headers.get("Kept-At"));
const itemsOf = (page) => page.headers.get("Kept-Items").split(",").filter(Boolean);

const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', "#34": '"', "#39": "'" };
const plainText = (html) => html.replace(/&(#?\w+);/g, (whole, name) => ENTITIES[name] ?? whole);

/** Keep a page with what a list of kept pages says of it, and the publications that stand on it; of the epoch in which it was heard. */
async function keep(pathname, response, { heard, kind, version = "" }) {
  const html = await response.text();
  const cache = await keptPages();
  const before = await cache?.match(pathname);
  if (!cache || heard !== epoch) return;
  const headers = new Headers(response.headers);
  for (const name of ["Content-Encoding", "Content-Length", "Set-Cookie"]) headers.delete(name);
  const title = plainText(html.match(/<title>([^<]*)<\/title>/)?.[1] ?? "");
  headers.set("Kept-At", Date.now());
  headers.set("Kept-Title", encodeURIComponent(title.includes(" · ") ? title.slice(0, title.lastIndexOf(" · ")) : title));
  headers.set("Kept-Kind", kind ?? before?.headers.get("Kept-Kind") ?? (pathname === "/" ? "feed" : "read"));
  headers.set("Kept-Version", version);
  headers.set("Kept-Items", [...new Set([...html.matchAll(/ id="?i-([\w-]+)/g)].map((found) => found[1]))].join());
  await cache.put(pathname, new Response(html, { headers }));
  // Everything may have been forgotten while it was written.
  if (heard !== epoch) await cache.delete(pathname);
  else await trim(cache);
}

/** Of the pages that one has come by, the last ones. */
async function trim(cache) {
  const read = [];
  for (const request of await cache.keys()) {
    const page = await cache.match(request);
    if (page?.headers.get("Kept-Kind") === "read") read.push([keptAt(page), request]);
  }
  read.sort(([one], [other]) => other - one);
  for (const [, request] of read.slice(MOST_READ)) await cache.delete(request);
}

/** Drop a page and the pictures that stand on it. */
async function drop(pathname) {
  const { reader } = await recall();
  const cache = await keptPages();
  const page = await cache?.match(pathname);
  if (!page) return;
  const shown = new Set([...(await page.text()).matchAll(/\/files\/[\w-]+\//g)].map((found) => found[0]));
  await cache.delete(pathname);
  const pictures = await caches.open(PICTURES + reader);
  for (const request of await pictures.keys()) {
    if ([...shown].some((part) => request.url.includes(part))) await pictures.delete(request);
  }
}

const READ_EVERY = 3_600_000;
const FRESH = 86_400_000;
let reading = null;

/** Keep ahead what the server says is worth it, and drop what the reader may not see any more. Once an hour at most. */
function readAhead() {
  return (reading ??= ahead().catch(() => {}).finally(() => (reading = null)));
}

async function ahead() {
  const { keeps, readAt } = await recall();
  if (keeps === false || Date.now() - readAt < READ_EVERY) return;
  const there = await everyKept();
  const named = [...new Set(there.flatMap(([, page]) => itemsOf(page)))];
  const asked = epoch;
  const answer = await fetch(`/offline/reading?kept=${named.join()}`, { headers: { Accept: "application/json" } });
  const heard = await meet(answer.headers, asked);
  if (answer.status === 401 && heard !== null) return forget();
  if (heard === null || !answer.ok || !(await recall()).keeps) return;
  await remember({ readAt: Date.now() });
  const { pages, gone } = await answer.json();
  const wanted = new Set(pages.map((page) => page.url));
  for (const [pathname, page] of there) {
    if (heard !== epoch) return;
    const chosen = ["must", "known"].includes(page.headers.get("Kept-Kind"));
    if (gone.some((id) => itemsOf(page).includes(id)) || (chosen && !wanted.has(pathname))) await drop(pathname);
  }
  for (const page of pages) {
    if (heard !== epoch) return;
    await fetchAhead(page);
  }
  for (const client of await clients.matchAll()) client.postMessage("kept");
}

async function everyKept() {
  const cache = await keptPages();
  const requests = (await cache?.keys()) ?? [];
  return Promise.all(requests.map(async (request) => [new URL(request.url).pathname, await cache.match(request)]));
}

async function fetchAhead({ url, kind, version }) {
  const before = await (await keptPages())?.match(url);
  const same = before && version && before.headers.get("Kept-Version") === String(version);
  if (same && Date.now() - keptAt(before) < FRESH) return;
  const asked = epoch;
  const response = await fetch(url, { headers: { Accept: "text/html", "X-Ahead": "1" } });
  const heard = await meet(response.headers, asked);
  if (heard === null) return;
  if (response.headers.has("X-Keep")) await keep(url, response, { heard, kind, version });
  else await drop(url);
}
