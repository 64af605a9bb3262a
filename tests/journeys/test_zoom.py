"""Somebody who needs everything, or the letters alone, at twice the size loses nothing of the ten stories people tell.

At 200 % a window of 1280 × 900 px is one of 640 × 450. How pages look at each width, and with larger text at other
sizes, is looked at in `test_every_page`; here it is low: what stays in its place, what opens, and what has the focus.
"""

from pathlib import Path

import pytest

from app.accounts.service import set_locale
from tests import factories
from tests.journeys.looking import MEASURES

ZOOM = Path(__file__).with_name("zoom.js").read_text(encoding="utf-8")
HALF = {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2}
STORIES = (
    "/", "/?write#composer", "/p/{question}", "/search?q=терминал", "/topics/эквайринг", "/people/{me}",
    "/thanks/new", "/notifications", "/settings/notifications", "/knowledge", "/articles/new",
)  # fmt: skip
#: What opens over a page: what is pressed, and what stands there then.
OPENED = ((".top .menu > summary", ".top .menu-list"), ("article a.dots", "body > .menu-list"))


@pytest.fixture
def company_at_work(company):
    """Somebody with something on each page."""
    me, colleague = company.employ("Константин Константинопольский", "Елизавета Преображенская")
    with company.data():
        author, other = company.person(me), company.person(colleague)
        set_locale(factories.actor(author), "ru")
        asked = factories.question(
            author, "Почему терминал на кассе не печатает вторую копию чека? #эквайринг"
        )
        said = factories.answer(asked, other, "Выключите и включите терминал, затем повторите сверку итогов.")
        factories.comment(asked, author, f"@{other.handle}, спасибо! #эквайринг")
        factories.like(said, author)
        names = {"question": asked.public_id, "me": me.handle}
    return company.seat(me, HALF, locale="ru-RU"), names


def test_at_twice_the_size_nothing_is_lost(company_at_work):
    page, names = company_at_work
    found = {}
    for address in STORIES:
        page.goto(address.format(**names))
        page.evaluate(MEASURES)
        page.evaluate(ZOOM)
        wrong = page.evaluate("() => [...measure(false), ...zoomed()]")
        wrong += page.evaluate("() => (letters('200%'), zoomed())")
        if wrong:
            found[address] = wrong

    page.goto("/")
    page.evaluate(ZOOM)
    for size in ("", "200%"):
        page.evaluate("(size) => letters(size)", size)
        for pressed, opened in OPENED:
            page.locator(pressed).first.click()
            page.locator(opened).first.wait_for()
            if wrong := page.evaluate("(opened) => reachable(opened)", opened):
                found[f"{pressed} {size}"] = wrong
            page.keyboard.press("Escape")

    assert found == {}
