/** On a desk the bell opens the latest notifications in place; on a phone, or when that fails, it is a link. */
import { isPhone, make } from "../lib/dom.js";
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
    try {
      const html = await fragment("/notifications/menu");
      panel = make("div", { class: "bell-panel", role: "dialog", "aria-label": link.textContent.trim() });
      panel.innerHTML = html;
      link.after(panel);
      window.htmx?.process(panel);
      link.setAttribute("aria-expanded", "true");
    } catch {
      location.assign(link.href);
    }
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
