/** What is said beside a text while it is typed: that it is kept, and, near the end, how much room is left. */
import { announce } from "./announce.js";
import { counted, word } from "./words.js";

const LIMIT = 10_000;
const WARN = 500;

/** Show how many characters are left in `field`, from the last few hundred on; aloud now and then. */
export function showRoom(left, field) {
  const remaining = LIMIT - field.value.length;
  const shown = remaining >= WARN ? "" : remaining < 0 ? `${word("over")}: ${-remaining}` : String(remaining);
  if (shown && shown !== left.textContent && document.activeElement === field) announce("room", counted("left", remaining));
  left.textContent = shown;
  left.classList.toggle("is-over", remaining < 0);
}

/** Say that a draft is kept, when it `isLong` here alone: to the eye each time, aloud once, for it is kept at every pause. */
export function keeps(saved, isLong = false) {
  const words = word(isLong ? "draftLong" : "draftKept");
  saved.textContent = words;
  saved.classList.toggle("is-long", isLong);
  if (told !== words) announce("draft", words);
  told = words;
}
let told;

/** Say that what was begun is back. */
export function isBack(saved) {
  saved.classList.remove("is-long");
  saved.textContent = word("draftBack");
  announce("draft", word("draftBack"));
}
