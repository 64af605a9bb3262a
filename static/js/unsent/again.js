/** What does not wait: that nobody answered is said beside the button, and one tap tries again. */
import { find, make } from "../lib/dom.js";
import { closePopover, place, popover } from "../lib/popover.js";
import { word } from "../lib/words.js";

export function notDone(button, again) {
  const box = popover(button, "", { className: "not-done", label: word("notDone") });
  const retry = make("button", { class: "btn btn--small", type: "button", text: word("again") });
  retry.addEventListener("click", () => {
    closePopover();
    button.focus();
    again();
  });
  box.append(make("p", { role: "alert", text: word("notDone") }), retry);
  place(box, button);
  retry.focus();
}

/** Forms that no script sends: without a connection they stay, with all that was typed, and are not lost to an error page. */
export function guardForms() {
  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    const method = submitter?.getAttribute("formmethod") ?? form.method;
    // Who leaves a shared tablet does not want the page to stay.
    const leaves = submitter?.getAttribute("formaction") === "/sign-out";
    if (event.defaultPrevented || navigator.onLine || method !== "post" || leaves) return;
    event.preventDefault();
    notDone(submitter ?? find("button", form) ?? form, () => form.requestSubmit(submitter));
  });
}
