"""Whatever people do, and in whatever order the news of it comes, the ledger is what it should be."""

from contextlib import suppress
from functools import partial

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select, update

from app.accounts.service import erase, invite, open_session
from app.content.models import ANSWER, PUBLISHED, ContentItem
from app.content.schemas import Edit
from app.content.service import changing, moderating, reactions
from app.core import clock, outbox
from app.core.db import db
from app.core.errors import DomainError
from app.core.outbox import OutboxDelivery
from app.core.unit_of_work import unit_of_work
from app.questions.service import accept
from app.reputation.models import Balance, Entry
from app.reputation.queries import wrong_balances
from app.reputation.service import catch_up, settle_due, verify
from app.topics.service import choose
from app.trust.service import make_official
from tests.factories import content, people

BEGIN = 1_763_456_400 * clock.SECOND
PEOPLE = 5
TEXTS = ("Новая витрина", "Про #акции", "Про #акции и #возврат", "Тишина")

somebody = st.integers(0, PEOPLE - 1)
something = st.integers(0, 11)


class Network(RuleBasedStateMachine):
    """Three colleagues, a newcomer and an editor, who write, praise, change their minds and are erased."""

    def __init__(self, connection):
        super().__init__()
        self.clock = clock.frozen(BEGIN)
        self.clock.__enter__()
        self.undo = connection.begin_nested()
        made = [people.person() for _ in range(PEOPLE - 2)]
        made += [people.person(created_at=clock.now() - clock.HOUR), people.person(roles=["editor"])]
        self.people = [each.id for each in made]
        self.actors = [people.actor(each) for each in made]
        self.items = []
        choose(self.actors[-1], "акции")

    def teardown(self):
        try:
            self.settle()
            self.check()
        finally:
            db.session.remove()
            self.undo.rollback()
            self.clock.__exit__(None, None, None)

    # What people do -------------------------------------------------------------------------------------------------

    @rule(who=somebody, text=st.sampled_from(TEXTS), question=st.booleans())
    def publish(self, who, text, question):
        make = content.question if question else content.publication
        self.items.append(make(self.person(who), text).id)

    @rule(who=somebody, on=something, answer=st.booleans())
    def comment(self, who, on, answer):
        with suppress(DomainError):
            item = self.item(on)
            root = item and db.session.get_one(ContentItem, item.root_id or item.id)
            if root is not None:
                self.items.append(content.comment(root, self.person(who), answer=answer).id)

    @rule(which=something, text=st.sampled_from(TEXTS))
    def edit(self, which, text):
        item = self.item(which)
        if item is not None:
            self.try_to(changing.edit, self.author(item), item.public_id, Edit(text, item.revision))

    @rule(who=somebody, which=something, on=st.booleans())
    def like(self, who, which, on):
        item = self.item(which)
        if item is not None:
            self.try_to(reactions.like, self.actors[who], item.public_id, on=on)

    @rule(which=something, on=st.booleans(), by_editor=st.booleans())
    def accept(self, which, on, by_editor):
        item = self.item(which)
        if item is not None and item.root_id is not None:
            root = db.session.get_one(ContentItem, item.root_id)
            self.try_to(accept, self.actors[-1] if by_editor else self.author(root), item.public_id, on=on)

    @rule(which=something, on=st.booleans())
    def make_official(self, which, on):
        """Answers overrule what was accepted, and one another."""
        item = self.item(which)
        if item is not None and item.kind == ANSWER:
            self.try_to(make_official, self.actors[-1], item.public_id, on=on)

    @rule(which=something)
    def give_topics(self, which):
        item = self.item(which)
        if item is not None:
            self.try_to(changing.add_topics, self.actors[-1], item.public_id, "касса")

    @rule(which=something)
    def hide_or_restore(self, which):
        item = self.item(which)
        if item is not None:
            self.turn(item)

    @rule(which=something)
    def delete(self, which):
        item = self.item(which)
        if item is not None:
            self.try_to(changing.delete, self.author(item), item.public_id)

    @rule(who=st.integers(0, PEOPLE - 2), texts=st.booleans())
    def erase_somebody(self, who, texts):
        """Nobody but the editor is safe. What they have stays theirs, and somebody new takes their place."""
        gone = self.people[who]
        self.settle()
        before = self.points()
        assert erase(gone, by=None, texts=texts)
        if not texts:
            outbox.run_due()
            assert self.points() == before
        hired = people.person(created_at=clock.now())
        self.people[who], self.actors[who] = hired.id, people.actor(hired)

    @rule(who=somebody, comes=st.booleans())
    def invite_a_colleague(self, who, comes):
        guest = people.person()
        self.try_to(invite, self.actors[who], guest.handle)
        if comes:
            open_session(guest.id, "A browser", "127.0.0.1")

    @rule(hours=st.sampled_from((1, 24, 30 * 24)))
    def let_time_pass(self, hours):
        clock.advance(hours * clock.HOUR)

    # What the worker does -------------------------------------------------------------------------------------------

    @rule(number=st.integers(0, 40), which=something)
    def deliver_some(self, number, which):
        due = outbox.due()
        for delivery in due[which % max(1, len(due)) :: 1 + number % 3][:number]:
            assert outbox.deliver(delivery)

    @rule()
    def deliver_backwards(self):
        for delivery in reversed(outbox.due()):
            assert outbox.deliver(delivery)

    @rule(which=st.integers(0, 40))
    def forget_that_it_was_delivered(self, which):
        done = (
            select(OutboxDelivery.id)
            .where(OutboxDelivery.delivered_at.is_not(None))
            .order_by(OutboxDelivery.id)
        )
        ids = db.session.scalars(done).all()
        with unit_of_work():
            again = update(OutboxDelivery).where(OutboxDelivery.id.in_(ids[which : which + 5]))
            db.session.execute(again.values(delivered_at=None, due_at=clock.now()))

    @rule()
    def settle_who_waited(self):
        settle_due()

    @rule()
    def begin_with_catching_up(self):
        catch_up()

    # What is always true --------------------------------------------------------------------------------------------

    @rule()
    def check(self):
        self.settle()
        assert list(verify()) == []
        given = dict(
            db.session.execute(select(Entry.person_id, func.sum(Entry.delta)).group_by(Entry.person_id)).all()
        )
        assert {person: points for person, points in self.points().items() if points} == {
            person: points for person, points in given.items() if points
        }

    @rule(which=something)
    def hiding_and_restoring_is_the_identity(self, which):
        item = self.item(which)
        if item is None or item.state != PUBLISHED:
            return
        self.settle()
        before = self.points()
        self.turn(item)
        outbox.run_due()
        self.turn(item)
        outbox.run_due()
        assert self.points() == before

    @invariant()
    def balances_are_sums(self):
        assert wrong_balances() == 0

    # How ------------------------------------------------------------------------------------------------------------

    def settle(self):
        outbox.run_due()
        settle_due()
        outbox.run_due()

    def points(self):
        return dict(db.session.execute(select(Balance.person_id, Balance.points)).all())

    def person(self, who):
        return db.session.get_one(people.Person, self.people[who])

    def author(self, item):
        """None for somebody who was erased: they do nothing any more."""
        return next((each for each in self.actors if each.person_id == item.author_id), None)

    def item(self, which):
        return db.session.get(ContentItem, self.items[-1 - which % len(self.items)]) if self.items else None

    def turn(self, item):
        root = db.session.get_one(ContentItem, item.root_id or item.id)
        with unit_of_work():
            if item.state == PUBLISHED:
                moderating.hide(item, root, self.people[-1])
            elif item.state == "hidden":
                moderating.restore(item, root, self.people[-1])

    def try_to(self, use_case, *arguments, **named):
        if arguments[0] is not None:
            with suppress(DomainError):
                use_case(*arguments, **named)


def test_whatever_is_done_in_whatever_order_the_ledger_is_right(database):
    run_state_machine_as_test(
        partial(Network, db.engines[None]),
        settings=settings(
            max_examples=8, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
