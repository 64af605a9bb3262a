"""Keeping strengths equal to what the facts say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import delete, select, tuple_

from app.core.db import db, steady_reading
from app.core.outbox import emit
from app.core.unit_of_work import unit_of_work
from app.core.upsert import insert
from app.expertise.events import StrengthsChanged
from app.expertise.models import Expertise
from app.expertise.queries.counting import Counted, Field, count, count_all
from app.expertise.service.entitling import entitle, name_titles
from app.people.models import Person
from app.topics.models import Topic

#: Rows written in one statement.
BATCH = 500
#: People counted, and topics in which titles are given, in one transaction.
PEOPLE = 200
TOPICS = 100


def refresh(person_ids: Iterable[int]) -> None:
    """Bring the strengths of these people to what the facts say, in the open unit of work.

    Locks their rows, so that whoever counts the same person takes turns and counts what the other saw. Five statements
    and what differs. Emits `StrengthsChanged` when something does.
    """
    changed = _refresh(person_ids)
    if changed:
        emit(StrengthsChanged(tuple(sorted(changed))))


def rebuild(*, quiet: bool = False) -> tuple[int, int]:
    """Count everything anew and give the titles; how many strengths and how many titles were wrong.

    Reads all praise as of one moment, then counts those people again whose strengths differ, in short transactions, so
    that people work on meanwhile. Cards show new titles afterwards, unless `quiet`, for who has just loaded them all.
    """
    with steady_reading():
        known, now = _known(), count_all()
        topic_ids = list(db.session.scalars(select(Topic.id).order_by(Topic.id)))
    wrong = [field for field in known.keys() | now.keys() if known.get(field) != now.get(field)]
    people = sorted({person_id for person_id, _topic in wrong})
    for start in range(0, len(people), PEOPLE):
        with unit_of_work():
            _refresh(people[start : start + PEOPLE], quiet=quiet)
    given = 0
    for start in range(0, len(topic_ids), TOPICS):
        with unit_of_work():
            given += entitle(topic_ids[start : start + TOPICS], quiet=quiet)
    return len(wrong), given


def _refresh(person_ids: Iterable[int], *, quiet: bool = False) -> set[int]:
    """The topics in which something was different."""
    wanted = sorted(set(person_ids))
    if not wanted:
        return set()
    rows = select(Person.id).where(Person.id.in_(wanted)).order_by(Person.id)
    found = db.session.scalars(rows.with_for_update(key_share=True)).all()
    return _write(_known(Expertise.person_id.in_(found)), count(found), quiet=quiet)


def _known(*conditions: Any) -> dict[Field, Counted]:
    columns = (
        Expertise.person_id, Expertise.topic_id, Expertise.strength, Expertise.givers, Expertise.acts,
    )  # fmt: skip
    rows = db.session.execute(select(*columns).where(*conditions))
    return {(row.person_id, row.topic_id): Counted(row.strength, row.givers, row.acts) for row in rows}


def _write(known: Mapping[Field, Counted], now: Mapping[Field, Counted], *, quiet: bool) -> set[int]:
    """Write what differs; the topics in which something does."""
    gone = sorted(known.keys() - now.keys())
    new = [field for field, counted in now.items() if known.get(field) != counted]
    for start in range(0, len(gone), BATCH):
        fields = tuple_(Expertise.person_id, Expertise.topic_id)
        db.session.execute(delete(Expertise).where(fields.in_(gone[start : start + BATCH])))
    if gone:
        name_titles({person_id for person_id, _topic in gone}, quiet=quiet)
    more = insert(Expertise)
    kept = more.on_conflict_do_update(
        index_elements=["person_id", "topic_id"],
        set_={name: more.excluded[name] for name in ("strength", "givers", "acts")},
    )
    for start in range(0, len(new), BATCH):
        db.session.execute(kept, [_row(field, now[field]) for field in new[start : start + BATCH]])
    return _topics(gone) | _topics(new)


def _row(field: Field, counted: Counted) -> dict[str, Any]:
    person_id, topic_id = field
    return {
        "person_id": person_id, "topic_id": topic_id, "strength": counted.strength, "givers": counted.givers,
        "acts": counted.acts,
    }  # fmt: skip


def _topics(fields: Collection[Field]) -> set[int]:
    return {topic_id for _person, topic_id in fields}
