/** One floating sheet at a time beside what opened it; from below on a phone. */
import { all, make } from "./dom.js";

let current = null;

/** Show server HTML beside `anchor`. `menu`: arrows move between its items and the first takes the focus. */
export function popover(anchor, html, { menu = false, className = "menu-list" } = {}) {
  closePopover();
  const box = make("div", { class: `floating ${className}`, role: menu ? null : "dialog" });
  box.innerHTML = html;
  document.body.append(box);
  window.htmx?.process(box);
  place(box, anchor, menu);
  anchor.setAttribute("aria-expanded", "true");
  current = { box, anchor };
  if (menu) {
    box.addEventListener("keydown", step);
    box.addEventListener("click", (event) => event.target.closest("a.menu-item, button[type=button]") && closePopover());
    all("a, button", box).find((item) => !item.hidden)?.focus();
  }
  return box;
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

export const openPopover = () => current;

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

document.addEventListener("pointerdown", (event) => {
  // A dialog that asks about an act of a menu needs the menu's form.
  if (!current || event.target.closest?.("dialog")) return;
  if (!current.box.contains(event.target) && !current.anchor.contains(event.target)) closePopover();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !current) return;
  const { anchor } = current;
  closePopover();
  anchor.focus();
});
