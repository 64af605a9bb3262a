"""What the index knows of texts beside their words, and that it stays true."""

from datetime import date

import pytest
from sqlalchemy import update

from app.core import outbox
from app.core.db import db
from app.core.fulltext import interface as flag
from app.core.unit_of_work import unit_of_work
from app.expertise.models import Expertise
from app.people.events import PeopleEntitled, PersonMoved
from app.people.models import Person, Shop
from app.questions.service import accept
from app.search import service
from app.search.queries import documents
from app.search.queries.worth import day_number, format_number, whereabouts
from app.topics.models import Topic
from app.trust.schemas import Limits, SetLimits
from app.trust.service import make_official, set_limits
from tests import factories
from tests.support.outbox import deliver_twice


def known(item):
    return documents.load("publication" if item.root_id is None else "comment", [item.id])[0]


def test_a_question_and_its_answer_tell_what_they_are(database, frozen_clock):
    asker, editor = factories.person("Анна Петрова"), factories.person(roles=["editor"])
    asked = factories.question(asker, "Где касса?")
    answer = factories.answer(asked, body="Слева")
    assert (known(asked).flags, known(answer).flags) == (flag.QUESTION, flag.ANSWER)
    accept(factories.actor(asker), answer.public_id, on=True)
    assert known(asked).flags == flag.QUESTION | flag.ANSWERED | flag.CONFIRMED
    assert known(answer).flags == flag.ANSWER | flag.ACCEPTED | flag.CONFIRMED
    make_official(factories.actor(editor), answer.public_id, on=True)
    set_limits(factories.actor(editor), answer.public_id, SetLimits(Limits(valid_until=date(2026, 3, 1))))
    for item in (asked, answer):
        assert (known(item).flags & flag.OFFICIAL, known(item).standing) == (flag.OFFICIAL, 2)
        assert known(item).valid_until == day_number(date(2026, 3, 1)) == 20513


def test_who_moved_wrote_from_there_and_who_asks_from_there_finds_it_first(find):
    ural, shop = factories.shop(region=factories.region()), factories.shop()
    with unit_of_work():
        db.session.execute(update(Shop).where(Shop.id == ural.id).values(format="flagship"))
    author = factories.person(shop=shop)
    news = factories.publication(author, "тариф")
    outbox.run_due()
    assert (known(news).region_id, known(news).format) == (shop.region_id, format_number("standard"))
    with unit_of_work():
        db.session.execute(update(Person).where(Person.id == author.id).values(shop_id=ural.id))
        outbox.emit(PersonMoved(author.id, shop.id, ural.id, shop.region_id, ural.region_id))
    deliver_twice("search.author_moved")
    assert service.verify().keys == ()
    later = factories.publication(factories.person(), "тариф")
    found = find(factories.person(shop=ural), "тариф").texts
    assert [each.id for each in found] == [news.id, later.id]
    asker = whereabouts(factories.actor(factories.person(shop=ural)))
    assert (known(news).region_id, known(news).format) == (asker["near_region"], asker["near_format"])
    assert format_number(None) is None


@pytest.mark.parametrize("title", [0, 2])
def test_a_title_in_the_topic_gives_authority(database, index, title):
    author = factories.person()
    news = factories.publication(author, "тариф #тарифы")
    comment = factories.comment(news, author, "верно")
    other = factories.comment(news, body="верно")
    outbox.run_due()
    with unit_of_work():
        topic_id = db.session.query(Topic.id).filter_by(name="тарифы").scalar()
        db.session.add(
            Expertise(person_id=author.id, topic_id=topic_id, strength=9.0, givers=3, acts={}, title=title)
        )
        outbox.emit(PeopleEntitled((author.id,)))
    deliver_twice("search.people_entitled")
    assert [known(item).authority for item in (news, comment, other)] == [title, title, 0]
    assert not [kind for kind, _id in service.verify().keys if kind in ("publication", "comment")]
