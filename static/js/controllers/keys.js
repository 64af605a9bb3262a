/** The menu's way to the list of keys. */
import { showKeys } from "./keyboard.js";

export default (button) => button.addEventListener("click", showKeys);
