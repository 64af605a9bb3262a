/** A link to a comment leads to it: what is folded there opens, it stands out, and the focus and the eye are at it. */
import { bring, find, focusOn, scrollUntilStill } from "../lib/dom.js";
import { toast } from "../lib/toast.js";
import { word } from "../lib/words.js";

const COMMENT = /^#c-[\w-]+$/;

/** Who comes back stands where they were. */
const isNew = () => performance.getEntriesByType("navigation")[0]?.type === "navigate";

export default function landing() {
  const land = ({ first = false } = {}) => {
    // The field at the end of a long thread: the browser went there before it knew where that is.
    const field = location.hash === "#reply" && find("#reply");
    if (field && (!first || isNew())) bring(field);
    if (!COMMENT.test(location.hash)) return;
    const comment = document.getElementById(location.hash.slice(1));
    if (!comment) {
      if (find("[data-thread]")) toast(word("commentGone"));
      return;
    }
    find(":scope > div > .bubble > .unfold[data-unfold], :scope > .unfold[data-unfold]", comment)?.click();
    focusOn(comment);
    if (!first || isNew()) scrollUntilStill(() => comment.scrollIntoView({ block: "center", behavior: "instant" }));
  };
  addEventListener("hashchange", () => land());
  land({ first: true });
}
