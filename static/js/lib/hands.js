/** A press ends on what it began on: nothing is exchanged or moved under a finger between its coming down and its click. */

/** Milliseconds in which the click follows a finger that has left; a swipe brings none. */
const CLICK = 350;
/** A finger that went up outside the window tells nobody. */
const LONGEST = 30_000;

let press = null;
let over = () => {};
let timer;

function ends(after) {
  clearTimeout(timer);
  timer = setTimeout(() => {
    press = null;
    over();
  }, after);
}

function begins() {
  press ??= new Promise((resolve) => (over = resolve));
  ends(LONGEST);
}

addEventListener("pointerdown", begins, true);
addEventListener("pointerup", () => press && ends(CLICK), true);
addEventListener("pointercancel", () => press && ends(0), true);
addEventListener("click", () => press && ends(0), true);

/** Resolves when nobody is pressing anything: at once, mostly. */
export const handsOff = () => press ?? Promise.resolve();
