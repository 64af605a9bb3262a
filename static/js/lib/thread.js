/** Where comments stand on the page, in a feed and on a publication's own page. */
import { bring, find, holdingStill, itemOf, make } from "./dom.js";
import { word } from "./words.js";

export const cardOf = (id) => document.getElementById(`i-${id}`);
export const commentOf = (id) => document.getElementById(`c-${id}`);

/** The list that holds the comments of a publication: the thread of its page, or the foot of its card. */
export function threadOf(root) {
  const own = find(`[data-thread="${CSS.escape(root)}"]`);
  if (own) return own;
  const card = cardOf(root);
  if (!card) return null;
  return find(".thread", card) ?? card.appendChild(make("section", { class: "thread" }));
}

/** Change a counter of a card by `step`, making or emptying it. */
export function count(element, name, step, absolute = null) {
  if (!element) return;
  let number = find(`[data-${name}]`, element);
  if (!number) {
    number = make("b", { [`data-${name}`]: true });
    element.append(" ", number);
  }
  const value = absolute ?? Number(number.textContent.replace(/\D/g, "") || 0) + step;
  number.textContent = value > 0 ? String(value) : "";
}

/** Put a comment that has just come where it belongs; nothing happens when it is there already. */
export function placeComment(root, comment, { mine = false } = {}) {
  const thread = threadOf(root);
  if (!thread || document.getElementById(comment.id)) return;
  const parent = comment.dataset.parent && commentOf(comment.dataset.parent);
  const insert = () => {
    find(":scope > .thread-none", thread)?.remove();
    if (parent && !parent.matches(".answer")) repliesOf(parent).append(comment);
    else {
      const field = find(":scope > .reply", thread);
      if (field) field.before(comment);
      else thread.append(comment);
    }
    enrich(thread);
    count(find(".talk", cardOf(root) ?? document.createElement("i")), "comments", 1);
  };
  comment.classList.add("is-new");
  if (mine) insert();
  else holdingStill(insert);
  if (mine) bring(comment);
}

/** The replies of a comment; a reply to a reply joins its neighbours, for there is one level. */
function repliesOf(comment) {
  const outer = comment.parentElement.closest(".replies");
  if (outer) return outer;
  const column = find(":scope > div", comment);
  return find(":scope > .replies", column) ?? column.appendChild(make("div", { class: "replies" }));
}

const dots = (id) => make("a", { class: "dots", href: `/items/${id}/menu`, "aria-label": word("more") });

/** A copy of the reader's own picture, as the menu has it. */
export const ownFace = () => find(".menu-me .av")?.cloneNode(true);

/** The line below a conversation that leads to the reply field; the same on every card, so it is made here. */
function prompt(thread) {
  const card = thread.closest(".card[data-item]");
  if (!card || !thread.children.length || find(":scope > .reply", thread)) return;
  const text = word(card.dataset.kind === "question" ? "writeAnswer" : "writeReply");
  const face = ownFace();
  const line = make("div", { class: "reply" });
  if (face) line.append(face);
  line.append(make("a", { class: "prompt", href: `/p/${itemOf(card)}#reply`, text }));
  thread.append(line);
}

/** Likes come unpressed without saying so, and cards and comments of a feed without "More" and "Reply":
 * add what the page leaves to us. */
export function enrich(scope) {
  for (const button of scope.querySelectorAll(".like:not([aria-pressed])")) button.setAttribute("aria-pressed", "false");
  for (const acts of scope.querySelectorAll(".card[data-item] > .card-in > .acts")) {
    if (!find(".dots", acts)) acts.append(dots(itemOf(acts.closest(".card"))));
  }
  scope.querySelectorAll(".feed .card > .thread:not([data-thread])").forEach(prompt);
  for (const meta of scope.querySelectorAll(".card .thread .comment > div > .meta")) {
    if (find(".dots", meta)) continue;
    const id = meta.closest(".comment").id.slice(2);
    const card = meta.closest(".card[data-item]");
    const root = card && itemOf(card);
    if (!root) continue;
    const moment = find("time", meta);
    if (moment && moment.parentElement === meta) {
      const link = make("a", { href: `/p/${root}#c-${id}` });
      moment.replaceWith(link);
      link.append(moment);
    }
    meta.append(
      make("a", { href: `/p/${root}?reply=${id}#reply`, text: word("reply") }),
      dots(id),
    );
  }
}
