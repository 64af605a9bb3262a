/** One floating sheet at a time beside what opened it; from below on a phone. */
import { all, isPhone, make } from "./dom.js";

const STOPS = ":is(a[href], button:not([disabled]), input:not([type=hidden]), textarea, select):not([tabindex='-1'])";

let current = null;

/** Show server HTML beside `anchor`. `menu`: arrows move between its items and the first takes the focus. */
export function popover(anchor, html, { menu = false, className = "menu-list", label = null } = {}) {
  closePopover();
  const box = make("div", { class: `floating ${className}`, role: menu ? null : "dialog", "aria-label": label });
  document.body.append(box);
  anchor.setAttribute("aria-expanded", "true");
  current = { box, anchor, menu };
  fill(box, html);
  box.addEventListener("keydown", leaveAtTheEnds);
  if (menu) {
    box.addEventListener("keydown", step);
    box.addEventListener("click", (event) => event.target.closest("a.menu-item, button[type=button]") && closePopover());
    all(STOPS, box).find((item) => !item.hidden)?.focus();
  }
  return box;
}

/** Put other HTML into the sheet that is open; it stays beside its anchor. */
export function fill(box, html) {
  box.innerHTML = html;
  window.htmx?.process(box);
  place(box, current.anchor, current.menu);
}

/** Close what is open; true when it belonged to `anchor`. */
export function closePopover(anchor = null) {
  if (!current) return false;
  const same = current.anchor === anchor;
  current.box.remove();
  current.anchor.removeAttribute("aria-expanded");
  current = null;
  return same;
}

/** Close it, and bring a focus that was in it back to what opened it. */
function goBack() {
  const { box, anchor } = current;
  const held = box.contains(document.activeElement);
  closePopover();
  if (held) anchor.focus();
}

export const openPopover = () => current;

/** Move into the sheet. */
export const enterPopover = () => current && all(STOPS, current.box)[0]?.focus();

/** Under the anchor, or above it where there is no room; always inside the window. */
export function place(box, anchor, alignEnd = false) {
  const target = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = box;
  const below = target.bottom + 6 + height < window.innerHeight || target.top < height + 70;
  const end = target.left + width > window.innerWidth - 12 || (alignEnd && target.right - width > 12);
  const left = Math.max(12, end ? target.right - width : target.left);
  box.style.inset = "auto";
  box.style.top = `${window.scrollY + (below ? target.bottom + 6 : target.top - height - 6)}px`;
  box.style.left = `${left}px`;
}

function step(event) {
  if (!["ArrowDown", "ArrowUp"].includes(event.key)) return;
  event.preventDefault();
  const items = all("a, button", event.currentTarget).filter((item) => item.offsetParent);
  const at = items.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
  items.at(at % items.length)?.focus();
}

/** The sheet stands at the end of the page: past its first or last stop the way leads back to where it was opened. */
function leaveAtTheEnds(event) {
  if (event.key !== "Tab") return;
  const stops = all(STOPS, event.currentTarget).filter((item) => item.offsetParent);
  if (document.activeElement !== (event.shiftKey ? stops[0] : stops.at(-1))) return;
  event.preventDefault();
  goBack();
}

document.addEventListener("pointerdown", (event) => {
  // A dialog that asks about an act of a menu needs the menu's form.
  if (!current || event.target.closest?.("dialog")) return;
  if (current.box.contains(event.target) || current.anchor.contains(event.target)) return;
  closePopover();
  if (event.pointerType === "touch" && isPhone()) swallowClick();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && current && !document.querySelector("dialog[open]")) goBack();
});

/** A tap on the veil closes what is before it, and does nothing to what lies behind. */
function swallowClick() {
  const swallow = (event) => (event.preventDefault(), event.stopPropagation());
  addEventListener("click", swallow, { capture: true, once: true });
  addEventListener("pointerdown", () => removeEventListener("click", swallow, true), { capture: true, once: true });
}
