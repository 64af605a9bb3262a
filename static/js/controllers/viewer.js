/**
 * Photos on the whole screen. Without JavaScript a photo is a link to itself. What shows them is loaded with the first
 * one. Who saves data has words in a photo's place: a tap brings it, the next one opens it.
 */
import { all, delegate, find, make } from "../lib/dom.js";

/** Load one photo in its place, in the size of a feed; its sides are set first, so that nothing moves later. */
function bring(link) {
  const [width, height] = link.dataset.sides.split("x");
  delete link.dataset.sides;
  const more = find(".photos-more", link);
  const photo = make("img", { alt: find("span", link).textContent, width, height, src: link.href.replace(/[^/]+$/, "medium") });
  link.replaceChildren(photo, ...(more ? [more] : []));
}

export default function viewer(body) {
  delegate(body, "click", ".photos a", async (event, link) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.dataset.sides) return bring(link);
    const links = all("a", link.closest(".photos"));
    const { open } = await import("../lib/viewing.js");
    open(links, links.indexOf(link));
  });
}
