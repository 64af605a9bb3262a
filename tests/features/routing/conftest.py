"""A question on #эквайринг, and everybody it could be put to: each knows it by something else."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlalchemy import select

from app.content.models import ContentItem
from app.core import clock, outbox
from app.core.db import db
from app.people.models import Person
from app.routing.models import Ask, Routing
from app.routing.schemas import CareForm
from app.routing.service import set_care
from tests import factories
from tests.conftest import NOON
from tests.support.kept import keys_of, read

TOPIC = "эквайринг"


@dataclass(frozen=True)
class Cast:
    """At noon in Moscow: shops of the Urals and of Vladivostok are open, that of Kamchatka has just closed."""

    asker: Person
    #: On duty in the asker's shop.
    neighbour: Person
    #: Answered once, on duty in Vladivostok.
    helper: Person
    #: Answered twice, asleep in Kamchatka.
    expert: Person
    #: In the head office.
    curator: Person
    clerk: Person
    editor: Person

    def ask(self, body: str = f"Терминал завис, что делать? #{TOPIC}", **options) -> ContentItem:
        """The question, on its way."""
        asked = factories.question(self.asker, body, **options)
        outbox.run_due()
        return asked


@pytest.fixture(scope="module")
def made_cast(shared_database):
    """The people, made once for a module: what they answered before takes long to deliver."""
    with clock.frozen(NOON):
        return keys_of(make_cast())


@pytest.fixture
def cast(made_cast, database, frozen_clock):
    return Cast(**read(made_cast))


def make_cast() -> Cast:
    """The people, what they answered before, and who looks after the topic."""
    ural, east, kamchatka = (
        factories.shop(time_zone=f"Asia/{zone}") for zone in ("Yekaterinburg", "Vladivostok", "Kamchatka")
    )
    bank = factories.department("Банковские продукты")
    made = Cast(
        asker=factories.person("Лиана Гареева", shop=ural),
        neighbour=factories.person("Борис Соседов", shop=ural),
        helper=factories.person("Анна Петрова", shop=east),
        expert=factories.person("Игорь Знатоков", shop=kamchatka),
        curator=factories.person("Вера Кураторова"),
        clerk=factories.person("Олег Банков", department=bank),
        editor=factories.person("Елена Редакторова", roles=["editor"]),
    )
    for person, times in ((made.helper, 1), (made.expert, 2)):
        for number in range(times):
            before = factories.question(made.curator, f"Вопрос {number} от {person.name} #{TOPIC}")
            factories.answer(before, person)
    outbox.run_due()
    set_care(factories.actor(made.editor), TOPIC, CareForm((made.curator.handle,), bank.id, None))
    return made


def asks(question) -> dict[str, Ask]:
    """What was put to whom, by name, in the order of asking."""
    rows = db.session.execute(
        select(Person.name, Ask)
        .join(Person, Person.id == Ask.person_id)
        .where(Ask.content_id == question.id)
        .order_by(Ask.id)
        .execution_options(populate_existing=True)
    )
    return {row.name: row.Ask for row in rows}


def names(question) -> list[str]:
    """Whom the question was put to, in the order of asking."""
    return list(asks(question))


def way(question) -> Routing:
    """The question's way, as it stands now."""
    return db.session.get(Routing, question.id, populate_existing=True)
