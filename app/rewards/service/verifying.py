"""What `flask reputation verify` asks of orders and stock."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select

from app.core.db import db
from app.reputation.schemas import Difference, Spendings
from app.rewards.models import CANCELLED, Order, Reward
from app.rewards.service.ordering import fact_of


def check_orders(spent: Spendings) -> Iterator[Difference]:
    """Each order that is not cancelled has its price spent, by its person; each reward counts its orders.

    Takes out of `spent` what orders explain. Three statements.
    """
    orders = select(Order.id, Order.person_id, Order.price).where(Order.state != CANCELLED)
    for row in db.session.execute(orders.order_by(Order.id)):
        person_id, points = spent.pop(fact_of(row.id), (row.person_id, 0))
        if (person_id, points) != (row.person_id, row.price):
            yield Difference("order", f"order {row.id} of person {row.person_id}", -row.price, -points)
    counted = (
        select(Order.reward_id, func.count().label("number"))
        .where(Order.state != CANCELLED)
        .group_by(Order.reward_id)
        .subquery("counted")
    )
    number = func.coalesce(counted.c.number, 0)
    wrong = (
        select(Reward.id, Reward.taken, number.label("number"))
        .outerjoin(counted, counted.c.reward_id == Reward.id)
        .where(Reward.taken != number)
    )
    for row in db.session.execute(wrong.order_by(Reward.id)):
        yield Difference("stock", f"reward {row.id}", row.number, row.taken)
