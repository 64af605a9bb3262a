"""Every page there is, in both languages, both themes, at five widths, with the longest names: nobody is shut out.

A page is loaded once for a language: in Russian on a phone by day, in English at a desk by night. What is looked at
there is in `looking`; which pages there are, in `tests.support.pages`.
"""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESK, PHONE
from tests.journeys.longest import grow
from tests.journeys.looking import MEASURES, PHONES, faults, go, opened, prepare, submit, wrong_form
from tests.support.client import SESSION_COOKIE
from tests.support.pages import (
    ASKED,
    CLOSED,
    ERRORS,
    OUTSIDE,
    PAGES,
    PLAIN,
    SAME,
    SAMPLES,
    STRANGE,
    TITLED_BY_PEOPLE,
    WRONG,
)

READERS = {
    "ru": {"device": PHONE, "locale": "ru-RU", "color_scheme": "light"},
    "en": {"device": DESK, "locale": "en-GB", "color_scheme": "dark"},
}
#: What opens over a page: where, by what, and what it is then.
OPENED = (
    ("/", ".menu--sheet summary", ".menu--sheet[open] .menu-list"),
    ("/p/{news}", "article .dots", ".floating"),
    ("/", ".composer [name=body]", ".composer.is-open"),
    ("/groups/{group}", ".composer [name=body]", ".composer.is-open"),
    ("/departments/{department}", ".composer [name=body]", ".composer.is-open"),
    ("/settings/preferences", "main [data-sheet=page]", "dialog[open]"),
)
#: More often than anybody may try a password.
MOST_TRIES = 20
#: So that no test takes minutes on a busy machine.
PARTS = 8


@pytest.fixture(scope="session")
def longest(demo_server):
    """The demo company with the longest names."""
    return grow(demo_server)


@pytest.fixture(scope="module")
def titles(longest):
    """{(language, title): endpoint} of what was looked at so far."""
    return {}


@pytest.fixture
def seat(longest, new_page):
    """Opens a page for somebody of the company, or for a stranger, who reads in a language."""

    def take(who, language, **otherwise):
        longest.speak(language)
        page = new_page(base_url=longest.server.url, **{**READERS[language], **otherwise})
        prepare(page)
        if who is not None:
            page.context.add_cookies(
                [{"name": SESSION_COOKIE, "value": who.token, "url": longest.server.url}]
            )
        return page

    return take


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("language", READERS)
def test_every_page_is_for_everyone(longest, seat, titles, language, part):
    page = seat(longest.seer, language)
    pages = [(each, endpoint) for endpoint, some in PAGES.items() for each in some]
    found = {}
    for address, endpoint in pages[part::PARTS]:
        status = go(page, address.format(**longest.names))
        wrong = [] if status == 200 else [f"the answer is {status}"]
        other = titles.setdefault((language, page.title()), endpoint)
        if SAME.get(other, other) != SAME.get(endpoint, endpoint):
            wrong.append(f"is called as {other} is: {page.title()}")
        wrong += faults(page, samples=endpoint in SAMPLES)
        if wrong:
            found[address] = wrong

    assert found == {}


def test_titles_are_translated(titles):
    untranslated = {
        title
        for (language, title), endpoint in titles.items()
        if language == "en" and titles.get(("ru", title)) == endpoint and endpoint not in TITLED_BY_PEOPLE
    }

    assert untranslated == set()


@pytest.mark.parametrize("language", READERS)
def test_the_first_day_strangers_and_errors_are_for_everyone(longest, seat, language):
    looked = (
        (longest.newcomer, dict.fromkeys(PLAIN, 200) | CLOSED),
        (longest.seer, ERRORS),
        (longest.asked, {address: 200 for some in ASKED.values() for address in some}),
        (None, {address: 200 for some in OUTSIDE.values() for address in some} | STRANGE),
    )
    found = {}
    for who, addresses in looked:
        page = seat(who, language)
        for address, expected in addresses.items():
            status = go(page, address.format(**longest.names))
            wrong = [] if status == expected else [f"the answer is {status}"]
            if wrong := wrong + faults(page):
                found[address] = wrong

    assert found == {}


@pytest.mark.parametrize("language", READERS)
def test_errors_that_come_of_an_act_are_for_everyone(longest, seat, language):
    """What is too large, what is tried too often, and what fails at our end."""
    page = seat(longest.seer, language)
    go(page, "/articles/new")
    # In a hidden field: millions of letters take a browser a minute to lay out.
    page.locator("[name=idempotency_key]").evaluate("(field) => (field.value = 'x'.repeat(2_500_000))")
    found = {413: [submit(page, {"title": "Сканворды"}), *faults(page)]}

    page = seat(longest.newcomer, language)
    typed = {"present": "not-mine-at-all", "new": "green-counter-13", "repeat": "green-counter-13"}
    go(page, "/settings/password")
    for _try in range(MOST_TRIES):
        if (status := submit(page, typed)) != 422:
            break
    found[429] = [status, *faults(page)]

    page = seat(longest.seer, language)
    with longest.away("synonyms"):
        found[500] = [go(page, "/desk/words"), *faults(page)]
    assert go(page, "/desk/words") == 200

    assert found == {status: [status] for status in found}


@pytest.mark.parametrize("language", READERS)
def test_the_page_for_a_password_of_ones_own_is_for_everyone(longest, seat, language):
    """No address leads to it: it comes in place of the feed, after a one-time password."""
    page = seat(None, language)
    go(page, "/sign-in")
    page.locator("[name=login]").fill(longest.names["number"])
    page.locator("[name=password]").fill(longest.names["once"])
    page.keyboard.press("Enter")
    page.locator("[name=new]").wait_for()

    assert faults(page) + wrong_form(page, {"new": "1"}) == []


@pytest.mark.parametrize("language", READERS)
def test_what_opens_over_a_page_is_for_everyone(longest, seat, language):
    """Menus, sheets and forms that are folded until somebody wants them, on the phones they are narrowest on."""
    page = seat(longest.seer, language, device=PHONE)
    found = {}
    for address, opener, within in OPENED:
        go(page, address.format(**longest.names))
        page.locator(opener).first.click()
        page.locator(within).wait_for()
        if wrong := opened(page, within):
            found[opener] = wrong

    assert found == {}


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "forms alone"])
def test_an_open_composer_stays_in_the_window_with_twice_the_text(longest, seat, scripts):
    """Its place may have a long name; without scripts it is always open."""
    page = seat(longest.seer, "ru", java_script_enabled=scripts)
    found = {}
    for address in ("/", "/groups/{group}", "/departments/{department}", "/people/{person}"):
        page.goto(address.format(**longest.names))
        page.evaluate(MEASURES)
        if scripts:
            page.locator(".composer [name=body]").click()
            page.locator(".composer.is-open").wait_for()
        for width in PHONES:
            page.set_viewport_size({"width": width, "height": 844})
            if wrong := page.evaluate("larger()"):
                found[f"{address} {width}"] = wrong

    assert found == {}


@pytest.mark.parametrize("language", READERS)
def test_what_the_composer_suggests_is_for_everyone(longest, seat, language):
    """The names it completes, and below a question the answers and topics there are already."""
    page = seat(longest.seer, language, device=PHONE)
    go(page, "/")
    text = page.locator(".composer [name=body]")
    # Whatever the one who tried this in the other language has left as a draft.
    text.fill("#к")
    page.locator("#completion").wait_for()
    found = opened(page, "#completion") + opened(page, ".composer")

    text.fill("Касса не печатает чек, что делать?")
    page.locator(".composer .kind", has=page.locator("[value=question]")).click()
    page.locator(".composer .similar-topics button").first.wait_for()
    found += opened(page, ".composer")

    assert found == []


@pytest.mark.parametrize("part", range(2))
def test_a_form_that_is_wrong_says_so_on_top_and_beside_each_field(longest, seat, part):
    """The list of what is wrong has the focus, and each of its lines leads to its field, which says the same."""
    page = seat(longest.seer, "ru")
    found = {}
    for address, typed in WRONG[part::2]:
        go(page, address.format(**longest.names))
        if wrong := wrong_form(page, typed):
            found[address] = wrong

    assert found == {}


def test_a_line_of_the_list_leads_to_its_field(longest, seat):
    page = seat(longest.seer, "en")
    go(page, "/groups/new")
    wrong_form(page, {"name": ""})
    summary = page.get_by_role("alert").filter(has_text="Please check this")
    expect(summary).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
