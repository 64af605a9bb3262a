/** Says when the connection is gone and when it is back, and has a service worker for that. */
import { find, make } from "../lib/dom.js";
import { toast } from "../lib/toast.js";
import { startWorker } from "../lib/worker.js";
import { word } from "../lib/words.js";

export default function network(body) {
  const bar = find("[data-offline]", body);
  const line = bar?.appendChild(make("span"));
  const show = () => {
    if (!bar) return;
    // A kept page says it already, with its age.
    line.textContent = navigator.onLine || bar.matches(".offline--kept") ? "" : word("offline");
    settle(bar);
  };
  addEventListener("offline", show);
  addEventListener("online", () => (show(), toast(word("online"), { instead: word("offline") })));
  if (!navigator.onLine) show();
  startWorker();
}

/** The bar is there while one of its lines says something. */
export const settle = (bar) => (bar.hidden = !bar.textContent);
