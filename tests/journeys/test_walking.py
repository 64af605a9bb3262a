"""The ten stories that are told most often, by somebody who has a keyboard alone and sees where they are."""

import re

from playwright.sync_api import expect

from app.core import outbox
from app.questions.service import accept
from tests import factories
from tests.journeys.company import PASSWORD, card, composer, live
from tests.journeys.conftest import wait_for_scripts
from tests.journeys.walking import Walk


def test_signing_in_reading_publishing_asking_and_finding(company, new_page):
    (reader,) = company.employ("Лиана Гареева", password=PASSWORD)
    (expert,) = company.employ("Ильдар Юнусов")
    with company.data():
        factories.publication(body=f"Новая витрина {reader.number}")
        asked = factories.question(company.person(expert), "Как вернуть деньги за подарочный сертификат?")
        told = factories.answer(asked, company.person(expert), "Через старшего кассира, по чеку.")
        accept(factories.actor(company.person(expert)), told.public_id, on=True)
        outbox.run_due()  # so that it can be found at once
    page = new_page(base_url=company.server.url)
    walk = Walk(page)

    # Signing in.
    page.goto("/sign-in")
    walk.to(page.get_by_label("Personnel number, e-mail or phone")).type(reader.number)
    walk.to(page.get_by_label("Password", exact=True)).type(PASSWORD)
    walk.press("Enter")
    expect(page).to_have_url(f"{company.server.url}/")
    live(page)

    # Reading the feed, and a like.
    walk.skip()
    entry = card(page, f"Новая витрина {reader.number}")
    walk.press("j")
    while not entry.evaluate("element => element === document.activeElement"):
        walk.press("j")
        walk.look()
    like = entry.get_by_role("button", name="Like")
    walk.to(like).press("Enter")
    expect(like).to_have_text("Like 1")
    expect(like).to_be_focused()

    # Publishing.
    walk.press("n")
    text = composer(page).get_by_role("textbox", name="Text", exact=True)
    expect(text).to_be_focused()
    walk.look()
    walk.type(f"Привезли зарядки {reader.number}")
    walk.enter(composer(page).get_by_role("button", name="Publish", exact=True))
    made = card(page, f"Привезли зарядки {reader.number}")
    expect(made).to_be_focused()

    # Asking, and taking an answer that is there already.
    walk.press("n")
    walk.type("Как вернуть деньги за подарочный сертификат?")
    walk.to(composer(page).get_by_role("radio", name="News")).press("ArrowRight")
    offer = composer(page).get_by_role("group").filter(has_text="Через старшего кассира")
    expect(offer).to_be_visible()
    walk.enter(offer.get_by_role("button", name="This answers it"))
    expect(page.get_by_role("status").filter(has_text="Glad the answer was there already")).to_be_focused()

    # Searching, and opening what was found.
    walk.press("/")
    walk.look()
    walk.type("подарочный сертификат")
    walk.press("Enter")
    page.wait_for_url("**/search?*")
    wait_for_scripts(page)
    walk.skip()
    walk.enter(page.get_by_role("main").locator(".found-link").first)
    expect(card(page, "Как вернуть деньги за подарочный сертификат?")).to_be_visible()


def test_answering_accepting_thanking_and_being_told(company):
    asker, expert = company.employ("Вера Власова", "Ильдар Юнусов")
    with company.data():
        asked = factories.question(company.person(asker), f"Где ключ от склада {asker.number}?")
    page = company.seat(expert, at=f"/p/{asked.public_id}")
    walk = Walk(page)

    # Answering.
    walk.skip()
    walk.press("r")
    answer = page.get_by_role("textbox", name="Your answer")
    expect(answer).to_be_focused()
    walk.look()
    walk.type("У охраны, под роспись.")
    walk.enter(page.get_by_role("button", name="Send", exact=True))
    told = page.locator(".comment").filter(has_text="У охраны, под роспись.")
    expect(told).to_be_visible()
    expect(answer).to_be_focused()

    # The asker reads their notifications, and accepts.
    company.admit(page, asker)
    page.goto("/")
    live(page)
    walk.press("Tab")
    bell = page.get_by_role("link", name="Notifications").first
    walk.enter(bell)
    panel = page.get_by_role("dialog", name="Notifications")
    walk.enter(panel.locator(".note-link").first)
    expect(page).to_have_url(re.compile("/p/.+#c-"))
    wait_for_scripts(page)
    expect(told).to_be_focused()
    walk.enter(page.get_by_role("button", name="Accept the answer"))
    expect(card(page, "Где ключ от склада")).to_contain_text("Answered")

    # Thanks with a badge, from the menu of the answer.
    chosen = card(page, "Где ключ от склада").locator(".answer")
    walk.enter(chosen.get_by_role("link", name="More", exact=True))
    walk.to(page.locator(".menu-list").get_by_role("link", name="Say thanks", exact=True), "ArrowDown").press(
        "Enter"
    )
    page.wait_for_url("**/thanks/new?*")
    wait_for_scripts(page)
    walk.skip()
    badge = page.get_by_role("radio", name="Rocket")
    walk.to(page.get_by_role("radio", checked=True))
    walk.to(badge, "ArrowRight")
    walk.to(page.get_by_label("What for?")).type(f"Выручил в субботу {asker.number}")
    walk.enter(page.get_by_role("button", name="Say thanks"))
    expect(card(page, f"Выручил в субботу {asker.number}")).to_be_visible()


def test_a_setting_a_group_and_a_topic(company):
    """At the end single letters are off, and do nothing any more."""
    (reader,) = company.employ("Лиана Гареева")
    with company.data():
        group = factories.group(f"Бегуны {reader.number}")
        topic = factories.topic(f"Витрины{reader.number}").title
    page = company.seat(reader, at=f"/groups/{group.handle}")
    walk = Walk(page)
    main = page.get_by_role("main")
    walk.skip()
    walk.enter(main.get_by_role("button", name="Join"))
    expect(main.get_by_role("button", name="Join")).to_have_count(0)

    page.goto(f"/topics/{topic}")
    walk.skip()
    walk.enter(main.get_by_role("button", name="Subscribe"))
    expect(main.get_by_role("button", name="Subscribed")).to_be_focused()

    walk.press("?")
    keys = page.get_by_role("dialog", name="Keyboard shortcuts")
    walk.enter(keys.get_by_role("link", name="Switch them off in the settings"))
    letters = page.get_by_role("checkbox", name="Single-letter shortcuts")
    expect(letters).to_be_checked()
    wait_for_scripts(page)
    walk.to(letters).press("Space")
    walk.enter(page.get_by_role("button", name="Save"))
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(letters).not_to_be_checked()
    wait_for_scripts(page)
    page.keyboard.press("/")
    page.keyboard.press("?")
    expect(page.get_by_role("combobox", name="People and content")).not_to_be_focused()
    expect(keys).to_have_count(0)
    walk.to(page.get_by_label("My menu")).press("Enter")
    walk.enter(page.get_by_role("link", name="Keyboard shortcuts").first)
    expect(keys).to_contain_text("switched off")
    page.keyboard.press("Escape")
    expect(page.get_by_label("My menu")).to_be_focused()
