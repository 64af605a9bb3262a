"""Who gives which badge, and from when a month counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, exists, literal, or_, select
from sqlalchemy.orm import aliased

from app.badges.models import ANYONE, EDITORS, MANAGERS, Badge
from app.core import clock
from app.core.actor import Actor
from app.core.errors import Forbidden
from app.core.i18n import lazy_gettext as _
from app.core.prepared import Prepared, among
from app.people.models import ACTIVE, Person, Shop
from app.reputation.queries import is_recognised

#: Levels of managers above somebody that are looked through.
MOST_LEVELS = 12

_up = (
    select(
        Person.id.label("person_id"),
        Person.manager_id,
        Shop.manager_id.label("keeper_id"),
        literal(0).label("level"),
    )
    .outerjoin(Shop, Shop.id == Person.shop_id)
    .where(among(Person.id, "ids"))
    .cte("up", recursive=True)
)
_above = aliased(Person, name="above")
_chain = _up.union(
    select(_up.c.person_id, _above.manager_id, _above.manager_id.label("keeper_id"), _up.c.level + 1)
    .join(_above, or_(_above.id == _up.c.manager_id, _above.id == _up.c.keeper_id))
    .where(_up.c.level < MOST_LEVELS)
)
_BELOW = Prepared(
    select(_chain.c.person_id)
    .where(or_(_chain.c.manager_id == bindparam("manager"), _chain.c.keeper_id == bindparam("manager")))
    .distinct()
)
_MANAGES = Prepared(
    select(
        or_(
            exists().where(Person.manager_id == bindparam("manager"), Person.state == ACTIVE),
            exists().where(Shop.manager_id == bindparam("manager")),
        ).label("manages")
    )
)


def below(manager_id: int, person_ids: Sequence[int]) -> set[int]:
    """Which of these people work below a manager, at whatever distance, or in a shop they run. One statement."""
    return {row.person_id for row in _BELOW.all(ids=person_ids, manager=manager_id)} - {manager_id}


def manages(actor: Actor) -> bool:
    """Whether anybody works below the person. One statement."""
    row = _MANAGES.first(manager=actor.person_id)
    return bool(row is not None and row.manages)


def is_given(badge: Badge, now: int) -> bool:
    """Whether the badge is given at this moment by anybody."""
    return (
        badge.retired_at is None
        and (badge.active_from is None or badge.active_from <= now)
        and (badge.active_until is None or now < badge.active_until)
    )


def may_give(actor: Actor, given_by: str, *, a_manager: bool) -> bool:
    """Whether the person gives such badges at all; managers only to the people below them (see `below`)."""
    if given_by == ANYONE:
        return True
    return actor.is_editor if given_by == EDITORS else given_by == MANAGERS and a_manager


def month_begins(actor: Actor) -> int:
    """The first moment of the running month where the person lives."""
    local = clock.as_datetime(clock.now()).astimezone(ZoneInfo(actor.time_zone))
    return clock.as_moment(datetime(local.year, local.month, 1, tzinfo=ZoneInfo(actor.time_zone)))


def demand_recognition(actor: Actor) -> None:
    """Raises `Forbidden` for who works where recognition is off: nobody there thanks or is thanked by badges."""
    if not is_recognised(actor):
        raise Forbidden(_("Recognition is switched off where you work."))


def access_desk(actor: Actor) -> None:
    """Raises `Forbidden` for who is no editor."""
    if not actor.is_editor:
        raise Forbidden(_("Only editors decide about badges."))
