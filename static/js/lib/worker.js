/** The page's side of the service worker (app/web/offline/worker): it comes when the page has been read, and costs it nothing. */

const container = navigator.serviceWorker;

/** Kept by the browser for the moment when one wants to install: see `installing`. */
let prompt = null;
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  prompt = event;
  dispatchEvent(new Event("installable"));
});

/** What shows the browser's own question whether to install, or null where it offers none. */
export const installing = () => prompt;

/** Register the worker once the page has loaded and rests; then keep ahead what is to be read without a connection. */
export function startWorker() {
  if (!container) return;
  const rest = window.requestIdleCallback ?? ((act) => setTimeout(act, 1000));
  const start = () => rest(() => begin().catch(() => {}));
  if (document.readyState === "complete") start();
  else addEventListener("load", start, { once: true });
}

async function begin() {
  await container.register("/sw.js");
  const { active } = await container.ready;
  if (!document.body.dataset.me) return;
  active.postMessage("read");
  // At home, where nothing is being done yet: elsewhere it would stand in the way.
  const asked = /(^|; )device=/.test(document.cookie);
  if (!asked && location.pathname === "/" && matchMedia("(pointer: coarse)").matches) {
    (await import("./offer.js")).offer();
  }
}

/** One is signed in no more: nothing of the last reader is kept. */
export const forgetKept = () => container?.controller?.postMessage("forget");
