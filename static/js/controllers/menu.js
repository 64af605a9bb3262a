/** Adds to a <details> menu: arrows, Home and End, Escape, and closing when one looks elsewhere. */
import { all } from "../lib/dom.js";

export default function menu(details) {
  const summary = details.querySelector("summary");
  const items = () => all(".menu-item", details).filter((item) => item.offsetParent !== null);
  const close = (refocus) => {
    details.open = false;
    if (refocus) summary.focus();
  };
  const outside = (event) => {
    if (details.open && !event.composedPath().includes(details)) close(false);
  };
  details.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && details.open) {
      event.stopPropagation();
      close(true);
      return;
    }
    if (!["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key)) return;
    event.preventDefault();
    details.open = true;
    const list = items();
    const at = list.indexOf(document.activeElement);
    const next = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: -1 }[event.key];
    list.at(next % list.length)?.focus();
  });
  details.addEventListener("click", (event) => {
    // On a phone the veil behind the sheet belongs to the <details>: a tap on it closes.
    if (event.target === details || event.target.closest(".menu-item")) close(false);
  });
  document.addEventListener("pointerdown", outside);
  details.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !details.contains(event.relatedTarget)) close(false);
  });
  return () => document.removeEventListener("pointerdown", outside);
}
