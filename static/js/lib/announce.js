/** Says to who listens what others see happen: in one polite region, and seldom. */
import { make } from "./dom.js";

/** What comes at once is told at once; of one kind nothing is told more often than this. */
const GATHER = 1000;
const REST = 20_000;
/** What is said stands so long before something else takes its place, or only the last would be heard. */
const STANDS = 2_000;

// It stands there before anything is said, or screen readers would miss the first words.
const region = document.body.appendChild(make("p", { class: "sr", role: "status", id: "said" }));
const waiting = new Map();
const toldAt = new Map();
let free = 0;

/** Say `text`; of texts of the same kind the last one counts. */
export function announce(kind, text) {
  if (!text) return;
  const known = waiting.get(kind);
  if (known) {
    known.text = text;
    return;
  }
  const pause = Math.max(GATHER, (toldAt.get(kind) ?? -REST) + REST - performance.now());
  const told = { text };
  waiting.set(kind, told);
  setTimeout(say, pause, kind, told);
}

function say(kind, told) {
  const now = performance.now();
  if (now < free) {
    setTimeout(say, free - now, kind, told);
    return;
  }
  free = now + STANDS;
  waiting.delete(kind);
  toldAt.set(kind, now);
  region.textContent = told.text;
}
