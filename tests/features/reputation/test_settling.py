"""What acts are worth: once while they stand, nothing while they don't, the same when they stand again."""

import pytest
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.exc import DatabaseError

from app.content.schemas import Edit
from app.content.service.changing import add_topics, edit
from app.content.service.changing import delete as remove
from app.content.service.moderating import hide, restore
from app.content.service.reactions import like
from app.core import clock, outbox
from app.core.db import db
from app.core.unit_of_work import unit_of_work
from app.questions.service import accept
from app.reputation.models import Balance, DaySum, Entry, Rule, WaitingAct
from app.reputation.queries import acts_of, standing
from app.reputation.service import catch_up, settle_due, verify
from app.reputation.service.settling import entry_values
from app.reputation.service.writing import write
from tests.factories import content, people
from tests.support.outbox import deliver_twice


def points(person) -> int:
    """What somebody has after everything was delivered, with a sound ledger."""
    outbox.run_due()
    db.session.expire_all()
    assert list(verify()) == []
    return standing(person.id).points


def written() -> int:
    return db.session.scalar(select(func.count()).select_from(Entry)) or 0


def test_each_act_pays_by_its_rule(database):
    author, helper, reader = people.person(), people.person(), people.person(roles=["editor"])
    item = content.publication(author, "Новая #акция")
    assert points(author) == 10 + 7
    content.comment(item, helper)
    assert points(helper) == 2
    asked = content.question(author)
    assert points(author) == 17 + 2
    reply = content.answer(asked, helper)
    assert points(helper) == 2 + 4
    content.like(reply, reader)
    assert points(helper) == 6 + 1
    accept(people.actor(author), reply.public_id, on=True)
    assert (points(helper), points(author)) == (7 + 25, 19 + 2)
    add_topics(people.actor(reader), item.public_id, "возврат")
    assert points(reader) == 7


def test_nobody_is_paid_for_what_they_do_to_themselves(database):
    author = people.person()
    item = content.publication(author, "Без темы")
    before = points(author)
    content.comment(item, author)
    content.like(item, author)
    asked = content.question(author)
    reply = content.answer(asked, author)
    accept(people.actor(author), reply.public_id, on=True)
    assert points(author) == before + 2


def test_accepting_twenty_times_pays_once(database):
    asker, helper = people.person(), people.person()
    reply = content.answer(content.question(asker), helper)
    for _ in range(20):
        accept(people.actor(asker), reply.public_id, on=True)
        accept(people.actor(asker), reply.public_id, on=False)
    accept(people.actor(asker), reply.public_id, on=True)
    assert points(helper) == 4 + 25
    other = content.answer(db.session.get_one(type(reply), reply.root_id), helper)
    accept(people.actor(asker), other.public_id, on=True)
    assert points(helper) == 4 + 4 + 25


def test_hiding_takes_back_and_restoring_gives_the_same_again(database):
    author, reader, moderator = people.person(), people.person(), people.person()
    items = [content.publication(author, "#акция") for _ in range(6)]
    content.like(items[0], reader)
    full = points(author)
    assert full == 50 + 21 + 1  # more than five news a day, and three topics, pay nothing
    with unit_of_work():
        hide(items[0], items[0], moderator.id)
    assert points(author) == full - 10 - 7 - 1
    with unit_of_work():
        restore(items[0], items[0], moderator.id)
    assert points(author) == full
    remove(people.actor(author), items[5].public_id)
    assert points(author) == full


def test_a_topic_that_is_edited_away_no_longer_pays(database):
    author = people.person()
    item = content.publication(author, "Про #акции")
    assert points(author) == 17
    edit(people.actor(author), item.public_id, Edit("Про скидки", 1))
    assert points(author) == 10


def test_likes_and_their_end_in_any_order_settle_the_same(database):
    author, reader = people.person(), people.person()
    item = content.publication(author, "Новость")
    like(people.actor(reader), item.public_id, on=True)
    like(people.actor(reader), item.public_id, on=False)
    for delivery in reversed(outbox.due()):
        assert outbox.deliver(delivery)
    assert points(author) == 10


def test_praise_between_the_same_two_is_worth_less_and_less(database):
    asker, helper = people.person(), people.person()
    gained, answers = [], []
    for _ in range(7):
        before = points(helper)
        reply = content.answer(content.question(asker), helper)
        answered = points(helper)
        accept(people.actor(asker), reply.public_id, on=True)
        gained.append(points(helper) - answered)
        answers.append(answered - before)
    assert answers == [4, 4, 4, 2, 2, 2, 1]
    assert gained == [25, 25, 25, 13, 13, 13, 6]


def test_praise_in_return_is_damped_twice_as_fast(database):
    one, other = people.person(), people.person()
    gained = []
    for _ in range(2):
        for asker, helper in ((one, other), (other, one)):
            reply = content.answer(content.question(asker), helper)
            before = points(helper)
            accept(people.actor(asker), reply.public_id, on=True)
            gained.append(points(helper) - before)
    assert gained == [25, 25, 25, 13]


def test_what_a_newcomer_does_waits_a_day(database, frozen_clock):
    author, newcomer = people.person(), people.person(created_at=clock.now())
    item = content.publication(author, "Новость")
    content.like(item, newcomer)
    assert points(author) == 10
    assert db.session.scalar(select(func.count()).select_from(WaitingAct)) == 1
    assert settle_due() == 0
    clock.advance(clock.DAY)
    assert settle_due() == 1
    assert points(author) == 11
    assert db.session.scalar(select(func.count()).select_from(WaitingAct)) == 0


def test_a_newcomers_like_that_was_taken_back_never_pays(database, frozen_clock):
    author, newcomer = people.person(), people.person(created_at=clock.now())
    item = content.publication(author, "Новость")
    content.like(item, newcomer)
    outbox.run_due()
    like(people.actor(newcomer), item.public_id, on=False)
    outbox.run_due()
    clock.advance(clock.DAY)
    settle_due()
    assert points(author) == 10


def test_a_new_version_counts_from_its_date_and_leaves_the_past(database, frozen_clock):
    author = people.person()
    content.publication(author, "До")
    assert points(author) == 10
    old = db.session.scalars(select(Rule).where(Rule.code == "news_published")).one()
    clock.advance(clock.HOUR)
    with unit_of_work():
        db.session.add(
            Rule(
                code=old.code, version=2, act=old.act, pays=old.pays, points=1, daily_cap=None,
                valid_from=clock.now(), made_at=clock.now(),
            )
        )  # fmt: skip
    content.publication(author, "После")
    assert points(author) == 11


@pytest.mark.parametrize("table", [Entry, Rule])
def test_the_database_refuses_to_change_or_forget(database, table):
    author = people.person()
    content.publication(author)
    points(author)
    changes = {"rule": "x"} if table is Entry else {"points": 1}
    for statement in (delete(table), update(table).values(changes)):
        with pytest.raises(DatabaseError, match="append-only"), db.session.begin_nested():
            db.session.execute(statement)
    assert written() > 0


@pytest.mark.parametrize("table", [Entry, Rule])
def test_the_database_refuses_to_replace_or_empty(database, table):
    """What triggers of UPDATE and DELETE alone would let pass."""
    content.publication(people.person())
    outbox.run_due()
    name, before = table.__tablename__, written()
    columns = ", ".join(column.name for column in table.__table__.c if column.name != "id")
    tries = (
        (f"INSERT OR REPLACE INTO {name} SELECT * FROM {name}",
         f"INSERT OR REPLACE INTO {name} ({columns}) SELECT {columns} FROM {name}")
        if _sqlite()
        else (f"TRUNCATE {name} CASCADE",)
    )  # fmt: skip
    for statement in tries:
        with pytest.raises(DatabaseError, match="append-only"), db.session.begin_nested():
            db.session.execute(text(statement))
    assert written() == before > 0


def test_all_accounts_together_are_zero(database):
    author, reader = people.person(), people.person()
    content.like(content.publication(author, "#акция"), reader)
    points(author)
    given = db.session.scalar(select(func.sum(Balance.points)))
    against = db.session.scalar(select(func.sum(-Entry.delta)))
    assert given == 10 + 7 + 1
    assert given + against == 0


def test_catching_up_gives_what_settling_would_have_given(database):
    asker, helper = people.person(), people.person()
    for _ in range(6):
        reply = content.answer(content.question(asker, "Про #акции?"), helper)
        accept(people.actor(asker), reply.public_id, on=True)
        content.like(reply, asker)
    expected = points(helper), points(asker)
    with unit_of_work():  # a network that was there before its ledger
        db.session.execute(
            text("DROP TRIGGER reputation_entries_no_delete")
            if _sqlite()
            else text("ALTER TABLE reputation_entries DISABLE TRIGGER reputation_entries_append_only")
        )
        for table in ("reputation_entries", "reputation_balances", "reputation_days"):
            db.session.execute(text(f"DELETE FROM {table}"))
    assert points_of(helper) == 0
    assert catch_up() > 0
    assert (points(helper), points(asker)) == expected
    assert catch_up() == 0


def points_of(person) -> int:
    db.session.expire_all()
    return standing(person.id).points


def _sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


@pytest.mark.parametrize("delta", [1, -3])
def test_verify_names_a_wrong_balance(database, delta):
    author = people.person()
    content.publication(author)
    right = points(author)
    with unit_of_work():
        db.session.execute(update(Balance).values(points=Balance.points + delta))
    [found] = verify()
    assert (found.kind, found.expected, found.found) == ("balance", right, right + delta)
    assert str(author.id) in found.subject


def test_verify_names_a_wrong_sum_of_a_day(database):
    author = people.person()
    content.publication(author, "Про #акции")
    points(author)
    with unit_of_work():
        db.session.execute(update(DaySum).where(DaySum.topic_id == 0).values(points=DaySum.points + 1))
    [found] = verify()
    assert (found.kind, found.expected, found.found) == ("day", 17, 18)


def test_verify_names_an_act_that_was_never_paid(database):
    author = people.person()
    item = content.publication(author)
    found = list(verify())
    assert [(each.kind, each.expected) for each in found] == [("missing", 10)]
    assert str(item.id) in found[0].subject


def test_verify_names_an_entry_that_its_act_does_not_explain(database):
    """Entries that add up, each by a rule of its own, for acts that stand: but not by this rule, or not to them."""
    author, reader, thief = people.person(), people.person(), people.person()
    content.like(content.publication(author), reader)
    points(author)
    liked = db.session.scalars(select(Entry).where(Entry.rule == "useful_like")).one()
    kept = {column.name: getattr(liked, column.name) for column in Entry.__table__.c if column.name != "id"}
    chosen = db.session.scalars(select(Rule).where(Rule.code == "answer_accepted")).one()

    def forge(source, **changed):
        with unit_of_work():
            write({**kept, "source": source, **changed})

    forge("forged:1", person_id=thief.id)
    forge("forged:2", rule="answer_accepted", rule_id=chosen.id, delta=25)
    named = [(each.kind, each.subject.partition(" ")[2], each.found) for each in verify()]
    assert named == [
        ("surplus", f"(useful_like, person {thief.id})", 1),
        ("surplus", f"(answer_accepted, person {author.id})", 25),
    ]


def test_verify_names_an_entry_by_a_version_that_was_not_in_force(database):
    author = people.person()
    content.publication(author)
    points(author)
    now = clock.now()
    with unit_of_work():
        db.session.add(
            Rule(
                code="news_published", version=2, act="published", pays="doer", points=90, daily_cap=None,
                valid_from=now + clock.DAY, made_at=now,
            )
        )  # fmt: skip
    item = content.publication(people.person())
    late = db.session.scalars(select(Rule).where(Rule.version == 2)).one()
    with unit_of_work():
        [act] = [each for each in acts_of(item.id) if each.kind == "published"]
        write(entry_values(act, late, act.doer_id, "forged", before=0, used=0))
    assert [(each.kind, each.expected, each.found) for each in verify()] == [("rule", 1, 2)]


@pytest.fixture
def busy_day(database):
    author, reader, moderator = people.person(), people.person(), people.person()
    item = content.publication(author, "Про #дмс")
    spoken = content.comment(item, reader)
    add_topics(people.actor(author), item.public_id, "возврат")
    edit(people.actor(author), item.public_id, Edit("Про #дмс!", 1))
    content.like(spoken, author)
    like(people.actor(author), spoken.public_id, on=False)
    reply = content.answer(content.question(author), reader)
    accept(people.actor(author), reply.public_id, on=True)
    accept(people.actor(author), reply.public_id, on=False)
    with unit_of_work():
        hide(item, item, moderator.id)
    with unit_of_work():
        restore(item, item, moderator.id)
    remove(people.actor(author), content.publication(author).public_id)


def test_every_listener_twice(busy_day):
    deliver_twice("reputation.settle.ContentPublished")
    deliver_twice("reputation.settle.CommentAdded")
    deliver_twice("reputation.settle.ContentEdited")
    deliver_twice("reputation.settle.ContentDeleted")
    deliver_twice("reputation.settle.ContentHidden")
    deliver_twice("reputation.settle.ContentRestored")
    deliver_twice("reputation.settle.TopicsAdded")
    deliver_twice("reputation.settle.ContentLiked")
    deliver_twice("reputation.settle.ContentUnliked")
    deliver_twice("reputation.settle.AnswerAccepted")
    deliver_twice("reputation.settle.AnswerUnaccepted")
    deliver_twice("reputation.hint")
    assert list(verify()) == []
