"""Similar questions while one types, questions that need no asking, and topics for them."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from app.content.models import Draft
from app.content.schemas import kinds, register_kind
from app.content.service import drafts
from app.core import clock, outbox
from app.core.db import db
from app.notifications import queries as bell
from app.people.service.erasing import erase_person
from app.questions.service import accept
from app.search import service
from app.search.models import Deflection
from app.search.queries import similar
from app.search.schemas import KEEP_ASKED, Typed
from app.trust.schemas import Limits, SetLimits
from app.trust.service import make_official, set_limits
from tests import factories
from tests.support.outbox import deliver_twice
from tests.support.statements import counting


@pytest.fixture
def asker(database):
    return factories.person("Олег Ким")


@pytest.fixture
def answered(index, anna):
    """A question with two answers, of which the second is accepted."""
    question = factories.question(anna, "Как вернуть товар без чека? #возвраты")
    factories.like(factories.answer(question, body="Никак."))
    told = factories.answer(question, factories.person("Ильдар Юнусов"), "По паспорту, срок 14 дней.")
    accept(factories.actor(anna), told.public_id, on=True)
    return question


@pytest.fixture
def suggest(index):
    """What is offered to somebody who types."""

    def suggested(person, body, **more):
        outbox.run_due()
        return similar.suggestions(factories.actor(person), Typed(body, **more))

    return suggested


@pytest.fixture
def browser(client, asker, index):
    return client.sign_in(asker)


def deflections():
    return db.session.scalars(select(Deflection).execution_options(populate_existing=True)).all()


def test_an_answered_question_is_offered_with_its_answer(suggest, asker, answered):
    (item,) = suggest(asker, "покупатель хочет возврат товара без чеков").items

    assert (item.public_id, item.answers, item.helped) == (answered.public_id, 2, 0)
    assert (item.told.text, item.told.accepted, item.told.author.name) == (
        "По паспорту, срок 14 дней.", True, "Ильдар Юнусов",
    )  # fmt: skip


def test_without_an_accepted_answer_the_most_liked_is_shown(suggest, asker, index):
    question = factories.question(body="Где взять ценники на чехлы?")
    factories.answer(question, body="Не знаю.")
    factories.like(factories.answer(question, body="На складе."))
    (item,) = suggest(asker, "где взять ценники").items
    assert (item.told.text, item.told.accepted) == ("На складе.", False)


def test_trust_and_validity_are_those_for_the_reader(suggest, asker, answered):
    editor = factories.actor(factories.person(roles=["editor"]))
    right = factories.answer(answered, body="Без чека: по паспорту и заявлению.")
    make_official(editor, right.public_id, on=True)
    (item,) = suggest(asker, "вернуть товар без чека").items
    assert (item.told.text, item.trust, item.limit) == ("Без чека: по паспорту и заявлению.", "official", "")

    set_limits(editor, right.public_id, SetLimits(Limits(shop_formats=frozenset({"island"}))))
    (item,) = suggest(asker, "вернуть товар без чека").items
    assert item.limit == "elsewhere"
    set_limits(editor, right.public_id, SetLimits(Limits(valid_until=date(2001, 1, 1))))
    assert suggest(asker, "вернуть товар без чека").items == ()


@pytest.fixture
def telling_news(database):
    """News answer by themselves, as articles do."""
    before = kinds()["news"]
    register_kind(replace(before, answers=True))
    yield
    register_kind(before)


def test_what_answers_by_itself_is_offered_too(telling_news, suggest, asker):
    rules = factories.publication(
        body="Возвращаем товар и без чека: нужен паспорт.", title="Возврат товара без чека"
    )
    (item,) = suggest(asker, "как вернуть товар без чека").items
    assert (item.kind, item.title, item.told) == ("news", "Возврат товара без чека", None)
    assert item.text == "Возвращаем товар и без чека: нужен паспорт."
    assert service.answer_found(factories.actor(asker), rules.public_id, "без чека").helped == 0
    assert suggest(asker, "как вернуть товар без чека").items[0].helped == 1


def test_nothing_is_offered_too_early_or_far_fetched_or_without_an_answer(suggest, asker, answered):
    factories.question(body="Почему терминал пишет ошибку 57?")
    assert suggest(asker, "возврат товара").items == ()
    assert suggest(asker, "почему терминал пишет ошибку").items == ()
    assert suggest(asker, "когда привезут товар и новые чехлы для телефонов Nova").items == ()


def test_what_may_not_be_seen_is_not_offered(suggest, asker, index):
    group = factories.group(visibility="secret")
    member = factories.person()
    factories.join(group, member)
    question = factories.question(member, "Какой порог премии в пилоте? #премия-пилот", place=group)
    factories.answer(question, member, "Девяносто процентов.")
    assert suggest(asker, "какой порог премии в пилоте").items == ()
    assert suggest(asker, "какой порог премии в пилоте").topics == ()
    assert len(suggest(member, "какой порог премии в пилоте").items) == 1


def test_the_other_keyboard_layout_is_read(suggest, asker, answered):
    (item,) = suggest(asker, "rfr dthyenm njdfh ,tp xtrf").items
    assert item.public_id == answered.public_id


def test_topics_are_named_by_the_text_or_by_what_is_like_it(suggest, asker, answered):
    factories.publication(body="Новые правила #сим-карта")

    def names(body):
        return [topic.name for topic in suggest(asker, body).topics]

    assert names("вернуть товар без чека") == ["возвраты"]
    assert names("клиент потерял сим-карту в салоне") == ["сим-карта"]
    assert names("клиент потерял #сим-карта в салоне") == []
    assert names("когда отпуск у управляющего") == []


def test_typing_costs_six_statements(browser, suggest, asker, answered):
    outbox.run_due()
    browser.get("/")
    with counting() as statements:
        reply = browser.post("/questions/similar", data={"body": "вернуть товар без чека"})
    assert len(statements) <= 6, statements
    html = reply.get_data(as_text=True)
    assert answered.public_id in html
    assert 'data-topic="возвраты"' in html
    empty = browser.post("/questions/similar", data={"body": "без чека"})
    assert (empty.status_code, empty.get_data(as_text=True).strip()) == (200, "")


def test_asking_goes_on_without_an_index(client, asker):
    reply = client.sign_in(asker).post("/questions/similar", data={"body": "вернуть товар без чека"})
    assert (reply.status_code, reply.get_data(as_text=True).strip()) == (200, "")


def test_an_answer_found_ends_the_question(frozen_clock, browser, asker, answered, suggest):
    drafts.save(asker.id, "publish", {"kind": "question", "body": "Возврат без чека?"})
    typed = {"title": "", "body": "Возврат без чека?"}
    for _ in range(2):
        reply = browser.post(f"/p/{answered.public_id}/found", data=typed, headers={"HX-Request": "true"})
        assert reply.status_code == 200
        assert "Ильдар Юнусов" in reply.get_data(as_text=True)
    (row,) = deflections()
    assert (row.person_id, row.content_id, row.asked, row.at) == (
        asker.id, answered.id, "Возврат без чека?", clock.now(),
    )  # fmt: skip
    assert row.answer_id is not None
    assert db.session.get(Draft, (asker.id, "publish")) is None
    assert suggest(asker, "вернуть товар без чека").items[0].helped == 1

    frozen_clock.advance(clock.DAY)
    service.answer_found(factories.actor(asker), answered.public_id, "")
    assert len(deflections()) == 2
    assert suggest(asker, "вернуть товар без чека").items[0].helped == 1


def test_an_answer_that_was_none_is_taken_back(browser, asker, answered):
    address = f"/p/{answered.public_id}/found"
    browser.post(address, data={"body": "Возврат без чека?"})
    assert browser.post(address, data={"on": "0"}).status_code == 303
    assert deflections() == []


def test_whose_answer_it_was_is_told_that_it_helped_and_not_whom(client, frozen_clock, asker, answered, anna):
    author = db.session.get(type(anna), deflected(asker, answered).author_id)
    other = factories.person("Вторая Спросившая")
    service.answer_found(factories.actor(other), answered.public_id, "")
    service.answer_found(factories.actor(author), answered.public_id, "")
    deliver_twice("notifications.on_found")
    (line,) = helped_lines(author)
    assert (line.people, line.person, line.unread) == (2, None, True)
    page = client.sign_in(author).get("/notifications").text
    assert "2 коллегам" in page
    assert "Вторая" not in page
    service.answer_not_found(factories.actor(other), answered.public_id)
    deliver_twice("notifications.on_found")
    assert [line.people for line in helped_lines(author)] == [1]


def deflected(person, question):
    """The answer that somebody has found."""
    found = service.answer_found(factories.actor(person), question.public_id, "")
    return db.session.get(type(question), found.told.id)


def helped_lines(person):
    return [line for line in bell.page(factories.actor(person)).lines if line.reason == "helped"]


def test_only_what_one_sees_and_what_answers_can_be_found(client, asker, index):
    group = factories.group(visibility="secret")
    member = factories.person()
    factories.join(group, member)
    hidden = factories.question(member, place=group)
    factories.answer(hidden, member)
    waiting, news = factories.question(), factories.publication()
    client.sign_in(asker)
    statuses = [client.post(f"/p/{item.public_id}/found").status_code for item in (hidden, waiting, news)]
    assert statuses == [404, 422, 422]
    assert client.get(f"/p/{hidden.public_id}/similar").status_code == 404
    assert deflections() == []


def test_the_words_are_kept_for_a_while_only(frozen_clock, asker, answered):
    service.answer_found(factories.actor(asker), answered.public_id, "Возврат?")
    frozen_clock.advance(KEEP_ASKED)
    service.forget_asked()
    assert [row.asked for row in deflections()] == ["Возврат?"]
    frozen_clock.advance(1)
    service.forget_asked()
    assert [row.asked for row in deflections()] == [None]


def test_the_words_go_with_their_writer(asker, answered):
    service.answer_found(factories.actor(asker), answered.public_id, "Возврат?")
    erase_person(asker.id, by=None)
    deliver_twice("search.forget_person")
    assert [row.asked for row in deflections()] == [None]


def test_a_question_shows_those_like_it(browser, answered, index):
    other = factories.question(body="Как вернуть товар, если чека нет?")
    outbox.run_due()
    page = browser.get(f"/p/{other.public_id}").get_data(as_text=True)
    assert f'hx-get="/p/{other.public_id}/similar"' in page
    with counting() as statements:
        reply = browser.get(f"/p/{other.public_id}/similar", headers={"HX-Request": "true"})
        html = reply.get_data(as_text=True)
    assert len(statements) <= 6, statements
    assert f'href="/p/{answered.public_id}"' in html
    assert f'href="/p/{other.public_id}"' not in html
