"""The editors' list: what is to be checked, what has ended and what ends soon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, or_, select

from app.content.models import PUBLISHED, ContentItem
from app.content.policy import Root, actor_values, comment_visible_to, join_root
from app.content.queries.lines import Author, AuthorPosition, AuthorShop, person_columns, person_line
from app.core.actor import Actor
from app.core.errors import Forbidden
from app.core.i18n import lazy_gettext as _
from app.core.prepared import Prepared
from app.people.schemas import PersonLine
from app.topics.policy import can_curate
from app.trust.models import CHECK, OFFICIAL, ContentTrust
from app.trust.queries.marks import confirmations_needed, read_day
from app.trust.schemas import Where

#: Days in which something "ends soon".
SOON = 30
#: Lines of one list.
MOST = 50


@dataclass(frozen=True, slots=True)
class TrustLine:
    """One item of the list."""

    public_id: str
    title: str
    author: PersonLine
    state: str
    valid_until: date | None
    since: int


@dataclass(frozen=True, slots=True)
class TrustDesk:
    """The whole list, and how many people have to confirm an answer."""

    to_check: tuple[TrustLine, ...]
    ended: tuple[TrustLine, ...]
    soon: tuple[TrustLine, ...]
    official: tuple[TrustLine, ...]
    confirmations: int


def _lines(rule: ColumnElement[bool], order: Any) -> Prepared:
    return Prepared(
        join_root(
            select(
                ContentItem.public_id, ContentItem.title, ContentItem.excerpt, ContentTrust.state,
                ContentTrust.valid_until, ContentTrust.since,
                Root.title.label("root_title"), Root.excerpt.label("root_excerpt"),
                *person_columns("author", Author, AuthorPosition, AuthorShop),
            )
            .select_from(ContentTrust)
            .join(ContentItem, ContentItem.id == ContentTrust.content_id)
            .join(Author, Author.id == ContentItem.author_id)
            .outerjoin(AuthorPosition, AuthorPosition.id == Author.position_id)
            .outerjoin(AuthorShop, AuthorShop.id == Author.shop_id)
        )
        .where(rule, ContentItem.state == PUBLISHED, comment_visible_to())
        .order_by(order, ContentTrust.content_id)
        .limit(MOST)
    )  # fmt: skip


_official = or_(ContentTrust.state == OFFICIAL, ContentTrust.was == OFFICIAL)
_TO_CHECK = _lines(ContentTrust.state == CHECK, ContentTrust.since)
_ENDED = _lines(ContentTrust.valid_until < bindparam("today"), ContentTrust.valid_until.desc())
_SOON = _lines(
    and_(ContentTrust.valid_until >= bindparam("today"), ContentTrust.valid_until <= bindparam("soon")),
    ContentTrust.valid_until,
)
_OFFICIAL = _lines(_official, ContentTrust.official_at.desc())


def desk(actor: Actor) -> TrustDesk:
    """The list, of what the editor may see. Five statements. Raises `Forbidden` for all but editors."""
    if not can_curate(actor):
        raise Forbidden(_("The desk is for the editors of internal communications."))
    values, today = actor_values(actor), Where.of(actor).today
    days = {"today": today.isoformat(), "soon": (today + timedelta(days=SOON)).isoformat()}
    return TrustDesk(
        _read(_TO_CHECK, **values),
        _read(_ENDED, **values, today=days["today"]),
        _read(_SOON, **values, **days),
        _read(_OFFICIAL, **values),
        confirmations_needed(),
    )


def _read(statement: Prepared, **values: Any) -> tuple[TrustLine, ...]:
    return tuple(map(_line, statement.all(**values)))


def _line(row: Row[Any]) -> TrustLine:
    author = person_line(row, "author")
    assert author is not None
    title = row.root_title or row.root_excerpt or row.title or row.excerpt
    return TrustLine(row.public_id, title, author, row.state, read_day(row.valid_until), row.since)
