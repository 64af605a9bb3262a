/** Small helpers around the document. */

export const find = (selector, root = document) => root.querySelector(selector);
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];

/** The id of a publication by its card: it stands once on each, for markup is dear there. */
export const itemOf = (card) => card.id.slice(2);

/** Whether a form is sent by the button that signs out. */
export const signsOut = ({ submitter }) => submitter?.getAttribute("formaction") === "/sign-out";

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

/**
 * The innermost of `selector` at a height of the window, or the first below it. It measures from the outside in and no more than
 * it must: the browser has not laid out yet what is far from the window, and would have to for every question.
 */
export function standingAt(height, selector = ".card, .comment", root = document) {
  const outermost = all(selector, root).filter((element) => {
    const around = element.parentElement.closest(selector);
    return !around || around === root || !root.contains(around);
  });
  const next = outermost.find((element) => element.getBoundingClientRect().bottom > height);
  if (!next || next.getBoundingClientRect().top > height) return root === document ? next : root;
  return standingAt(height, selector, next);
}

/** Run `change` and keep what the reader sees where it is, whatever is inserted or removed above. */
export function holdingStill(change, anchor = standingAt(innerHeight * EYE)) {
  const before = anchor?.getBoundingClientRect().top;
  change();
  if (anchor?.isConnected && before < window.innerHeight) {
    const moved = anchor.getBoundingClientRect().top - before;
    if (moved && window.scrollY > 0) window.scrollBy({ top: moved, behavior: "instant" });
  }
}

const MOST_FRAMES = 30;
const LONGEST = 1_000;
let latest = 0;
// Who moves or presses by themselves is not pulled back.
for (const type of ["wheel", "touchstart", "pointerdown", "keydown"]) addEventListener(type, () => (latest += 1), { capture: true, passive: true });

/**
 * Scroll by `put` again at each frame until it has nothing left to do: what comes near the window is laid out only then, and
 * may turn out higher or lower than was guessed. `goesOn` tells whether it is still wanted; a later call ends an earlier one.
 */
export async function scrollUntilStill(put, goesOn = () => true) {
  const mine = ++latest;
  const end = performance.now() + LONGEST;
  const isWanted = () => mine === latest && performance.now() < end && goesOn();
  for (let frame = 0, still = 0; frame < MOST_FRAMES && still < 6 && isWanted(); frame += 1) {
    const before = scrollY;
    put();
    still = scrollY === before ? still + 1 : 0;
    await new Promise(requestAnimationFrame);
  }
}

/** Bring something into the window; without a ride for who wants no motion, or when it is far. */
export function bring(element, block = "nearest") {
  const isFar = Math.abs(element.getBoundingClientRect().top) > 2 * innerHeight;
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (isFar || isStill) scrollUntilStill(() => element.scrollIntoView({ block, behavior: "instant" }));
  else element.scrollIntoView({ block, behavior: "smooth" });
}

/** Give the focus to something that takes none by itself: a card, a comment, a heading. */
export function focusOn(element) {
  if (!element.matches("a[href], button, input, select, textarea, [tabindex]")) element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

export const isPhone = () => matchMedia("(max-width: 760px)").matches;
export const isTyping = (element) => Boolean(element?.closest?.("input, textarea, select, [contenteditable]"));
