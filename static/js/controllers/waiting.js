/** On the page that stands in for one that can't be had: how much waits to be sent. Whose it is and what it says, its writer sees. */
import { find } from "../lib/dom.js";
import { countHere } from "../unsent/store.js";

export default async function waiting(part) {
  const count = await countHere().catch(() => 0);
  find("[data-count]", part).textContent = count;
  part.hidden = !count;
}
