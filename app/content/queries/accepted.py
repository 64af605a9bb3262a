"""What kinds of publications tell of them: which answer was accepted, their mark, what was made of them."""

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


def marked() -> ColumnElement[Any]:
    """The mark of a publication's kind, or NULL, over `ContentItem`."""
    known = [kind.mark for kind in kinds().values() if kind.mark is not None]
    return func.coalesce(*known, null(), null()).label("mark")


def facts() -> ColumnElement[Any]:
    """What only the page of a publication shows, as its kind tells it, or NULL, over `ContentItem`."""
    known = [kind.facts for kind in kinds().values() if kind.facts is not None]
    return func.coalesce(*known, null(), null()).label("facts")


def made_of() -> ColumnElement[Any]:
    """What was made of a publication as "id title", or NULL, over `ContentItem`."""
    known = [kind.made_of for kind in kinds().values() if kind.made_of is not None]
    return func.coalesce(*known, null(), null()).label("made_of")


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
