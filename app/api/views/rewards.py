"""The catalogue of rewards, and the person's orders."""

from __future__ import annotations

from app.api.endpoint import PREFIX, Created, endpoint, idempotency_key
from app.api.schemas.rewards import NewOrder, OrderBody, OrdersQuery, RewardOrders, Rewards
from app.core.actor import Actor
from app.rewards import queries, service


@endpoint("GET", "/rewards")
def rewards(me: Actor) -> Rewards:
    """What the person can order for bonus points, and what keeps them from the rest."""
    return Rewards.of(queries.catalogue(me))


@endpoint("GET", "/rewards/orders")
def reward_orders(me: Actor, query: OrdersQuery) -> RewardOrders:
    """What the person has ordered, latest first."""
    return RewardOrders.of(queries.my_orders(me, query.before))


@endpoint("POST", "/rewards/<public_id>/orders", keyed=True)
def order_reward(me: Actor, public_id: str, body: OrderBody) -> Created[NewOrder]:
    """Order one of a reward for the price the person was told."""
    made = service.order_reward(me, public_id, body.price, key=idempotency_key())
    return Created(NewOrder(id=made.public_id), f"{PREFIX}/rewards/orders", made.fresh)


@endpoint("POST", "/rewards/orders/<public_id>/cancel")
def cancel_reward_order(me: Actor, public_id: str) -> None:
    """Give up an order of the person's own that is not approved yet. Doing it twice changes nothing."""
    service.move_order(me, public_id, "cancel")
