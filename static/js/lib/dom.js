/** Small helpers around the document. */

export const find = (selector, root = document) => root.querySelector(selector);
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];

/** The id of a publication by its card: it stands once on each, for markup is dear there. */
export const itemOf = (card) => card.id.slice(2);

/** Listen at `root` for `type` on elements that match `selector`, now or later. Returns a function that stops. */
export function delegate(root, type, selector, act, options) {
  const listener = (event) => {
    const target = event.target instanceof Element ? event.target.closest(selector) : null;
    if (target && root.contains(target)) act(event, target);
  };
  root.addEventListener(type, listener, options);
  return () => root.removeEventListener(type, listener, options);
}

/** An element with attributes, properties ("text") and children. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name === "text") element.textContent = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter(Boolean));
  return element;
}

/** An icon of the sprite; its address is the one the page already uses. */
export function icon(name, extra = "") {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", `icon ${extra}`.trim());
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${new URL("../../icons/sprite.svg", import.meta.url).pathname}#${name}`);
  svg.append(use);
  return svg;
}

/** The element that a piece of the server's HTML describes. Scripts in it do not run. */
export function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}

/** Where the eye of a reader rests, as a share of the window's height. */
const EYE = 0.35;

/** What is being read: the comment or card at the height of the eye, or the first below it. */
function atTheEye() {
  const height = innerHeight * EYE;
  const around = all(".card, .comment").filter((element) => element.getBoundingClientRect().bottom > height);
  const here = around.filter((element) => element.getBoundingClientRect().top <= height);
  return here.at(-1) ?? around[0];
}

/** Run `change` and keep what the reader sees where it is, whatever is inserted or removed above. */
export function holdingStill(change, anchor = atTheEye()) {
  const before = anchor?.getBoundingClientRect().top;
  change();
  if (anchor?.isConnected && before < window.innerHeight) {
    const moved = anchor.getBoundingClientRect().top - before;
    if (moved && window.scrollY > 0) window.scrollBy({ top: moved, behavior: "instant" });
  }
}

/** Bring something into the window; without a ride for who wants no motion. */
export function bring(element, block = "nearest") {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block, behavior: still ? "instant" : "smooth" });
}

/** Give the focus to something that takes none by itself: a card, a comment, a heading. */
export function focusOn(element) {
  if (!element.matches("a[href], button, input, select, textarea, [tabindex]")) element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

export const isPhone = () => matchMedia("(max-width: 760px)").matches;
export const isTyping = (element) => Boolean(element?.closest?.("input, textarea, select, [contenteditable]"));
