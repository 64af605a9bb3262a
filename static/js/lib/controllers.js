/**
 * Binds behaviour to markup: an element with data-controller="name other" gets the default export of
 * controllers/name.js called with it, whenever it enters the page; what the call returns is run when it leaves.
 * A module is fetched when the first element asks for it.
 */

const bound = new WeakMap();
const SELECTOR = "[data-controller]";

async function connect(element) {
  for (const name of element.dataset.controller.split(/\s+/).filter(Boolean)) {
    const connected = bound.get(element) ?? bound.set(element, new Map()).get(element);
    if (connected.has(name)) continue;
    connected.set(name, null);
    const { default: controller } = await import(`../controllers/${name}.js`);
    if (element.isConnected) connected.set(name, controller(element) ?? null);
    else connected.delete(name);
  }
}

function disconnect(element) {
  if (element.isConnected) return;
  for (const leave of bound.get(element)?.values() ?? []) leave?.();
  bound.delete(element);
}

function each(node, act) {
  if (!(node instanceof Element)) return;
  if (node.matches(SELECTOR)) act(node);
  node.querySelectorAll(SELECTOR).forEach(act);
}

/** Bind what is in the page and whatever comes later. */
export function start() {
  each(document.documentElement, connect);
  new MutationObserver((changes) => {
    for (const change of changes) {
      change.addedNodes.forEach((node) => each(node, connect));
      change.removedNodes.forEach((node) => each(node, disconnect));
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
}
