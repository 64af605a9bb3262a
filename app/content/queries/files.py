"""Files by where they were published: the tab of a person and of a group."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BindParameter, ColumnElement, bindparam, or_, select

from app.content.models import ContentItem
from app.content.policy import actor_values, visible_to
from app.content.queries.lines import Author, person_columns, person_line
from app.content.schemas import FileLine, FilesPage
from app.core import cursor
from app.core.actor import Actor
from app.core.prepared import Prepared
from app.files.models import File
from app.files.queries import file_url
from app.files.schemas import DOCUMENT, PICTURE

#: Files on a page of the list.
PAGE = 30
#: What the list can be narrowed to; "" is all.
KINDS = ("", PICTURE, DOCUMENT)

_PLACE: BindParameter[int] = bindparam("place")


def _list(rule: ColumnElement[bool]) -> Prepared:
    """Files of publications that fit `rule` and that the reader may see, latest upload first."""
    return Prepared(
        select(
            File.id,
            File.public_id,
            File.name,
            File.kind,
            File.size,
            File.alt,
            ContentItem.public_id.label("item_public_id"),
            ContentItem.published_at,
            *person_columns("author", Author),
        )
        .select_from(File)
        .join(ContentItem, ContentItem.id == File.content_id)
        .join(Author, Author.id == ContentItem.author_id)
        .where(
            ContentItem.root_id.is_(None),
            visible_to(),
            rule,
            or_(bindparam("kind") == "", File.kind == bindparam("kind")),
            File.id < bindparam("below"),
        )
        .order_by(File.id.desc())
        .limit(PAGE + 1)
    )


_BY_PERSON = _list(File.owner_id == _PLACE)
_IN_GROUP = _list(ContentItem.group_id == _PLACE)


def by_person(actor: Actor, person_id: int, *, kind: str = "", before: str | None = None) -> FilesPage:
    """Photos and documents that a person published. One statement. Raises `Invalid` for a bad cursor."""
    return _page(_BY_PERSON, actor, person_id, kind, before)


def in_group(actor: Actor, group_id: int, *, kind: str = "", before: str | None = None) -> FilesPage:
    """Photos and documents that stand in a group. One statement. Raises `Invalid` for a bad cursor."""
    return _page(_IN_GROUP, actor, group_id, kind, before)


def _page(statement: Prepared, actor: Actor, place: int, kind: str, before: str | None) -> FilesPage:
    _position, below = cursor.decode(before)
    rows = statement.all(**actor_values(actor), place=place, kind=kind, below=below)
    shown = rows[:PAGE]
    more = cursor.encode(0, shown[-1].id) if len(rows) > PAGE else None
    return FilesPage(tuple(_line(row) for row in shown), kind, more)


def _line(row: Any) -> FileLine:
    author = person_line(row, "author")
    assert author is not None
    is_picture = row.kind == PICTURE
    return FileLine(
        name=row.name,
        url=file_url(row.public_id, "full" if is_picture else "original"),
        thumb_url=file_url(row.public_id, "thumb") if is_picture else None,
        alt=row.alt,
        size=row.size,
        author=author,
        item_url=f"/p/{row.item_public_id}",
        published_at=row.published_at,
    )
