"""`flask reputation …` as an operator types it."""

import json

import pytest
from sqlalchemy import func, select, update

from app.cli.demo.sizes import SIZES
from app.content.service.changing import add_topics
from app.core import clock, outbox
from app.core.db import db
from app.core.outbox import OutboxDelivery
from app.core.unit_of_work import unit_of_work
from app.reputation.models import Balance, Entry, WaitingAct
from app.reputation.queries import standing, wrong_balances
from app.reputation.schemas import NewRule, RuleChange
from app.reputation.service import catch_up, make_rule, settle_due, verify
from app.topics.service import choose, withdraw
from tests.factories import content, people
from tests.features.demo.conftest import TINY


@pytest.fixture
def run(flask_app, database):
    def invoke(*arguments):
        return flask_app.test_cli_runner().invoke(args=["reputation", *arguments])

    return invoke


def test_verify_says_that_all_is_well(run):
    author, reader = people.person(), people.person()
    content.like(content.publication(author, "#акция"), reader)
    outbox.run_due()

    done = run("verify")

    *said, last = done.output.splitlines()
    assert (done.exit_code, said) == (0, ["0 differences in 3 entries."])
    assert json.loads(last) == {"differences": 0, "entries": 3, "kinds": {}}


def test_verify_names_each_difference_and_counts_them_last(run):
    author = people.person()
    content.publication(author)
    outbox.run_due()
    with unit_of_work():
        db.session.execute(update(Balance).values(points=3))
    unsettled = content.publication(people.person())

    done = run("verify")

    assert done.exit_code == 1
    *named, last, as_json = done.output.splitlines()
    assert named == [
        f"balance: person {author.id} (reputation): should be 10, is 3",
        f"missing: published:{unsettled.id}:{unsettled.author_id}: (news_published): should be 10, is 0",
    ]
    assert last == "2 differences in 1 entries."
    assert json.loads(as_json) == {"differences": 2, "entries": 1, "kinds": {"balance": 1, "missing": 1}}


def test_verify_misses_what_only_priority_topics_pay(run, frozen_clock):
    """What a rule pays in priority topics alone is missing where the topic was one when it was done, and only there."""
    editor = people.actor(people.person(roles=["editor"]))
    terms = RuleChange(7, None, 100, True, "reputation", None, None, "Приоритет")
    code = make_rule(editor, NewRule("published", "doer", terms))
    before = content.publication(people.person(), "Рано #акции")
    outbox.run_due()
    clock.advance(clock.HOUR)
    choose(editor, "акции")
    paid = content.publication(people.person(), "Вовремя #акции")
    outbox.run_due()
    clock.advance(clock.HOUR)
    missed = content.publication(people.person(), "Не учтено #акции")
    later = content.publication(people.person(), "Без темы")
    with unit_of_work():
        db.session.execute(update(OutboxDelivery).values(delivered_at=clock.now()))
    clock.advance(clock.HOUR)
    withdraw(editor, "акции")
    add_topics(editor, later.public_id, "акции")

    named = run("verify").output.splitlines()
    assert [line for line in named if code in line] == [
        f"missing: published:{missed.id}:{missed.author_id}: ({code}): should be 7, is 0"
    ]
    assert catch_up() > 0
    outbox.run_due()
    assert run("verify").exit_code == 0
    given = select(Entry.content_id).where(Entry.rule == code).order_by(Entry.id)
    assert db.session.scalars(given).all() == [paid.id, missed.id], before.id


def test_catch_up_pays_what_was_never_settled_and_nothing_twice(run):
    author, reader = people.person(), people.person()
    content.like(content.publication(author, "#акция"), reader)

    first, second = run("catch-up"), run("catch-up")

    assert first.output.splitlines()[-1] == "3 entries written."
    assert second.output.splitlines()[-1] == "0 entries written."
    outbox.run_due()
    assert standing(author.id).points == 10 + 7 + 1
    assert list(verify()) == []


def test_what_a_newcomer_did_waits_when_one_catches_up(run, frozen_clock):
    author, newcomer = people.person(), people.person(created_at=clock.now())
    content.like(content.publication(author), newcomer)

    assert run("catch-up").output.splitlines()[-1] == "1 entries written."
    assert db.session.scalar(select(func.count()).select_from(WaitingAct)) == 1
    clock.advance(clock.DAY)
    assert settle_due() == 1
    assert standing(author.id).points == 11
    assert list(verify()) == []


def test_wrong_balances_are_counted(database):
    author, reader = people.person(), people.person()
    content.publication(author)
    outbox.run_due()
    assert wrong_balances() == 0
    with unit_of_work():
        db.session.execute(update(Balance).where(Balance.person_id == author.id).values(points=9))
        db.session.add(Balance(person_id=reader.id, account="reputation", points=5))
    assert wrong_balances() == 2


@pytest.mark.slow
def test_the_demo_company_has_points(database, flask_app, monkeypatch):
    monkeypatch.setitem(SIZES, "small", TINY)
    done = flask_app.test_cli_runner().invoke(args=["demo", "load", "--no-index"])
    assert done.exit_code == 0, done.output
    assert db.session.scalar(select(func.count()).select_from(Entry)) > TINY.publications
    assert list(verify()) == []
