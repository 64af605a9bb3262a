/** Links marked data-sheet: the small form behind them opens in a dialog, and the reader keeps their place. */
import { rowBones } from "../lib/bones.js";
import { delegate, find, make } from "../lib/dom.js";
import { fragment, request, tell } from "../lib/http.js";
import { openPopover } from "../lib/popover.js";
import { sheet } from "../lib/sheet.js";
import { toast } from "../lib/toast.js";
import { word } from "../lib/words.js";

/** What shows errors comes with the first form: without a connection, which is one, it could not be fetched any more. */
let errors = null;

export default function sheets(body) {
  // Caught on the way down: a menu takes its links from the page when one is pressed.
  delegate(body, "click", "a[data-sheet]", open, true);
}

async function open(event, link) {
  if (event.ctrlKey || event.metaKey || event.shiftKey || link.ariaBusy) return;
  event.preventDefault();
  const from = whence(link);
  link.ariaBusy = "true";
  const content = make("div");
  content.innerHTML = rowBones;
  const dialog = sheet(link.textContent.trim(), content);
  dialog.addEventListener("close", () => from.focus());
  dialog.addEventListener("click", (click) => {
    if (!click.target.closest("[data-close]")) return;
    click.preventDefault();
    dialog.close();
  });
  if (link.dataset.sheet !== "page") dialog.addEventListener("submit", (sent) => send(sent, dialog));
  try {
    errors ??= import("../lib/errors.js");
    content.innerHTML = await fragment(link.getAttribute("href"));
    find("input:not([type=hidden]), textarea", content)?.focus();
  } catch (problem) {
    dialog.close();
    tell(problem);
  } finally {
    link.ariaBusy = null;
  }
}

/** Where the focus goes when the dialog closes: a menu that closes meanwhile can't take it, what opened the menu can. */
function whence(link) {
  const menu = link.closest("details");
  if (openPopover()) return openPopover().anchor;
  if (menu?.contains(document.activeElement)) return find("summary", menu);
  return document.activeElement === document.body ? link : document.activeElement;
}

/** Send the form; what the server says of it is read in the page, or beside the field when it refuses. */
async function send(event, dialog) {
  event.preventDefault();
  const form = event.target;
  if (form.ariaBusy) return;
  form.ariaBusy = "true";
  try {
    const response = await request(form.getAttribute("action"), { method: "POST", body: new FormData(form) });
    const { message } = await response.json();
    dialog.close();
    toast(message);
  } catch (problem) {
    const { showErrors } = await errors;
    showErrors(form, problem.errors?.length ? problem.errors : [{ field: "", message: sentence(problem) }]);
  } finally {
    form.ariaBusy = null;
  }
}

/** A toast would lie behind the dialog. */
function sentence({ status, message }) {
  if (status === 0) return word("offline");
  if (status === 401) return word("signedOut");
  return (status < 500 && message) || word("failed");
}
