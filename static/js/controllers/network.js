/** Says when the connection is gone and when it is back, and has a service worker for that. */
import { find } from "../lib/dom.js";
import { toast } from "../lib/toast.js";
import { startWorker } from "../lib/worker.js";
import { word } from "../lib/words.js";

export default function network(body) {
  const bar = find("[data-offline]", body);
  const show = () => {
    if (!bar) return;
    bar.hidden = navigator.onLine;
    bar.textContent = navigator.onLine ? "" : word("offline");
  };
  addEventListener("offline", show);
  addEventListener("online", () => (show(), toast(word("online"))));
  if (!navigator.onLine) show();
  startWorker();
}
