/** Whoever opens the colour field chooses their own colour, not one of the list. */
import { find } from "../lib/dom.js";

export default function ownColour(field) {
  field.addEventListener("input", () => (find('[name=preset][value=""]', field.form).checked = true));
}
