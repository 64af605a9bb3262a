/**
 * Names the chosen files in a drop place, and takes files dropped on it. With data-sends they are sent at once; a button of
 * its form with data-when-chosen can be pressed when something is chosen. A photo for the face that stands beside it is
 * shown there as it will look.
 */
import { find, make } from "../lib/dom.js";

/** Twice the side of the largest face. */
const FACE = 224;

export default function drop(label) {
  const input = find("input[type=file]", label);
  const chosen = find("[data-chosen]", label);
  const form = input.form ?? label;
  const save = find("[data-when-chosen]", form);
  // The button that sends is for browsers without scripts, and says that it is at work.
  const button = "sends" in label.dataset && find("button", form);
  if (button) button.hidden = !input.files.length;
  let face = find(".av--xl", form.parentElement);

  /** Where the file is no picture that the browser knows, the face stays as it is. */
  async function showFace(file) {
    if (!face || !file) return;
    const { preview } = await import("../lib/picture.js");
    const src = await preview(file, FACE);
    if (src && file === input.files[0]) face.replaceWith((face = make("img", { class: "av av--xl", src, alt: "" })));
  }

  const tell = () => {
    chosen.textContent = [...input.files].map((file) => file.name).join(", ");
    if (save) save.disabled = !input.files.length;
  };
  const show = () => {
    tell();
    showFace(input.files[0]);
    if (!button || !input.files.length) return;
    button.hidden = false;
    // Without a connection it stays, to be pressed again.
    if (navigator.onLine) button.setAttribute("aria-busy", "true");
    form.requestSubmit(button);
  };
  tell();
  input.addEventListener("change", show);
  for (const type of ["dragenter", "dragover"]) {
    label.addEventListener(type, (event) => (event.preventDefault(), label.classList.add("is-over")));
  }
  for (const type of ["dragleave", "drop"]) {
    label.addEventListener(type, () => label.classList.remove("is-over"));
  }
  // Somebody may have been faster than this script; but who comes back by the browser's button wants nothing sent again.
  const [visit] = performance.getEntriesByType("navigation");
  if (input.files.length && visit?.type !== "back_forward") show();
  label.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    // Whoever else listens to the field hears of it, too.
    for (const type of ["input", "change"]) input.dispatchEvent(new Event(type, { bubbles: true }));
  });
}
