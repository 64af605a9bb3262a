/** Copies an address of ours, made absolute. */
import { toast } from "../lib/toast.js";
import { word } from "../lib/words.js";

export default function copy(button) {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(new URL(button.dataset.copy, location.origin).href);
    toast(word("copied"));
  });
}
