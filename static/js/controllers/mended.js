/**
 * What the page came with as wrong, until something else is in the field that the browser finds right, too: the server may
 * as well. Its line in the list on top goes with it, and nothing is read aloud.
 */
import { all, find } from "../lib/dom.js";
import { clearErrors } from "../lib/errors.js";
import { isChanged } from "../lib/fields.js";

export default function mended(around) {
  const fields = all("input, select, textarea", around);
  const mend = () => {
    if (!fields.some(isChanged) || fields.some((field) => !field.validity.valid)) return;
    around.removeEventListener("input", mend);
    clearErrors(around);
    around.classList.remove("is-wrong");
    for (const link of all(".form-summary a")) {
      if (around.contains(document.getElementById(link.hash.slice(1)))) link.closest("li").remove();
    }
    for (const summary of all(".form-summary")) if (!find("li", summary)) summary.remove();
  };
  around.addEventListener("input", mend);
  // A file may have been chosen before this script came; what is typed goes on, and what the browser fills in nobody typed.
  if (fields.some((field) => field.files?.length)) mend();
}
