/**
 * Below a question that is being typed: what may answer it already, and topics for it. Nothing waits for it: one can send
 * at any moment. The composer loads this when somebody begins a question; `taken` is told that the question needs no
 * asking any more, and gives a function that puts everything back.
 */
import { delegate, find, make, parse } from "../lib/dom.js";
import { fragment, request, tell } from "../lib/http.js";

const PAUSE = 300;
const LEAST_WORDS = 3;
const WORD = /[\p{L}\p{N}]/u;

export default function similar(form, { taken }) {
  const { title, body, place } = form.elements;
  const said = make("p", { class: "sr", role: "status" });
  const region = make("div", { class: "similar", hidden: true });
  const anchor = find(".kinds", form);
  anchor.before(said, region);
  let timer;
  let asking;
  let shownFor = "";
  let putBack;

  const typed = () => ({ title: title.value, body: body.value, place: place?.value ?? "" });
  const words = () => `${title.value} ${body.value}`.split(/\s+/).filter((word) => WORD.test(word)).length;

  function hide() {
    clearTimeout(timer);
    asking?.abort();
    shownFor = "";
    show("");
  }

  /** Put the server's piece in place; what was unfolded before stays so. */
  function show(html) {
    const piece = parse(html);
    const open = new Set([...region.querySelectorAll("details[open]")].map((each) => each.dataset.found));
    const known = new Set([...region.querySelectorAll("details")].map((each) => each.dataset.found));
    for (const each of piece?.querySelectorAll("details") ?? []) {
      if (known.has(each.dataset.found)) each.open = open.has(each.dataset.found);
    }
    region.replaceChildren(...(piece ? [piece] : []));
    region.hidden = !piece;
    const words = piece?.dataset.said ?? "";
    if (said.textContent !== words) said.textContent = words;
  }

  async function ask() {
    const values = typed();
    const key = JSON.stringify(values);
    if (key === shownFor) return;
    asking?.abort();
    asking = new AbortController();
    try {
      const html = await fragment("/questions/similar", {
        method: "POST",
        body: new URLSearchParams(values),
        signal: asking.signal,
      });
      // Whoever is reading there is not disturbed.
      if (region.contains(document.activeElement)) return;
      shownFor = key;
      show(html);
    } catch {
      // Without suggestions a question is asked as ever.
    }
  }

  function look() {
    putBack = undefined;
    clearTimeout(timer);
    if (words() < LEAST_WORDS) return hide();
    timer = setTimeout(ask, PAUSE);
  }

  delegate(region, "click", "[data-answered]", async (event, button) => {
    button.disabled = true;
    try {
      const html = await fragment(`/p/${button.dataset.answered}/found`, { method: "POST", body: new URLSearchParams(typed()) });
      hide();
      putBack = taken();
      show(html);
      region.firstElementChild?.focus();
    } catch (problem) {
      button.disabled = false;
      tell(problem);
    }
  });

  delegate(region, "click", "[data-unanswered]", async (event, button) => {
    const again = putBack;
    hide();
    again?.();
    body.focus();
    request(`/p/${button.dataset.unanswered}/found`, { method: "POST", body: new URLSearchParams({ on: "0" }) }).catch(tell);
  });

  // The text field keeps the focus, and the phone its keyboard.
  delegate(region, "pointerdown", "[data-topic]", (event) => event.preventDefault());
  delegate(region, "click", "[data-topic]", (event, button) => {
    const next = button.nextElementSibling ?? button.previousElementSibling;
    body.value = `${body.value.trimEnd()} #${button.dataset.topic} `;
    if (button === document.activeElement) (next?.matches("[data-topic]") ? next : body).focus();
    button.remove();
    body.dispatchEvent(new Event("input", { bubbles: true }));
  });

  return { look, hide };
}
