/** The acts of cards and comments, listened for at the document: like, unfold, reply, menu, show all, who likes, accept. */
import { rowBones } from "../lib/bones.js";
import { bring, delegate, find, focusOn, holdingStill, itemOf, make, parse } from "../lib/dom.js";
import { newKey } from "../lib/drafts.js";
import { refreshCard } from "../lib/fresh.js";
import { act, fragment, tell } from "../lib/http.js";
import { closePopover, popover } from "../lib/popover.js";
import { sheet } from "../lib/sheet.js";
import { cardOf, count, enrich, ownFace, threadOf } from "../lib/thread.js";
import { beginning, failed, keep } from "../lib/unsent.js";
import { wordedForm } from "../lib/words.js";

const CARD = ".card[data-item]";
const plainClick = (event) => !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;

export default function cards(body) {
  const on = (selector, act) =>
    delegate(body, "click", selector, (event, element) => {
      if (plainClick(event) && act(element) !== false) event.preventDefault();
    });
  on(".like", like);
  on(".unfold[data-unfold]", unfold);
  on(".dots", openMenu);
  on(".more-link", showAll);
  on(".likers", showLikers);
  on(".accept", accept);
  on(".prompt, .card .talk", (link) => openReply(link.closest(CARD)));
  on('.meta > a[href*="reply="]', replyTo);
  enrich(body);
  document.addEventListener("htmx:load", (event) => enrich(event.detail.elt.parentElement ?? body));
}

const isOn = (button) => button.getAttribute("aria-pressed") === "true";

/** Liked at once; put back when the server says otherwise. Whoever changes their mind quickly has the last word. */
async function like(button) {
  const show = (liked) => {
    button.setAttribute("aria-pressed", liked);
    button.classList.toggle("is-fresh", liked);
    count(button, "likes", liked ? 1 : -1);
  };
  show(!isOn(button));
  if (button.dataset.busy) return;
  button.dataset.busy = "yes";
  let sent;
  try {
    let answer;
    do {
      sent = isOn(button);
      answer = await postLike(button, sent);
    } while (isOn(button) !== sent);
    count(button, "likes", 0, answer.likes);
  } catch (problem) {
    if (isOn(button) === sent) show(!sent);
    tell(problem);
  } finally {
    delete button.dataset.busy;
  }
}

/** Nobody answered: the like waits to be sent, as the one before it that still does. It stands, and nothing is counted. */
async function postLike(button, on) {
  const url = button.getAttribute("formaction");
  const key = newKey();
  const fields = Object.entries({ on: on ? "1" : "0" });
  const about = beginning(find(".card-title, .body", button.closest(".comment, .answer, .card") ?? button));
  const later = (attempts) => keep({ id: `like:${url}`, key, kind: "like", url, fields, about, attempts });
  if (button.classList.contains("is-waiting") && (await later(0))) return {};
  try {
    return await (await act(url, fields, key)).json();
  } catch (problem) {
    if (problem.unanswered && (await later(1))) return {};
    throw problem;
  }
}

/** A card holds the beginning of a long text; the rest comes when it is wanted. */
async function unfold(link) {
  const id = link.dataset.unfold;
  try {
    const whole = parse(await fragment(`/items/${id}/body`));
    const text = link.previousElementSibling;
    text.replaceWith(whole);
    link.remove();
    whole.focus({ preventScroll: true });
  } catch (problem) {
    tell(problem);
  }
}

async function openMenu(link) {
  if (closePopover(link)) return;
  try {
    popover(link, await fragment(link.getAttribute("href")), { menu: true });
  } catch (problem) {
    tell(problem);
  }
}

/** The whole thread in place of the last comments. */
async function showAll(link) {
  const card = link.closest(CARD);
  const root = itemOf(card);
  const thread = link.closest(".thread");
  if (link.ariaBusy) return;
  link.ariaBusy = "true";
  const bones = parse(rowBones);
  link.after(bones);
  try {
    const html = await fragment(`/p/${root}/thread`);
    const held = document.activeElement === link;
    holdingStill(() => {
      bones.remove();
      thread.querySelectorAll(":scope > .comment, :scope > .event").forEach((element) => element.remove());
      const all = make("template");
      all.innerHTML = html;
      link.replaceWith(all.content);
      window.htmx?.process(thread);
      enrich(card);
    }, card);
    const first = find(":scope > .comment", thread);
    if (held && first) focusOn(first);
  } catch (problem) {
    bones.remove();
    link.ariaBusy = null;
    tell(problem);
  }
}

async function showLikers(link) {
  const content = make("div");
  content.innerHTML = rowBones;
  const dialog = sheet(link.textContent, content);
  try {
    content.innerHTML = await fragment(link.getAttribute("href"));
  } catch (problem) {
    dialog.close();
    tell(problem);
  }
}

async function accept(button) {
  const root = (button.closest(CARD) && itemOf(button.closest(CARD))) ?? button.closest("[data-thread]").dataset.thread;
  try {
    await act(button.getAttribute("formaction"), { on: button.value });
    await refreshCard(root);
  } catch (problem) {
    failed(button, problem, () => accept(button));
  }
}

/** The reply field of a card: the page's own one, or a fresh one in the place of the prompt. */
export function openReply(card) {
  if (!card) return false;
  const own = document.getElementById("reply");
  if (own?.dataset.root === itemOf(card)) {
    own.elements.body.focus({ preventScroll: true });
    bring(own);
    return own;
  }
  const thread = threadOf(itemOf(card));
  let form = find("form.reply", thread);
  if (!form) {
    form = wordedForm("reply-form");
    if (!form) return false;
    const face = ownFace();
    if (face) find(".reply-box", form).before(face);
    form.dataset.root = itemOf(card);
    form.setAttribute("action", `/p/${itemOf(card)}/comments`);
    if (card.dataset.kind === "question") {
      form.dataset.question = "yes";
      find("[data-answer]", form).hidden = false;
      form.elements.answer.checked = true;
      form.elements.body.placeholder = form.elements.body.dataset.answerWords;
      form.elements.body.ariaLabel = form.elements.body.dataset.answerLabel;
    }
    const prompt = find(":scope > .reply", thread);
    if (prompt) prompt.replaceWith(form);
    else thread.append(form);
  }
  form.elements.body.focus();
  return form;
}

export function replyTo(link) {
  const comment = link.closest(".comment");
  const card = link.closest(CARD) ?? cardOf(link.pathname.split("/")[2]);
  const form = openReply(card);
  if (!form) return false;
  form.dataset.toId = comment.id.slice(2);
  form.dataset.toName = find(".bubble > a", comment)?.textContent ?? "";
  // A field that has just been made reads it when it is bound, one that stands there already hears of it.
  form.dispatchEvent(new CustomEvent("shopfloor:address"));
  return true;
}
