/** The list of pages kept on this device, read from where the service worker keeps them. */
import { find, icon, make } from "../lib/dom.js";

const ICONS = { feed: "home", must: "megaphone", known: "circle-check", read: "clock" };
const KINDS = Object.keys(ICONS);

/** [{href, title, kind, at, zone}], in the order of the list. */
async function keptPages() {
  const pages = [];
  for (const name of (await window.caches?.keys()) ?? []) {
    if (!name.startsWith("kept-")) continue;
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const { headers } = await cache.match(request);
      pages.push({
        href: new URL(request.url).pathname,
        title: decodeURIComponent(headers.get("Kept-Title")),
        kind: headers.get("Kept-Kind"),
        at: Number(headers.get("Kept-At")),
        timeZone: headers.get("X-Device"),
      });
    }
  }
  return pages.sort((one, other) => KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind) || other.at - one.at);
}

function row({ href, title, kind, at, timeZone }, label) {
  const locale = document.documentElement.lang || "en";
  const exact = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", hour: "numeric", minute: "2-digit", timeZone });
  const line = [label, exact.format(at)].filter(Boolean).join(" · ");
  const text = make("span", {}, make("span", { class: "who-name", text: title }), make("span", { class: "who-sub", text: line }));
  return make("li", { class: "rows-item" }, make("a", { class: "kept-link", href }, icon(ICONS[kind] ?? "clock"), text));
}

export default function kept(part) {
  const show = async () => {
    const list = find("[data-kept-list]", part);
    const pages = await keptPages();
    list.replaceChildren(...pages.map((page) => row(page, part.dataset[page.kind])));
    list.hidden = !pages.length;
    find("[data-kept-none]", part).hidden = pages.length > 0;
  };
  show();
  // The worker says when it has kept more.
  navigator.serviceWorker?.addEventListener("message", show);
  return () => navigator.serviceWorker?.removeEventListener("message", show);
}
