"""Strengths and titles follow the facts: step by step as things happen, and all at once when counted anew."""

import datetime

import pytest
from sqlalchemy import select

from app.badges.schemas import SayThanks
from app.badges.service import say_thanks
from app.content.schemas import Edit
from app.content.service import changing, moderating, reactions
from app.core import clock, outbox
from app.core.db import db
from app.core.unit_of_work import unit_of_work
from app.expertise import jobs, service
from app.expertise.models import Expertise
from app.lib.authority import HALF_LIFE
from app.people import service as people
from app.people.models import Person
from app.people.schemas import Workplace
from app.questions.service import accept
from app.topics.schemas import TopicDetails
from app.topics.service import change_topic
from tests import factories
from tests.support.outbox import deliver_twice

LATER = 1_000_000


@pytest.fixture
def asked(database, frozen_clock):
    """Six questions of different colleagues about #эквайринг, each with Ilya's answer, all accepted."""
    ilya = factories.person("Илья Борисов", shop=factories.shop())
    made = []
    for _number in range(6):
        asker = factories.person(shop=factories.shop())
        question = factories.question(asker, "Как принять карту? #эквайринг")
        answer = factories.answer(question, ilya)
        accept(factories.actor(asker), answer.public_id, on=True)
        made.append((ilya, asker, question, answer))
    return made


def kept():
    """Every strength and title there is, as of now: first kept up to date, then counted anew, which must agree."""
    outbox.run_due()
    before = _rows()
    service.rebuild()
    outbox.run_due()
    assert _rows() == before
    return before


def _rows():
    db.session.expire_all()
    strengths = db.session.scalars(select(Expertise).order_by(Expertise.person_id, Expertise.topic_id))
    return [(each.person_id, each.strength, each.givers, each.acts, each.title) for each in strengths]


def under_name(person):
    db.session.expire_all()
    row = db.session.get_one(Person, person.id)
    return row.title, row.title_topics


def strength_of(person):
    return next((row[1] for row in kept() if row[0] == person.id), 0)


def test_accepted_answers_of_different_colleagues_make_a_learner(asked):
    ilya = asked[0][0]
    deliver_twice("expertise.count_accepted")
    deliver_twice("expertise.entitle")
    deliver_twice("content.refresh_entitled", counting_up="content_items.version")

    assert kept() == [(ilya.id, pytest.approx(strength_of(ilya)), 6, {"accepted": 6}, 1)]
    assert under_name(ilya) == (1, "эквайринг")


def test_every_way_back_takes_the_title_again(asked):
    ilya, asker, question, answer = asked[0]
    whole = strength_of(ilya)
    moderator = factories.person(roles=["moderator"])

    accept(factories.actor(asker), answer.public_id, on=False)
    deliver_twice("expertise.count_unaccepted")
    assert strength_of(ilya) < whole
    accept(factories.actor(asker), answer.public_id, on=True)
    assert strength_of(ilya) == whole
    with unit_of_work():
        assert moderating.hide(answer, question, moderator.id)
    deliver_twice("expertise.count_thread.ContentHidden")
    assert strength_of(ilya) < whole
    with unit_of_work():
        assert moderating.restore(answer, question, moderator.id)
    deliver_twice("expertise.count_thread.ContentRestored")
    assert strength_of(ilya) == whole
    changing.delete(factories.actor(asker), question.public_id)
    deliver_twice("expertise.count_thread.ContentDeleted")
    assert strength_of(ilya) < whole


def test_likes_and_thanks_count_and_praise_in_return_takes_from_it(asked):
    ilya, asker, _question, answer = asked[0]
    stranger = factories.person(shop=factories.shop())
    whole = strength_of(ilya)

    factories.like(answer, stranger)
    deliver_twice("expertise.count_liked")
    liked = strength_of(ilya)
    say_thanks(
        factories.actor(stranger), SayThanks((ilya.handle,), "thank_you", "За помощь", answer.public_id)
    )
    deliver_twice("expertise.count_thanks")
    thanked = strength_of(ilya)
    theirs = factories.answer(factories.question(ilya, "А как вернуть? #возврат"), asker)
    factories.like(theirs, ilya)

    assert whole < liked < thanked
    assert strength_of(ilya) < thanked
    reactions.like(factories.actor(stranger), answer.public_id, on=False)
    deliver_twice("expertise.count_unliked")


def test_it_is_about_the_topics_of_the_publication(asked):
    ilya, asker, question, _answer = asked[0]
    changing.add_topics(factories.actor(asker), question.public_id, "карты")
    deliver_twice("expertise.count_thread.TopicsAdded")
    assert [row[2] for row in kept()] == [6, 1]

    db.session.refresh(question)
    changing.edit(factories.actor(asker), question.public_id, Edit("Как принять карту?", question.revision))
    deliver_twice("expertise.count_thread.ContentEdited")
    assert {row[2] for row in kept()} == {5, 1} - ({1} if len(kept()) == 1 else set())
    change_topic(factories.actor(factories.person(roles=["editor"])), "эквайринг", TopicDetails("Эквайринг"))
    deliver_twice("expertise.rename")
    assert under_name(ilya)[1] in ("Эквайринг", "")


def test_a_closed_group_makes_nobody_an_expert(database, frozen_clock):
    ilya, asker = factories.person(), factories.person()
    secret = factories.group("Тайная", visibility="secret", owner=asker, members=[ilya])
    answer = factories.answer(factories.question(asker, "Как? #секрет", place=secret), ilya)
    accept(factories.actor(asker), answer.public_id, on=True)

    assert kept() == []


def test_who_moves_into_the_same_shop_praises_half_and_who_leaves_has_no_title(asked):
    ilya, asker, _question, _answer = asked[0]
    whole = strength_of(ilya)
    people.move_person(asker.id, Workplace(shop_id=ilya.shop_id))
    deliver_twice("expertise.count_person.PersonMoved")
    assert strength_of(ilya) < whole

    people.mark_left(ilya.id, on=datetime.date(2025, 11, 18))
    deliver_twice("expertise.count_person.PersonLeft")
    assert kept() == []
    assert under_name(ilya) == (0, "")
    people.mark_returned(ilya.id)
    deliver_twice("expertise.count_person.PersonReturned")
    assert under_name(ilya) == (1, "эквайринг")
    people.erase_person(ilya.id, by=None)
    deliver_twice("expertise.forget_person")
    assert under_name(ilya) == (0, "")


def test_a_hidden_topic_gives_no_title(asked):
    ilya = asked[0][0]
    kept()
    service.hide(factories.actor(ilya), "Эквайринг", on=True)
    kept()
    assert under_name(ilya) == (0, "")
    service.hide(factories.actor(ilya), "эквайринг", on=False)
    kept()
    assert under_name(ilya) == (1, "эквайринг")


def test_titles_fade_when_nothing_is_done(asked):
    ilya = asked[0][0]
    before = kept()
    clock.advance(2 * HALF_LIFE)
    jobs.recount()
    outbox.run_due()

    assert under_name(ilya) == (0, "")
    assert [row[:4] for row in kept()] == [row[:4] for row in before]
