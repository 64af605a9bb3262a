"""Bonus points are earned, spent, returned and expire, in whatever order: sums are right, stock is never oversold."""

from contextlib import suppress
from functools import partial

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select

from app.content.models import PUBLISHED, ContentItem
from app.content.service import moderating, reactions
from app.core import clock, outbox
from app.core.db import db
from app.core.errors import DomainError
from app.core.unit_of_work import unit_of_work
from app.notifications.models import Notification
from app.reputation.models import Entry, Rule
from app.reputation.queries import bonus_balance, bonus_past
from app.reputation.service import set_bonus_months, verify
from app.rewards.models import CANCELLED, Order, Reminder, Reward
from app.rewards.queries import statement
from app.rewards.service import move_order, order_reward, watch_expiry
from tests.factories import content, people
from tests.features.rewards.conftest import earn, reward
from tests.support.outbox import deliver_twice

BEGIN = 1_763_456_400 * clock.SECOND
STOCK = 4

somebody = st.integers(0, 2)
something = st.integers(0, 9)


def pay_for_likes(points=40):
    """Let a like give bonus points, from the beginning of time."""
    with unit_of_work():
        db.session.add(
            Rule(
                code="like_bonus", version=1, act="liked", pays="other", account="bonus", points=points,
                valid_from=0, made_at=0,
            )
        )  # fmt: skip


class Company(RuleBasedStateMachine):
    """Three colleagues who like each other's news, and an editor who hands out rewards."""

    def __init__(self, connection):
        super().__init__()
        self.clock = clock.frozen(BEGIN)
        self.clock.__enter__()
        self.undo = connection.begin_nested()
        made = [people.person() for _ in range(3)]
        editor = people.person(roles=["editor"])
        self.actors = [people.actor(each) for each in (*made, editor)]
        pay_for_likes()
        self.items = [content.publication(each).id for each in made for _ in range(2)]
        self.wanted = reward(editor, price=30, total=STOCK)

    def teardown(self):
        try:
            self.check()
        finally:
            db.session.remove()
            self.undo.rollback()
            self.clock.__exit__(None, None, None)

    @rule(who=somebody, which=something, on=st.booleans())
    def like(self, who, which, on):
        self.try_to(reactions.like, self.actors[who], self.item(which).public_id, on=on)
        outbox.run_due()

    @rule(which=something)
    def hide_or_restore(self, which):
        item = self.item(which)
        with unit_of_work():
            turn = moderating.hide if item.state == PUBLISHED else moderating.restore
            turn(item, item, self.actors[-1].person_id)
        outbox.run_due()

    @rule(who=somebody, key=st.sampled_from((None, "a", "b")))
    def order(self, who, key):
        before = bonus_balance(self.actors[who].person_id)
        made = self.try_to(order_reward, self.actors[who], self.wanted, 30, key=key)
        after = bonus_balance(self.actors[who].person_id)
        if made and made.fresh:
            assert 0 <= after <= before - 30  # what was due has expired besides

    @rule(
        which=something, step=st.sampled_from(("approve", "hand_out", "close", "cancel")), own=st.booleans()
    )
    def move(self, which, step, own):
        orders = db.session.scalars(select(Order).order_by(Order.id)).all()
        if orders:
            order = orders[which % len(orders)]
            owner = next(each for each in self.actors if each.person_id == order.person_id)
            self.try_to(move_order, owner if own else self.actors[-1], order.public_id, step)

    @rule(days=st.sampled_from((1, 20, 200, 400)))
    def let_time_pass(self, days):
        clock.advance(days * clock.DAY)

    @rule()
    def expire(self):
        watch_expiry()
        assert watch_expiry() == (0, 0)

    @rule(months=st.sampled_from((1, 12)))
    def change_the_term(self, months):
        set_bonus_months(self.actors[-1], months)

    @rule()
    def check(self):
        watch_expiry()
        outbox.run_due()
        assert list(verify()) == []
        for actor in self.actors[:3]:
            past = bonus_past(actor.person_id)
            assert past.purse(clock.now()).balance == bonus_balance(actor.person_id)
            shown = statement(actor)
            assert shown.balance == bonus_balance(actor.person_id)

    @invariant()
    def stock_and_open_orders_are_constant(self):
        row = db.session.execute(select(Reward.total, Reward.taken)).one()
        open_orders = db.session.scalar(
            select(func.count()).select_from(Order).where(Order.state != CANCELLED)
        )
        assert (row.total - row.taken) + open_orders == STOCK
        assert row.taken <= row.total

    def item(self, which):
        return db.session.get_one(ContentItem, self.items[which % len(self.items)])

    def try_to(self, use_case, *arguments, **named):
        with suppress(DomainError):
            return use_case(*arguments, **named)


def test_whatever_is_done_points_and_stock_are_right(database):
    run_state_machine_as_test(
        partial(Company, db.engines[None]),
        settings=settings(
            max_examples=6, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_points_taken_back_after_they_were_spent_are_a_debt(editor, database):
    pay_for_likes()
    author, fan = people.person(), people.person()
    item = content.publication(author)
    reactions.like(people.actor(fan), item.public_id, on=True)
    outbox.run_due()
    order_reward(people.actor(author), reward(editor, price=40), 40)
    reactions.like(people.actor(fan), item.public_id, on=False)
    outbox.run_due()
    assert bonus_balance(author.id) == -40
    earn(author.id, 50)
    assert bonus_balance(author.id) == 10
    assert list(verify()) == []


def test_points_whose_act_is_hidden_after_they_expired_are_not_taken_twice(database, frozen_clock):
    pay_for_likes()
    author, fan, editor = people.person(), people.person(), people.person(roles=["editor"])
    item = content.publication(author)
    reactions.like(people.actor(fan), item.public_id, on=True)
    outbox.run_due()
    clock.advance(400 * clock.DAY)
    assert watch_expiry()[0] == 1
    assert bonus_balance(author.id) == 0
    for turn in (moderating.hide, moderating.restore):
        with unit_of_work():
            turn(item, item, editor.id)
        outbox.run_due()
        assert bonus_balance(author.id) == 0
        assert list(verify()) == []


def test_reminders_come_once_and_what_is_due_expires_also_after_a_pause(buyer, frozen_clock):
    months = bonus_past(buyer.id).purse(clock.now())
    (until,) = months.left
    for days, reminders in ((40, 0), (30, 1), (29, 0), (7, 1), (1, 0)):
        with clock.frozen(until - days * clock.DAY):
            assert watch_expiry() == (0, reminders)
            assert watch_expiry() == (0, 0)
    with clock.frozen(until - clock.DAY):
        deliver_twice("notifications.on_expiring")
        notices = db.session.scalars(select(Notification).where(Notification.person_id == buyer.id)).all()
        assert [each.group_key for each in notices] == [f"bonus_expiring:{until}:120"] * 2
    with clock.frozen(until + 90 * clock.DAY):
        assert [each.kind for each in verify()] == ["expiry"]
        assert watch_expiry() == (1, 0)
        assert bonus_balance(buyer.id) == 0
        assert list(verify()) == []
    assert len(db.session.scalars(select(Reminder)).all()) == 2


def test_after_a_pause_only_the_nearest_reminder_is_given(buyer, frozen_clock):
    (until,) = bonus_past(buyer.id).purse(clock.now()).left
    with clock.frozen(until - 5 * clock.DAY):
        assert watch_expiry() == (0, 1)
    assert db.session.scalars(select(Reminder.days)).all() == [7]


def test_the_check_names_what_orders_do_not_explain(editor, buyer):
    order_reward(people.actor(buyer), reward(editor), 50)
    with unit_of_work():
        db.session.query(Order).update({"price": 45})
        db.session.query(Reward).update({"taken": 2})
    found = list(verify())
    assert [(each.kind, each.expected, each.found) for each in found] == [
        ("order", -45, -50),
        ("stock", 1, 2),
    ]
    with unit_of_work():
        db.session.query(Order).update({"price": 50, "state": "cancelled"})
        db.session.query(Reward).update({"taken": 0})
    assert [(each.kind, each.found) for each in verify()] == [("surplus", -50)]
    assert db.session.scalar(select(func.sum(Entry.delta)).where(Entry.person_id == buyer.id)) == 70
