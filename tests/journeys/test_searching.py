"""Finding what was just written, in another form of its words, and asking when nothing is found."""

import re

import pytest
from playwright.sync_api import expect

from app.core.unit_of_work import unit_of_work
from app.search import service as search
from app.search.schemas import PERSON
from tests import factories
from tests.journeys.conftest import DESK, PHONE
from tests.support.browsing import scrolls_sideways, sign_in

PASSWORD = "четыре синих кита"


def publish(page, body):
    page.goto("/?write#composer")
    page.locator("textarea[name=body]").first.fill(body)
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator("article", has_text=body).first).to_be_visible()


@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
def test_a_fresh_text_is_found_by_its_words(server, new_page, device):
    with server.data():
        number = factories.person("Лиана Гареева", password=PASSWORD).personnel_number
    page = new_page(device, locale="en-GB", base_url=server.url)
    sign_in(page, server.url, number, PASSWORD)
    body = f"Привезли фиолетовые чехлы {number}"
    publish(page, body)

    def search(words):
        field = page.get_by_role("combobox", name="People and content")
        field.fill(words)
        field.press("Enter")
        page.wait_for_url("**/search?q=*")

    found = page.get_by_role("main").get_by_role("link", name=body)
    for _attempt in range(30):
        # The worker indexes it within three seconds.
        search(f"{number} фиолетового чехла")
        if found.count():
            break
    expect(found).to_be_visible()
    expect(page.locator("mark").first).to_have_text("фиолетовые")
    assert not scrolls_sideways(page)

    search("инопланетянин")
    page.get_by_role("link", name="Ask this question").click()
    expect(page.locator("textarea").first).to_have_value("инопланетянин")


def test_suggestions_by_keyboard_and_by_touch(company):
    """Arrows walk, Enter opens or searches at once, Escape closes; what was searched before can be forgotten."""
    person, friend = company.employ("Лиана Гареева", "Вероника Подсказкина")
    with company.data(), unit_of_work():
        search.mark([(PERSON, friend.id)], event_id=0)
    page = company.seat(person, PHONE)
    field = page.get_by_role("combobox", name="People and content")
    options = page.get_by_role("option")

    field.tap()
    field.press_sequentially("подсказк")
    expect(options.first).to_contain_text("Вероника")
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    field.press("Escape")
    expect(options).to_have_count(0)
    with page.expect_response("**/search/past"):
        field.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q="))

    page.goto("/")
    field.tap()
    expect(options).to_have_count(1)
    field.press("ArrowDown")
    field.press("Delete")
    expect(options).to_have_count(0)
    # An operator that is chosen goes into the field, to go on from.
    field.press_sequentially("это:реш")
    expect(options).to_have_count(1)
    options.first.tap()
    expect(field).to_have_value("это:решено ")
    expect(field).to_be_focused()
    field.fill("")
    field.press_sequentially("подсказкина")
    expect(options.first).to_contain_text("Вероника")
    options.first.tap()
    expect(page.get_by_role("heading", name="Вероника Подсказкина")).to_be_visible()
