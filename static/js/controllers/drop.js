/** Names the chosen files in a drop place, and takes files dropped on it; with data-sends they are sent at once. */
import { find } from "../lib/dom.js";

export default function drop(label) {
  const input = find("input[type=file]", label);
  const chosen = find("[data-chosen]", label);
  // The button that sends is for browsers without scripts, and says that it is at work.
  const button = "sends" in label.dataset && find("button", input.form);
  if (button) button.hidden = true;
  const show = () => {
    chosen.textContent = [...input.files].map((file) => file.name).join(", ");
    if (!button || !input.files.length) return;
    button.hidden = false;
    button.setAttribute("aria-busy", "true");
    input.form.requestSubmit(button);
  };
  input.addEventListener("change", show);
  for (const type of ["dragenter", "dragover"]) {
    label.addEventListener(type, (event) => (event.preventDefault(), label.classList.add("is-over")));
  }
  for (const type of ["dragleave", "drop"]) {
    label.addEventListener(type, () => label.classList.remove("is-over"));
  }
  label.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    show();
  });
}
