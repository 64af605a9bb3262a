"""Who sees, orders and handles what.

| | sees a reward | orders it | takes a step with an order |
|---|---|---|---|
| anyone | in the catalogue and meant for them, or ordered by them | from its level on | own: cancel, confirm |
| editor, administrator | every one | as anyone | everybody's but their own |

One's own order can be cancelled until it is approved, and confirmed when it was handed out.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, exists, or_, select

from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden, NotFound
from app.core.i18n import lazy_gettext as _
from app.people.models import Shop
from app.rewards.models import APPROVED, CANCELLED, CLOSED, HANDED_OUT, ORDERED, Order, Reward

#: Step → states from which it leads, and the state to which.
STEPS = {
    "approve": ((ORDERED,), APPROVED),
    "hand_out": ((APPROVED,), HANDED_OUT),
    "close": ((HANDED_OUT,), CLOSED),
    "cancel": ((ORDERED, APPROVED), CANCELLED),
}
#: What people do with their own orders, and from which states.
_OWN = {"cancel": (ORDERED,), "close": (HANDED_OUT,)}


def access_desk(actor: Actor) -> None:
    """Raises `Forbidden` for who is no editor."""
    if not actor.is_editor:
        raise Forbidden(_("Only editors decide about rewards."))


def in_catalogue() -> ColumnElement[bool]:
    """Whether a reward can be had now, as SQL; bind `reader_values`."""
    now: BindParameter[int] = bindparam("now")
    return and_(
        Reward.retired_at.is_(None),
        or_(Reward.active_from.is_(None), Reward.active_from <= now),
        or_(Reward.active_until.is_(None), Reward.active_until > now),
    )


def meant_for() -> ColumnElement[bool]:
    """Whether a reward is meant for the reader, as SQL; bind `reader_values`. What isn't looks like what is missing."""
    my_format = select(Shop.format).where(Shop.id == bindparam("reader_shop")).scalar_subquery()
    return and_(
        or_(Reward.region_id.is_(None), Reward.region_id == bindparam("reader_region")),
        or_(Reward.shop_format.is_(None), Reward.shop_format == my_format),
    )


def visible_to() -> ColumnElement[bool]:
    """The rule of the catalogue, as SQL; bind `reader_values`."""
    return and_(in_catalogue(), meant_for())


def readable_by() -> ColumnElement[bool]:
    """Whether the reader may open a reward, as SQL: what they have ordered can be read on. Bind `reader_values`."""
    ordered = exists().where(Order.reward_id == Reward.id, Order.person_id == bindparam("reader"))
    return or_(visible_to(), ordered)


def reader_values(actor: Actor) -> dict[str, Any]:
    """The values that the rules above need bound."""
    return {
        "reader": actor.person_id,
        "reader_region": actor.region_id or 0,
        "reader_shop": actor.shop_id or 0,
        "now": clock.now(),
    }


def access_reward(actor: Actor, public_id: str) -> Reward:
    """A reward that the person may read. One SELECT. Raises `NotFound` for what is hidden as for what is missing."""
    wanted = select(Reward).where(Reward.public_id == public_id)
    if not actor.is_editor:
        wanted = wanted.where(readable_by())
    found = db.session.scalars(wanted.execution_options(populate_existing=True), reader_values(actor)).first()
    if found is None:
        raise NotFound(_("There is no such reward."))
    return found


def is_offered(actor: Actor, reward: Reward) -> bool:
    """Whether the reward stands in the person's catalogue: to read it is not enough to order it. One SELECT."""
    offered = exists().where(Reward.id == reward.id, visible_to())
    return bool(db.session.scalar(select(offered), reader_values(actor)))


def can_see_picture(actor: Actor, file_id: int) -> bool:
    """Whether a reward that the person may read shows the file. One SELECT."""
    shows = exists().where(Reward.picture_id == file_id, *(() if actor.is_editor else (readable_by(),)))
    return bool(db.session.scalar(select(shows), reader_values(actor)))


def access_order(actor: Actor, public_id: str) -> Order:
    """An order that is the person's, or theirs to handle; locked. One SELECT. Raises `NotFound`."""
    rows = select(Order).where(Order.public_id == public_id)
    if not actor.is_editor:
        rows = rows.where(Order.person_id == actor.person_id)
    found = db.session.scalars(
        rows.with_for_update(key_share=True).execution_options(populate_existing=True)
    ).first()
    if found is None:
        raise NotFound(_("There is no such order."))
    return found


def steps_of(actor: Actor, person_id: int, state: str) -> tuple[str, ...]:
    """What the person may do with an order of somebody in a state."""
    if person_id == actor.person_id:
        return tuple(step for step, states in _OWN.items() if state in states)
    if not actor.is_editor:
        return ()
    return tuple(step for step, (states, _to) in STEPS.items() if state in states)


def demand_step(actor: Actor, order: Order, step: str) -> None:
    """Raises `Forbidden` for a step that is never the person's to take with this order."""
    if order.person_id == actor.person_id and step not in _OWN:
        raise Forbidden(_("Somebody else decides about your own order."))
    if order.person_id != actor.person_id:
        access_desk(actor)
