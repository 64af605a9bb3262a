/** Signing out leaves nothing of the person on a shared tablet. */
import { forgetAll } from "../lib/drafts.js";

export default (button) =>
  button.addEventListener("click", () => {
    forgetAll();
    sessionStorage.clear();
    window.caches?.keys().then((names) => names.forEach((name) => caches.delete(name)));
  });
