/** A message that came with the page is put in anew: a live region tells only what is added to it. */
import { toast } from "../lib/toast.js";

export default (element) => {
  element.remove();
  toast(element.textContent.trim());
};
