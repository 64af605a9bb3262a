/** Cards of people, topics and groups: on hover, on keyboard focus, and on tap where there is no hover. */
import { fragment } from "../lib/http.js";
import { closePopover, openPopover, popover } from "../lib/popover.js";

const SUBJECT = /^\/(@[^/]+|(people|topics|groups)\/[^/]+)$/;
const SHOW = 380;
const FOCUS = 700;
const HIDE = 220;
const FRESH = 60_000;
const cache = new Map();

const subject = (target) => {
  const link = target instanceof Element ? target.closest("main a[href]") : null;
  if (!link || link.origin !== location.origin || !SUBJECT.test(link.pathname) || link.pathname === location.pathname) return null;
  return link.closest(".head, .tabs, .page-title, .hover") ? null : link;
};

async function load(link) {
  const known = cache.get(link.pathname);
  if (known && Date.now() - known.at < FRESH) return known.html;
  const html = await fragment(`${link.pathname}/card`);
  cache.set(link.pathname, { html, at: Date.now() });
  return html;
}

export default function hovercards(body) {
  let timer;
  let wanted = null;

  async function show(link) {
    wanted = link;
    try {
      const html = await load(link);
      if (wanted !== link || !link.isConnected) return;
      const box = popover(link, html, { className: "hover" });
      box.addEventListener("pointerenter", () => clearTimeout(timer));
      box.addEventListener("pointerleave", leave);
    } catch {
      // The link itself still leads to the page.
    }
  }
  const soon = (link, pause) => {
    clearTimeout(timer);
    timer = setTimeout(() => show(link), pause);
  };
  const leave = () => {
    clearTimeout(timer);
    wanted = null;
    timer = setTimeout(() => openPopover()?.box.matches(".hover") && closePopover(), HIDE);
  };

  body.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    const link = subject(event.target);
    if (link && openPopover()?.anchor !== link) soon(link, SHOW);
    else if (link) clearTimeout(timer);
  });
  body.addEventListener("pointerout", (event) => {
    if (event.pointerType === "mouse" && subject(event.target) && !subject(event.target).contains(event.relatedTarget)) leave();
  });
  body.addEventListener("focusin", (event) => {
    const link = subject(event.target);
    if (link?.matches(":focus-visible") && !link.closest(".rows-item")) soon(link, FOCUS);
  });
  body.addEventListener("focusout", (event) => {
    if (subject(event.target) && !openPopover()?.box.contains(event.relatedTarget)) leave();
  });
  body.addEventListener("click", (event) => {
    const link = subject(event.target);
    clearTimeout(timer);
    wanted = null;
    if (!link?.closest(".card, .thread") || !matchMedia("(hover: none)").matches) return;
    event.preventDefault();
    show(link);
  });
}
