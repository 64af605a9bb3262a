"""Accepting an answer, changing one's mind, and what is seen of it."""

import pytest

from app.core import outbox, settings
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.outbox import Listener
from app.core.unit_of_work import unit_of_work
from app.questions.events import AnswerAccepted, AnswerUnaccepted
from app.questions.models import Question
from app.questions.service import accept
from app.reputation.models import Balance
from app.reputation.policy import rights
from app.reputation.queries import levels, standing
from tests.factories import content, people
from tests.support.statements import counting


@pytest.fixture
def told():
    """Names and answers of what was emitted about acceptance."""
    heard = []
    before = outbox.listeners()
    outbox.register(
        Listener(
            f"told.{each.name}",
            each,
            lambda delivered: heard.append((delivered.event.name, delivered.event.answer_id)),
        )
        for each in (AnswerAccepted, AnswerUnaccepted)
    )
    yield heard
    outbox.register(before)


def test_the_asker_changes_their_mind(database, told):
    asker = people.person()
    asked = content.question(asker)
    first, second = content.answer(asked), content.answer(asked)
    actor = people.actor(asker)
    for answer in (first, first, second):
        accept(actor, answer.public_id, on=True)
    accept(actor, first.public_id, on=False)
    assert db.session.get(Question, asked.id).accepted_id == second.id
    accept(actor, second.public_id, on=False)
    assert db.session.get(Question, asked.id).accepted_id is None
    outbox.run_due()
    assert told == [
        ("AnswerAccepted", first.id), ("AnswerUnaccepted", first.id), ("AnswerAccepted", second.id),
        ("AnswerUnaccepted", second.id),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("role", "may"), [("asker", True), ("editor", True), ("answerer", False), ("moderator", False)]
)
def test_who_may_accept(database, role, may):
    asker, answerer = people.person(), people.person()
    asked = content.question(asker)
    reply = content.answer(asked, answerer)
    who = {"asker": asker, "answerer": answerer}.get(role) or people.person(roles=[role])
    if may:
        accept(people.actor(who), reply.public_id, on=True)
        assert db.session.get(Question, asked.id).accepted_id == reply.id
    else:
        with pytest.raises(Forbidden):
            accept(people.actor(who), reply.public_id, on=True)


def test_a_comment_is_no_answer(database):
    asker = people.person()
    asked = content.question(asker)
    with pytest.raises(Invalid):
        accept(people.actor(asker), content.comment(asked).public_id, on=True)


def test_answered_and_waiting_are_told_apart_at_a_glance(client):
    asker = people.person()
    waiting, answered = content.question(asker, "Кто ждёт?"), content.question(asker, "Кто дождался?")
    reply = content.answer(answered, people.person(), "Вот ответ")
    accept(people.actor(asker), reply.public_id, on=True)
    client.sign_in(people.person())
    assert waiting.public_id in client.get("/questions?which=waiting").text
    assert answered.public_id not in client.get("/questions?which=waiting").text
    page = client.get("/questions?which=answered").text
    assert "Вот ответ" in page
    assert waiting.public_id not in page
    mine = client.sign_in(asker).get("/questions?which=mine").text
    assert waiting.public_id in mine
    assert answered.public_id in mine


def test_only_the_asker_is_offered_to_accept(client):
    asker = people.person()
    asked = content.question(asker)
    reply = content.answer(asked)
    door = f"/items/{reply.public_id}/accept"
    assert door in client.sign_in(asker).get(f"/p/{asked.public_id}").text
    assert door not in client.sign_in(people.person()).get(f"/p/{asked.public_id}").text
    assert door not in client.get("/").text


# Confirming by right ----------------------------------------------------------------------------------------------


@pytest.fixture
def trusted(database):
    """Somebody at the level from which answers are confirmed, whose word is enough."""
    person = people.person("Мастер Правил")
    with unit_of_work():
        db.session.add(Balance(person_id=person.id, account="reputation", points=levels()[4]))
        settings.put("trust.confirmations", 1)
    assert standing(person.id).level == rights()["confirm_answers"]
    return person


def test_who_has_earned_it_confirms_what_nobody_judged_and_takes_it_back(client, trusted):
    asker, other = people.person(), people.person()
    asked = content.question(asker)
    first, second = content.answer(asked, other), content.answer(asked, people.person())
    client.sign_in(trusted)
    address = f"/items/{first.public_id}/menu"
    assert "Подтвердить ответ" in client.get(address).text
    with counting() as statements:
        client.get(address, headers={"HX-Request": "true"})
    assert len(statements) <= 6
    for _time in range(2):
        assert client.post(f"/items/{first.public_id}/accept", data={"on": "1"}).status_code == 303
    assert db.session.get(Question, asked.id).accepted_by == trusted.id
    assert "Отозвать подтверждение" in client.get(f"/items/{first.public_id}/menu").text
    assert "Подтвердить" not in client.get(f"/items/{second.public_id}/menu").text
    accept(people.actor(trusted), first.public_id, on=False)
    assert db.session.get(Question, asked.id).accepted_id is None


def test_the_asker_has_the_last_word_and_nobody_confirms_themselves(client, trusted):
    asker, other = people.person(), people.person()
    asked = content.question(asker)
    reply, mine = content.answer(asked, other), content.answer(asked, trusted)
    actor = people.actor(trusted)
    with pytest.raises(Forbidden):
        accept(actor, mine.public_id, on=True)
    with pytest.raises(Forbidden):
        accept(people.actor(other), mine.public_id, on=True)
    accept(people.actor(asker), mine.public_id, on=True)
    for on in (True, False):
        with pytest.raises((Conflict, Forbidden)):
            accept(actor, (reply if on else mine).public_id, on=on)
    assert db.session.get(Question, asked.id).accepted_id == mine.id
    client.sign_in(trusted)
    for answer in (reply, mine):
        assert "/accept" not in client.get(f"/items/{answer.public_id}/menu").text
