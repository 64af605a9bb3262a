/**
 * What others do, as it happens. The socket brings hints only ({signal, id, root, version}); every word comes over
 * HTTP, where it is decided what one may see. Nothing that one reads is moved: see holdingStill().
 */
import { announce } from "../lib/announce.js";
import { all, find, focusOn, holdingStill, itemOf, parse, signsOut } from "../lib/dom.js";
import { addComment, refreshCard, refreshComment, removeItem } from "../lib/fresh.js";
import { handsOff } from "../lib/hands.js";
import { Problem, fragment, request } from "../lib/http.js";
import { enrich } from "../lib/thread.js";
import { counted } from "../lib/words.js";

const FEED_SPREAD = 500;
const GATHER = 150;
const PAUSES = [1_000, 4_000, 15_000];
/** After more pages than the server lets one person open in a minute. */
const WATCH_AGAIN = 20_000;

/** Calls of the same key within a moment become one, with the highest version: hints may overtake each other. */
function gathering(act) {
  const waiting = new Map();
  return (key, version) => {
    const earlier = waiting.get(key);
    clearTimeout(earlier?.timer);
    const highest = Math.max(version ?? 0, earlier?.highest ?? 0);
    const timer = setTimeout(() => (waiting.delete(key), act(key, version === undefined ? undefined : highest)), GATHER);
    waiting.set(key, { timer, highest });
  };
}

/** A hint comes once: what it leads to is asked for again when nobody answered, or the server was busy. */
function patient(act) {
  return async (...rest) => {
    for (const pause of [...PAUSES, 0]) {
      try {
        return await act(...rest);
      } catch (problem) {
        if (!pause || !(problem instanceof Problem) || problem.final) return undefined;
      }
      await new Promise((resolve) => setTimeout(resolve, pause * (0.75 + Math.random() / 2)));
    }
    return undefined;
  };
}

const feed = () => document.getElementById("cards");

async function askForNews() {
  const cards = feed();
  const pill = find("[data-new-pill]");
  if (!cards?.dataset.since || !pill) return;
  const parameters = new URLSearchParams({ since: cards.dataset.since, feed: cards.dataset.feed ?? "mine" });
  const response = await request(`/feed/news-count?${parameters}`);
  const { count } = await response.json();
  await handsOff();
  find("[data-new-text]", pill).textContent = counted("new", count);
  if (count > 0) announce("feed", counted("new", count));
  if (pill.hidden === count > 0) holdingStill(() => (pill.hidden = !(count > 0)));
}

/**
 * The counters of the bell and of "Mentions of me" come with the menu of notifications. In quiet hours what came waits
 * for the next page; what was read goes from the counter at any time.
 */
async function refreshBell() {
  const html = await fragment("/notifications/menu");
  const root = parse(html);
  for (const name of ["notifications", "mentions"]) {
    const value = root?.dataset[`unread${name[0].toUpperCase()}${name.slice(1)}`];
    if (value === undefined) continue;
    const counters = all(`[data-unread=${name}]`);
    const grew = Number(value) > Number(counters[0]?.textContent);
    if (grew && "quiet" in root.dataset) continue;
    if (grew && name === "notifications") announce(name, counted("unread", Number(value)));
    counters.forEach((counter) => (counter.textContent = Number(value) > 0 ? value : ""));
  }
}

/** Every box "Your reputation" that was loaded; a level or points that grew show it for a moment. */
async function refreshReputation() {
  const boxes = all(".rep").filter((box) => box.firstElementChild);
  if (!boxes.length) return;
  const html = await fragment("/reputation/widget");
  for (const box of boxes) {
    const before = find("[data-points]", box)?.textContent;
    box.replaceChildren(...[parse(html)].filter(Boolean));
    const points = find("[data-points]", box);
    if (Number(points?.textContent) > Number(before)) points.classList.add("is-grown");
  }
}

/** Where a question stands on its way, below its card. */
async function refreshWay(root) {
  for (const place of all(`[data-routing="${CSS.escape(root)}"]`)) {
    const html = await fragment(`/p/${root}/routing`);
    await handsOff();
    // What the page itself asked for before may come later, and tells less.
    window.htmx?.trigger(place, "htmx:abort");
    holdingStill(() => {
      place.innerHTML = html;
      window.htmx?.process(place);
      // Its moments are told as all others are.
      window.htmx?.trigger(place, "htmx:load");
    });
  }
}

/** Of comments one hears where one reads the thread. */
let came = 0;
async function commentCame(root, id) {
  const placed = await addComment(root, id);
  if (placed && find(`[data-thread="${CSS.escape(root)}"]`)) announce("comments", counted("comments", ++came));
}

function onPill(pill) {
  pill.addEventListener("click", (event) => {
    if (!window.htmx || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    window.htmx
      .ajax("GET", pill.getAttribute("href"), { target: "#cards", select: "#cards", swap: "outerHTML" })
      .then(() => {
        const held = document.activeElement === pill;
        pill.hidden = true;
        scrollTo({ top: 0, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth" });
        enrich(document.body);
        const first = find("#cards .card");
        if (held && first) focusOn(first);
      });
  });
}

export default async function live(body) {
  const pill = find("[data-new-pill]");
  if (pill) onPill(pill);
  const { io } = await import("../../vendor/socket.io-client/socket.io.esm.min.js");
  const socket = io({ transports: ["websocket"], reconnectionDelay: 1000, reconnectionDelayMax: 30_000, randomizationFactor: 0.6 });
  const cardSoon = gathering(patient(refreshCard));
  const missedSoon = gathering(patient((id, version) => refreshCard(id, version, { missed: true })));
  const commentSoon = gathering(patient(refreshComment));
  const bellSoon = gathering(patient(refreshBell));
  const newsSoon = gathering(patient(askForNews));
  const waySoon = gathering(patient(refreshWay));
  const reputationSoon = gathering(patient(refreshReputation));

  let missed = false;
  // Everybody hears of a new publication at the same moment; they do not all ask at the same moment, and pages that
  // nobody looks at ask when somebody does.
  const askSpread = () => {
    missed = document.hidden;
    if (!missed) setTimeout(() => newsSoon("feed"), Math.random() * FEED_SPREAD);
  };
  document.addEventListener("visibilitychange", () => !document.hidden && missed && askSpread());

  // Who signs out here comes to the form for signing in with the answer, which also empties the browser: nothing cuts it off.
  let leaving = false;
  document.addEventListener("submit", (event) => (leaving ||= signsOut(event)));

  const signals = {
    item_changed: ({ root, version }) => cardSoon(root, version),
    comment_added: ({ root, id }) => patient(commentCame)(root, id),
    comment_changed: ({ id }) => commentSoon(id),
    item_gone: ({ id, root }) => patient(removeItem)(id, root),
    routing: ({ root }) => waySoon(root),
    feed: () => askSpread(),
    notification: () => bellSoon("bell"),
    reputation: () => reputationSoon("reputation"),
    session_ended: () => leaving || location.assign(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`),
  };
  socket.on("hint", (hint) => signals[hint.signal]?.(hint));

  // What happened between the page and its first hint, or in a gap, no hint tells any more.
  let arrived = true;
  let watched = "";
  const watch = () => {
    const items = all(".card[data-item]", body).map((card) => itemOf(card));
    const key = JSON.stringify(items);
    if (key === watched || !socket.connected) return;
    watched = key;
    socket.emit("watch", { items }, (versions) => {
      if (!versions) {
        watched = "";
        setTimeout(watch, WATCH_AGAIN);
        return;
      }
      body.dataset.live = "on";
      if (arrived) for (const place of all("[data-routing]", body)) waySoon(place.dataset.routing);
      arrived = false;
      for (const [id, version] of Object.entries(versions)) missedSoon(id, version);
    });
  };
  // The counters and the feed are as old as the page; only what differs is asked for.
  const compare = () => {
    socket.emit("unread", null, (counts) => {
      const shown = (name) => Number(find(`[data-unread=${name}]`)?.textContent);
      if (Object.entries(counts ?? {}).some(([name, count]) => count !== shown(name))) bellSoon("bell");
    });
    const { feed: scope, since } = feed()?.dataset ?? {};
    if (since && pill) socket.emit("news", { feed: scope, since }, (count) => (count || !pill.hidden) && newsSoon("feed"));
  };
  let connectedBefore = false;
  socket.on("disconnect", () => delete body.dataset.live);
  const lookAround = () => {
    watched = "";
    arrived = true;
    watch();
    compare();
    if (connectedBefore) reputationSoon("reputation");
    connectedBefore = true;
  };
  socket.on("connect", lookAround);
  // A page with an open socket is not kept for the way back; the socket goes with the reader, and comes with them.
  addEventListener("pagehide", () => socket.disconnect());
  addEventListener("pageshow", ({ persisted }) => persisted && socket.connect());
  // A short gap may leave the socket, while what its hints led to could not be fetched.
  addEventListener("online", () => socket.connected && lookAround());
  const main = find("main", body);
  const watchSoon = gathering(watch);
  if (main) new MutationObserver(() => watchSoon("watch")).observe(main, { childList: true, subtree: true });
}
