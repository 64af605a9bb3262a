/**
 * Names the chosen files in a drop place, and takes files dropped on it. A button of its form with data-when-chosen can be
 * pressed when something is chosen.
 */
import { find } from "../lib/dom.js";

export default function drop(label) {
  const input = find("input[type=file]", label);
  const chosen = find("[data-chosen]", label);
  const send = input.form && find("[data-when-chosen]", input.form);
  const show = () => {
    chosen.textContent = [...input.files].map((file) => file.name).join(", ");
    if (send) send.disabled = !input.files.length;
  };
  show();
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
