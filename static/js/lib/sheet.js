/** Dialogs made by the page itself: a question, a list, a fragment from the server. */
import { icon, make } from "./dom.js";
import { word } from "./words.js";

/** Show `content` in a dialog with a title; gone from the page when closed. Returns the <dialog>. */
export function sheet(title, content, { foot } = {}) {
  const close = make("button", { class: "icon-btn", type: "button", "aria-label": word("close") }, icon("x"));
  const dialog = make(
    "dialog",
    { class: "dialog", "aria-label": title, "data-controller": "dialog" },
    make("header", { class: "dialog-head" }, make("h2", { text: title }), close),
    make("div", { class: "dialog-body" }, content),
    foot && make("div", { class: "dialog-foot" }, ...foot),
  );
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Ask yes or no; resolves to true or false. */
export function confirmed(question, yes) {
  return new Promise((resolve) => {
    const no = make("button", { class: "btn", type: "button", text: word("cancel") });
    const go = make("button", { class: "btn btn--primary", type: "button", text: yes || word("yes") });
    const dialog = sheet(question, "", { foot: [no, go] });
    let answer = false;
    go.addEventListener("click", () => ((answer = true), dialog.close()));
    no.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => resolve(answer));
    no.focus();
  });
}
