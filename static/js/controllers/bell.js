/** On a desk the bell opens the latest notifications in place; on a phone, or when that fails, it is a link. */
import { rowBones } from "../lib/bones.js";
import { find, isPhone, make } from "../lib/dom.js";
import { fragment } from "../lib/http.js";

export default function bell(link) {
  let panel = null;
  const close = () => {
    panel?.remove();
    panel = null;
    link.setAttribute("aria-expanded", "false");
  };
  link.addEventListener("click", async (event) => {
    if (isPhone() || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (panel) return close();
    const label = find(".sr", link).textContent;
    const opened = make("div", { class: "bell-panel", role: "dialog", "aria-label": label });
    panel = opened;
    panel.innerHTML = rowBones;
    link.after(panel);
    link.setAttribute("aria-expanded", "true");
    try {
      const html = await fragment("/notifications/menu");
      if (panel !== opened) return;
      panel.innerHTML = html;
      window.htmx?.process(panel);
    } catch {
      location.assign(link.href);
    }
  });
  // The panel stands behind the bell: past its last entry the page goes on, and the panel is not left in the way.
  link.parentElement.addEventListener("focusout", ({ relatedTarget: next }) => {
    if (panel && next && next !== link && !panel.contains(next)) close();
  });
  const outside = (event) => panel && !panel.contains(event.target) && !link.contains(event.target) && close();
  const escape = (event) => event.key === "Escape" && panel && (close(), link.focus());
  document.addEventListener("pointerdown", outside);
  document.addEventListener("keydown", escape);
  return () => {
    document.removeEventListener("pointerdown", outside);
    document.removeEventListener("keydown", escape);
  };
}
