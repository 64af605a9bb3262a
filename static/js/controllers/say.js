/** A button that says something in a toast (style guide). */
import { toast } from "../lib/toast.js";

export default (button) => button.addEventListener("click", () => toast(button.dataset.say));
