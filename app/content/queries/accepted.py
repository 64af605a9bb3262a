"""Which answer was accepted, as the kind of the publication tells it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, bindparam, false, func, null, or_, select

from app.content.models import ContentItem
from app.content.schemas import kinds
from app.core.prepared import Prepared, among


def accepted_id() -> ColumnElement[Any]:
    """The id of a publication's accepted answer or NULL, over `ContentItem`; known when all kinds are registered."""
    known = [kind.accepted for kind in kinds().values() if kind.accepted is not None]
    return func.coalesce(*known, null(), null()).label("accepted_id")


_confirmed: list[ColumnElement[bool]] = []


def register_confirmed(rule: ColumnElement[bool]) -> None:
    """Let a feature above say in SQL whether `actor_id` confirms `answer_id` (both are bound); called at bootstrap."""
    _confirmed.append(rule)


_WHO = Prepared(
    lambda: select(accepted_id(), or_(false(), *_confirmed).label("confirmed")).where(
        ContentItem.id == bindparam("content_id")
    )
)


def acceptance(publication_id: int, answer_id: int, actor_id: int) -> tuple[int | None, bool]:
    """The accepted answer of a publication, and whether somebody confirms the answer `answer_id`. One statement."""
    row = _WHO.first(content_id=publication_id, answer_id=answer_id, actor_id=actor_id)
    return (row.accepted_id, bool(row.confirmed)) if row is not None else (None, False)


_ACCEPTED = Prepared(lambda: select(ContentItem.id, accepted_id()).where(among(ContentItem.id, "ids")))


def accepted_answers(ids: Sequence[int]) -> Mapping[int, int]:
    """Publication → accepted answer, of those that have one. One statement, none for no ids."""
    rows = _ACCEPTED.all(ids=ids) if ids else []
    return {row.id: row.accepted_id for row in rows if row.accepted_id is not None}
