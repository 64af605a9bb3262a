"""Reading and acting without a mouse; cards of people and topics; long threads and texts opened in place."""

import re

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.journeys.company import card, composer, live
from tests.journeys.conftest import PHONE


@pytest.fixture
def page(company):
    """The feed of somebody, with three publications on top: one, two, three."""
    (reader,) = company.employ("Лиана Гареева")
    with company.data():
        for word in ("три", "два", "один"):
            factories.publication(body=f"Запись {word} для {reader.number}")
    seated = company.seat(reader)
    seated.words = reader.number
    return seated


def entry(page, word):
    return card(page, f"Запись {word} для {page.words}")


def test_every_key_does_what_the_list_says(page):
    page.keyboard.press("j")
    expect(entry(page, "один")).to_be_focused()
    page.keyboard.press("j")
    expect(entry(page, "два")).to_be_focused()
    page.keyboard.press("k")
    expect(entry(page, "один")).to_be_focused()

    page.keyboard.press("l")
    like = entry(page, "один").get_by_role("button", name="Like")
    expect(like).to_have_attribute("aria-pressed", "true")
    expect(like).to_have_text("Like 1")
    page.keyboard.press("l")
    expect(like).to_have_attribute("aria-pressed", "false")

    page.keyboard.press("r")
    expect(entry(page, "один").get_by_role("textbox", name="Your reply")).to_be_focused()
    page.keyboard.type("jkl/?")
    expect(entry(page, "один").get_by_role("textbox")).to_have_value("jkl/?")


def test_a_like_where_nothing_is_picked(page):
    """What would be liked is shown first; on the page of a publication it is clear."""
    page.keyboard.press("l")
    expect(entry(page, "один")).to_be_focused()
    expect(entry(page, "один").get_by_role("button", name="Like")).to_have_attribute("aria-pressed", "false")

    entry(page, "два").get_by_role("link", name=re.compile("ago|now")).click()
    expect(page).to_have_url(re.compile("/p/"))
    live(page)
    page.keyboard.press("l")
    expect(entry(page, "два").get_by_role("button", name="Like 1")).to_have_attribute("aria-pressed", "true")


def test_search_writing_and_the_list_of_keys(page):
    page.keyboard.press("/")
    expect(page.get_by_role("combobox", name="People and content")).to_be_focused()
    page.get_by_role("combobox").blur()
    page.keyboard.press("n")
    expect(composer(page).get_by_role("textbox", name="Text", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_contain_text("Next and previous publication")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_the_keys_work_in_the_russian_layout(page):
    page.locator("body").dispatch_event("keydown", {"key": "о", "code": "KeyJ"})
    expect(entry(page, "один")).to_be_focused()
    page.locator("body").dispatch_event("keydown", {"key": "д", "code": "KeyL"})
    expect(entry(page, "один").get_by_role("button", name="Like 1")).to_be_visible()


def test_a_like_by_keyboard_keeps_the_focus(page):
    like = entry(page, "два").get_by_role("button", name="Like")
    like.focus()
    with page.expect_response("**/card"):
        page.keyboard.press("Enter")

    expect(like).to_have_text("Like 1")
    expect(like).to_be_focused()


def test_the_first_tab_skips_to_the_content(page):
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_menus_are_walked_with_arrows(page):
    menu = page.get_by_label("My menu")
    menu.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    expect(page.get_by_role("button", name="Sign out", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()

    more = entry(page, "один").get_by_role("link", name="More", exact=True)
    more.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".menu-list").get_by_role("link", name="Say thanks", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(more).to_be_focused()


@pytest.fixture
def mentioned(company):
    """A publication that names somebody and a topic, and its reader."""
    reader, known = company.employ("Лиана Гареева", "Ильдар Юнусов")
    with company.data():
        factories.publication(body=f"Спросите @{known.handle} про #кассу{reader.number} сегодня")
    return reader, f"кассу{reader.number}"


def test_cards_of_people_and_topics_on_hover_and_focus(company, mentioned):
    reader, topic = mentioned
    page = company.seat(reader)
    made = card(page, topic)
    hover = page.get_by_role("dialog")

    made.get_by_role("link", name="@Ильдар Юнусов").hover()
    expect(hover.get_by_role("button", name="Follow")).to_be_visible()
    hover.get_by_role("button", name="Follow").click()
    expect(hover.get_by_role("button", name="Following")).to_be_visible()
    page.get_by_role("combobox").hover()
    expect(hover).to_be_hidden()

    chip = made.get_by_role("link", name=topic).last
    made.get_by_role("link", name="@Ильдар Юнусов").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(chip).to_be_focused()
    expect(hover.get_by_role("button", name="Subscribe")).to_be_visible()
    page.keyboard.press("Shift+Tab")
    assert hover.count() == 0, "the card covers what has the focus now"
    page.keyboard.press("Tab")
    expect(hover.get_by_role("button", name="Subscribe")).to_be_visible()
    page.keyboard.press("Escape")
    expect(hover).to_be_hidden()
    expect(chip).to_be_focused()


def test_cards_of_people_and_topics_on_a_tap(company, mentioned):
    reader, topic = mentioned
    phone = company.seat(reader, PHONE)
    made = card(phone, topic)
    sheet = phone.get_by_role("dialog")

    made.get_by_role("link", name=topic).first.tap()
    sheet.get_by_role("button", name="Subscribe").tap()
    expect(sheet.get_by_role("button", name="Subscribed")).to_be_visible()

    # A tap beside it closes it, and does nothing to what lies there.
    made.get_by_role("button", name="Like").tap(force=True)
    expect(sheet).to_be_hidden()
    expect(made.get_by_role("button", name="Like")).to_have_text("Like")

    made.locator(".who > .av").tap()
    expect(sheet.get_by_role("button", name="Follow")).to_be_visible()
    phone.keyboard.press("Escape")
    name = made.get_by_role("link", name="@Ильдар Юнусов")
    finger = {"pointerType": "touch", "bubbles": True, "clientX": 9, "clientY": 9}
    name.dispatch_event("pointerdown", finger)
    expect(sheet.get_by_role("button", name="Follow")).to_be_visible()
    name.dispatch_event("pointerup", finger)
    name.dispatch_event("click")
    expect(sheet.get_by_role("button", name="Follow")).to_be_visible()
    phone.keyboard.press("Escape")
    name.tap()
    expect(phone).to_have_url(re.compile("/people/"))


def test_the_card_of_a_name_is_walked_with_the_keyboard(company, mentioned):
    reader, topic = mentioned
    page = company.seat(reader)
    hover = page.get_by_role("dialog", name="@Ильдар Юнусов")
    name = card(page, topic).get_by_role("link", name="@Ильдар Юнусов")
    name.focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(hover.get_by_role("link").first).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(hover).to_be_hidden()
    expect(name).to_be_focused()

    page.keyboard.press("Alt+ArrowDown")
    expect(hover.get_by_role("link").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(hover).to_be_hidden()
    expect(name).to_be_focused()


def test_a_long_thread_opens_in_place(company):
    (reader,) = company.employ("Лиана Гареева")
    with company.data():
        talk = factories.publication(body=f"Большой разговор {reader.number}")
        first = factories.comment(talk, body="Реплика первая. " + "Подробно. " * 60 + "Вот и всё.")
        factories.comment(talk, body="Возражение", to=first)
        for number in range(12):
            factories.comment(talk, body=f"Реплика {number}")
    page = company.seat(reader)
    made = card(page, f"Большой разговор {reader.number}")
    expect(made.locator(".comment", has_text="Реплика первая")).to_have_count(0)

    made.get_by_role("link", name="Show all 14").click()
    expect(made.locator(".comment", has_text="Реплика первая")).to_be_visible()
    expect(made.locator(".replies")).to_contain_text("Возражение")
    expect(made.locator(".comment")).to_have_count(14)
    assert page.url == f"{company.server.url}/"

    made.locator(".comment", has_text="Возражение").last.get_by_role("link", name="Reply").click()
    made.get_by_role("textbox").fill("Согласен")
    made.get_by_role("button", name="Send", exact=True).click()
    expect(made.locator(".replies")).to_contain_text("Согласен")


def test_who_likes_it_is_told(company):
    reader, first, second = company.employ("Лиана Гареева", "Ильдар Юнусов", "Вера Власова")
    with company.data():
        item = factories.publication(body=f"Всем по душе {reader.number}")
        factories.like(item, company.person(first))
        factories.like(item, company.person(second))
    page = company.seat(reader)

    card(page, f"Всем по душе {reader.number}").get_by_role("link", name="Вера Власова and 1 other").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("link", name="Ильдар Юнусов").first).to_be_visible()
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()
