"""Recall: when something official changes or is over, what relies on it is to be checked."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select

from app.content.models import PUBLISHED, ContentItem
from app.core import audit
from app.core.db import db
from app.trust.models import CHECK, OFFICIAL, ContentTrust
from app.trust.policy import can_trust
from app.trust.queries import linked_to, trust_row
from app.trust.service.asking import ask_to_check
from app.trust.service.rows import lock_with_root, row_for, told, turn

#: The order of publications, so that two recalls never wait for each other.
_ORDER = (func.coalesce(ContentItem.root_id, ContentItem.id), ContentItem.id)


def recall(item: ContentItem, root: ContentItem) -> int:
    """Have everything that relies on an item checked; how many items that are. In the open unit of work."""
    return drop_to_check(linked_to(item, root), item.id)


def drop_to_check(ids: Iterable[int], because_id: int) -> int:
    """Have these items checked because another one has changed; how many were not to be checked before.

    In the open unit of work; a few statements for each. What is to be checked already stays as it is.
    """
    dropped = 0
    found = select(ContentItem).where(ContentItem.id.in_(set(ids)), ContentItem.state == PUBLISHED)
    for item in db.session.scalars(found.order_by(*_ORDER)).all():
        if not can_trust(item):
            continue
        root = lock_with_root(item)
        row = row_for(item)
        if row.state == CHECK:
            continue
        turn(row, CHECK, was=row.state, because_id=because_id)
        audit.record("trust.to_check", f"item:{item.public_id}", actor_id=None, because=because_id)
        ask_to_check(item, root, row)
        told(item, root)
        dropped += 1
    return dropped


def relieve(item: ContentItem, over_since: int) -> int:
    """Something official that was over is valid again: what is to be checked for that alone counts as before.

    How many items that are. Not what has to be checked because its text changed meanwhile. In the open unit of work;
    a few statements for each.
    """
    mark = trust_row(item.id)
    if mark is None or mark.state != OFFICIAL or mark.expired_at is not None:
        return 0
    if item.edited_at is not None and item.edited_at >= over_since:
        return 0
    waiting = (
        select(ContentItem)
        .join(ContentTrust, ContentTrust.content_id == ContentItem.id)
        .where(
            ContentTrust.because_id == item.id, ContentTrust.state == CHECK, ContentTrust.since >= over_since
        )
        .order_by(*_ORDER)
    )
    relieved = 0
    for each in db.session.scalars(waiting).all():
        root = lock_with_root(each)
        row = row_for(each)
        if row.state != CHECK or row.because_id != item.id:
            continue
        turn(row, row.was)
        audit.record("trust.checked", f"item:{each.public_id}", actor_id=None, state=row.state)
        told(each, root)
        relieved += 1
    return relieved
