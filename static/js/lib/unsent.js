/** The way to what waits to be sent (js/unsent): fetched when the page has all it needs, for without a connection nothing can be. */
import { tell } from "./http.js";

let loading = null;

/** Its module. Rejects when it was not fetched before the connection was lost. */
export function unsent() {
  loading ??= import("../unsent/index.js").catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}

/** Keep an act for later; whether this browser could. */
export async function keep(act) {
  try {
    await (await unsent()).keep(act);
    return true;
  } catch {
    return false;
  }
}

/** Nobody answered: it is said beside the button, which can try again at once. Whatever else went wrong is told as ever. */
export async function failed(button, problem, again) {
  const module = problem.unanswered && (await unsent().catch(() => null));
  if (module) module.notDone(button, again);
  else tell(problem);
}

/** The beginning of a text, to know it by. */
export const beginning = (element) => (element?.textContent ?? "").replace(/\s+/g, " ").trim().slice(0, 80);
