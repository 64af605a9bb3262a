"""A question asked on a phone, answered at a desk: live, accepted, and the mind changed."""

from playwright.sync_api import expect

from tests import factories
from tests.journeys.company import card, live, publish, reply
from tests.journeys.conftest import PHONE
from tests.support.browsing import scrolls_sideways


def bell(page):
    return page.locator("[data-unread=notifications]:visible")


def test_a_question_is_asked_answered_and_accepted(company):
    asker, expert = company.employ("Лиана Гареева", "Ильдар Юнусов")
    words = f"Как вернуть товар без чека? {asker.number}"
    phone, desk = company.seat(asker, PHONE), company.seat(expert)
    question = publish(phone, words, question=True)
    expect(question).to_contain_text("Waiting for an answer")

    desk.reload()
    asked = card(desk, words)
    live(desk)
    reply(desk, asked, "По паспорту, в течение 14 дней.", link="Answer")

    # It arrives on the phone by itself, and the bell counts it.
    answer = question.locator(".comment").filter(has_text="По паспорту")
    expect(answer).to_be_visible()
    expect(bell(phone)).to_have_text("1")
    assert not scrolls_sideways(phone)

    question.get_by_role("button", name="Accept the answer").tap()
    for seen in (question, asked):
        expect(seen).to_contain_text("Answered")
        expect(seen).not_to_contain_text("Waiting for an answer")
        expect(seen.get_by_text("Accepted answer")).to_be_visible()
    expect(bell(desk)).to_have_text("2")  # the acceptance, and the level it brings

    question.get_by_role("button", name="Withdraw acceptance").tap()
    for seen in (question, asked):
        expect(seen).to_contain_text("Waiting for an answer")
        expect(seen).to_contain_text("По паспорту")
    assert not scrolls_sideways(phone)


def test_acceptance_arrives_on_the_pages_of_the_question_too(company):
    asker, expert = company.employ("Лиана Гареева", "Ильдар Юнусов")
    page = company.seat(asker)
    words = f"Где взять ценники? {asker.number}"
    question = publish(page, words, question=True)
    question.get_by_role("link", name="now").click()
    page.wait_for_url("**/p/*")
    live(page)
    desk = company.seat(expert, at=page.url)

    desk.get_by_role("textbox", name="Your answer").fill("На складе, у входа.")
    desk.get_by_role("button", name="Send", exact=True).click()
    expect(desk.get_by_role("region", name="Answers and comments")).to_contain_text("На складе")
    page.get_by_role("button", name="Accept the answer").click()

    for each in (page, desk):
        expect(each.get_by_text("Accepted answer")).to_have_count(1)
        expect(card(each, words)).to_contain_text("Answered")
        expect(each.locator("[id^=c-]").filter(has_text="На складе")).to_have_count(1)


def test_an_acceptance_without_a_connection_is_said_beside_its_button_and_tried_again(company):
    asker, expert = company.employ("Лиана Гареева", "Ильдар Юнусов")
    words = f"Чем протирать витрину? {asker.number}"
    with company.data():
        question = factories.question(company.person(asker), words)
        factories.answer(question, company.person(expert), "Салфеткой без спирта.")
    phone, desk = company.seat(asker, PHONE), company.seat(expert)
    accept = card(phone, words).get_by_role("button", name="Accept the answer")
    expect(accept).to_be_visible()

    phone.context.set_offline(True)
    accept.tap()
    again = phone.get_by_role("dialog", name="There was no connection.").get_by_role(
        "button", name="Try again"
    )
    expect(again).to_be_focused()
    expect(card(desk, words)).to_contain_text("Waiting for an answer")
    phone.context.set_offline(False)
    again.tap()

    for each in (phone, desk):
        expect(card(each, words).get_by_text("Accepted answer")).to_be_visible()


def test_the_list_of_questions_tells_what_waits(company):
    (asker,) = company.employ("Лиана Гареева")
    page = company.seat(asker)
    words = f"Когда инвентаризация? {asker.number}"
    publish(page, words, question=True)

    page.get_by_role("navigation", name="Main").get_by_role("link", name="Questions").click()
    expect(card(page, words)).to_be_visible()
    page.get_by_role("link", name="Answered", exact=True).click()
    expect(page).to_have_url("/questions?which=answered")
    expect(card(page, words)).to_have_count(0)
    page.get_by_role("link", name="Mine", exact=True).click()
    expect(card(page, words)).to_be_visible()
