/** A message that came with the page. */
import { arm } from "../lib/toast.js";

export default (element) => arm(element);
