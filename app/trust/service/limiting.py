"""Until when and for whom something is valid, and who answers for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import delete, select

from app.content.models import ContentItem
from app.core import audit
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden, Invalid
from app.core.i18n import lazy_gettext as _
from app.core.outbox import emit
from app.core.unit_of_work import unit_of_work
from app.people.models import ACTIVE, Person, Position, Region
from app.trust.events import OfficialChanged
from app.trust.models import OFFICIAL, ContentScope, ContentTrust
from app.trust.policy import Rights
from app.trust.queries import trust_row
from app.trust.schemas import SHOP_FORMATS, Limits, SetLimits, Where, months_after
from app.trust.service.rows import access_trusted, row_for, told

#: Months by which an answer to "still true?" extends the validity.
EXTENSIONS = (1, 3, 12)


def set_limits(actor: Actor, public_id: str, command: SetLimits) -> ContentItem:
    """Set until when and for whom an item is valid, and who answers for it; its publication.

    Raises `NotFound`, `Forbidden`, `Invalid` (fields valid_until, regions, formats, positions, owner). Audited. An end
    that is now in the past counts as a change of what was official.
    """
    with unit_of_work():
        item, root = access_trusted(actor, public_id)
        row = row_for(item)
        if not Rights(actor, item, root, row).limits:
            raise Forbidden(_("Only who answers for this can say until when and for whom it is valid."))
        limits = command.limits
        if limits.valid_from and limits.valid_until and limits.valid_from > limits.valid_until:
            raise Invalid(_("The last day is before the first one."), field="valid_until")
        _known(limits)
        owner_id = _owner(command.owner)
        before = (row.valid_from, row.valid_until)
        _until(row, limits.valid_until, actor, item, root)
        row.valid_from = limits.valid_from
        db.session.flush()  # scopes point at it
        changed = _scope(item.id, limits) or before != (row.valid_from, row.valid_until)
        if row.owner_id != owner_id:
            row.owner_id, changed = owner_id, True
        if changed:
            audit.record(
                "trust.limited", f"item:{item.public_id}", actor_id=actor.person_id, limits=limits.code(),
                owner=command.owner,
            )  # fmt: skip
            told(item, root)
        return root


def extend(actor: Actor, public_id: str, months: int) -> date:
    """Answer "still true?" with yes: valid for so many months more; the new last day.

    It is counted from the last day, or from today when that is past. Raises `NotFound`, `Forbidden`, `Invalid`.
    Audited.
    """
    with unit_of_work():
        item, root = access_trusted(actor, public_id)
        if months not in EXTENSIONS:
            raise Invalid(_("It can be extended by a month, three months or a year."), field="months")
        row = trust_row(item.id, lock=True)
        if row is None or row.valid_until is None or not Rights(actor, item, root, row).extends:
            raise Forbidden(_("Only who answers for this can extend it."))
        until = months_after(max(row.valid_until, Where.of(actor).today), months)
        _until(row, until, actor, item, root)
        audit.record(
            "trust.extended", f"item:{item.public_id}", actor_id=actor.person_id, until=until.isoformat()
        )
        told(item, root)
        return until


def set_owner(item: ContentItem, person_id: int | None) -> None:
    """Say who answers for an item, for features whose content has an owner of its own. In the open unit of work."""
    row_for(item).owner_id = person_id


def _until(row: ContentTrust, until: date | None, actor: Actor, item: ContentItem, root: ContentItem) -> None:
    """Set the last day; the question whether it is still true is open again."""
    if row.valid_until == until:
        return
    was_over = row.expired_at is not None
    row.valid_until, row.asked_at, row.expired_at = until, None, None
    over = until is not None and until < Where.of(actor).today
    if over and not was_over and OFFICIAL in (row.state, row.was):
        emit(OfficialChanged(item.id, root.id, "expired", row.revision, actor.person_id))


def _scope(content_id: int, limits: Limits) -> bool:
    """Make the scopes of an item equal to these; whether they differed. One SELECT, and two writes if so."""
    rows = db.session.scalars(select(ContentScope).where(ContentScope.content_id == content_id)).all()
    had = Limits(
        region_ids=frozenset(row.region_id for row in rows if row.region_id is not None),
        shop_formats=frozenset(row.shop_format for row in rows if row.shop_format is not None),
        position_ids=frozenset(row.position_id for row in rows if row.position_id is not None),
    )
    if had == replace(limits, valid_from=None, valid_until=None):
        return False
    db.session.execute(delete(ContentScope).where(ContentScope.content_id == content_id))
    db.session.add_all(
        [
            *(ContentScope(content_id=content_id, region_id=each) for each in sorted(limits.region_ids)),
            *(ContentScope(content_id=content_id, shop_format=each) for each in sorted(limits.shop_formats)),
            *(ContentScope(content_id=content_id, position_id=each) for each in sorted(limits.position_ids)),
        ]
    )
    return True


def _known(limits: Limits) -> None:
    """Refuse regions, formats and positions that there are not. At most two SELECTs."""
    for table, ids, name in (
        (Region, limits.region_ids, "regions"), (Position, limits.position_ids, "positions"),
    ):  # fmt: skip
        if ids and len(db.session.scalars(select(table.id).where(table.id.in_(ids))).all()) != len(ids):
            raise Invalid(_("Choose from the list."), field=name)
    if not limits.shop_formats <= set(SHOP_FORMATS):
        raise Invalid(_("Choose from the list."), field="formats")


def _owner(handle: str) -> int | None:
    """Who works here under a handle; None for none. Raises `Invalid` (field "owner")."""
    wanted = handle.strip().lstrip("@")
    if not wanted:
        return None
    found = db.session.scalar(select(Person.id).where(Person.handle == wanted, Person.state == ACTIVE))
    if found is None:
        raise Invalid(_("Nobody here is called that."), field="owner")
    return found
