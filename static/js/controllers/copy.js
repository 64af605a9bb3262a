/** Copies a text; an address of ours, made absolute. */
import { toast } from "../lib/toast.js";
import { word } from "../lib/words.js";

export default function copy(button) {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const { copy: text } = button.dataset;
    await navigator.clipboard.writeText(text.startsWith("/") ? new URL(text, location.origin).href : text);
    toast(word("copied"));
  });
}
