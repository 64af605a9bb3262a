"""Everything essential is done by links and forms alone."""

import re

import pytest
from playwright.sync_api import expect

from app.core import outbox
from tests import factories
from tests.journeys.company import PASSWORD, card, composer
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.test_attaching import photo
from tests.support.browsing import scrolls_sideways, sign_in


@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
def test_a_day_without_scripts(company, new_page, device):
    (author,) = company.employ("Лиана Гареева", password=PASSWORD)
    page = new_page(device, base_url=company.server.url, java_script_enabled=False)
    sign_in(page, company.server.url, author.number, PASSWORD)
    words = f"Пишу формой {author.number}"

    composer(page).get_by_label("Text", exact=True).fill(f"{words} про #формы")
    composer(page).get_by_role("button", name="Publish", exact=True).click()
    expect(page).to_have_url(re.compile("/p/"))
    made = card(page, words)
    expect(made.get_by_role("link", name="формы").first).to_be_visible()

    made.get_by_role("button", name="Like", exact=True).click()
    expect(made.get_by_role("button", name="Like 1")).to_be_visible()

    # In the feed one goes on reading.
    page.goto("/")
    card(page, words).get_by_role("button", name="Like 1").click()
    expect(page).to_have_url(re.compile("/#i-"))
    expect(card(page, words).get_by_role("button", name="Like", exact=True)).to_be_visible()
    page.go_back()
    page.go_back()

    page.get_by_role("textbox", name="Your reply").fill("И комментарий тоже")
    page.get_by_role("button", name="Send", exact=True).click()
    thread = page.get_by_role("region", name="Comments")
    expect(thread).to_contain_text("И комментарий тоже")
    thread.get_by_role("link", name="Reply").click()
    page.get_by_role("textbox", name="Your reply").fill("И ответ на него")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(thread.locator(".replies")).to_contain_text("И ответ на него")

    made.get_by_role("link", name="More", exact=True).click()
    page.get_by_role("main").get_by_role("link", name="Edit").click()
    page.get_by_label("Your text").fill(f"{words}, исправлено")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(card(page, f"{words}, исправлено")).to_be_visible()
    assert not scrolls_sideways(page)

    page.get_by_role("link", name="edited").first.click()
    expect(page.get_by_text(f"{words} про #формы")).to_be_visible()


def test_every_photo_opens_by_its_link(company):
    """Four are shown; those that a viewer would lead on to stand below by what they show."""
    (author,) = company.employ("Лиана Гареева")
    page = company.seat(author, PHONE, java_script_enabled=False)
    words = f"Пять витрин {author.number}"
    composer(page).get_by_label("Text", exact=True).fill(words)
    composer(page).get_by_label("Attach photos or files").set_input_files(
        [
            photo(f"{number}.png", colour)
            for number, colour in enumerate(("teal", "red", "blue", "gold", "tan"))
        ]
    )
    composer(page).get_by_role("button", name="Publish", exact=True).click()
    photos = card(page, words).locator(".photos")
    links = photos.get_by_role("link")
    expect(links).to_have_count(5)
    expect(photos.get_by_text("+1")).to_be_hidden()
    assert not scrolls_sideways(page)
    for link in (links.first, links.last):
        address = link.get_attribute("href")
        link.click()
        expect(page).to_have_url(re.compile(re.escape(address)))
        assert page.locator("img").evaluate("image => [image.naturalWidth, image.naturalHeight]") == [
            640,
            480,
        ]
        page.go_back()


def test_a_question_is_answered_and_accepted(company):
    asker, expert = company.employ("Лиана Гареева", "Ильдар Юнусов")
    page = company.seat(asker, java_script_enabled=False)
    composer(page).get_by_label("Text", exact=True).fill(f"Где ключ от склада? {asker.number}")
    composer(page).get_by_label("Question", exact=True).check()
    composer(page).get_by_role("button", name="Publish").click()
    expect(card(page, "Где ключ от склада?")).to_contain_text("Waiting for an answer")

    desk = company.seat(expert, at=page.url, java_script_enabled=False)
    desk.get_by_role("textbox", name="Your answer").fill("У охраны.")
    desk.get_by_role("button", name="Send", exact=True).click()
    expect(desk.get_by_role("region", name="Answers and comments")).to_contain_text("У охраны.")

    page.reload()
    page.get_by_role("button", name="Accept the answer").click()
    expect(card(page, "Где ключ от склада?")).to_contain_text("Answered")
    page.get_by_role("button", name="Withdraw acceptance").click()
    expect(card(page, "Где ключ от склада?")).to_contain_text("Waiting for an answer")


def test_following_and_subscribing(company):
    reader, known = company.employ("Лиана Гареева", "Ильдар Юнусов")
    with company.data():
        topic = factories.topic(f"Витрины{reader.number}").title
    page = company.seat(reader, at=f"/people/{known.handle}", java_script_enabled=False)
    main = page.get_by_role("main")
    main.get_by_role("button", name="Follow").click()
    expect(main.get_by_role("button", name="Following")).to_be_visible()

    page.goto(f"/topics/{topic}")
    main.get_by_role("button", name="Subscribe").click()
    expect(main.get_by_role("button", name="Subscribed")).to_be_visible()


def test_finding(company):
    (reader,) = company.employ("Лиана Гареева")
    page = company.seat(reader, java_script_enabled=False)
    words = f"Ищите оранжевые стойки {reader.number}"
    composer(page).get_by_label("Text", exact=True).fill(words)
    composer(page).get_by_role("button", name="Publish", exact=True).click()
    found = page.get_by_role("main").get_by_role("link", name=words)
    field = page.get_by_role("searchbox", name="People and content")
    for _attempt in range(30):
        # The worker indexes it within three seconds.
        field.fill(f"{reader.number} оранжевых стоек")
        field.press("Enter")
        page.wait_for_url("**/search?*")
        if found.count():
            break
    expect(found).to_be_visible()


def test_the_rest_of_a_long_feed_and_thread(company):
    (reader,) = company.employ("Лиана Гареева")
    with company.data():
        talk = factories.publication(body=f"Большой разговор {reader.number}")
        for number in range(6):
            factories.comment(talk, body=f"Реплика {number}")
        for number in range(22):
            factories.publication(body=f"Запись {number} {reader.number}")
    page = company.seat(reader, java_script_enabled=False)
    expect(card(page, f"Большой разговор {reader.number}")).to_have_count(0)
    page.get_by_role("link", name="Show more", exact=True).last.click()
    card(page, f"Большой разговор {reader.number}").get_by_role("link", name="Show all").click()

    expect(page.get_by_role("region", name="Comments").locator(".comment")).to_have_count(6)


def test_a_refused_text_comes_back_with_the_reason(company):
    (author,) = company.employ("Лиана Гареева")
    page = company.seat(author, java_script_enabled=False)
    composer(page).get_by_label("Text", exact=True).fill("я" * 10_001)
    composer(page).get_by_role("button", name="Publish", exact=True).click()

    expect(composer(page).get_by_role("alert")).to_contain_text("the most is 10000")
    expect(composer(page).get_by_label("Text", exact=True)).to_have_value("я" * 10_001)


def test_settings_past_searches_and_what_opens_in_dialogs(company):
    """Menus are <details>; what scripts show in a dialog is a page."""
    reader, author = company.employ("Лиана Гареева", "Ильдар Юнусов")
    words = f"хранить ключи {author.number}"
    with company.data():
        item = factories.question(company.person(author), f"Где хранить ключи? {author.number}")
        path = f"/p/{item.public_id}"
        factories.like(item, company.person(reader))
        factories.like(item)
        outbox.run_due()  # so that it can be found at once
    page = company.seat(reader, PHONE, at="/settings/preferences", java_script_enabled=False)
    main = page.get_by_role("main")
    page.get_by_label("Appearance").select_option(label="Dark")
    page.get_by_role("checkbox", name="Single-letter shortcuts").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    main.get_by_role("link", name="Keyboard shortcuts").click()
    expect(main).to_contain_text("switched off")

    field = page.get_by_role("searchbox", name="People and content")
    field.fill(words)
    field.press("Enter")
    main.get_by_role("link", name=re.compile("^Publications")).first.click()
    expect(page).to_have_url(re.compile("kind="))
    page.get_by_role("navigation", name="Filters").locator("summary", has_text="From anybody").click()
    page.get_by_role("link", name="From me").click()
    expect(page).to_have_url(re.compile("person="))
    page.get_by_role("link", name="Search", exact=True).click()
    past = main.get_by_role("link", name=words)
    expect(past).to_be_visible()
    main.get_by_role("button", name=f"Forget: {words}").click()
    expect(past).to_have_count(0)

    page.goto(path)
    main.get_by_role("link", name="1 other").click()
    expect(main).to_contain_text(reader.name)
    page.go_back()
    main.get_by_role("link", name="Where the question is").click()
    expect(main.get_by_role("heading", name="Where the question is")).to_be_visible()
    main.get_by_role("link", name="Back").click()
    card(page, "Где хранить ключи?").get_by_role("link", name="More", exact=True).click()
    main.get_by_role("link", name="Report").click()
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Report").click()
    expect(page).to_have_url(re.compile("/p/"))
    page.get_by_label("My menu").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_label("Password", exact=True)).to_be_visible()
