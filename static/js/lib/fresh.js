/** Brings cards and comments of the page up to date. What one may see is decided by the server each time. */
import { all, find, focusOn, holdingStill, parse } from "./dom.js";
import { handsOff } from "./hands.js";
import { fragment, request } from "./http.js";
import { cardOf, commentOf, enrich, placeComment, threadOf } from "./thread.js";

const pageThread = (root) => find(`[data-thread="${CSS.escape(root)}"]`);

/** Is somebody writing in it, or has written and not sent? Then it is left alone. */
const inUse = (element) =>
  (element.contains(document.activeElement) && document.activeElement.matches("textarea, input")) ||
  all("textarea", element).some((field) => field.value.trim());

/** Put `fresh` in the place of `old`; nothing moves under the reader's eyes, and the focus stays where it was. */
function swap(old, fresh) {
  const held = old.contains(document.activeElement) ? document.activeElement : null;
  holdingStill(() => old.replaceWith(fresh));
  if (!held) return;
  enrich(document.body);
  const names = ["formaction", "href", "datetime"].filter((name) => held.hasAttribute(name));
  const same = names.map((name) => `[${name}="${CSS.escape(held.getAttribute(name))}"]`).join();
  // What was pressed may have moved, as an answer does that is accepted, or be gone.
  const next = same && (find(same, fresh) ?? find(same));
  focusOn(next || (fresh.closest(".card, .comment") ?? fresh));
}

/** Remove a card or comment; a focus that was in it goes to its neighbour. */
function takeAway(old) {
  const neighbour = old.contains(document.activeElement) && (old.nextElementSibling ?? old.previousElementSibling ?? find("main"));
  holdingStill(() => old.remove());
  if (neighbour) focusOn(neighbour);
}

/** What the server answers, or null when the reader may not see it any more. */
async function ask(answer) {
  try {
    return await answer;
  } catch (problem) {
    if (problem.status === 404) return null;
    throw problem;
  }
}

/** A card as its own page shows it, with the thread below. */
async function fromOwnPage(root) {
  const response = await request(`/p/${root}`, { accept: "text/html" });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return { card: page.getElementById(`i-${root}`), thread: find(`[data-thread="${CSS.escape(root)}"]`, page) };
}

/** What the reader has unfolded stays unfolded. */
function keepUnfolded(inside, fresh) {
  const text = find(":scope > .body", inside);
  const more = find(":scope > .card-in > .unfold", fresh);
  if (!more || !text || find(":scope > .unfold", inside)) return;
  more.previousElementSibling.replaceWith(text.cloneNode(true));
  more.remove();
}

/**
 * Show a publication as it is now, if the page has an older version of it. With `missed` the page heard nothing of what
 * happened meanwhile, so its comments are brought up to date as well.
 */
export async function refreshCard(root, version = Infinity, { missed = false } = {}) {
  const card = cardOf(root);
  if (!card || Number(card.dataset.version) >= version) return;
  const thread = pageThread(root);
  const fresh = thread ? await fromOwnPage(root) : { card: parse(await fragment(`/p/${root}/card`)) };
  await handsOff();
  const inside = find(".card-in", card);
  if (!fresh.card?.matches(".card") || !card.isConnected || inUse(inside)) return;
  // An answer may be overtaken by the answer to a later question.
  if (Number(fresh.card.dataset.version) < Number(card.dataset.version)) return;
  const accepted = (scope) => find(".answer", scope)?.id;
  // An answer that is accepted moves up into the card, and back.
  const moved = accepted(card) !== accepted(fresh.card);
  card.dataset.version = fresh.card.dataset.version;
  if (missed && !moved) catchUp(root, thread, fresh.thread ?? fresh.card);
  keepUnfolded(inside, fresh.card);
  swap(inside, find(".card-in", fresh.card));
  if (thread && moved && !inUse(thread)) swap(thread, fresh.thread);
  else if (thread) swapEvents(thread, fresh.thread);
  else swapThread(card, fresh.card, moved);
  enrich(document.body);
}

/** Comments that came, and in a whole `thread` those that changed and went, while the page heard nothing. */
function catchUp(root, thread, fresh) {
  const comments = all(".comment", fresh);
  const ids = new Set(comments.map((comment) => comment.id));
  for (const comment of comments) {
    const old = document.getElementById(comment.id);
    if (!old) placeComment(root, comment);
    else if (thread) rewrite(find(":scope > div > .bubble", old), find(":scope > div > .bubble", comment));
  }
  if (!thread) return;
  for (const old of all(".comment", thread)) if (!ids.has(old.id) && !inUse(old)) takeAway(old);
}

function rewrite(old, fresh) {
  if (old && fresh && old.innerHTML !== fresh.innerHTML) holdingStill(() => old.replaceWith(fresh));
}

/** Topics that others added stand before the comments. */
function swapEvents(thread, fresh) {
  const events = (scope) => all(":scope > .event", scope);
  if (events(thread).length === events(fresh).length) return;
  holdingStill(() => {
    events(thread).forEach((event) => event.remove());
    thread.prepend(...events(fresh));
  });
}

/** The foot of a card in a feed; what the reader has opened there stays open unless an answer moved. */
function swapThread(card, fresh, moved) {
  const old = find(":scope > .thread", card);
  const now = find(":scope > .thread", fresh);
  if (!old && now) holdingStill(() => card.append(now));
  else if (old && now && moved && !inUse(old)) swap(old, now);
  else if (old && now) swapEvents(old, now);
}

/** Put a comment that has just been written where it belongs; true when it was not there yet. */
export async function addComment(root, id) {
  if (commentOf(id) || !threadPossible(root)) return false;
  const comment = parse(await fragment(`/items/${id}/comment`));
  await handsOff();
  if (!comment?.matches(".comment") || commentOf(id)) return false;
  placeComment(root, comment);
  return true;
}

const threadPossible = (root) => Boolean(cardOf(root) || pageThread(root));

/** Show a comment as it is now. */
export async function refreshComment(id) {
  const old = commentOf(id);
  if (!old || inUse(old)) return;
  const fresh = parse(await fragment(`/items/${id}/comment`));
  await handsOff();
  if (!fresh?.matches(".comment") || !old.isConnected || inUse(old)) return;
  const replies = find(":scope > div > .replies", old);
  if (replies && !find(":scope > div > .replies", fresh)) find(":scope > div", fresh).append(replies);
  swap(old, fresh);
  enrich(document.body);
}

/** Something was deleted or hidden: it leaves the page, unless the reader may still see it (its author, a moderator). */
export async function removeItem(id, root) {
  const card = cardOf(id);
  if (card) await removeCard(card, id);
  else if (commentOf(id)) {
    await removeComment(id, root);
    await refreshCard(root);
  }
}

async function removeCard(card, id) {
  if (pageThread(id)) {
    location.reload();
    return;
  }
  const html = await ask(fragment(`/p/${id}/card`));
  await handsOff();
  if (!card.isConnected || inUse(card)) return;
  const fresh = html && parse(html);
  if (fresh) swap(card, fresh);
  else takeAway(card);
  enrich(document.body);
}

/** A comment with replies stays as a place holder above them. */
async function removeComment(id, root) {
  const thread = parse(`<div>${await fragment(`/p/${root}/thread`)}</div>`);
  await handsOff();
  const old = commentOf(id);
  if (!old || inUse(old)) return;
  const fresh = find(`#c-${CSS.escape(id)}`, thread);
  if (fresh) swap(old, fresh);
  else takeAway(old);
  enrich(threadOf(root) ?? document.body);
}
