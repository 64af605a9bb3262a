"""Looks at a page as it stands in a browser: what is wrong with it for whom, in sentences."""

from __future__ import annotations

from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.journeys.conftest import wait_for_scripts

#: The narrowest phone in use, a usual one, a tablet, a till's screen, a large one.
WIDTHS = (320, 390, 768, 1280, 1920)
#: Up to which width a page is touched.
TOUCHED = 768
HEIGHT = 844
MEASURES = Path(__file__).with_name("measures.js").read_text(encoding="utf-8")
#: Of what repeats, axe looks at the first: it takes longer than everything else here.
REPEATED = (
    "#cards > :nth-child(n+8)", ".rows > :nth-child(n+8)", "tbody > :nth-child(n+8)",
    ".thread > .comment ~ .comment ~ .comment ~ .comment ~ .comment",
)  # fmt: skip
#: What a theme can change: the rest is the same by day and by night, and is looked at by day.
OF_COLOUR = ("color-contrast", "link-in-text-block")
#: What passes is not told; style sheets are not fetched again, for nothing that is looked at here needs them.
AXE = """([repeated, samples, only]) => axe.run(
    {include: [["html"]], exclude: repeated.map((each) => [each])},
    {resultTypes: ["violations"], reporter: "no-passes", preload: false,
     ...(only.length ? {runOnly: only} : {rules: {"landmark-unique": {enabled: !samples}}})},
  ).then((found) => found.violations.flatMap((rule) => rule.nodes.map(
    (node) => `${rule.id}: ${node.target.join(" ")} ${node.html.slice(0, 200)}`)))"""


def go(page: Page, address: str) -> int:
    """Open a page and wait for the scripts of its shell; its status."""
    answer = page.goto(address)
    assert answer is not None, address
    if page.locator("body[data-controller~=shell]").count():
        wait_for_scripts(page)
    return answer.status


def faults(page: Page, *, samples: bool = False) -> list[str]:
    """What is wrong with the page that is open: for axe, for the eye at every width, for fingers, with larger text.

    One with `samples` shows heads of pages among other things, so it has more than one heading and landmark; and
    what stands in frames of the size of a sample is neither touched nor made larger there.
    """
    began = page.viewport_size
    assert began is not None
    page.evaluate(AXE_SCRIPT)
    page.evaluate(MEASURES)
    by_night = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    only = OF_COLOUR if by_night else ()
    found = [f"axe finds {each}" for each in page.evaluate(AXE, [REPEATED, samples, only])]
    found += page.evaluate("(samples) => outline(samples)", samples)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        touched = not samples and width <= TOUCHED and began["width"] < TOUCHED
        found += [f"{width} px: {each}" for each in page.evaluate("(touch) => measure(touch)", touched)]
    page.set_viewport_size(began)
    if samples:
        return found
    found += [f"with text of twice the size: {each}" for each in page.evaluate("larger()")]
    return found


def wrong_form(page: Page, typed: dict[str, str]) -> list[str]:
    """Send the form that has the fields of `typed` with just that, and say what is wrong with how it comes back."""
    page.evaluate(MEASURES)
    with page.expect_navigation() as answered:
        page.evaluate("(typed) => send(typed)", typed)
    found = [] if answered.value.status == 422 else [f"the answer is {answered.value.status}"]
    page.locator("#completion").wait_for(state="attached")
    page.evaluate(MEASURES)
    return found + list(page.evaluate("summary()")) + faults(page)
