"""Orders: one's own, and those that wait for who handles them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, func, select

from app.core import cursor
from app.core.actor import Actor
from app.core.prepared import Prepared, among
from app.files.models import File
from app.people.queries import lines
from app.rewards.models import STATES, Order, Reward
from app.rewards.policy import access_desk, steps_of
from app.rewards.queries.lines import picture, titles
from app.rewards.schemas import OrderLine, OrderPage

#: Orders on a page.
ORDERS_PAGE = 30

_orders = (
    select(
        Order.id, Order.public_id, Order.person_id, Order.price, Order.state, Order.ordered_at, Order.changed_at,
        Order.note, Reward.title_ru, Reward.title_en, Reward.drawing, Reward.public_id.label("reward"),
        File.public_id.label("photo"),
    )
    .join(Reward, Reward.id == Order.reward_id)
    .outerjoin(File, File.id == Reward.picture_id)
    .where(Order.id < bindparam("below"))
    .order_by(Order.id.desc())
    .limit(bindparam("most"))
)  # fmt: skip
_MINE = Prepared(_orders.where(Order.person_id == bindparam("person")))
_ALL = Prepared(_orders)
_OF_STATE = Prepared(_orders.where(Order.state == bindparam("state")))
_COUNTS = Prepared(select(Order.state, func.count().label("number")).group_by(Order.state))
_TITLES = Prepared(
    select(Order.public_id, Order.id, Reward.title_ru, Reward.title_en)
    .join(Reward, Reward.id == Order.reward_id)
    .where(among(Order.id, "ids"))
)


def my_orders(actor: Actor, before: str | None = None, most: int = ORDERS_PAGE) -> OrderPage:
    """What the actor has ordered, latest first. One statement. Raises `Invalid` for a bad cursor."""
    _position, below = cursor.decode(before)
    rows = _MINE.all(person=actor.person_id, below=below, most=most + 1)
    return _page(actor, rows, most)


def desk_orders(actor: Actor, state: str = "", before: str | None = None) -> OrderPage:
    """Everybody's orders, or those in a state, latest first. Two statements. Raises `Forbidden`, `Invalid`."""
    access_desk(actor)
    _position, below = cursor.decode(before)
    if state in STATES:
        rows = _OF_STATE.all(state=state, below=below, most=ORDERS_PAGE + 1)
    else:
        rows = _ALL.all(below=below, most=ORDERS_PAGE + 1)
    return _page(actor, rows, ORDERS_PAGE, with_people=True)


def desk_counts(actor: Actor) -> Mapping[str, int]:
    """How many orders there are in each state. One statement. Raises `Forbidden`."""
    access_desk(actor)
    found = {row.state: row.number for row in _COUNTS.all()}
    return {state: found.get(state, 0) for state in STATES}


def order_titles(order_ids: Sequence[int]) -> Mapping[int, Mapping[str, str]]:
    """Order id → the name of its reward by language. One statement; none for no ids."""
    return {row.id: titles(row) for row in _TITLES.all(ids=order_ids)} if order_ids else {}


def _page(actor: Actor, rows: Sequence[Any], most: int, *, with_people: bool = False) -> OrderPage:
    shown = rows[:most]
    people = lines({row.person_id for row in shown}) if with_people else {}
    return OrderPage(
        tuple(
            OrderLine(
                row.public_id, titles(row), f"/rewards/{row.reward}", picture(row), row.price, row.state,
                row.ordered_at, row.changed_at, row.note,
                steps_of(actor, row.person_id, row.state), people.get(row.person_id),
            )
            for row in shown
        ),
        cursor.encode(0, shown[-1].id) if len(rows) > most else None,
    )  # fmt: skip
