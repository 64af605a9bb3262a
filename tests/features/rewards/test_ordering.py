"""An order takes points and stock together, goes its way, and gives both back when it is cancelled."""

from contextlib import suppress

import pytest
from sqlalchemy import select, update

from app.accounts.service import erase
from app.core import clock
from app.core.audit import AuditEntry
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.core.unit_of_work import unit_of_work
from app.notifications.models import Notification
from app.reputation.queries import bonus_balance
from app.reputation.service import verify
from app.rewards.models import Order, Reward
from app.rewards.policy import STEPS
from app.rewards.queries import catalogue, my_orders
from app.rewards.service import move_order, order_reward, retire_reward
from tests.factories import people
from tests.features.rewards.conftest import earn, reward
from tests.support.outbox import deliver_twice


def order(person, wanted, price=50, key=None):
    return order_reward(people.actor(person), wanted, price, key=key).public_id


def taken(wanted):
    db.session.rollback()
    return db.session.scalar(select(Reward.taken).where(Reward.public_id == wanted))


def told(person):
    rows = select(Notification.reason).where(Notification.person_id == person.id).order_by(Notification.id)
    return list(db.session.scalars(rows))


def test_an_order_goes_all_its_way(editor, buyer):
    wanted = reward(editor)
    made = order(buyer, wanted)
    assert (bonus_balance(buyer.id), taken(wanted)) == (70, 1)
    for step, state in (("approve", "approved"), ("hand_out", "handed_out")):
        move_order(people.actor(editor), made, step, "У Анны, кабинет 12")
        move_order(people.actor(editor), made, step)
        assert db.session.scalars(select(Order.state).where(Order.public_id == made)).one() == state
    move_order(people.actor(buyer), made, "close")
    deliver_twice("notifications.on_ordered")
    deliver_twice("notifications.on_order_moved")
    assert (told(editor), told(buyer)) == (["reward_ordered"], ["reward_approved", "reward_handed_out"])
    assert (bonus_balance(buyer.id), taken(wanted)) == (70, 1)
    assert list(verify()) == []
    actions = db.session.scalars(select(AuditEntry.action).where(AuditEntry.subject == f"order:{made}")).all()
    assert actions == ["reward.ordered", "reward.approved", "reward.handed_out", "reward.closed"]


@pytest.mark.parametrize(("by_editor", "approved"), [(False, False), (True, False), (True, True)])
def test_cancelling_gives_points_and_stock_back(editor, buyer, by_editor, approved):
    wanted = reward(editor, total=1)
    made = order(buyer, wanted)
    if approved:
        move_order(people.actor(editor), made, "approve")
    move_order(people.actor(editor if by_editor else buyer), made, "cancel", "Нет на складе")
    move_order(people.actor(editor if by_editor else buyer), made, "cancel")
    assert (bonus_balance(buyer.id), taken(wanted)) == (120, 0)
    order(buyer, wanted)
    assert (bonus_balance(buyer.id), taken(wanted)) == (70, 1)
    assert list(verify()) == []


def test_who_may_take_which_step(editor, buyer):
    """Roles × states × steps: nobody but editors decides, and they not about themselves."""
    earn(editor.id, 500)
    wanted, stranger = reward(editor, total=None), people.person(roles=["manager", "moderator"])
    allowed = {
        "ordered": {(buyer.id, "cancel"), (editor.id, "approve"), (editor.id, "cancel")},
        "approved": {(editor.id, "hand_out"), (editor.id, "cancel")},
        "handed_out": {(buyer.id, "close"), (editor.id, "close")},
        "closed": set(),
        "cancelled": set(),
    }
    made = order(buyer, wanted)
    for state, expected in allowed.items():
        found = set()
        for person in (buyer, editor, stranger):
            for step in [step for step, (_from, to) in STEPS.items() if to != state]:
                with unit_of_work():
                    db.session.execute(update(Order).values(state=state))
                    db.session.execute(update(Reward).values(taken=1))
                with suppress(Conflict, Forbidden, NotFound):
                    move_order(people.actor(person), made, step)
                    found.add((person.id, step))
        assert found == expected, state
    own = order(editor, wanted)
    with pytest.raises(Forbidden):
        move_order(people.actor(editor), own, "approve")
    move_order(people.actor(editor), own, "cancel")


def test_what_is_in_the_way_is_said_and_nothing_changes(editor, buyer):
    late = clock.now() - clock.DAY
    cases = [
        (reward(editor, price=121), 121, "order"),
        (reward(editor, total=0), 50, "order"),
        (reward(editor, level=2), 50, "order"),
        (reward(editor, price=60), 50, "price"),
    ]
    for wanted, price, field in cases:
        with pytest.raises(Invalid) as refused:
            order(buyer, wanted, price)
        assert list(refused.value.errors) == [field]
    for hidden in (reward(editor, active_until=late), reward(editor, active_from=clock.now() + clock.DAY)):
        with pytest.raises(NotFound):
            order(buyer, hidden)
    assert bonus_balance(buyer.id) == 120
    assert db.session.scalars(select(Order)).all() == []
    assert list(verify()) == []


def test_a_button_that_is_pressed_twice_orders_once(editor, buyer):
    wanted = reward(editor)
    assert order(buyer, wanted, key="k") == order(buyer, wanted, key="k")
    assert (bonus_balance(buyer.id), taken(wanted)) == (70, 1)


def test_a_reward_is_seen_by_whom_it_is_meant_for(editor):
    ural, south = people.region("Урал"), people.region("Юг")
    here, there = people.shop(region=ural), people.shop(region=south)
    db.session.query(type(here)).filter_by(id=there.id).update({"format": "island"})
    db.session.commit()
    made = {
        "everyone": reward(editor),
        "ural": reward(editor, region_id=ural.id),
        "islands": reward(editor, shop_format="island"),
        "gold": reward(editor, level=2),
    }
    retired = reward(editor)
    retire_reward(
        people.actor(editor), db.session.scalar(select(Reward.id).where(Reward.public_id == retired)), on=True
    )
    people_of = {
        "ural": people.person(shop=here),
        "south": people.person(shop=there),
        "office": people.person(),
    }
    seen = {
        name: {each.public_id for each in catalogue(people.actor(person)).rewards}
        for name, person in people_of.items()
    }
    everyone = {made["everyone"], made["gold"]}
    assert seen == {
        "ural": everyone | {made["ural"]},
        "south": everyone | {made["islands"]},
        "office": everyone,
    }
    for name, person in people_of.items():
        earn(person.id, 50)
        for wanted in set(made.values()) - seen[name]:
            with pytest.raises(NotFound):
                order(person, wanted)
    # An editor reads every reward, and orders what is meant for them.
    earn(editor.id, 50)
    with pytest.raises(Invalid):
        order(editor, made["ural"])


def test_what_was_ordered_can_be_read_when_it_is_retired(editor, buyer):
    wanted = reward(editor)
    order(buyer, wanted)
    number = db.session.scalar(select(Reward.id).where(Reward.public_id == wanted))
    retire_reward(people.actor(editor), number, on=True)
    assert [each.titles["en"] for each in my_orders(people.actor(buyer)).orders] == ["Thermos"]
    with pytest.raises(Invalid):
        order(buyer, wanted)


def test_nobody_waits_for_a_reward_who_was_erased(editor, buyer):
    wanted = reward(editor)
    done, waiting = order(buyer, wanted), order(buyer, wanted)
    for step in ("approve", "hand_out"):
        move_order(people.actor(editor), done, step, "Анна, кабинет 12")
    erase(buyer.id, by=None, texts=False)
    deliver_twice("rewards.forget_person")
    rows = db.session.execute(select(Order.public_id, Order.state, Order.note)).all()
    assert {tuple(row) for row in rows} == {(done, "handed_out", ""), (waiting, "cancelled", "")}
    assert taken(wanted) == 1
    assert list(verify()) == []
