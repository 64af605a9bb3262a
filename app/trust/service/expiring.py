"""What ends: who answers for it is asked in the first shop where it is over.

After the last one it drops in search, and what relies on it is to be checked.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from app.content.models import PUBLISHED, ContentItem
from app.core import clock
from app.core.db import db
from app.core.outbox import emit
from app.core.unit_of_work import unit_of_work
from app.people.models import Shop
from app.trust.events import OfficialChanged, StillTrueAsked
from app.trust.models import OFFICIAL, ContentTrust
from app.trust.queries import trust_row
from app.trust.schemas import day_in
from app.trust.service.asking import asked_if_true
from app.trust.service.rows import lock_with_root, told


def ask_and_expire(house_time_zone: str) -> int:
    """Ask about what has ended somewhere, and let expire what has ended everywhere; how many items were concerned.

    Two statements, and a short transaction for each item. Doing it again changes nothing.
    """
    first, last = _days(house_time_zone)
    due = db.session.execute(
        select(ContentTrust.content_id)
        .join(ContentItem, ContentItem.id == ContentTrust.content_id)
        .where(
            ContentItem.state == PUBLISHED,
            (ContentTrust.valid_until < last) & ContentTrust.asked_at.is_(None)
            | (ContentTrust.valid_until < first) & ContentTrust.expired_at.is_(None),
        )
        .order_by(ContentTrust.content_id)
    ).scalars()
    ids = list(due)
    for content_id in ids:
        with unit_of_work():
            _end(content_id, first, last)
    return len(ids)


def _days(house_time_zone: str) -> tuple[date, date]:
    """The earliest and the latest date that it is now in any shop, or by the company's clock. One SELECT."""
    zones = db.session.scalars(select(Shop.time_zone).where(Shop.closed_on.is_(None)).distinct())
    days = [day_in(zone) for zone in {house_time_zone, *zones}]
    return min(days), max(days)


def _end(content_id: int, first: date, last: date) -> None:
    item = db.session.get(ContentItem, content_id)
    if item is None or item.state != PUBLISHED:
        return
    root = lock_with_root(item)
    row = trust_row(content_id, lock=True)
    if row is None or row.valid_until is None:
        return
    if row.valid_until < last and row.asked_at is None:
        row.asked_at = clock.now()
        asked = asked_if_true(item, root, row)
        emit(StillTrueAsked(item.id, root.id, tuple(asked), row.valid_until.isoformat()))
        told(item, root)
    if row.valid_until < first and row.expired_at is None:
        row.expired_at = clock.now()
        if OFFICIAL in (row.state, row.was):
            emit(OfficialChanged(item.id, root.id, "over", row.revision))
        told(item, root)
