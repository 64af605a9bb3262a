"""What kinds of publications tell of them: which answer was accepted, their mark, what was made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, null, select

from app.content.models import ContentItem
from app.content.schemas import kinds
from app.core.prepared import Prepared, among


def accepted_id() -> ColumnElement[Any]:
    """The id of a publication's accepted answer or NULL, over `ContentItem`; known when all kinds are registered."""
    known = [kind.accepted for kind in kinds().values() if kind.accepted is not None]
    return func.coalesce(*known, null(), null()).label("accepted_id")


def accepted_by() -> ColumnElement[Any]:
    """Who accepted a publication's answer, or NULL, over `ContentItem`."""
    known = [kind.accepted_by for kind in kinds().values() if kind.accepted_by is not None]
    return func.coalesce(*known, null(), null()).label("accepted_by")


def marked() -> ColumnElement[Any]:
    """The mark of a publication's kind, or NULL, over `ContentItem`."""
    known = [kind.mark for kind in kinds().values() if kind.mark is not None]
    return func.coalesce(*known, null(), null()).label("mark")


def made_of() -> ColumnElement[Any]:
    """What was made of a publication as "id title", or NULL, over `ContentItem`."""
    known = [kind.made_of for kind in kinds().values() if kind.made_of is not None]
    return func.coalesce(*known, null(), null()).label("made_of")


_WHO = Prepared(lambda: select(accepted_id(), accepted_by()).where(ContentItem.id == bindparam("content_id")))


def acceptance(publication_id: int) -> tuple[int | None, int | None]:
    """The accepted answer of a publication and who accepted it. One statement."""
    row = _WHO.first(content_id=publication_id)
    return (row.accepted_id, row.accepted_by) if row is not None else (None, None)


_ACCEPTED = Prepared(lambda: select(ContentItem.id, accepted_id()).where(among(ContentItem.id, "ids")))


def accepted_answers(ids: Sequence[int]) -> Mapping[int, int]:
    """Publication → accepted answer, of those that have one. One statement, none for no ids."""
    rows = _ACCEPTED.all(ids=ids) if ids else []
    return {row.id: row.accepted_id for row in rows if row.accepted_id is not None}
