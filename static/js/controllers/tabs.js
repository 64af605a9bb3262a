/** A strip of tabs too long for a phone begins where the open one is. */
import { find } from "../lib/dom.js";

export default function tabs(strip) {
  const open = find("[aria-current]", strip);
  if (!open) return;
  const [tab, frame] = [open.getBoundingClientRect(), strip.getBoundingClientRect()];
  strip.scrollLeft += tab.left + tab.width / 2 - frame.left - frame.width / 2;
}
