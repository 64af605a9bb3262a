/** Copies an address of ours (data-copy), made absolute, or any text (data-text) as it is. */
import { toast } from "../lib/toast.js";
import { word } from "../lib/words.js";

export default function copy(button) {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const { copy: address, text } = button.dataset;
    await navigator.clipboard.writeText(text ?? new URL(address, location.origin).href);
    toast(word("copied"));
  });
}
