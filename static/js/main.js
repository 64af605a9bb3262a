/** The one entry: binds controllers, gives htmx the CSRF token, turns failed htmx requests into words. */
import { start } from "./lib/controllers.js";
import { csrf, messageOf, Problem, tell } from "./lib/http.js";

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = csrf();
});
document.addEventListener("htmx:responseError", (event) => {
  const { xhr } = event.detail;
  tell(new Problem(xhr.status, { detail: messageOf(xhr.getResponseHeader("X-Message")) }));
});
document.addEventListener("htmx:sendError", () => tell(new Problem(0)));

start();
