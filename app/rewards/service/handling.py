"""What becomes of an order: approved, handed out, closed, or cancelled with the points returned."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from app.core import audit, clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Conflict, Invalid, NotFound
from app.core.i18n import lazy_gettext as _
from app.core.outbox import emit
from app.core.unit_of_work import unit_of_work
from app.lib.text import clean_line
from app.reputation.service import give_back
from app.rewards.events import OrderMoved
from app.rewards.models import CANCELLED, Order, Reminder, Reward
from app.rewards.policy import STEPS, access_order, demand_step, steps_of
from app.rewards.service.ordering import fact_of

#: Longest note, in characters.
MOST_NOTE = 300


def move_order(actor: Actor, public_id: str, step: str, note: str = "") -> None:
    """Take a step with an order: "approve", "hand_out", "close" or "cancel"; a step that was taken changes nothing.

    Cancelling gives the points and the stock back in the same transaction. Audited. Locks the order, then the person's
    balances, then the reward. Raises `NotFound`, `Forbidden`, `Conflict` for a step that its state does not allow,
    and `Invalid` (field "note").
    """
    if step not in STEPS:
        raise NotFound
    if len(note) > MOST_NOTE:
        raise Invalid(_("At most %(most)s characters.", most=MOST_NOTE), field="note")
    with unit_of_work():
        order = access_order(actor, public_id)
        demand_step(actor, order, step)
        state = STEPS[step][1]
        if order.state == state:
            return
        if step not in steps_of(actor, order.person_id, order.state):
            raise Conflict(_("The order has gone on meanwhile; please look again."))
        order.state, order.changed_at, order.changed_by = state, clock.now(), actor.person_id
        order.note = clean_line(note, MOST_NOTE)
        if state == CANCELLED:
            _release(order, actor.person_id)
        audit.record(f"reward.{state}", f"order:{order.public_id}", actor_id=actor.person_id, note=order.note)
        emit(OrderMoved(order.id, order.person_id, state, actor.person_id))


def forget_person(person_id: int) -> None:
    """Cancel what somebody waits for who is here no more, and forget what they were told. Inside the open unit of work.

    Again changes nothing. Locks as `move_order` does, order by order.
    """
    waiting = select(Order).where(Order.person_id == person_id, Order.state.in_(STEPS["cancel"][0]))
    for order in db.session.scalars(waiting.order_by(Order.id).with_for_update(key_share=True)):
        order.state, order.changed_at, order.changed_by = CANCELLED, clock.now(), None
        _release(order, person_id)
        audit.record("reward.cancelled", f"order:{order.public_id}", actor_id=None)
    db.session.flush()  # the states come before the notes
    mine = update(Order).where(Order.person_id == person_id, Order.note != "")
    db.session.execute(mine.values(note="").execution_options(synchronize_session=False))
    db.session.execute(delete(Reminder).where(Reminder.person_id == person_id))


def _release(order: Order, actor_id: int) -> None:
    """Give the points and the stock of an order back."""
    give_back(order.person_id, fact_of(order.id), actor_id=actor_id)
    db.session.execute(
        update(Reward)
        .where(Reward.id == order.reward_id)
        .values(taken=Reward.taken - 1)
        .execution_options(synchronize_session=False)
    )
