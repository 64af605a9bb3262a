/** What does not wait: that nobody answered is said beside the button, and one tap tries again. */
import { find, make, signsOut } from "../lib/dom.js";
import { closePopover, place, popover } from "../lib/popover.js";
import { word } from "../lib/words.js";

export function notDone(button, again) {
  const within = button.closest("dialog[open], .floating");
  const retry = make("button", { class: "btn btn--small", type: "button", text: word("again") });
  const said = [make("p", { role: "alert", text: word("notDone") }), retry];
  const box = within ? inside(within, button) : popover(button, "", { className: "not-done", label: word("notDone") });
  retry.addEventListener("click", (event) => {
    // A menu closes when one of its buttons is pressed, and its form with it.
    event.stopPropagation();
    if (within) box.remove();
    else closePopover();
    button.focus();
    again();
  });
  box.append(...said);
  if (!within) place(box, button);
  retry.focus();
}

/** In a menu or dialog it stands below the button: a sheet of its own would close the one, and lie behind the other. */
function inside(within, button) {
  find(".not-done", within)?.remove();
  const box = make("div", { class: "not-done not-done--inside" });
  (button.closest("form") ?? button).after(box);
  return box;
}

/** Forms that no script sends: without a connection they stay, with all that was typed, and are not lost to an error page. */
export function guardForms() {
  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    const method = submitter?.getAttribute("formmethod") ?? form.method;
    // Who leaves a shared tablet does not want the page to stay.
    if (event.defaultPrevented || navigator.onLine || method !== "post" || signsOut(event)) return;
    event.preventDefault();
    notDone(submitter ?? find("button", form) ?? form, () => form.requestSubmit(submitter));
  });
}
