/** Photos on the whole screen: swipe, arrows, Escape. Without JavaScript a photo is a link to itself. */
import { all, delegate, find, icon, make } from "../lib/dom.js";
import { word } from "../lib/words.js";

const SWIPE = 50;

function button(label, name, className) {
  return make("button", { class: `icon-btn ${className}`, type: "button", "aria-label": word(label) }, icon(name));
}

function open(links, start) {
  let at = start;
  const photo = make("img", { class: "viewer-photo", alt: "" });
  const number = make("span", { class: "viewer-count", "aria-live": "polite" });
  const close = button("close", "x", "push");
  const previous = button("previous", "chevron-left", "viewer-step");
  const next = button("next", "chevron-right", "viewer-step viewer-step--next");
  const dialog = make("dialog", { class: "viewer" }, photo, make("div", { class: "viewer-bar" }, number, close), previous, next);

  const show = (index) => {
    at = (index + links.length) % links.length;
    photo.src = links[at].href;
    photo.alt = find("img", links[at])?.alt ?? "";
    number.textContent = links.length > 1 ? `${at + 1} / ${links.length}` : "";
    previous.hidden = next.hidden = links.length < 2;
  };
  previous.addEventListener("click", () => show(at - 1));
  next.addEventListener("click", () => show(at + 1));
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") show(at - 1);
    if (event.key === "ArrowRight") show(at + 1);
  });
  let from = null;
  photo.addEventListener("pointerdown", (event) => (from = event.clientX));
  photo.addEventListener("pointerup", (event) => {
    const moved = from === null ? 0 : event.clientX - from;
    from = null;
    if (links.length > 1 && Math.abs(moved) > SWIPE) show(moved < 0 ? at + 1 : at - 1);
    else if (event.pointerType === "mouse" && event.target === photo) dialog.close();
  });
  photo.addEventListener("dragstart", (event) => event.preventDefault());
  dialog.addEventListener("close", () => (dialog.remove(), links[at].focus()));
  document.body.append(dialog);
  show(start);
  dialog.showModal();
  close.focus();
}

export default function viewer(body) {
  delegate(body, "click", ".photos a", (event, link) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const links = all("a", link.closest(".photos"));
    open(links, links.indexOf(link));
  });
}
