/** Waiting acts in the place where they will stand: cards and comments with a clock, likes that are pressed already, the line above. */
import { all as elements, delegate, find, make, parse } from "../lib/dom.js";
import { handsOff } from "../lib/hands.js";
import { fragment } from "../lib/http.js";
import { confirmed } from "../lib/sheet.js";
import { commentOf, count, enrich, ownFace, placeComment, threadOf } from "../lib/thread.js";
import { toast } from "../lib/toast.js";
import { word } from "../lib/words.js";
import { settle } from "../controllers/network.js";
import { changed, hideForms, putChange } from "./changes.js";
import { edit } from "./editing.js";
import { closeList, renderList, showList } from "./list.js";
import { foot, photos, signature } from "./parts.js";
import { flush, hindrance, sending } from "./sender.js";
import { all, owner, remove, tell } from "./store.js";

let waiting = 0;
const idOf = (act) => `unsent-${act.key}`;
const myName = () => find(".menu-me b")?.textContent ?? "";
const valueOf = (act, name) => act.fields.find(([field]) => field === name)?.[1] ?? "";

/** The line at the top of the page. */
function renderBar(acts) {
  const bar = find("[data-offline]");
  if (!bar) return;
  let line = find("[data-unsent-line]", bar);
  if (acts.length && !line) {
    line = bar.appendChild(make("span", { "data-unsent-line": true }));
    line.addEventListener("click", (event) => event.target.closest("button") && showList());
  }
  const text = acts.length ? `${hindrance() ? word("unsentSignIn") : word("unsentCount")}: ${acts.length}` : "";
  if (line && line.dataset.text !== text) {
    line.dataset.text = text;
    const back = encodeURIComponent(location.pathname + location.search);
    const parts = [make("span", { text }), make("button", { class: "btn btn--text btn--small", type: "button", text: word("unsentShow") })];
    if (hindrance()) parts.push(make("a", { class: "btn btn--text btn--small", href: `/sign-in?next=${back}`, text: word("signIn") }));
    line.replaceChildren(...(text ? parts : []));
  }
  settle(bar);
}

function cardFor(act) {
  const name = make("span", { class: "who-name", text: myName() });
  const place = act.about && make("span", { class: "place", text: ` ▸ ${act.about}` });
  const title = valueOf(act, "title").trim();
  return make(
    "article",
    { class: "card unsent", id: idOf(act) },
    make(
      "div",
      { class: "card-in" },
      make("header", { class: "who" }, ownFace(), make("div", {}, name, place)),
      title && make("h2", { class: "card-title", text: title }),
      act.body && make("p", { class: "body", text: act.body }),
      photos(act),
    ),
  );
}

function commentFor(act) {
  const bubble = make("div", { class: "bubble" }, make("b", { text: myName() }), make("p", { class: "body", text: act.body }), photos(act));
  return make("div", { class: "comment unsent", id: idOf(act), "data-parent": act.parent || false }, ownFace(), make("div", {}, bubble));
}

/** The feed in which a publication stands; null when it is not on this page. */
function feedOf(act) {
  const { place } = document.getElementById("composer")?.dataset ?? {};
  const mine = valueOf(act, "place");
  return place === "company" || (mine && place === mine) ? document.getElementById("cards") : null;
}

/** Where it stands on this page; null when it is no part of it. */
function put(act) {
  if (act.kind === "change") return putChange(act, idOf(act));
  if (act.kind !== "comment") {
    const form = act.kind === "thanks" && find(".thanks-form")?.closest(".panel");
    const feed = feedOf(act);
    const made = (form || feed) && cardFor(act);
    if (form) form.before(made);
    else feed?.prepend(made);
    return made;
  }
  const thread = threadOf(act.root);
  if (!thread) return null;
  const made = commentFor(act);
  const parent = act.parent && commentOf(act.parent);
  const field = find(":scope > .reply", thread);
  if (parent && !parent.matches(".answer")) find(":scope > div", parent).append(made);
  else if (field) field.before(made);
  else thread.append(made);
  return made;
}

const letters = (text) => (text ?? "").replace(/[^\p{L}\p{N}]+/gu, "").toLowerCase();

/** Whether what may have arrived stands here already, brought by the socket or by a new page; it is not shown twice. */
function stands(act, element) {
  const text = letters(act.body);
  if (!act.attempts || act.state !== "waiting" || !text) return false;
  const isComment = act.kind === "comment";
  const scope = isComment ? element.closest(".thread, [data-thread]") : element.parentElement;
  return elements(isComment ? ".comment[id^=c-]" : ".card[data-item]", scope).some((item) => {
    const author = find(isComment ? ".bubble > a" : ".who-name", item);
    if (!author || decodeURIComponent(author.pathname) !== `/people/${owner()}`) return false;
    const other = letters(find(".body", item)?.textContent);
    return other === text || Boolean(other && find(".unfold", item) && text.startsWith(other));
  });
}

function showText(act) {
  const element = document.getElementById(idOf(act)) ?? put(act);
  const look = signature(act);
  if (!element) return;
  element.hidden = stands(act, element);
  if (element.dataset.look === look) return;
  element.dataset.look = look;
  element.setAttribute("aria-busy", String(sending()?.key === act.key));
  const inside = find(":scope > div", element);
  const old = find(":scope > .unsent-foot", inside);
  const had = old?.contains(document.activeElement) && document.activeElement.dataset.do;
  const made = foot(act);
  if (old) old.replaceWith(made);
  else inside.append(made);
  if (had) find(`[data-do="${had}"]`, made)?.focus();
}

/** A like as its giver left it, on cards that come from the server without it, too. */
function showLike(act) {
  const on = valueOf(act, "on") === "1";
  for (const button of elements(`.like[formaction="${CSS.escape(act.url)}"]`)) {
    if ((button.getAttribute("aria-pressed") === "true") !== on) {
      button.setAttribute("aria-pressed", String(on));
      count(button, "likes", on ? 1 : -1);
    }
    if (button.classList.contains("is-waiting")) continue;
    button.classList.add("is-waiting");
    button.title = word("unsentWaits");
    button.setAttribute("aria-description", word("unsentWaits"));
  }
}

function rest(button) {
  button.classList.remove("is-waiting");
  button.removeAttribute("title");
  button.removeAttribute("aria-description");
}

/** Bring everything that shows waiting acts up to date. */
export async function render() {
  await handsOff();
  const acts = await all();
  waiting = acts.length;
  const urls = new Set(acts.filter((act) => act.kind === "like").map((act) => act.url));
  const ids = new Set(acts.map(idOf));
  for (const element of elements(".unsent[id]")) if (!ids.has(element.id)) element.remove();
  for (const button of elements(".like.is-waiting[formaction]")) if (!urls.has(button.getAttribute("formaction"))) rest(button);
  hideForms(acts);
  for (const act of acts) {
    if (act.kind === "like") showLike(act);
    else showText(act);
  }
  renderBar(acts);
  await renderList();
}

/** The server has it: what it made stands in the place of what waited. */
export async function arrived({ act, answer }) {
  if (act.kind === "like") {
    for (const button of elements(`.like[formaction="${CSS.escape(act.url)}"]`)) count(button, "likes", 0, answer.likes);
    return;
  }
  toast(word("unsentSent"), { instead: word("unsentKept") });
  for (const name of answer.unreached ?? []) toast(word("unreached").replace("{name}", name));
  if (act.kind === "change") return changed(act, answer);
  const isComment = act.kind === "comment";
  if (!(isComment ? threadOf(act.root) : feedOf(act))) return;
  const made = parse(await fragment(isComment ? `/items/${answer.id}/comment` : `/p/${answer.id}/card`));
  await handsOff();
  document.getElementById(idOf(act))?.remove();
  if (isComment) return placeComment(act.root, made);
  if (document.getElementById(made.id)) return;
  feedOf(act)?.prepend(made);
  enrich(document.body);
}

/** A like the server did not take: as if it had not been given. */
export function undone({ act, message }) {
  const on = valueOf(act, "on") === "1";
  for (const button of elements(`.like[formaction="${CSS.escape(act.url)}"]`)) {
    if ((button.getAttribute("aria-pressed") === "true") !== on) continue;
    button.setAttribute("aria-pressed", String(!on));
    count(button, "likes", on ? -1 : 1);
  }
  if (message) toast(message);
}

const doing = {
  send: (act) => flush({ now: true, only: act.id }),
  edit: (act) => edit(act),
  async drop(act) {
    if (act.kind !== "like" && !(await confirmed(word("unsentDropAsk"), word("unsentDrop")))) return;
    if (await remove(act)) tell(act.kind === "like" ? "undone" : "dropped", { act });
  },
};

/** Listen for what is done with waiting acts, and dress what comes into the page later. */
export function watch() {
  delegate(document.body, "click", "[data-unsent][data-do]", async (event, button) => {
    const act = (await all()).find((each) => each.id === button.dataset.unsent);
    if (act) await doing[button.dataset.do](act);
    else closeList();
  });
  const main = find("main");
  let soon = 0;
  const later = () => ((soon = 0), waiting && render().catch(() => {}));
  if (main)
    new MutationObserver(() => (soon ||= setTimeout(later, 50))).observe(main, { childList: true, subtree: true });
}
