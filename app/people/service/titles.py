"""The title that stands under a name, decided by the feature of experts and kept here."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from app.core.db import db
from app.core.outbox import emit
from app.people.events import PeopleEntitled
from app.people.models import Person

#: People named by one event, so that none of what follows takes long.
TOGETHER = 100


def entitle(given: Mapping[int, tuple[int, str]], *, quiet: bool = False) -> None:
    """Keep each person's best title and its topics, in the open unit of work. Emits `PeopleEntitled`, unless `quiet`.

    A SELECT, and an UPDATE for those of whom it is another.
    """
    rows = select(Person).where(Person.id.in_(given)).order_by(Person.id).with_for_update(key_share=True)
    changed = []
    for person in db.session.scalars(rows):
        if (person.title, person.title_topics) != given[person.id]:
            person.title, person.title_topics = given[person.id]
            person.version += 1
            changed.append(person.id)
    for start in range(0, 0 if quiet else len(changed), TOGETHER):
        emit(PeopleEntitled(tuple(changed[start : start + TOGETHER])))
