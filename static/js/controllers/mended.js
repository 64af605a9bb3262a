/**
 * What the page came with as wrong, until something else is in the field that the browser finds right, too: the server may
 * as well. Its line in the list on top goes with it, and nothing is read aloud.
 */
import { all, find } from "../lib/dom.js";
import { clearErrors } from "../lib/errors.js";
import { isChanged } from "../lib/fields.js";

const EVENTS = ["input", "change"];

/** Whether somebody was here before this script: chose a file, or wrote and left the field. What the browser fills in nobody wrote. */
const isDone = (field) => field.files?.length || (CSS.supports("selector(:user-valid)") && field.matches(":user-valid:not(:autofill)"));

export default function mended(around) {
  const fields = all("input, select, textarea", around);
  const mend = () => {
    if (!fields.some(isChanged) || fields.some((field) => !field.validity.valid)) return;
    for (const event of EVENTS) around.removeEventListener(event, mend);
    clearErrors(around);
    around.classList.remove("is-wrong");
    for (const link of all(".form-summary a")) {
      if (around.contains(document.getElementById(link.hash.slice(1)))) link.closest("li").remove();
    }
    for (const summary of all(".form-summary")) if (!find("li", summary)) summary.remove();
  };
  for (const event of EVENTS) around.addEventListener(event, mend);
  if (fields.some(isDone)) mend();
}
