"""Topics are made by writing them; spellings that differ in case or ё are one topic."""

from app.core.db import db
from app.core.unit_of_work import unit_of_work
from app.topics.models import Topic
from app.topics.queries import chips
from app.topics.service import ensure_topics
from tests.factories import priority, topic


def ensure(*names):
    with unit_of_work():
        return ensure_topics(names, None)


def test_a_new_name_makes_a_topic_titled_as_written(database):
    (made,) = ensure("Акции")

    row = db.session.get_one(Topic, made)
    assert (row.name, row.title) == ("акции", "Акции")


def test_spellings_of_one_name_are_one_topic(database):
    ids = ensure("Ёлка", "елка", "ЁЛКА")

    assert len(ids) == 1
    assert db.session.get_one(Topic, ids[0]).title == "Ёлка"


def test_ids_come_in_the_order_of_the_names_whether_old_or_new(database):
    old = topic("яблоки")
    first, second, third = ensure("вопрос-ответ", "Яблоки", "Help-Desk")

    assert second == old.id
    assert [chips([each])[each].name for each in (first, third)] == ["вопрос-ответ", "Help-Desk"]


def test_what_cannot_be_a_topic_is_left_out(database):
    assert ensure("2024", "", "a b") == []


def test_chips_know_the_priority_topics_in_force(database, frozen_clock):
    plain, lasting, ending = topic("plain"), topic("lasting"), topic("ending")
    priority(lasting)
    priority(ending, position=2, until=frozen_clock.now() + frozen_clock.HOUR)

    def with_priority():
        return {chip.name for chip in chips([plain.id, lasting.id, ending.id]).values() if chip.priority}

    assert with_priority() == {"lasting", "ending"}
    frozen_clock.advance(frozen_clock.HOUR)
    assert with_priority() == {"lasting"}
    assert chips([]) == {}


def test_a_chip_leads_to_the_folded_name(database):
    (made,) = ensure("Ёлка")

    assert chips([made])[made].url == "/topics/елка"
