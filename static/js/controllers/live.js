/**
 * What others do, as it happens. The socket brings hints only ({signal, id, root, version}); every word comes over
 * HTTP, where it is decided what one may see. Nothing that one reads is moved: see holdingStill().
 */
import { all, find, holdingStill, parse } from "../lib/dom.js";
import { fragment, request } from "../lib/http.js";
import { cardOf, commentOf, enrich, placeComment } from "../lib/thread.js";
import { counted } from "../lib/words.js";

const FEED_SPREAD = 2000;
const GATHER = 250;

/** Calls of the same key within a moment become one, the last. */
function gathering(act) {
  const timers = new Map();
  return (key, ...rest) => {
    clearTimeout(timers.get(key));
    timers.set(key, setTimeout(() => (timers.delete(key), act(key, ...rest)), GATHER));
  };
}

const feed = () => document.getElementById("cards");

/** Is somebody writing in it, or pointing into an open menu of it? Then it is left alone. */
const inUse = (element) => element.contains(document.activeElement) && document.activeElement.matches("textarea, input");

async function refreshCard(root, version) {
  const card = cardOf(root);
  if (!card || Number(card.dataset.version) >= version) return;
  const fresh = parse(await fragment(`/p/${root}/card`));
  if (!fresh?.matches(".card") || !card.isConnected) return;
  card.dataset.version = fresh.dataset.version;
  const inside = find(".card-in", card);
  if (inUse(inside)) return;
  // What the reader has unfolded stays unfolded.
  const text = find(":scope > .body", inside);
  const more = find(":scope > .card-in > .unfold", fresh);
  if (more && text && !find(":scope > .unfold", inside)) {
    more.previousElementSibling.replaceWith(text.cloneNode(true));
    more.remove();
  }
  holdingStill(() => inside.replaceWith(find(".card-in", fresh)));
  enrich(card);
}

async function addComment(root, id) {
  if (commentOf(id) || (!cardOf(root) && !find(`[data-thread="${CSS.escape(root)}"]`))) return;
  const comment = parse(await fragment(`/items/${id}/comment`));
  if (comment?.matches(".comment")) placeComment(root, comment);
}

async function refreshComment(id) {
  const old = commentOf(id);
  if (!old || inUse(old)) return;
  const fresh = parse(await fragment(`/items/${id}/comment`));
  if (!fresh?.matches(".comment") || !old.isConnected) return;
  holdingStill(() => old.replaceWith(fresh));
  enrich(document.body);
}

function remove(id) {
  const element = cardOf(id) ?? commentOf(id);
  if (!element) return;
  if (element.matches(".card") && find(`[data-thread="${CSS.escape(id)}"]`)) location.reload();
  else if (!inUse(element)) holdingStill(() => element.remove());
}

async function askForNews() {
  const cards = feed();
  const pill = find("[data-new-pill]");
  if (!cards?.dataset.since || !pill) return;
  const parameters = new URLSearchParams({ since: cards.dataset.since, feed: cards.dataset.feed ?? "mine" });
  const response = await request(`/feed/news-count?${parameters}`);
  const { count } = await response.json();
  find("[data-new-text]", pill).textContent = counted("new", count);
  if (pill.hidden === count > 0) holdingStill(() => (pill.hidden = !(count > 0)));
}

/** The counters of the bell and of "Mentions of me" come with the menu of notifications. */
async function refreshBell() {
  const html = await fragment("/notifications/menu");
  const root = parse(html);
  for (const name of ["notifications", "mentions"]) {
    const value = root?.dataset[`unread${name[0].toUpperCase()}${name.slice(1)}`];
    if (value === undefined) continue;
    all(`[data-unread=${name}]`).forEach((counter) => (counter.textContent = Number(value) > 0 ? value : ""));
  }
}

function onPill(pill) {
  pill.addEventListener("click", (event) => {
    if (!window.htmx || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    window.htmx
      .ajax("GET", pill.getAttribute("href"), { target: "#cards", select: "#cards", swap: "outerHTML" })
      .then(() => {
        pill.hidden = true;
        scrollTo({ top: 0, behavior: "smooth" });
        enrich(document.body);
      });
  });
}

export default async function live(body) {
  const pill = find("[data-new-pill]");
  if (pill) onPill(pill);
  const { io } = await import("../../vendor/socket.io-client/socket.io.esm.min.js");
  const socket = io({ transports: ["websocket"], reconnectionDelay: 1000, reconnectionDelayMax: 30_000, randomizationFactor: 0.6 });
  const quiet = (act) => (...rest) => act(...rest)?.catch?.(() => {});
  const cardSoon = gathering(quiet(refreshCard));
  const commentSoon = gathering(quiet((id) => refreshComment(id)));
  const bellSoon = gathering(quiet(refreshBell));
  const newsSoon = gathering(quiet(askForNews));

  const signals = {
    item_changed: ({ root, version }) => cardSoon(root, version),
    comment_added: ({ root, id }) => quiet(addComment)(root, id),
    comment_changed: ({ id }) => commentSoon(id),
    item_gone: ({ id }) => remove(id),
    // Everybody hears of a new publication at the same moment; they do not all ask at the same moment.
    feed: () => setTimeout(() => newsSoon("feed"), Math.random() * FEED_SPREAD),
    notification: () => bellSoon("bell"),
    session_ended: () => location.assign(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`),
  };
  const me = body.dataset.me;
  // What I did on this page is on it already; my other pages learn of it like everybody's.
  const known = (hint) => hint.by && hint.by === me && document.hasFocus();
  socket.on("hint", (hint) => known(hint) || signals[hint.signal]?.(hint));

  let watched = "";
  const watch = () => {
    const items = all(".card[data-item]", body).map((card) => card.dataset.item);
    const wish = { items, feed: feed()?.dataset.feed ?? null };
    const key = JSON.stringify(wish);
    if (key === watched || !socket.connected) return;
    watched = key;
    socket.emit("watch", wish);
  };
  let connectedBefore = false;
  socket.on("connect", () => {
    watched = "";
    watch();
    if (connectedBefore) {
      newsSoon("feed");
      bellSoon("bell");
    }
    connectedBefore = true;
  });
  const main = find("main", body);
  const watchSoon = gathering(watch);
  if (main) new MutationObserver(() => watchSoon("watch")).observe(main, { childList: true, subtree: true });
}
