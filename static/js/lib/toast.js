/** Short messages at the foot of the page, read aloud by the live region. */
import { icon, make } from "./dom.js";
import { word } from "./words.js";

/** Long enough to look up from a customer. */
const SECONDS = 10;
/** More of them would cover what one does. */
const MOST = 2;

/**
 * Show `text`; an action is a link (`href`) or a function (`act`). `keep`: until closed. `instead`: the text that is over
 * with it. The oldest makes room, unless it is kept or in use.
 */
export function toast(text, { label, href, act, keep = false, instead } = {}) {
  const region = document.getElementById("toasts");
  if (!region || !text) return null;
  if (all(region).some((shown) => shown.dataset.text === text)) return null;
  all(region).find((shown) => shown.dataset.text === instead)?.remove();
  const passing = all(region).filter((shown) => !shown.matches("[data-keep], :hover, :focus-within"));
  const spare = Math.max(0, all(region).length + 1 - MOST);
  for (const old of passing.slice(0, spare)) old.remove();
  const element = make("div", { class: "toast", "data-text": text }, make("span", { text }));
  if (href) element.append(make("a", { class: "btn btn--text", href, text: label }));
  if (act) {
    const button = make("button", { class: "btn btn--text", type: "button", text: label });
    button.addEventListener("click", () => (element.remove(), act()));
    element.append(button);
  }
  arm(element, keep);
  region.append(element);
  if (!region.children[1]) giveWay(region);
  return element;
}

/** Lie at the head of the page where the button that sends would be covered; later ones move nothing under a finger. */
function giveWay(region) {
  region.classList.remove("is-high");
  const send = document.activeElement.form?.querySelector(".btn--primary")?.getBoundingClientRect();
  const { top, bottom } = region.getBoundingClientRect();
  // There may come a second one.
  region.classList.toggle("is-high", send?.height > 0 && send.bottom > 2 * top - bottom && send.top < bottom);
}

/** Take away what was to be kept until it was put right. */
export function clearToasts() {
  document.getElementById("toasts")?.replaceChildren();
}

const all = (region) => [...region.children];

/** Give a toast its cross and, unless it is to be kept, its end; reading it (hover, focus) holds it, as does another tab. */
function arm(element, keep = false) {
  const close = make("button", { class: "icon-btn", type: "button", "aria-label": word("close") }, icon("x", "icon--s"));
  close.addEventListener("click", () => element.remove());
  element.append(close);
  if (keep) return void (element.dataset.keep = "");
  const held = new Set();
  let timer;
  const count = () => {
    clearTimeout(timer);
    if (!held.size) timer = setTimeout(end, SECONDS * 1000);
  };
  const end = () => (document.hidden ? document.addEventListener("visibilitychange", count, { once: true }) : element.remove());
  const hold = (by) => () => (held.add(by), count());
  const release = (by) => () => (held.delete(by), count());
  element.addEventListener("pointerenter", hold("pointer"));
  element.addEventListener("pointerleave", release("pointer"));
  element.addEventListener("focusin", hold("focus"));
  element.addEventListener("focusout", release("focus"));
  count();
}
