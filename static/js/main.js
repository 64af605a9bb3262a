/** The one entry: binds controllers, gives htmx the CSRF token, turns failed htmx requests into words. */
import { start } from "./lib/controllers.js";
import { csrf, Problem, tell } from "./lib/http.js";

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = csrf();
});
document.addEventListener("htmx:responseError", (event) => {
  const { status, responseText } = event.detail.xhr;
  let body = {};
  try {
    body = JSON.parse(responseText);
  } catch {
    // An HTML error page has no sentence of its own for a toast.
  }
  tell(new Problem(status, body));
});
document.addEventListener("htmx:sendError", () => tell(new Problem(0)));

start();
