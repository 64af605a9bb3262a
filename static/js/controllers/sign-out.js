/** Signing out leaves nothing of the person on a shared tablet; of what was not sent yet its writer is asked first. */
import { forgetAll } from "../lib/drafts.js";
import { unsent } from "../lib/unsent.js";

export default (button) =>
  button.addEventListener("click", async (event) => {
    if (!button.dataset.asked) {
      event.preventDefault();
      const leave = await unsent().then((module) => module.leave()).catch(() => true);
      if (!leave) return;
      button.dataset.asked = "yes";
      button.click();
      return;
    }
    delete button.dataset.asked;
    forgetAll();
    sessionStorage.clear();
    window.caches?.keys().then((names) => names.forEach((name) => caches.delete(name)));
  });
