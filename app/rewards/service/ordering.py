"""Ordering a reward."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, update

from app.core import audit, clock, idempotency
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Invalid
from app.core.i18n import lazy_gettext as _
from app.core.outbox import emit
from app.lib.ids import new_public_id
from app.reputation.service import NotEnoughPoints, spend
from app.rewards.events import RewardOrdered
from app.rewards.models import Order, Reward
from app.rewards.policy import access_reward, is_offered
from app.rewards.queries.loyalty import loyalty


@dataclass(frozen=True)
class Ordered:
    """The order that was made, and whether it was made now."""

    public_id: str
    fresh: bool


def order_reward(actor: Actor, public_id: str, price: int, *, key: str | None = None) -> Ordered:
    """Order one of a reward for `price` points, which the person was shown; once per `key`.

    The points, the one that is taken of the stock and the order are one transaction. About fifteen statements. Holds
    the person's balances, then the reward's row. Raises `NotFound`, and `Invalid` (field "price" for a price that is
    another now, "order" for what else is in the way).
    """

    def act() -> str:
        reward = access_reward(actor, public_id)
        _demand_open(actor, reward)
        if reward.price != price:
            raise Invalid(
                _("The price is another now: %(price)s. Please look again.", price=reward.price),
                field="price",
            )
        now = clock.now()
        order = Order(
            public_id=new_public_id(), reward_id=reward.id, person_id=actor.person_id, price=price, ordered_at=now,
            changed_at=now,
        )  # fmt: skip
        db.session.add(order)
        db.session.flush()  # the entry of the ledger names it
        try:
            spend(actor.person_id, price, fact_of(order.id))
        except NotEnoughPoints as error:
            message = _("Bonus points are lacking: %(points)s.", points=price - error.balance)
            raise Invalid(message, field="order") from error
        _take_one(reward, price)
        audit.record("reward.ordered", f"order:{order.public_id}", actor_id=actor.person_id, price=price)
        emit(RewardOrdered(order.id, actor.person_id))
        return order.public_id

    made, fresh = idempotency.once(actor.person_id, key and f"reward:{public_id}:{key}", act)
    return Ordered(made, fresh)


def fact_of(order_id: int) -> str:
    """What entries of the ledger call an order."""
    return f"order:{order_id}"


def _demand_open(actor: Actor, reward: Reward) -> None:
    if not is_offered(actor, reward):
        raise Invalid(_("It is not in your catalogue at present."), field="order")
    if reward.level and reward.level > loyalty(actor.person_id).level:
        raise Invalid(_("Your level of loyalty is not there yet."), field="order")


def _take_one(reward: Reward, price: int) -> None:
    """Take one of the stock, if one is left: the condition and the change are one statement."""
    left = or_(Reward.total.is_(None), Reward.taken < Reward.total)
    taken: Any = db.session.scalar(
        update(Reward)
        .where(Reward.id == reward.id, Reward.price == price, Reward.retired_at.is_(None), left)
        .values(taken=Reward.taken + 1)
        .returning(Reward.id)
        .execution_options(synchronize_session=False)
    )
    if taken is None:
        raise Invalid(_("Somebody was faster: none is left. Your points are untouched."), field="order")
