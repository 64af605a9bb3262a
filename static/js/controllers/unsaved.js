/**
 * Asks before a page is left whose forms have been changed and not saved. Where the page can ask itself, for links and for
 * the forms beside the changed one, it does; closing, reloading and other sites are asked about by the browser.
 */
import { all } from "../lib/dom.js";
import { isChanged } from "../lib/fields.js";
import { confirmed } from "../lib/sheet.js";

/** Whether it was the browser that put in what it remembers, such as a password. */
const isFilledIn = (field) => field.matches(":autofill");

/** What came back refused is not saved either. */
const isUnsaved = (form) => Boolean(form.querySelector("[aria-invalid]")) || [...form.elements].some((field) => isChanged(field) && !isFilledIn(field));

/** Whether a click leads to another page in this window. */
function leads(event, link) {
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return false;
  const isHere = link.hash && link.pathname === location.pathname && link.search === location.search;
  return link.origin === location.origin && !isHere && !link.target && !link.hasAttribute("download");
}

export default function unsaved(part) {
  // Whoever has saved, or has been asked, goes.
  let goes = false;
  const forms = () => all("form", part).filter(isUnsaved);
  const agreed = async () => (goes = await confirmed(part.dataset.question, part.dataset.leave));
  const left = new AbortController();
  // On the window, after everybody who may have kept the page.
  const listen = (type, act) => addEventListener(type, act, { signal: left.signal });

  listen("click", async (event) => {
    const link = event.target.closest?.("a[href]");
    if (!leads(event, link) || !forms().length) return;
    event.preventDefault();
    if (await agreed()) location.assign(link.href);
  });
  listen("submit", async (event) => {
    const { target, submitter } = event;
    if (event.defaultPrevented || target.method === "dialog") return;
    // Another language brings back what was typed.
    const keeps = submitter?.matches("[data-controller~=language]");
    if (goes || keeps || forms().every((form) => form === target)) return void (goes = true);
    event.preventDefault();
    if (await agreed()) target.requestSubmit(submitter);
  });
  listen("input", () => (goes = false));
  listen("pageshow", () => (goes = false));
  listen("beforeunload", (event) => goes || !forms().length || event.preventDefault());
  return () => left.abort();
}
