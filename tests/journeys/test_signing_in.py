"""Getting in and out, on the phone in one's hand and at a desk."""

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.journeys.conftest import DESK, PHONE
from tests.support.browsing import WORDS, scrolls_sideways, sign_in

PASSWORD = "четыре синих кита"


@pytest.fixture
def number(server):
    """The personnel number of somebody who works here."""
    with server.data():
        return factories.person("Лиана Гареева", password=PASSWORD).personnel_number


@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
def test_in_and_out(server, new_page, number, device):
    page = new_page(device, locale="en-GB")
    sign_in(page, server.url, number, PASSWORD)

    expect(page.get_by_role("main")).to_be_visible()
    assert page.url == f"{server.url}/"
    assert not scrolls_sideways(page)

    page.get_by_label("My menu").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_label("Personnel number, e-mail or phone")).to_be_visible()
    page.goto(f"{server.url}/people")
    expect(page.get_by_label("Personnel number, e-mail or phone")).to_be_visible()


@pytest.mark.parametrize(("language", "locale"), [("ru", "ru-RU"), ("en", "en-GB")])
def test_a_wrong_password_says_so_and_keeps_the_number(server, new_page, number, language, locale):
    page = new_page(locale=locale)
    login_label, password_label, button = WORDS[language]
    page.goto(f"{server.url}/sign-in")
    page.get_by_label(login_label).fill(number)
    page.get_by_label(password_label, exact=True).fill("четыре серых кота")
    page.get_by_role("button", name=button, exact=True).click()

    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label(login_label)).to_have_value(number)


def test_whoever_was_on_the_way_arrives(server, new_page, number):
    page = new_page(locale="ru-RU")
    login_label, password_label, button = WORDS["ru"]
    page.goto(f"{server.url}/people")
    page.get_by_label(login_label).fill(number)
    page.get_by_label(password_label, exact=True).fill(PASSWORD)
    page.get_by_role("button", name=button, exact=True).click()

    expect(page).to_have_url(f"{server.url}/people")
