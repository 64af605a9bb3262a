"""Somebody who has a keyboard and no mouse: they see where they are at every step, or the journey ends there."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

#: More stops than any page has before what one wants.
MOST = 160

#: What is said of the element in focus: whether a frame shows it, whether it is inside the window, and not covered.
_LOOK = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return { nowhere: true };
  const framed = (element) => {
    const style = getComputedStyle(element);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
  };
  // A field may be framed by the box around it, a choice by its label, the one link of a row by its row.
  const frame = here.closest("label, .reply-box, .composer, .people-box, .seek, .note, .found");
  const shown = framed(here) || (frame && (framed(frame) || [...frame.children].some(framed)));
  const seen = (frame && getComputedStyle(here).opacity === "0" ? frame : here).getBoundingClientRect();
  const inside = seen.bottom > 0 && seen.top < innerHeight && seen.right > 0 && seen.left < innerWidth;
  const x = Math.min(Math.max(seen.left + seen.width / 2, 1), innerWidth - 1);
  const y = Math.min(Math.max(seen.top + Math.min(seen.height / 2, 20), 1), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  const covered = top && !here.contains(top) && !top.contains(here) && !frame?.contains(top);
  const name = here.getAttribute("aria-label") ?? here.name ?? "";
  const what = `${here.tagName} ${name} ${here.textContent.trim().slice(0, 40)}`;
  const by = covered ? top.outerHTML.slice(0, 80) : "";
  return { what, shown: Boolean(shown), inside, covered: Boolean(covered), by };
}"""


class Walk:
    """Goes over a page with the keyboard alone."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        """Press keys one after another."""
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Type where the focus is."""
        self.page.keyboard.type(text)

    def look(self) -> None:
        """The focus is somewhere, shown by a frame, inside the window and not covered."""
        seen = self.page.evaluate(_LOOK)
        assert not seen.get("nowhere"), f"the focus is nowhere on {self.page.url}"
        assert seen["shown"], f"no frame shows the focus: {seen['what']}"
        assert seen["inside"], f"the focus is outside the window: {seen['what']}"
        assert not seen["covered"], f"{seen['what']} is covered by {seen['by']}"

    def to(self, target: Locator, key: str = "Tab") -> Walk:
        """Press `key` until the focus is at `target`, looking at every stop."""
        expect(target).to_be_visible()
        for _stop in range(MOST):
            self.press(key)
            if self.page.evaluate("document.activeElement === document.body"):
                continue  # The end of the page; it begins again from the top.
            self.look()
            if target.evaluate("element => element === document.activeElement"):
                return self
        raise AssertionError(f"{target} is not reached with {key}")

    def enter(self, target: Locator) -> None:
        """Go to a link or a button and press Enter."""
        self.to(target).press("Enter")

    def skip(self) -> None:
        """On a new page: skip the frame, and stand at its content."""
        self.press("Tab")
        expect(self.page.get_by_role("link", name="Skip to the content")).to_be_focused()
        self.press("Enter")
        expect(self.page.get_by_role("main")).to_be_focused()
