/**
 * Cards of people, topics and groups. With a mouse they open where it rests; on a screen that is touched, by a tap on a
 * face or a topic, and by a long press on any name (a tap on a name goes where it leads); with the keyboard where the
 * focus rests, or at once with Alt and the down arrow, which goes inside. They stay while one points at them.
 */
import { find } from "../lib/dom.js";
import { personBones } from "../lib/bones.js";
import { fragment } from "../lib/http.js";
import { closePopover, enterPopover, fill, openPopover, popover } from "../lib/popover.js";

const SUBJECT = /^\/(@[^/]+|(people|topics|groups)\/[^/]+)$/;
const SHOW = 380;
const FOCUS = 700;
const HIDE = 220;
const PRESS = 480;
const SLACK = 10;
const FRESH = 60_000;
const cache = new Map();
const canPoint = matchMedia("(any-hover: hover)");

/** The link whose card is meant: itself, or in a publication the name beside a face. */
function subject(target) {
  if (!(target instanceof Element)) return null;
  const face = target.closest(".card .who > .av, .thread .comment > .av");
  const link = face ? find(".who-name, .bubble > a", face.parentElement) : target.closest("main a[href]");
  if (!link || link.origin !== location.origin || !SUBJECT.test(link.pathname) || link.pathname === location.pathname) return null;
  return link.closest(".head, .tabs, .page-title, .hover") ? null : link;
}

async function load(link) {
  const known = cache.get(link.pathname);
  if (known && Date.now() - known.at < FRESH) return known.html;
  const html = await fragment(`${link.pathname}/card`);
  cache.set(link.pathname, { html, at: Date.now() });
  return html;
}

const shown = () => (openPopover()?.box.matches(".hover") ? openPopover() : null);

export default function hovercards(body) {
  let timer;

  async function show(link, { enter = false } = {}) {
    clearTimeout(timer);
    const box = popover(link, personBones, { className: "hover", label: link.textContent.trim() });
    box.addEventListener("pointerenter", () => clearTimeout(timer));
    box.addEventListener("pointerleave", leave);
    try {
      const html = await load(link);
      if (shown()?.box !== box) return;
      fill(box, html);
      if (enter) enterPopover();
    } catch {
      // The link itself still leads to the page.
      if (shown()?.box === box) closePopover();
    }
  }
  const soon = (link, pause) => {
    clearTimeout(timer);
    timer = setTimeout(show, pause, link);
  };
  const inUse = ({ box, anchor }) =>
    box.matches(":hover") || find(":focus-visible", box) || anchor.matches(":hover, :focus-visible");
  const leave = () => {
    clearTimeout(timer);
    timer = setTimeout(() => shown() && !inUse(shown()) && closePopover(), HIDE);
  };

  body.addEventListener("pointerover", (event) => {
    // A reader of the screen on a phone moves a mouse that is not there.
    if (event.pointerType !== "mouse" || !canPoint.matches) return;
    const link = subject(event.target);
    if (link && shown()?.anchor !== link) soon(link, SHOW);
    else if (link) clearTimeout(timer);
  });
  body.addEventListener("pointerout", (event) => {
    if (event.pointerType === "mouse" && subject(event.target) && subject(event.relatedTarget) !== subject(event.target)) leave();
  });
  body.addEventListener("focusin", (event) => {
    // Whatever has the focus now is not to be covered.
    const open = shown();
    const within = open && [open.box, open.anchor].some((element) => element.contains(event.target) || element.matches(":hover"));
    if (open && !within) closePopover();
    const link = subject(event.target);
    // Where the focus comes back to when a card was closed, it is not opened again.
    if (link?.matches(":focus-visible") && !link.closest(".rows-item") && !event.relatedTarget?.closest(".floating")) soon(link, FOCUS);
  });
  body.addEventListener("focusout", (event) => {
    if (subject(event.target)) leave();
  });
  body.addEventListener("keydown", (event) => {
    if (event.key === "Escape") clearTimeout(timer);
    const link = event.key === "ArrowDown" && event.altKey ? subject(event.target) : null;
    if (!link) return;
    event.preventDefault();
    if (shown()?.anchor === link) enterPopover();
    else show(link, { enter: true });
  });

  body.addEventListener("click", (event) => {
    const link = subject(event.target);
    clearTimeout(timer);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const face = !link.contains(event.target);
    const touched = event.pointerType === "touch" || matchMedia("(hover: none)").matches;
    if (touched && link.closest(".card, .thread") && (face || link.pathname.startsWith("/topics/"))) {
      event.preventDefault();
      show(link);
    } else if (face) link.click();
  });
  pressing(body, show);
}

/** A long press with a finger opens the card in the place of the browser's menu; the tap that ends it does nothing. */
function pressing(body, show) {
  let timer;
  let from = null;
  let opened = false;
  const stop = () => {
    clearTimeout(timer);
    from = null;
  };
  body.addEventListener("pointerdown", (event) => {
    stop();
    opened = false;
    const link = event.pointerType === "touch" ? subject(event.target) : null;
    if (!link) return;
    from = { x: event.clientX, y: event.clientY };
    timer = setTimeout(() => ((opened = true), show(link)), PRESS);
  });
  body.addEventListener("pointermove", (event) => {
    if (from && Math.hypot(event.clientX - from.x, event.clientY - from.y) > SLACK) stop();
  });
  for (const type of ["pointerup", "pointercancel"]) body.addEventListener(type, stop);
  body.addEventListener("contextmenu", (event) => (from || opened) && event.preventDefault());
  body.addEventListener(
    "click",
    (event) => {
      if (!opened) return;
      opened = false;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );
}
