"""Rewards, orders and bonus points as programs get them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from app.api.schemas.base import Answer, Body, Query, moment
from app.rewards.schemas import Catalogue, OrderLine, OrderPage, RewardLine


class OrderBody(Body):
    """An order to be made."""

    price: Annotated[int, Field(description="What the person was told it costs, in bonus points.", ge=1)]


class OrdersQuery(Query):
    """Which page of orders."""

    before: Annotated[str | None, Field(description="`next` of the page before.", max_length=100)] = None


class Reward(Answer):
    """A reward. `left` is null for no limit; `obstacle` says why this person cannot order it."""

    id: str
    url: str
    title: str
    terms: str
    price: int
    left: int | None
    level: Literal["bronze", "silver", "gold", "platinum"]
    obstacle: Literal["", "closed", "others", "gone", "level", "points"]

    @classmethod
    def of(cls, reward: RewardLine) -> Reward:
        """The reward of a page, in the person's language."""
        return cls.model_validate(
            {
                "id": reward.public_id, "url": reward.url, "title": reward.title, "terms": reward.text,
                "price": reward.price, "left": reward.left, "level": reward.level_code, "obstacle": reward.obstacle,
            }
        )  # fmt: skip


class Rewards(Answer):
    """The catalogue with the person's bonus points and level of loyalty."""

    balance: int
    level: Literal["bronze", "silver", "gold", "platinum"]
    items: tuple[Reward, ...]

    @classmethod
    def of(cls, catalogue: Catalogue) -> Rewards:
        """The catalogue of a page."""
        return cls.model_validate(
            {
                "balance": catalogue.balance,
                "level": catalogue.loyalty.code,
                "items": tuple(Reward.of(each) for each in catalogue.rewards),
            }
        )


class NewOrder(Answer):
    """The order that was made."""

    id: str


class RewardOrder(Answer):
    """One of the person's orders."""

    id: str
    title: str
    price: int
    state: Literal["ordered", "approved", "handed_out", "closed", "cancelled"]
    ordered_at: datetime
    changed_at: datetime
    note: str

    @classmethod
    def of(cls, order: OrderLine) -> RewardOrder:
        """The order of a page."""
        return cls.model_validate(
            {
                "id": order.public_id, "title": order.title, "price": order.price, "state": order.state,
                "ordered_at": moment(order.ordered_at), "changed_at": moment(order.changed_at), "note": order.note,
            }
        )  # fmt: skip


class RewardOrders(Answer):
    """A page of the person's orders, latest first."""

    items: tuple[RewardOrder, ...]
    next: str | None

    @classmethod
    def of(cls, page: OrderPage) -> RewardOrders:
        """The orders of a page."""
        return cls(items=tuple(RewardOrder.of(each) for each in page.orders), next=page.next)
