/** Says when the connection is gone and when it is back. */
import { find, make } from "../lib/dom.js";
import { toast } from "../lib/toast.js";
import { word } from "../lib/words.js";

export default function network(body) {
  const bar = find("[data-offline]", body);
  const line = bar?.appendChild(make("span"));
  const show = () => {
    if (!bar) return;
    line.textContent = navigator.onLine ? "" : word("offline");
    settle(bar);
  };
  addEventListener("offline", show);
  addEventListener("online", () => (show(), toast(word("online"))));
  if (!navigator.onLine) show();
}

/** The bar is there while one of its lines says something. */
export const settle = (bar) => (bar.hidden = !bar.textContent);
