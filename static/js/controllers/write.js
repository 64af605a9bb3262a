/** "Write" in the bottom bar: where the composer is on the page already, it opens there. */
import { find, gently } from "../lib/dom.js";

export default (link) =>
  link.addEventListener("click", (event) => {
    const text = find("#composer textarea");
    if (!text) return;
    event.preventDefault();
    text.focus();
    text.closest("form").scrollIntoView({ block: "start", behavior: gently() });
  });
