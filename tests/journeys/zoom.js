// What a page is looked at for when it is magnified: each function left on the window gives sentences, one for each fault.
(() => {
  const FOCUSABLE = "a[href], button:not(:disabled), input:not([type=hidden]):not(:disabled), select, textarea, summary, [tabindex='0']";
  const MOST = 80;
  const named = (element) => `${element.localName}${[...element.classList].slice(0, 2).map((name) => `.${name}`).join("")} “${(element.getAttribute("aria-label") ?? element.textContent).trim().slice(0, 40)}”`;
  const isSeen = (element) => element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });

  // What stays in its place while the page scrolls leaves most of the window to the page.
  function crowded() {
    let taken = 0;
    for (const element of document.querySelectorAll("body *")) {
      const { position } = getComputedStyle(element);
      if (!/fixed|sticky/.test(position) || !isSeen(element) || element.closest("dialog, aside, .left, .toasts")) continue;
      const { width, top, bottom } = element.getBoundingClientRect();
      if (width > innerWidth / 2) taken += Math.max(0, Math.min(bottom, innerHeight) - Math.max(top, 0));
    }
    return taken > innerHeight * 0.4 ? [`bars take ${Math.round(taken)} of ${innerHeight} px`] : [];
  }

  // Whatever has the focus is in the window, and not behind a bar that stays in its place; of several lines one is enough.
  function* covered(root) {
    for (const element of [...root.querySelectorAll(FOCUSABLE)].filter(isSeen).slice(0, MOST)) {
      element.focus();
      if (document.activeElement !== element) continue;
      const face = (getComputedStyle(element).opacity === "0" && element.closest("label")) || element;
      const lines = [...face.getClientRects()].filter(({ width, height }) => width > 1 && height > 1);
      const seen = lines.filter(({ top, bottom }) => bottom > 0 && top < innerHeight);
      if (!lines.length) continue;
      if (!seen.length) yield `${named(element)} has the focus outside the window`;
      else if (seen.every((line) => barOver(element, line))) yield `${named(element)} has the focus behind a bar`;
    }
    document.activeElement.blur();
  }

  function barOver(element, { left, width, top, bottom }) {
    const x = Math.min(Math.max(left + width / 2, 1), innerWidth - 1);
    const y = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2;
    const bar = document.elementFromPoint(x, y)?.closest(".top, .dock, .offline, .pill, .toasts");
    return bar && !bar.contains(element);
  }

  // What opens over the page: each of its entries can be brought into the window, in front of everything.
  window.reachable = (selector) => {
    const opened = [...document.querySelectorAll(selector)].find(isSeen);
    if (!opened) return [`${selector} is not open`];
    const found = [];
    for (const entry of [...opened.querySelectorAll(FOCUSABLE)].filter(isSeen)) {
      entry.focus();
      const { top, bottom, left, right } = entry.getBoundingClientRect();
      const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      if (!over || !(entry.contains(over) || over.contains(entry))) found.push(`${named(entry)} in ${selector} is not reached`);
    }
    return found;
  };

  window.zoomed = () => [...crowded(), ...covered(document.querySelector("main"))];
  window.letters = (size) => (document.documentElement.style.fontSize = size);
})();
