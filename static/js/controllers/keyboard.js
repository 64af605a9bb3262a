/** One-key acts, as long as one is not typing: / n j k l r o ? */
import { all, find, gently, isTyping, make } from "../lib/dom.js";
import { sheet } from "../lib/sheet.js";
import { word } from "../lib/words.js";
import { openReply } from "./card.js";

const picked = () => find(".card.is-picked");

function step(by) {
  const cards = all(".card[data-item]");
  if (!cards.length) return;
  const line = (find(".top")?.offsetHeight ?? 0) + 20;
  const current = picked();
  const at = current
    ? cards.indexOf(current) + by
    : cards.findIndex((card) => card.getBoundingClientRect().top >= line - 1);
  const next = cards[Math.min(Math.max(at, 0), cards.length - 1)];
  current?.classList.remove("is-picked");
  next.classList.add("is-picked");
  next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "start", behavior: gently() });
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
  l: () => picked() && find(".acts .like", picked())?.click(),
  r: () => openReply(picked() ?? find(".card[data-item]")),
  o: () => picked() && find("header time", picked())?.closest("a")?.click(),
  "?": showKeys,
};

export function showKeys() {
  const rows = [
    [["/"], "keySearch"],
    [["n"], "keyWrite"],
    [["j", "k"], "keyStep"],
    [["l"], "keyLike"],
    [["r"], "reply"],
    [["o"], "keyOpen"],
    [["?"], "keyHelp"],
  ];
  const list = make("dl", { class: "keys" });
  for (const [keys, name] of rows) {
    list.append(make("dt", {}, ...keys.map((key) => make("kbd", { text: key }))), make("dd", { text: word(name) }));
  }
  sheet(word("keys"), list);
}

export default function keyboard(body) {
  body.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || find("dialog[open]")) return;
    const act = acts[event.key] ?? acts[LATIN[event.key]];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

/** The same keys on a keyboard left in the Russian layout. */
const LATIN = { т: "n", о: "j", л: "k", д: "l", к: "r", щ: "o" };
