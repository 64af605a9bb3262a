/**
 * The way back leads to where one was: the same card at the same height, however far down an endless list it stands.
 * The browser's history keeps how much was loaded and which card was looked at, never its words; the pages come from
 * the server again, so after signing out there is nothing to go back to.
 */
import { find, scrollUntilStill, standingAt } from "../lib/dom.js";

const MOST_PAGES = 15;
const PAUSE = 150;
const MORE = "[data-more] > a[rel=next]";
const ANCHORS = ".card[id], .comment[id]";

export default function wayback(body) {
  const kept = history.state?.place;
  let pages = 0;
  let timer;

  const keep = () => {
    clearTimeout(timer);
    if (restoring) return;
    const top = find(".top")?.offsetHeight ?? 0;
    const anchor = standingAt(top + 40, ANCHORS);
    const held = document.activeElement?.matches("main a[href]:focus-visible") ? document.activeElement.getAttribute("href") : null;
    const place = { pages, id: anchor?.id, top: anchor?.getBoundingClientRect().top, y: scrollY, held };
    history.replaceState({ ...history.state, place }, "");
  };
  addEventListener("scroll", () => (clearTimeout(timer), (timer = setTimeout(keep, PAUSE))), { passive: true });
  addEventListener("pagehide", keep);
  // In time for browsers that don't keep what is said in the last moment.
  body.addEventListener("click", (event) => event.target.closest?.("a[href]") && keep());

  document.addEventListener("htmx:beforeSwap", ({ detail: { requestConfig, target } }) => {
    if (requestConfig.elt.matches("a[rel=next]")) pages += 1;
    else if (target.id === "cards") pages = 0;
  });

  const [navigation] = performance.getEntriesByType("navigation");
  let restoring = Boolean(kept) && ["back_forward", "reload"].includes(navigation?.type) && (kept.pages > 0 || Boolean(kept.id));
  if (!restoring) return;

  // Who moves on by themselves is not pulled back.
  const stop = () => (restoring = false);
  for (const type of ["wheel", "touchstart", "keydown"]) addEventListener(type, stop, { passive: true, once: true });

  const there = () => (kept.id ? document.getElementById(kept.id) : null);

  async function restore() {
    history.scrollRestoration = "manual";
    while (restoring && !there() && pages < Math.min(kept.pages, MOST_PAGES)) {
      const more = find(MORE, body);
      if (!more) break;
      const before = pages;
      await window.htmx.ajax("GET", more.getAttribute("href"), { source: more, target: more.parentElement, swap: "outerHTML" });
      if (pages === before) break;
    }
    if (!restoring) return;
    const anchor = there();
    if (anchor) await scrollUntilStill(() => scrollBy({ top: anchor.getBoundingClientRect().top - kept.top, behavior: "instant" }), () => restoring);
    else scrollTo({ top: kept.y, behavior: "instant" });
    const held = kept.held && find(`a[href="${CSS.escape(kept.held)}"]`, anchor ?? body);
    held?.focus({ preventScroll: true });
    restoring = false;
  }
  restore().finally(() => (history.scrollRestoration = "auto"));
}
