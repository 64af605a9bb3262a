/** Puts what was shared from the phone into the composer, after what stands there; the service worker has kept it meanwhile. */
import { find } from "../lib/dom.js";

export default async function shared(form, id) {
  const cache = await caches.open("shared");
  const what = await (await cache.match(`/-/shared/${id}`))?.json();
  if (!what) return;
  const files = new DataTransfer();
  for (const [number, name] of what.files.entries()) {
    const blob = await (await cache.match(`/-/shared/${id}/${number}`))?.blob();
    if (blob) files.items.add(new File([blob], name, { type: blob.type }));
    await cache.delete(`/-/shared/${id}/${number}`);
  }
  await cache.delete(`/-/shared/${id}`);
  history.replaceState(history.state, "", "/?write#composer");
  const { body } = form.elements;
  if (what.text) {
    body.value = [body.value.trim(), what.text].filter(Boolean).join("\n");
    body.dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (files.files.length) {
    const input = find("[data-upload]", form);
    input.files = files.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
}
