"""Whatever comes between, nobody's text is lost: an ended session, a stale page, two people at one text."""

import re

import pytest
from playwright.sync_api import expect

from app.accounts.service.sessions import end_all_sessions
from app.content.models import ContentItem
from app.core.db import db
from tests import factories
from tests.journeys.company import PASSWORD, card, composer, hold, publish, write
from tests.journeys.conftest import DESK, PHONE
from tests.support.client import SESSION_COOKIE


def text_field(page):
    return composer(page).get_by_role("textbox", name="Text", exact=True)


def enter(page, who):
    page.get_by_label("Personnel number, e-mail or phone").fill(who.number)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


@pytest.fixture
def interrupted(company):
    """Somebody whose session ends without the page noticing, as when it has run out."""

    def make(**options):
        (author,) = company.employ("Лиана Гареева", password=PASSWORD)
        page = company.seat(author, **options)
        return author, page

    def end(author):
        with company.data():
            end_all_sessions(author.id)

    make.end = end
    return make


def test_a_post_survives_the_end_of_the_session(interrupted):
    author, page = interrupted()
    page.route("**/socket.io/**", lambda route: route.abort())
    form = write(page, f"Длинный рассказ {author.number}")
    page.context.clear_cookies(name="session_token")
    form.get_by_role("button", name="Publish", exact=True).click()

    said = page.get_by_role("status").filter(has_text="You have been signed out. Your text is kept.")
    expect(said).to_be_visible()
    expect(text_field(page)).to_have_value(f"Длинный рассказ {author.number}")
    said.get_by_role("link", name="Sign in").click()
    enter(page, author)

    expect(text_field(page)).to_have_value(f"Длинный рассказ {author.number}")
    text_field(page).click()
    composer(page).get_by_role("button", name="Publish", exact=True).click()
    expect(card(page, f"Длинный рассказ {author.number}")).to_have_count(1)


def test_a_session_ended_elsewhere_keeps_what_was_begun(interrupted):
    author, page = interrupted()
    write(page, f"Пишу на планшете {author.number}")
    interrupted.end(author)
    # The worker of the server is told on its next sweep; the page notices when it sends.
    composer(page).get_by_role("button", name="Publish", exact=True).click()
    page.get_by_role("link", name="Sign in").or_(page.get_by_role("button", name="Sign in")).first.click()
    enter(page, author)

    expect(text_field(page)).to_have_value(f"Пишу на планшете {author.number}")


def test_a_post_survives_without_scripts(company, interrupted):
    author, page = interrupted(java_script_enabled=False)
    text_field(page).fill(f"Без скриптов {author.number}")
    composer(page).get_by_label("Question", exact=True).check()
    interrupted.end(author)
    page.get_by_role("button", name="Publish").or_(page.get_by_role("button", name="Ask")).click()
    enter(page, author)

    expect(text_field(page)).to_have_value(f"Без скриптов {author.number}")
    expect(composer(page).get_by_label("Question", exact=True)).to_be_checked()
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("article")).to_contain_text(f"Без скриптов {author.number}")


def test_a_comment_survives_without_scripts(company, interrupted):
    with company.data():
        item = factories.publication(body="Кто работает в субботу?")
        address = f"/p/{item.public_id}"
    author, page = interrupted(java_script_enabled=False, at=address)
    page.get_by_role("textbox", name="Your reply").fill("Я работаю")
    interrupted.end(author)
    page.get_by_role("button", name="Send", exact=True).click()
    enter(page, author)

    expect(page.get_by_role("textbox", name="Your reply")).to_have_value("Я работаю")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("region", name="Comments")).to_contain_text("Я работаю")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_stale_edit_shows_both_texts(company, scripts):
    (author,) = company.employ("Лиана Гареева")
    with company.data():
        item = factories.publication(company.person(author), "Смена с девяти")
        address = f"/items/{item.public_id}/edit"
    desk = company.seat(author, DESK, at=address, java_script_enabled=scripts)
    phone = company.seat(author, PHONE, at=address, java_script_enabled=scripts)

    phone.get_by_label("Your text").fill("Смена с десяти")
    phone.get_by_role("button", name="Save", exact=True).click()
    expect(card(phone, "Смена с десяти")).to_be_visible()
    desk.get_by_label("Your text").fill("Смена с восьми")
    desk.get_by_role("button", name="Save", exact=True).click()

    expect(desk.get_by_text("Somebody was faster")).to_be_visible()
    expect(desk.get_by_role("main").get_by_text("Смена с десяти")).to_be_visible()
    expect(desk.get_by_label("Your version")).to_have_value("Смена с восьми")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(card(desk, "Смена с восьми")).to_be_visible()


def edit_field(page):
    return page.get_by_role("textbox", name=re.compile("^Your (text|version)$"))


def test_a_begun_edit_survives_until_it_is_saved(company):
    (author,) = company.employ("Лиана Гареева", password=PASSWORD)
    with company.data():
        item = factories.publication(company.person(author), "Смена с девяти")
        address = f"/items/{item.public_id}/edit"
    desk = company.seat(author, at=address)
    edit_field(desk).fill("Смена с десяти, ключи")

    # A reload, a closed tab, an ended session, another device.
    desk.reload()
    expect(edit_field(desk)).to_have_value("Смена с десяти, ключи")
    expect(desk.get_by_text("Your draft is back")).to_be_visible()
    edit_field(desk).fill("Смена с десяти, ключи у Анны")
    desk.close()
    desk = desk.context.new_page()
    desk.goto(address)
    expect(edit_field(desk)).to_have_value("Смена с десяти, ключи у Анны")
    edit_field(desk).fill("Смена с десяти, ключи у Ольги")
    desk.context.clear_cookies(name="session_token")
    desk.get_by_role("button", name="Save", exact=True).click()
    desk.get_by_role("link", name="Sign in").or_(desk.get_by_role("button", name="Sign in")).first.click()
    with desk.expect_response(lambda response: response.request.method == "PUT" and response.ok):
        enter(desk, author)
        expect(edit_field(desk)).to_have_value("Смена с десяти, ключи у Ольги")
    phone = company.seat(author, PHONE, at=address)
    expect(edit_field(phone)).to_have_value("Смена с десяти, ключи у Ольги")

    # Saved on one of them, it is offered on none.
    edit_field(phone).fill("Смена с десяти")
    phone.get_by_role("button", name="Save", exact=True).click()
    expect(card(phone, "Смена с десяти")).to_be_visible()
    for page in (phone, desk):
        page.goto(address)
        expect(edit_field(page)).to_have_value("Смена с десяти")
        expect(page.get_by_text("Your draft is back")).to_be_hidden()


def test_an_edit_that_is_given_up_is_forgotten(company):
    (author,) = company.employ("Лиана Гареева")
    with company.data():
        item = factories.publication(company.person(author), "Смена с девяти")
        address = f"/items/{item.public_id}/edit"
    page = company.seat(author, at=address)
    for leave in ("Back to the saved text", "Cancel"):
        edit_field(page).fill("Смена с десяти")
        page.reload()
        expect(edit_field(page)).to_have_value("Смена с десяти")
        with page.expect_event("load"):
            page.get_by_role("link", name=leave).click()
        page.goto(address)
        expect(edit_field(page)).to_have_value("Смена с девяти")


def test_a_page_left_open_through_another_sign_in_keeps_the_text(company):
    first, second = company.employ("Лиана Гареева", "Ильдар Юнусов", password=PASSWORD)
    page = company.seat(first)
    form = write(page, "Написано до смены")
    other = page.context.new_page()
    page.context.clear_cookies(name=SESSION_COOKIE)
    other.goto("/sign-in")
    enter(other, second)
    expect(composer(other)).to_be_visible()

    form.get_by_role("button", name="Publish", exact=True).click()

    expect(page.get_by_text("This page was open for too long")).to_be_visible()
    expect(text_field(page)).to_have_value("Написано до смены")
    expect(card(other, "Написано до смены")).to_have_count(0)


def test_what_is_shown_at_once_is_put_back_when_the_server_refuses(company):
    reader, author = company.employ("Лиана Гареева", "Ильдар Юнусов")
    with company.data():
        item = factories.publication(author=company.person(author), body=f"Витрина готова {author.number}")
        factories.like(item, company.person(author))
        item_id = item.id
    page = company.seat(reader)
    made = card(page, f"Витрина готова {author.number}")
    profile = company.seat(reader, at=f"/people/{author.handle}")
    with company.data():
        # As long as nobody has told the open pages.
        db.session.get_one(ContentItem, item_id).state = "hidden"
        company.person(author).state = "left"
        db.session.commit()

    let_go = hold(page, "**/like")
    made.get_by_role("button", name="Like 1", exact=True).click()
    expect(made.get_by_role("button", name="Like 2", exact=True)).to_have_attribute("aria-pressed", "true")
    let_go()
    expect(made.get_by_role("button", name="Like 1", exact=True)).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_role("status").filter(has_text="There is no such page")).to_be_visible()

    let_go = hold(profile, "**/follow")
    follow = profile.locator("main").get_by_role("button", name=re.compile(f"^Follow.*{author.name}")).first
    follow.click()
    expect(follow).to_have_attribute("aria-pressed", "true")
    let_go()
    expect(follow).to_have_attribute("aria-pressed", "false")
    expect(profile.get_by_role("status").filter(has_text="no longer works here")).to_be_visible()


def test_a_comment_on_what_is_gone_says_so_and_keeps_the_text(company):
    author, reader = company.employ("Лиана Гареева", "Ильдар Юнусов")
    page, desk = company.seat(reader), company.seat(author)
    publish(desk, f"Скоро исчезну {author.number}")
    page.reload()
    seen = card(page, f"Скоро исчезну {author.number}")
    expect(
        seen.get_by_role("link", name="More", exact=True)
    ).to_be_visible()  # the page's scripts are running
    seen.get_by_role("link", name="Reply").click()
    seen.get_by_role("textbox").fill("Ещё пишу")
    made = card(desk, f"Скоро исчезну {author.number}")
    made.get_by_role("link", name="More", exact=True).click()
    desk.get_by_role("button", name="Delete", exact=True).click()
    desk.get_by_role("dialog").get_by_role("button", name="Delete", exact=True).click()
    expect(made).to_have_count(0)

    seen.get_by_role("button", name="Send", exact=True).click()

    expect(seen.get_by_role("alert")).to_contain_text("no such page, or it is not open to you")
    expect(seen.get_by_role("textbox")).to_have_value("Ещё пишу")
