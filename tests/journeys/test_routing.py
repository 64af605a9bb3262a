"""A question finds a colleague who is on duty: claimed on a phone from the bell, and seen live by who asked."""

import re

from playwright.sync_api import expect

from app.core.unit_of_work import unit_of_work
from tests import factories
from tests.journeys.company import employed, live, publish
from tests.journeys.conftest import PHONE
from tests.support.browsing import scrolls_sideways


def test_a_colleague_says_that_they_will_answer_and_the_asker_sees_it(company):
    with company.data():
        shop = factories.shop()
        with unit_of_work():
            shop.opening_hours = "Mo-Su 00:00-24:00"
        asker, colleague, friend = (
            employed(factories.person(name, shop=shop if number < 2 else None))
            for number, name in enumerate(("Лиана Гареева", "Ильдар Юнусов", "Дина Другова"))
        )
    desk, phone = company.seat(asker), company.seat(colleague, PHONE)
    publish(desk, f"Терминал завис, что делать? {asker.number}", question=True).get_by_role(
        "link", name="now"
    ).click()
    desk.wait_for_url("**/p/*")
    live(desk)
    way = desk.get_by_role("region", name="Where the question is")
    # By day others are on duty as well, who answered such questions in other journeys.
    expect(way).to_contain_text(re.compile(r"Asked \d+ colleague"))
    asked = int(re.search(r"Asked (\d+)", way.text_content())[1])
    expect(way.locator(".way-next time")).to_have_text(re.compile(r"in 1\d minutes"))

    # One tap from the bell; the page of the question says it at once to who asked.
    expect(phone.locator("[data-unread=notifications]:visible")).to_have_text("1")
    phone.goto("/notifications")
    expect(phone.get_by_role("listitem").first).to_contain_text("because you are on duty in the same shop")
    assert not scrolls_sideways(phone)
    phone.context.set_offline(True)
    phone.get_by_role("button", name="I’ll answer").tap()
    again = phone.get_by_role("dialog", name="There was no connection.").get_by_role(
        "button", name="Try again"
    )
    expect(again).to_be_focused()
    phone.context.set_offline(False)
    again.tap()
    phone.wait_for_url("**/p/*")
    expect(way).to_contain_text("Ильдар Юнусов · is answering")
    expect(way).to_contain_text("seen by 1")

    # On second thoughts somebody else knows better.
    phone.get_by_role("link", name="Not me, ask …").tap()
    field = phone.get_by_role("textbox", name="Who may know?")
    field.press_sequentially(f"@{friend.handle[:6]}")
    phone.get_by_role("option").filter(has_text="Дина Другова").first.tap()
    phone.get_by_role("button", name="Pass on", exact=True).tap()
    phone.wait_for_url("**/questions/for-me")
    expect(way).to_contain_text(f"Asked {asked + 1} colleagues")
    expect(way).not_to_contain_text("is answering")
    other = company.seat(friend, PHONE, at="/questions/for-me")
    expect(other.get_by_role("main")).to_contain_text("a colleague named you: Ильдар Юнусов")


def test_where_a_question_stands_is_shown_though_its_page_was_asked_before_anybody_was(company):
    asker, _colleague = company.employ("Лиана Гареева", "Ильдар Юнусов")
    desk = company.seat(asker)
    # The first answer is the one of the moment between the question and its first wave.
    desk.route(re.compile("/routing$"), lambda route: route.fulfill(body=""), times=1)
    publish(desk, f"Куда сдать сломанные весы? {asker.number}", question=True).get_by_role(
        "link", name="now"
    ).click()
    desk.wait_for_url("**/p/*")
    expect(desk.get_by_role("region", name="Where the question is")).to_be_visible()
