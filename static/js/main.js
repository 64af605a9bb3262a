/** The one entry: binds controllers, sets htmx up and gives it the CSRF token, turns failed htmx requests into words. */
import { start } from "./lib/controllers.js";
import { csrf, messageOf, Problem, tell } from "./lib/http.js";

// It evaluates nothing, and asks nobody but us. What it must know before it starts stands in the page.
Object.assign(window.htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  selfRequestsOnly: true,
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "422", swap: true },
    { code: "[45]..", swap: false, error: true },
  ],
});

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = csrf();
});
document.addEventListener("htmx:responseError", (event) => {
  const { xhr } = event.detail;
  tell(new Problem(xhr.status, { detail: messageOf(xhr.getResponseHeader("X-Message")) }));
});
// That nothing can be fetched now, the bar on top says already.
document.addEventListener("htmx:sendError", ({ detail }) => (navigator.onLine || detail.requestConfig.verb !== "get") && tell(new Problem(0)));

// What is wrong with a form is said by the page, in its language and beside each field, not by the browser.
let pressed = null;
document.addEventListener("click", (event) => (pressed = event.target.closest("button")), true);
document.addEventListener("invalid", (event) => {
  event.preventDefault();
  const { form } = event.target;
  if (!form || form.noValidate) return;
  form.noValidate = true;
  setTimeout(() => form.requestSubmit(pressed?.form === form ? pressed : null));
}, true);

start();
