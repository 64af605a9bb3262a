/** The button that installs the app, where the browser can; elsewhere the words that say how. */
import { find } from "../lib/dom.js";
import { installing } from "../lib/worker.js";

export default function install(part) {
  const button = find("[data-install]", part);
  const show = () => {
    const here = matchMedia("(display-mode: standalone)").matches || navigator.standalone === true;
    find("[data-installed]", part).hidden = !here;
    find("[data-how]", part).hidden = here || Boolean(installing());
    button.parentElement.hidden = here || !installing();
  };
  button.addEventListener("click", async () => {
    await installing().prompt();
    button.parentElement.hidden = true;
  });
  addEventListener("installable", show);
  addEventListener("appinstalled", show);
  show();
  return () => {
    removeEventListener("installable", show);
    removeEventListener("appinstalled", show);
  };
}
