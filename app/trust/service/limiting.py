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
from app.lib.handles import fold_handle
from app.people.models import Person, Position, Region
from app.trust.events import OfficialChanged, ValidAgain
from app.trust.models import OFFICIAL, ContentScope, ContentTrust
from app.trust.policy import Rights, who_sees
from app.trust.queries import trust_row
from app.trust.schemas import SHOP_FORMATS, Limits, Seen, SetLimits, Where, months_after
from app.trust.service.rows import access_trusted, demand_seen, row_for, told

#: Months by which an answer to "still true?" extends the validity.
EXTENSIONS = (1, 3, 12)


def set_limits(actor: Actor, public_id: str, command: SetLimits) -> ContentItem:
    """Set until when and for whom an item is valid, and who answers for it; its publication.

    Raises `NotFound`, `Forbidden`, `Invalid` (fields valid_until, regions, formats, positions, owner). Audited. Of what
    is official it counts as a change when it is valid for fewer people or days than before.
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
        owner_id = _owner(command.owner, item)
        before = replace(_scopes(item.id), valid_from=row.valid_from, valid_until=row.valid_until)
        ended = _until(row, limits.valid_until, actor, item, root)
        row.valid_from = limits.valid_from
        db.session.flush()  # scopes point at it
        changed = before != limits
        if changed:
            _scope(item.id, limits)
        if OFFICIAL in (row.state, row.was) and not ended:
            why = "limited" if limits.leaves_out(before) else "ends" if limits.ends_sooner(before) else ""
            if why:
                emit(OfficialChanged(item.id, root.id, why, row.revision, actor.person_id))
        if row.owner_id != owner_id:
            row.owner_id, changed = owner_id, True
        if changed:
            audit.record(
                "trust.limited", f"item:{item.public_id}", actor_id=actor.person_id, limits=limits.code(),
                owner=command.owner,
            )  # fmt: skip
            told(item, root)
        return root


def extend(
    actor: Actor, public_id: str, months: int, *, seen: date | None = None, read: Seen | None = None
) -> date:
    """Answer "still true?" with yes: valid for so many months more; the new last day.

    It is counted from the last day, or from today when that is past. `seen` is the last day that the person was asked
    about: when it is another by now, somebody has answered, and nothing changes. `read` are the versions that were
    read. Raises `NotFound`, `Forbidden`, `Invalid`, and `Conflict` when it reads otherwise by now. Audited.
    """
    with unit_of_work():
        item, root = access_trusted(actor, public_id)
        if months not in EXTENSIONS:
            raise Invalid(_("It can be extended by a month, three months or a year."), field="months")
        row = trust_row(item.id, lock=True)
        if row is None or row.valid_until is None or not Rights(actor, item, root, row).extends:
            raise Forbidden(_("Only who answers for this can extend it."))
        if seen is not None and row.valid_until != seen:
            return row.valid_until
        demand_seen(item, root, read)
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


def _until(row: ContentTrust, until: date | None, actor: Actor, item: ContentItem, root: ContentItem) -> bool:
    """Set the last day; the question whether it is still true is open again. Whether that ends it now."""
    if row.valid_until == until:
        return False
    over_since = row.expired_at
    row.valid_until, row.asked_at, row.expired_at = until, None, None
    over = until is not None and until < Where.of(actor).today
    if OFFICIAL not in (row.state, row.was):
        return over
    if over and over_since is None:
        emit(OfficialChanged(item.id, root.id, "expired", row.revision, actor.person_id))
    elif not over and over_since is not None:
        emit(ValidAgain(item.id, root.id, over_since))
    return over


def _scopes(content_id: int) -> Limits:
    """For whom alone an item is valid. One SELECT."""
    rows = db.session.scalars(select(ContentScope).where(ContentScope.content_id == content_id)).all()
    return Limits(
        region_ids=frozenset(row.region_id for row in rows if row.region_id is not None),
        shop_formats=frozenset(row.shop_format for row in rows if row.shop_format is not None),
        position_ids=frozenset(row.position_id for row in rows if row.position_id is not None),
    )


def _scope(content_id: int, limits: Limits) -> None:
    """Make the scopes of an item equal to these. Two writes."""
    db.session.execute(delete(ContentScope).where(ContentScope.content_id == content_id))
    db.session.add_all(
        [
            *(ContentScope(content_id=content_id, region_id=each) for each in sorted(limits.region_ids)),
            *(ContentScope(content_id=content_id, shop_format=each) for each in sorted(limits.shop_formats)),
            *(ContentScope(content_id=content_id, position_id=each) for each in sorted(limits.position_ids)),
        ]
    )


def _known(limits: Limits) -> None:
    """Refuse regions, formats and positions that there are not. At most two SELECTs."""
    for table, ids, name in (
        (Region, limits.region_ids, "regions"), (Position, limits.position_ids, "positions"),
    ):  # fmt: skip
        if ids and len(db.session.scalars(select(table.id).where(table.id.in_(ids))).all()) != len(ids):
            raise Invalid(_("Choose from the list."), field=name)
    if not limits.shop_formats <= set(SHOP_FORMATS):
        raise Invalid(_("Choose from the list."), field="formats")


def _owner(handle: str, item: ContentItem) -> int | None:
    """Who works here under a handle and may see the item; None for none. Raises `Invalid` (field "owner")."""
    wanted = fold_handle(handle.strip().lstrip("@＠"))
    if not wanted:
        return None
    found = db.session.scalar(select(Person.id).where(Person.handle == wanted))
    if found is None or not who_sees([found], item):
        raise Invalid(_("Nobody here who can see it is called that."), field="owner")
    return found
