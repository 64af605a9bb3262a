/** What waits to be sent, on every page: after everything that a reader waits for. */
import { unsent } from "../lib/unsent.js";

export default function unsentActs() {
  const start = () => unsent().then((module) => module.start()).catch(() => {});
  const soon = () => (window.requestIdleCallback ? requestIdleCallback(start, { timeout: 3000 }) : setTimeout(start, 500));
  if (document.readyState === "complete") soon();
  else addEventListener("load", soon, { once: true });
}
