/** Says to who listens what others see happen: in one polite region, and seldom. */
import { make } from "./dom.js";

/** What comes at once is told at once; of one kind nothing is told more often than this. */
const GATHER = 1000;
const REST = 20_000;

// It stands there before anything is said, or screen readers would miss the first words.
const region = document.body.appendChild(make("p", { class: "sr", role: "status", id: "said" }));
const waiting = new Map();
const toldAt = new Map();

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
  setTimeout(() => {
    waiting.delete(kind);
    toldAt.set(kind, performance.now());
    region.textContent = told.text;
  }, pause);
}
