"""How single things look: languages, themes, strips, and what must stand in one line on a phone."""

import re

import pytest
from playwright.sync_api import expect

from app.cli.demo.cast import PASSWORD as DEMO_PASSWORD
from app.cli.demo.cast import SIGN_INS
from app.groups.service import invite
from tests import factories
from tests.journeys.company import PASSWORD, live, write
from tests.journeys.conftest import DESK, PHONE, wait_for_scripts
from tests.support.browsing import scrolls_sideways, sign_in


def test_the_language_is_chosen_before_and_after_signing_in(company, new_page):
    (person,) = company.employ("Лиана Гареева", password=PASSWORD)
    page = new_page(base_url=company.server.url)
    page.goto("/sign-in")
    page.get_by_role("button", name="Русский").click()
    page.get_by_label("Табельный номер, почта или телефон").fill(person.number)
    page.get_by_label("Пароль", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Войти", exact=True).click()
    expect(page.get_by_role("link", name="Вопросы").first).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "ru")

    page.goto("/settings/preferences")
    page.get_by_label("Язык").select_option("en")
    page.get_by_role("button", name="Сохранить").click()
    expect(page.get_by_role("link", name="Questions").first).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_theme_follows_the_device_until_one_is_chosen(company):
    (person,) = company.employ("Лиана Гареева")
    page = company.seat(person, color_scheme="dark")
    background = "getComputedStyle(document.documentElement).backgroundColor"
    dark = page.evaluate(background)
    page.emulate_media(color_scheme="light")
    light = page.evaluate(background)
    assert dark != light

    page.goto("/settings/preferences")
    page.get_by_label("Appearance").select_option(label="Dark")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto("/")
    live(page)
    assert page.evaluate(background) == dark


def test_a_strip_of_tabs_shows_the_open_one_on_a_phone(company):
    (person,) = company.employ("Лиана Гареева")
    page = company.seat(person, PHONE, at=f"/people/{person.handle}")
    strip = page.get_by_role("main").locator(".tabs")
    page.goto(strip.get_by_role("link").last.get_attribute("href"))
    tab = strip.locator("[aria-current]")
    expect(tab).to_be_in_viewport(ratio=1)


def test_a_token_is_copied_as_it_is(company):
    (person,) = company.employ("Лиана Гареева")
    page = company.seat(
        person, PHONE, at="/settings/tokens", permissions=["clipboard-read", "clipboard-write"]
    )
    page.get_by_label("Name", exact=True).fill("Табло в салоне")
    page.get_by_role("button", name="Make a token").click()
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.get_by_label("Token", exact=True).input_value()
    assert copied.startswith("sf_")


def test_the_feed_s_choices_stand_in_one_line_on_a_phone(company):
    (person,) = company.employ("Лиана Гареева")
    page = company.seat(person, PHONE)
    order = page.get_by_role("main").locator("summary", has_text="Newest activity")
    scope = page.get_by_role("navigation", name="Which feed")
    assert scope.bounding_box()["y"] < order.bounding_box()["y"] + order.bounding_box()["height"]
    assert order.bounding_box()["y"] < scope.bounding_box()["y"] + scope.bounding_box()["height"]
    order.click()
    page.get_by_role("link", name="Most useful").click()
    expect(page).to_have_url("/?order=useful")
    expect(page.get_by_role("main").locator("summary", has_text="Most useful")).to_be_visible()


def test_the_dock_makes_room_for_what_one_writes_and_for_a_dialog(company):
    (person,) = company.employ("Лиана Гареева")
    page = company.seat(person, PHONE)
    dock = page.locator(".dock")
    expect(dock).to_be_visible()
    write(page, "Пишу")
    expect(dock).to_be_hidden()
    page.keyboard.press("Escape")
    expect(dock).to_be_visible()

    # In a low window, zoomed or with a keyboard in it, whatever one types into.
    page.goto("/settings/tokens")
    page.get_by_label("Name", exact=True).focus()
    expect(dock).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 480})
    expect(dock).to_be_hidden()
    page.locator("#main").focus()
    expect(dock).to_be_visible()

    page.goto("/settings/preferences")
    wait_for_scripts(page)
    page.locator("main [data-sheet=page]").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(dock).to_be_hidden()
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    expect(dock).to_be_visible()


def test_the_acts_of_the_composer_stand_in_one_line_on_a_phone(company):
    (person,) = company.employ("Лиана Гареева")
    with company.data():
        factories.group("Наставники и их подопечные в салонах Поволжья", members=[company.person(person)])
    page = company.seat(person, PHONE, locale="ru-RU")
    form = write(page, "x" * 9_900)
    expect(form).to_contain_text("Draft saved")
    place, close = form.get_by_label("Where"), form.get_by_role("button", name="Close")
    files, publish = form.locator(".upload-btn"), form.get_by_role("button", name="Publish")
    for one, other in ((place, close), (files, publish)):
        left, right = one.bounding_box(), other.bounding_box()
        assert abs(left["y"] + left["height"] / 2 - right["y"] - right["height"] / 2) < 4
        assert left["x"] + left["width"] < right["x"]
    assert not scrolls_sideways(page)

    # Closed, it takes one line, and says that something was begun.
    close.tap()
    expect(publish).to_be_hidden()
    expect(form.get_by_text("Draft", exact=True)).to_be_visible()
    assert form.bounding_box()["height"] < 130
    form.get_by_label("Text", exact=True).tap()
    expect(publish).to_be_visible()


def test_an_invitation_leaves_room_for_the_name_of_its_group(company):
    keeper, guest = company.employ("Вера Власова", "Лиана Гареева")
    with company.data():
        group = factories.group("Наставники Поволжья", visibility="secret", owner=company.person(keeper))
        invite(factories.actor(company.person(keeper)), group.handle, [guest.handle])
    page = company.seat(guest, PHONE, at="/groups")
    name = page.get_by_role("main").get_by_role("link", name="Наставники Поволжья")
    words = "link => { const it = new Range(); it.selectNodeContents(link); return it.getBoundingClientRect().height }"
    assert name.evaluate(words) < 30
    accept = page.get_by_role("button", name="Accept")
    assert accept.bounding_box()["width"] > 100
    assert not scrolls_sideways(page)


@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
def test_the_demo_company_in_russian(demo_server, new_page, device):
    """What a newcomer sees first."""
    editor = next(each for each in SIGN_INS if each.role == "editor" and each.locale == "ru")
    page = new_page(device, locale="ru-RU")
    sign_in(page, demo_server.url, editor.number, DEMO_PASSWORD, language="ru")
    for address in ("/", "/?order=useful", "/questions", "/people", "/groups?show=all", "/topics", "/desk"):
        page.goto(f"{demo_server.url}{address}")
        expect(page.get_by_role("main").get_by_role("heading").first).to_be_attached()
        assert not scrolls_sideways(page), address


def test_a_refused_form_is_read_in_another_language_with_what_was_typed(company):
    """It stands where the form was sent to, which is another page when it is opened by itself."""
    (founder,) = company.employ("Лиана Гареева")
    page = company.seat(founder, PHONE, at="/groups/new")
    page.get_by_label("Name", exact=True).fill(" ")
    page.get_by_label("What is it for?").fill("Смены и подмены")
    page.get_by_role("main").get_by_role("button", name="Make the group").click()
    expect(page.get_by_role("main").get_by_role("alert").first).to_be_visible()

    page.get_by_label("My menu").click()
    page.get_by_role("button", name="Русский").click()
    expect(page).to_have_url(re.compile("/groups/new$"))
    expect(page.get_by_label("Для чего она?")).to_have_value("Смены и подмены")
