/**
 * Keeps "5 minutes ago" true, and tells the exact moment in the reader's language and time zone to who points at it,
 * comes to it with the keyboard, or taps it; where it is a link, presses it long. Escape takes it away.
 */
import { all, find, make } from "../lib/dom.js";
import { place } from "../lib/popover.js";

const MINUTE = 60;
const STEPS = [
  ["minute", MINUTE, 3600],
  ["hour", 3600, 86400],
  ["day", 86400, 7 * 86400],
];
const SHOW = 300;
const HIDE = 200;
const PRESS = 480;
const MOMENT = "time[datetime*=T]";

export default function moments(body) {
  const locale = document.documentElement.lang || "en";
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  // The day before the month and hours to 24, as the server writes them.
  const exact = new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, { dateStyle: "full", timeStyle: "short", timeZone: body.dataset.zone || undefined });
  const now = relative.format(0, "second");

  /**
   * Words for a moment less than a week old; older ones keep the date that the server wrote. What lies ahead says so
   * (data-ahead), and is told in minutes when it comes near: any other moment may seem to, where a clock is slow.
   */
  const words = (seconds, ahead) => {
    if (ahead && seconds < 0) return seconds > -3600 ? relative.format(Math.ceil(-seconds / MINUTE), "minute") : "";
    if (seconds < 45) return now;
    const step = STEPS.find(([, , limit]) => seconds < limit);
    return step && relative.format(-Math.max(1, Math.round(seconds / step[1])), step[0]);
  };
  const refresh = () => {
    if (document.hidden) return;
    for (const element of all(MOMENT, body)) {
      const text = words((Date.now() - new Date(element.dateTime)) / 1000, "ahead" in element.dataset);
      if (text && element.textContent !== text) element.textContent = text;
      // What the server says without scripts would be said twice.
      element.removeAttribute("title");
      // One that stands alone is come to with the keyboard; a row of notifications tells its own.
      if (!element.closest("a[href], .note, .found")) element.tabIndex = 0;
    }
  };
  document.addEventListener("visibilitychange", refresh);
  document.addEventListener("htmx:load", refresh);
  setInterval(refresh, 30_000);
  refresh();
  telling(body, (moment) => exact.format(new Date(moment.dateTime)));
}

/** The exact moment beside the one that is pointed at, stays while the pointer is on it. */
function telling(body, words) {
  const tip = body.appendChild(make("div", { class: "tip", role: "tooltip", id: "tip", hidden: true }));
  let timer;
  let owner = null;
  let pressed = false;

  function hide() {
    clearTimeout(timer);
    tip.hidden = true;
    owner?.removeAttribute("aria-describedby");
    owner = null;
  }
  function show(moment, described) {
    hide();
    tip.textContent = words(moment);
    tip.hidden = false;
    owner = described;
    owner.setAttribute("aria-describedby", "tip");
    beside(moment);
  }
  /** At the side of it, where it covers no words; below or above where there is no room, as on a phone. */
  function beside(moment) {
    const { top, right, height } = moment.getBoundingClientRect();
    place(tip, moment);
    if (right + tip.offsetWidth + 20 > innerWidth) return;
    tip.style.left = `${right + 8}px`;
    tip.style.top = `${scrollY + top + (height - tip.offsetHeight) / 2}px`;
  }
  const soon = (act, pause, ...rest) => {
    clearTimeout(timer);
    timer = setTimeout(act, pause, ...rest);
  };
  const momentAt = (target) => (target instanceof Element ? target.closest(MOMENT) : null);
  /** The moment that the focus is at: itself, in the link, or in the row whose link it is. */
  const momentIn = (focused) => momentAt(focused) ?? find(`:scope > ${MOMENT}`, focused) ?? (focused.matches(".note-link, .found-link") ? find(MOMENT, focused.closest(".note, .found")) : null);

  body.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    const moment = momentAt(event.target);
    if (moment) soon(show, SHOW, moment, moment.closest("a") ?? moment);
    else if (tip.contains(event.target)) clearTimeout(timer);
    else if (owner && !owner.matches(":focus-visible")) soon(hide, HIDE);
    else if (!owner) clearTimeout(timer);
  });
  body.addEventListener("focusin", ({ target }) => {
    const moment = momentIn(target);
    if (moment && target.matches(":focus-visible")) show(moment, target);
  });
  body.addEventListener("focusout", () => owner && hide());
  body.addEventListener("pointerdown", (event) => {
    pressed = false;
    const moment = event.pointerType === "touch" ? momentAt(event.target) : null;
    if (!tip.contains(event.target)) hide();
    if (moment) soon(() => ((pressed = true), show(moment, moment.closest("a") ?? moment)), PRESS);
  });
  for (const type of ["pointerup", "pointercancel"]) body.addEventListener(type, () => owner || clearTimeout(timer));
  body.addEventListener("contextmenu", (event) => pressed && momentAt(event.target) && event.preventDefault());
  body.addEventListener(
    "click",
    (event) => {
      const moment = momentAt(event.target);
      if (pressed && moment) {
        event.preventDefault();
        event.stopPropagation();
      } else if (moment && !moment.closest("a[href]") && !event.target.closest(".note")) show(moment, moment);
      pressed = false;
    },
    true,
  );
  addEventListener("scroll", () => owner && !owner.matches(":focus-visible") && hide(), { passive: true });
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
}
