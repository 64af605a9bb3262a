/** A field that the page came with as wrong, until something else is put into it: that may be right. */
import { all, find } from "../lib/dom.js";
import { clearErrors } from "../lib/errors.js";

export default function mended(around) {
  const mend = () => {
    clearErrors(around);
    around.classList.remove("is-wrong");
    for (const link of all(".form-summary a")) {
      if (around.contains(document.getElementById(link.hash.slice(1)))) link.closest("li").remove();
    }
    for (const summary of all(".form-summary")) if (!find("li", summary)) summary.remove();
  };
  around.addEventListener("input", mend, { once: true });
}
