/** Follow, subscribe: shown at once, undone when the server does not agree. */
import { all, find } from "../lib/dom.js";
import { act } from "../lib/http.js";
import { failed } from "../lib/unsent.js";

function show(button, on) {
  button.setAttribute("aria-pressed", on);
  button.value = on ? "0" : "1";
  find("[data-label]", button).textContent = on ? button.dataset.on : button.dataset.off;
}

export default function toggle(button) {
  const action = button.getAttribute("formaction");
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    if (button.dataset.busy) return;
    const on = button.getAttribute("aria-pressed") !== "true";
    const twins = all("[data-controller=toggle]").filter((twin) => twin.getAttribute("formaction") === action);
    twins.forEach((twin) => show(twin, on));
    button.dataset.busy = "yes";
    try {
      await act(action, { on: on ? "1" : "0" });
    } catch (problem) {
      twins.forEach((twin) => show(twin, !on));
      failed(button, problem, () => button.click());
    } finally {
      delete button.dataset.busy;
    }
  });
}
