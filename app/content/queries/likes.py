"""What the reader likes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, select

from app.content.models import Reaction
from app.content.queries.lines import person_columns, person_line
from app.core.prepared import Prepared, among
from app.people.models import Person
from app.people.schemas import PersonLine

_LIKED = Prepared(
    select(Reaction.content_id).where(
        Reaction.person_id == bindparam("person"), among(Reaction.content_id, "ids")
    )
)

_LIKERS = Prepared(
    select(Reaction.created_at, *person_columns("liker", Person))
    .join(Person, Person.id == Reaction.person_id)
    .where(Reaction.content_id == bindparam("content"))
    .order_by(Reaction.created_at.desc(), Reaction.id.desc())
    .limit(200)
)


def liked_by(person_id: int, content_ids: Sequence[int]) -> frozenset[int]:
    """Which of these rows the person likes. One statement; none for no ids."""
    if not content_ids:
        return frozenset()
    return frozenset(row.content_id for row in _LIKED.all(person=person_id, ids=content_ids))


def likers(content_id: int) -> tuple[PersonLine, ...]:
    """Who likes it, latest first, at most 200. One statement."""
    lines = (person_line(row, "liker") for row in _LIKERS.all(content=content_id))
    return tuple(line for line in lines if line is not None)
