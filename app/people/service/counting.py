"""The counter of publications, counted by the spine and kept here."""

from __future__ import annotations

from sqlalchemy import update

from app.core.db import db
from app.people.models import Person


def set_publications_count(person_id: int, count: int) -> None:
    """Keep how many publications the person has, in the open unit of work. One UPDATE at most."""
    db.session.execute(
        update(Person)
        .where(Person.id == person_id, Person.publications_count != count)
        .values(publications_count=count)
    )
