/**
 * The style guide: shows tokens by their values, and components as they look under the pointer, with the focus and when
 * pressed. The looks are those of the style sheets themselves: each rule for a state gets a twin for a class.
 */
import { all, find } from "../lib/dom.js";

const STATES = { hover: /:hover/g, focus: /:focus(-visible|-within)?/g, active: /:active/g };

function twin(parent) {
  for (let at = parent.cssRules.length - 1; at >= 0; at -= 1) {
    const rule = parent.cssRules[at];
    if (rule.cssRules?.length) twin(rule);
    if (!rule.selectorText) continue;
    const looks = rule.cssText.slice(rule.selectorText.length);
    for (const [state, pattern] of Object.entries(STATES)) {
      const selector = rule.selectorText.replace(pattern, `.as-${state}`);
      if (selector !== rule.selectorText) parent.insertRule(selector + looks, at + 1);
    }
  }
}

/** A window as wide as a phone or a desk: what depends on the width looks there as it does in the product. */
function atWidth(event) {
  const link = event.target.closest("[data-window]");
  if (!link) return;
  const opened = window.open(link.href, `guide-${link.dataset.window}`, `popup,width=${link.dataset.window},height=844`);
  if (opened) event.preventDefault();
}

export default function guide(page) {
  page.addEventListener("click", atWidth);
  const values = getComputedStyle(document.documentElement);
  for (const element of all("[data-token]", page)) {
    const { token, as } = element.dataset;
    element.style.setProperty(as, `var(--${token})`);
    const value = find("small", element.parentElement);
    if (value && as === "background") value.textContent = values.getPropertyValue(`--${token}`);
  }
  [...document.styleSheets].forEach(twin);
  for (const [state] of Object.entries(STATES)) {
    for (const place of all(`[data-shows="${state}"]`, page)) {
      const target = find("a, button, input, select, textarea, summary", place);
      target?.classList.add(`as-${state}`);
      if (state !== "focus") target?.closest("label")?.classList.add(`as-${state}`);
    }
  }
}
