/** Signing out leaves nothing of the person on a shared tablet; of what was not sent yet its writer is asked first. */
import { forgetAll } from "../lib/drafts.js";
import { unsent } from "../lib/unsent.js";
import { forgetKept } from "../lib/worker.js";

export default (button) =>
  button.addEventListener("click", async (event) => {
    if (button.dataset.asked) return;
    event.preventDefault();
    let others = 0;
    try {
      const module = await unsent();
      if (!(await module.leave())) return;
      others = await module.countHere();
    } catch {
      // A browser that keeps nothing, or can't say what, is told to empty itself.
    }
    await forgetHere();
    // What colleagues wrote at this tablet waits for them, and is not emptied with the rest.
    if (others) Object.assign(button, { name: "others", value: "1" });
    button.dataset.asked = "yes";
    button.click();
    delete button.dataset.asked;
  });

/** Everything but what is nobody's: the shell is there for the next one, also without a connection. */
async function forgetHere() {
  forgetAll();
  sessionStorage.clear();
  forgetKept();
  const names = (await window.caches?.keys().catch(() => [])) ?? [];
  await Promise.all(names.filter((name) => !name.startsWith("shell-")).map((name) => caches.delete(name)));
}
