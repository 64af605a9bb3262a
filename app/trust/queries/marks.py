"""How far items may be trusted, the same for every reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, bindparam, exists, func, select

from app.content.models import ContentItem
from app.content.queries.accepted import accepted_answers
from app.core import settings
from app.core.db import db
from app.core.prepared import Prepared, among
from app.people.models import Person, Position, Region
from app.trust.models import CHECK, OFFICIAL, ContentConfirmation, ContentScope, ContentTrust
from app.trust.schemas import Limits, TrustMark

#: How many people have to confirm an answer, and what that setting is called.
CONFIRMATIONS = "trust.confirmations"
_USUALLY_NEEDED = 2

#: One row for each scope of an item, or one alone.
_MARKS = Prepared(
    select(
        ContentTrust.content_id, ContentTrust.state, ContentTrust.was, ContentTrust.since, ContentTrust.revision,
        ContentTrust.valid_from, ContentTrust.valid_until, ContentTrust.expired_at,
        Person.name.label("official_by"), ContentScope.region_id,
        ContentScope.shop_format, ContentScope.position_id, Region.name.label("region_name"),
        Position.name.label("position_name"),
    )
    .outerjoin(Person, Person.id == ContentTrust.official_by)
    .outerjoin(ContentScope, ContentScope.content_id == ContentTrust.content_id)
    .outerjoin(Region, Region.id == ContentScope.region_id)
    .outerjoin(Position, Position.id == ContentScope.position_id)
    .where(among(ContentTrust.content_id, "ids"))
    .order_by(ContentTrust.content_id, ContentScope.id)
)  # fmt: skip

#: Whether `actor_id` confirms `answer_id`.
CONFIRMED_BY_ACTOR = exists().where(
    ContentConfirmation.content_id == bindparam("answer_id"),
    ContentConfirmation.person_id == bindparam("actor_id"),
)


def marks(ids: Sequence[int]) -> Mapping[int, TrustMark]:
    """The marks of those items about which more is known than that they were written. One statement, none for no ids.

    Whoever calls has decided that the reader may see these items.
    """
    by_item: dict[int, list[Row[Any]]] = {}
    for row in _MARKS.all(ids=ids) if ids else ():
        by_item.setdefault(row.content_id, []).append(row)
    return {content_id: _mark(rows) for content_id, rows in by_item.items()}


def trust_row(content_id: int, *, lock: bool = False) -> ContentTrust | None:
    """What is stored about an item, locked if wanted. One SELECT."""
    return db.session.get(ContentTrust, content_id, with_for_update=lock or None, populate_existing=lock)


def is_official(content_id: int) -> bool:
    """Whether somebody who owns the topic stands behind an item, be it to be checked now. One SELECT."""
    official = (ContentTrust.state == OFFICIAL) | (
        (ContentTrust.state == CHECK) & (ContentTrust.was == OFFICIAL)
    )
    asked = exists().where(ContentTrust.content_id == content_id, official)
    return bool(db.session.scalar(select(asked)))


def is_shown(item: ContentItem, root: ContentItem) -> bool:
    """Whether an item is the answer that its question shows. One statement, none for a publication."""
    return item is not root and accepted_answers([root.id]).get(root.id) == item.id


def confirmers(content_id: int, *, since: int = 0) -> list[int]:
    """Who confirms an item as it has read since a revision, first first. One SELECT."""
    rows = select(ContentConfirmation.person_id).where(
        ContentConfirmation.content_id == content_id, ContentConfirmation.revision >= since
    )
    return list(
        db.session.scalars(rows.order_by(ContentConfirmation.confirmed_at, ContentConfirmation.person_id))
    )


def confirmations_needed() -> int:
    """How many people have to confirm an answer to make it so."""
    return int(settings.known(CONFIRMATIONS, _USUALLY_NEEDED))


#: The revision since which an item has said what it says now, over `ContentConfirmation`.
_TEXT_FROM = func.coalesce(
    select(ContentTrust.text_from)
    .where(ContentTrust.content_id == ContentConfirmation.content_id)
    .scalar_subquery(),
    1,
)


def count_confirmations(content_id: int) -> int:
    """How many people confirm what an item says now. One SELECT."""
    of_it = select(func.count()).where(
        ContentConfirmation.content_id == content_id, ContentConfirmation.revision >= _TEXT_FROM
    )
    return db.session.scalar(of_it) or 0


def _mark(rows: Sequence[Row[Any]]) -> TrustMark:
    first = rows[0]
    return TrustMark(
        content_id=first.content_id,
        stored=first.state,
        was=first.was,
        since=first.since,
        revision=first.revision,
        official_by=first.official_by or "",
        limits=Limits(
            read_day(first.valid_from),
            read_day(first.valid_until),
            frozenset(row.region_id for row in rows if row.region_id is not None),
            frozenset(row.shop_format for row in rows if row.shop_format is not None),
            frozenset(row.position_id for row in rows if row.position_id is not None),
        ),
        regions=tuple(row.region_name for row in rows if row.region_name is not None),
        shop_formats=tuple(row.shop_format for row in rows if row.shop_format is not None),
        positions=tuple(row.position_name for row in rows if row.position_name is not None),
        expired=first.expired_at is not None,
    )


def confirmations(public_id: str) -> int:
    """How many people confirm what an item says now, by its public id. One SELECT."""
    rows = select(func.count()).select_from(ContentConfirmation)
    joined = rows.join(ContentItem, ContentItem.id == ContentConfirmation.content_id)
    of_it = joined.where(ContentItem.public_id == public_id, ContentConfirmation.revision >= _TEXT_FROM)
    return db.session.scalar(of_it) or 0


def read_day(value: Any) -> date | None:
    """A date as either driver gives it."""
    return date.fromisoformat(value) if isinstance(value, str) else value
