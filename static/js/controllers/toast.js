/** A message that came with the page; a live region tells only what changes, so it is said once more. */
import { announce } from "../lib/announce.js";
import { arm } from "../lib/toast.js";

export default (element) => {
  announce("message", element.textContent.trim());
  arm(element);
};
