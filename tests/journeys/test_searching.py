"""Finding what was just written, in another form of its words, and asking when nothing is found."""

import pytest
from playwright.sync_api import expect

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
        field = page.get_by_role("searchbox", name="People and content")
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
