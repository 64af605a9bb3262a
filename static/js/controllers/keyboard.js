/** One-key acts, as long as one is not typing and has not switched them off: / n j k l r o ? */
import { all, bring, find, focusOn, isTyping } from "../lib/dom.js";
import { openReply, replyTo } from "./card.js";

/** What j and k walk: publications, the comments of an open one, results, notifications, rows. */
const STEPS = ".card[data-item], .thread--page .comment, .thread--page .answer, main .found, main .note, main .rows-item";

const picked = () => find(".is-picked");

function firstAhead(stops) {
  const line = (find(".top")?.offsetHeight ?? 0) + 20;
  return stops.findIndex((element) => element.getBoundingClientRect().top >= line - 1);
}

function step(by) {
  const stops = all(STEPS).filter((element) => element.checkVisibility());
  if (!stops.length) return;
  const current = picked();
  const at = current ? stops.indexOf(current) + by : firstAhead(stops);
  const next = stops[Math.min(Math.max(at, 0), stops.length - 1)];
  current?.classList.remove("is-picked");
  next.classList.add("is-picked");
  focusOn(next);
  bring(next, "start");
}

/** Where the picked entry leads: the moment of a publication, the one link of a row. */
function open() {
  const here = picked();
  const own = here && (find("header time", here)?.closest("a") ?? find(".found-link, .note-link, .who-name, a", here));
  own?.click();
}

function answer() {
  const here = picked();
  const to = here?.matches(".comment") && find(':scope > div > .meta > a[href*="reply="]', here);
  if (to) replyTo(to);
  else openReply(here?.closest(".card[data-item]") ?? find(".card[data-item]"));
}

/** What is picked, what has the focus, or what the page is about; in a stream the first ahead is picked, and liked the next time. */
function like() {
  const here = picked() ?? document.activeElement.closest(STEPS) ?? (find(".thread--page") && find(".card[data-item]"));
  if (here) find(":scope > div > .meta > .like, .acts > .like", here)?.click();
  else step(1);
}

const acts = {
  "/": () => find("#search")?.select(),
  n: () => {
    const field = find("#composer textarea");
    if (field) field.focus();
    else location.assign("/?write#composer");
  },
  j: () => step(1),
  k: () => step(-1),
  l: like,
  r: answer,
  o: open,
  "?": () => find("a[data-keys]")?.click(),
};

/** The same keys on a keyboard whose layout has no Latin letters: by the place they have on it. */
const PLACES = { KeyN: "n", KeyJ: "j", KeyK: "k", KeyL: "l", KeyR: "r", KeyO: "o" };

function actOf({ key, code, shiftKey }) {
  if (Object.hasOwn(acts, key)) return acts[key];
  if (code === "Slash") return { ".": acts["/"], ",": acts["?"] }[key];
  return /^[\x21-\x7e]$/.test(key) || shiftKey ? null : acts[PLACES[code]];
}

export default function keyboard(body) {
  if (body.dataset.keys === "off") return;
  body.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event.target) || find("dialog[open]")) return;
    const act = actOf(event);
    // A key that is held walks on; it does not like and unlike.
    if (!act || (event.repeat && act !== acts.j && act !== acts.k)) return;
    event.preventDefault();
    act();
  });
}
