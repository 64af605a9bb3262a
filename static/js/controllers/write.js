/** "Write" in the bottom bar: where the composer is on the page already, it opens there. */
import { bring, find } from "../lib/dom.js";

export default (link) =>
  link.addEventListener("click", (event) => {
    const text = find("#composer textarea");
    if (!text) return;
    event.preventDefault();
    text.focus();
    bring(text.closest("form"), "start");
  });
