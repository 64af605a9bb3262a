/** Pages: from the network; when it does not answer in time, from what is kept, marked with its age; else a page that helps. */
const PATIENCE = 3000;
/** What a server in front of ours answers when ours is down. */
const DOWN = [502, 503, 504];
const GONE = [401, 403, 404, 410];

async function page(event) {
  const asked = ask(event);
  event.waitUntil(asked.catch(() => {}));
  const kept = await keptPage(event.request.url).catch(() => null);
  try {
    const response = await (kept ? within(PATIENCE, asked) : asked);
    if (!DOWN.includes(response.status)) return response;
    const stands = kept ?? (await keptInstead(event.request.url));
    if (stands) return await marked(stands, "maintenance");
    return response.headers.has("X-Reader") ? response : await help("maintenance");
  } catch (problem) {
    // It may have been forgotten while one waited.
    const still = (await keptPage(event.request.url)) ?? (await keptInstead(event.request.url));
    return still ? marked(still, problem instanceof Slow ? "slow" : "offline") : help((await caches.has(LEAVING)) ? "leaving" : "offline");
  }
}

/** A feed in another order is not kept; the feed as it was read last is better than none. */
function keptInstead(url) {
  const { origin, pathname } = new URL(url);
  return pathname === "/" ? keptPage(origin) : null;
}

class Slow extends Error {}

function within(milliseconds, promise) {
  const late = new Promise((_, reject) => setTimeout(() => reject(new Slow()), milliseconds));
  return Promise.race([promise, late]);
}

/** Ask the network, and learn from the answer. */
async function ask(event) {
  const asked = epoch;
  // What was asked for ahead was asked for in the session that has just ended.
  const left = await finishLeaving();
  const response = (!left && (await event.preloadResponse)) || (await fetch(event.request));
  const heard = await meet(response.headers, asked);
  if (heard === null) return response;
  const { pathname } = new URL(event.request.url);
  if (response.headers.has("X-Keep")) event.waitUntil(keep(pathname, response.clone(), { heard }).catch(() => {}));
  else if (GONE.includes(response.status)) await drop(pathname);
  return response;
}

/** A kept page that says what it is. Its policy and its scripts' nonce are those it came with. */
async function marked(kept, why) {
  const html = await kept.text();
  const lang = html.match(/<html lang="(\w+)"/)?.[1] ?? "en";
  const bar = `<div class="offline offline--kept" data-offline role="status">${notice(kept, lang, why)}`;
  // What a page loads by itself afterwards is no part of what was kept.
  const text = html.replace(/<div class="offline"[^>]*>/, () => bar).replace(/hx-trigger="(load|intersect)[^"]*"/g, 'hx-trigger="never"');
  return new Response(text.replace("<html ", `<html data-kept="${keptAt(kept)}" `), { headers: kept.headers });
}

function notice(kept, lang, why) {
  const words = KNOWS.words[lang] ?? KNOWS.words.en;
  const at = new Date(keptAt(kept));
  const timeZone = kept.headers.get("X-Device") || undefined;
  // The day before the month and hours to 24, as the server writes them.
  const exact = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { day: "numeric", month: "long", hour: "numeric", minute: "2-digit", timeZone }).format(at);
  const age = `<time datetime="${at.toISOString()}">${ago(at, lang)}</time>`;
  const links = `<a href="">${words.again}</a> <a href="/settings/offline">${words.list}</a>`;
  return `<span>${words[why]} · ${words.kept.replace("{moment}", exact)} · ${age}</span><span>${links}</span>`;
}

/** As js/controllers/moments.js says it, which goes on with it. */
function ago(at, lang) {
  const relative = new Intl.RelativeTimeFormat(lang, { numeric: "auto" });
  const seconds = (Date.now() - at) / 1000;
  if (seconds < 45) return relative.format(0, "second");
  const [unit, length] = [["minute", 60], ["hour", 3600], ["day", 86400]].findLast(([, length]) => seconds >= length) ?? ["minute", 60];
  return relative.format(-Math.max(1, Math.round(seconds / length)), unit);
}

/** The page that says what is the matter and what can be read, in the language last spoken here. */
async function help(why) {
  const { lang } = await recall();
  const pages = KNOWS.help[why];
  const address = pages[lang] ?? (navigator.language.startsWith("ru") ? pages.ru : pages.en);
  const page = await (await caches.open(SHELL)).match(address);
  return page ? new Response(page.body, { status: 503, headers: page.headers }) : Response.error();
}
