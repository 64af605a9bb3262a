"""An answer is made official over a wrong one, ends, is extended, changes; and a seller on a phone sees it all."""

from datetime import timedelta

from playwright.sync_api import expect

from app.core import clock
from app.questions.service import accept
from tests import factories
from tests.journeys.company import live
from tests.journeys.conftest import PHONE
from tests.support.browsing import scrolls_sideways


def test_an_answer_becomes_official_ends_and_changes(company):
    seller, expert, wrong = company.employ("Лиана Гареева", "Ильдар Юнусов", "Пётр Торопыга")
    [editor] = company.employ("Вера Соколова", roles=["editor"])
    with company.data():
        asked = factories.question(company.person(seller), f"Сколько дней на возврат? {seller.number}")
        hasty = factories.answer(asked, company.person(wrong), "Тридцать дней, всегда")
        right = factories.answer(asked, company.person(expert), "Четырнадцать дней")
        accept(factories.actor(company.person(seller)), hasty.public_id, on=True)
        question, answer = f"/p/{asked.public_id}", right.public_id

    desk = company.seat(editor, at=question)
    desk.locator(f"#c-{answer}").get_by_role("link", name="More").click()
    desk.get_by_role("link", name="Reliability and validity").click()
    desk.get_by_role("button", name="Make it official").click()
    expect(desk.get_by_text("Who owns the topic stands behind it.")).to_be_visible()

    phone = company.seat(seller, PHONE, at=question)
    shown = phone.locator(".answer")
    expect(shown).to_contain_text("Official answer")
    expect(shown).to_contain_text("Четырнадцать дней")
    expect(phone.get_by_role("button", name="Accept the answer")).to_have_count(0)
    assert not scrolls_sideways(phone)

    # The day before yesterday was its last: the phone is told so, the editor extends it with one press.
    ended = clock.today() - timedelta(days=2)
    desk.get_by_label("Last day").fill(ended.isoformat())
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_text("Still true?", exact=True)).to_be_visible()
    phone.reload()
    expect(shown).to_contain_text("Was valid until")
    expect(phone.locator(".answer.is-beyond")).to_be_visible()
    phone.get_by_role("link", name="Official answer").tap()
    expect(phone.get_by_role("heading", name="Reliability and validity")).to_be_visible()
    assert not scrolls_sideways(phone)
    desk.get_by_role("button", name="Yes, a year more").click()
    phone.goto(question)
    expect(shown).to_contain_text("Valid until")
    expect(phone.locator(".is-beyond")).to_have_count(0)

    phone.goto("/")
    live(phone)
    author = company.seat(expert, at=f"/items/{answer}/edit")
    author.locator("textarea[name=body]").fill("Четырнадцать дней, с чеком")
    author.get_by_role("button", name="Save").click()
    author.wait_for_url("**/p/*")
    # Ended and changed: the bell says so, and leads to what is new.
    expect(phone.locator("[data-unread=notifications]:visible")).to_have_text("1")
    phone.goto("/notifications")
    phone.get_by_role("link", name="Something official that you have read").first.tap()
    expect(phone.locator(".compare ins")).to_contain_text("с чеком")
    assert not scrolls_sideways(phone)


def test_who_rewrites_a_question_says_with_one_tap_that_it_is_still_the_answer(company):
    asker, expert = company.employ("Лиана Гареева", "Ильдар Юнусов")
    with company.data():
        asked = factories.question(company.person(asker), f"Сколько дней на возврат? {asker.number}")
        answer = factories.answer(asked, company.person(expert), "Четырнадцать дней").public_id
        accept(factories.actor(company.person(asker)), answer, on=True)
        question = f"/p/{asked.public_id}"

    phone = company.seat(asker, PHONE, at=f"/items/{asked.public_id}/edit")
    phone.locator("textarea[name=body]").fill(f"Сколько дней на обмен? {asker.number}")
    phone.get_by_role("button", name="Save").click()
    phone.wait_for_url(f"**{question}*")
    # The page is shown anew as soon as the consequence has come.
    shown = phone.locator(".answer")
    expect(shown).to_contain_text("To be checked again")
    assert not scrolls_sideways(phone)
    shown.get_by_role("link", name="To be checked again").tap()
    phone.get_by_role("link", name="See what has changed").tap()
    expect(phone.locator(".compare ins")).to_contain_text("обмен")
    expect(phone.get_by_text("Четырнадцать дней")).to_be_visible()
    expect(phone.get_by_role("button", name="Still the answer")).to_be_visible()
    assert not scrolls_sideways(phone)
    phone.goto(question)
    shown.get_by_role("button", name="Still the answer").tap()
    expect(shown).to_contain_text("Accepted answer")
    expect(shown.get_by_role("button", name="Still the answer")).to_have_count(0)
