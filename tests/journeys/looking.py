"""Looks at a page as it stands in a browser: what is wrong with it for whom, in sentences."""

from __future__ import annotations

from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from tests.journeys.conftest import wait_for_scripts

#: The narrowest phone in use, a usual one, a tablet, a till's screen, a large one.
WIDTHS = (320, 390, 768, 1280, 1920)
#: Those that are held in a hand.
PHONES = (320, 390)
#: Up to which width a page is touched.
TOUCHED = 768
HEIGHT = 844
MEASURES = Path(__file__).with_name("measures.js").read_text(encoding="utf-8")
#: Of what repeats, axe looks at the first: it takes longer than everything else here.
REPEATED = (
    "#cards > :nth-child(n+8)", ".rows > :nth-child(n+6)", "tbody > :nth-child(n+6)",
    ".thread > .comment ~ .comment ~ .comment ~ .comment ~ .comment",
)  # fmt: skip
#: What passes is not told; style sheets are not fetched again, for nothing that is looked at here needs them.
AXE = """([within, repeated, samples]) => axe.run(
    {include: [[within]], exclude: repeated.map((each) => [each])},
    {resultTypes: ["violations"], reporter: "no-passes", preload: false,
     rules: {"landmark-unique": {enabled: !samples}}},
  ).then((found) => found.violations.flatMap((rule) => rule.nodes.map(
    (node) => `${rule.id}: ${node.target.join(" ")} ${node.html.slice(0, 200)}`)))"""


def prepare(page: Page) -> None:
    """Have every document that opens bring along what it is looked at with, which is much to be sent each time."""
    page.add_init_script(script=f"{AXE_SCRIPT};\n{MEASURES}")


def go(page: Page, address: str) -> int:
    """Open a page and wait for the scripts of its shell; its status."""
    answer = page.goto(address)
    assert answer is not None, address
    _settle(page)
    return answer.status


def faults(page: Page, *, samples: bool = False) -> list[str]:
    """What is wrong with the page that is open: for axe, for the eye at every width, for fingers, with larger text.

    One with `samples` shows heads of pages among other things, so it has more than one heading and landmark; and
    what stands in frames of the size of a sample is neither touched nor made larger there.
    """
    began = page.viewport_size
    assert began is not None
    phone = began["width"] < TOUCHED
    found = _axe(page, "html", samples=samples)
    found += page.evaluate("(samples) => outline(samples)", samples)
    if not samples:
        found += [f"with text of twice the size: {each}" for each in page.evaluate("larger()")]
    # A page is laid out anew for each width that it has not: it has the first, so that comes first.
    for width in sorted(WIDTHS, key=lambda each: each != began["width"]):
        found += _measure(page, width, touch=phone and not samples)
    page.set_viewport_size(began)
    return found


def opened(page: Page, within: str) -> list[str]:
    """What is wrong with what has just been opened over a phone's page, and only with that."""
    began = page.viewport_size
    assert began is not None
    # What comes with a movement is half seen through at first, even for who wants none.
    page.evaluate("Promise.all(document.getAnimations().map((each) => each.finished))")
    found = _axe(page, within)
    for width in (began["width"], *PHONES):
        found += _measure(page, width, touch=True, within=within)
    page.set_viewport_size(began)
    return found


def wrong_form(page: Page, typed: dict[str, str]) -> list[str]:
    """Send the form that has the fields of `typed` with just that, and say what is wrong with how it comes back.

    The page around it was looked at when nothing was wrong: what has come to it stands in the form, and is longest
    where it is narrowest.
    """
    status = submit(page, typed)
    found = [] if status == 422 else [f"the answer is {status}"]
    began = page.viewport_size
    assert began is not None
    found += list(page.evaluate("summary()")) + _axe(page, "main")
    for width in (began["width"], min(WIDTHS)):
        found += _measure(page, width, touch=began["width"] < TOUCHED)
    page.set_viewport_size(began)
    return found


def submit(page: Page, typed: dict[str, str]) -> int:
    """Send the form that has the fields of `typed`, past all that the browser would check; the status that comes.

    The list of what is wrong takes the focus by a script of its own, which may come after those of the shell.
    """
    with page.expect_navigation() as answered:
        page.evaluate("(typed) => send(typed)", typed)
    _settle(page)
    if page.locator(".form-summary").count():
        expect(page.locator(".form-summary")).to_be_focused()
    return answered.value.status


def _settle(page: Page) -> None:
    """Wait for the scripts of the shell, if the page has it."""
    if page.locator("body[data-controller~=shell]").count():
        wait_for_scripts(page)


def _axe(page: Page, within: str, *, samples: bool = False) -> list[str]:
    return [f"axe finds {each}" for each in page.evaluate(AXE, [within, REPEATED, samples])]


def _measure(page: Page, width: int, *, touch: bool, within: str = "body") -> list[str]:
    size = page.viewport_size
    if size is None or size["width"] != width:
        page.set_viewport_size({"width": width, "height": HEIGHT})
    measured = page.evaluate(
        "([touch, within]) => measure(touch, within)", [touch and width <= TOUCHED, within]
    )
    return [f"{width} px: {each}" for each in measured]
