"""What was looked for in vain: nobody is named, and what one person alone typed is readable for nobody."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.vocabulary import queries, service
from app.vocabulary.models import MissedDay, MissedSearch
from tests import factories
from tests.support.statements import counting


@pytest.fixture
def people(database, frozen_clock):
    """So many that some of them set different bits."""
    return [factories.actor(factories.person()) for _number in range(12)]


@pytest.fixture
def vera(database):
    return factories.person("Вера Власова", roles=["editor"])


def lines(vera, days=0):
    today = clock.today()
    return queries.missed_page(factories.actor(vera), today - timedelta(days=days), today, most=10).lines


def test_what_one_person_typed_is_not_kept_in_readable_form(people, vera):
    for _time in range(5):
        service.note_missed(people[0], "ремешок для часов")
    (missed,) = db.session.scalars(select(MissedSearch)).all()
    assert missed.words is None
    assert db.session.scalars(select(MissedDay.times)).all() == [5]
    assert lines(vera) == ()


def test_what_several_looked_for_is_counted_whatever_the_form(people, vera, frozen_clock):
    for actor in people:
        service.note_missed(actor, "Ремешки  для часов")
    frozen_clock.advance(clock.DAY)
    service.note_missed(people[0], "РЕМЕШКАМИ для часов")
    assert len(db.session.scalars(select(MissedSearch)).all()) == 1
    (line,) = lines(vera, days=1)
    assert (line.words, line.times) == ("ремешки для часов", 13)
    assert 2 <= line.people <= 8
    assert (line.first, line.last) == (clock.today() - timedelta(days=1), clock.today())
    # In a period in which one person alone looked for it, it is not shown either.
    assert lines(vera) == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "и",
        "???",
        "иванов 8 916 123 45 67",
        "паспорт 4510 123456",
        "ivanov@mail.ru",
        "слово " * 9,
        "ы" * 90,
    ],
)
def test_what_may_be_about_somebody_is_not_counted(people, text):
    with counting() as made:
        for actor in people:
            service.note_missed(actor, text)
    assert len(made) == 0


def test_a_synonym_made_meanwhile_is_told(people, vera):
    for actor in people:
        service.note_missed(actor, "пинпад")
    assert [line.has_synonym for line in lines(vera)] == [False]
    service.add(factories.actor(vera), ("пинпад", "терминал"))
    assert [line.has_synonym for line in lines(vera)] == [True]


def test_it_is_forgotten_after_ninety_days(people, frozen_clock):
    service.note_missed(people[0], "ремешок")
    frozen_clock.advance(89 * clock.DAY)
    service.note_missed(people[0], "чехол")
    service.forget_missed()
    assert len(db.session.scalars(select(MissedSearch)).all()) == 2
    frozen_clock.advance(clock.DAY)
    service.forget_missed()
    assert len(db.session.scalars(select(MissedSearch)).all()) == 1
    assert len(db.session.scalars(select(MissedDay)).all()) == 1


def test_the_page_and_its_table(client, people, vera):
    for actor in people:
        service.note_missed(actor, "форма <летняя>")
    browser = client.sign_in(vera)
    with counting() as made:
        html = browser.get("/desk/missed").text
    assert len(made) <= 12
    assert "форма &lt;летняя&gt;" in html
    assert "/articles/new?title=" in html
    assert "/desk/words?words=" in html
    assert "форма <летняя>" in browser.get("/desk/missed.csv").text
    assert "форма" not in browser.get("/desk/missed?from=2024-01-01&to=2024-02-01").text
    for query in ("from=завтра", "from=2025-02-02&to=2025-01-01", "to=0001-01-01"):
        assert browser.get(f"/desk/missed?{query}").status_code == 422
