"""One owner of the transaction: it commits all or nothing, nested units join, hints follow the commit."""

import sqlite3

import pytest
from sqlalchemy import create_engine, func, insert, select, text
from sqlalchemy.exc import InternalError

from app.core.db import db
from app.core.settings import Setting, get, put
from app.core.unit_of_work import after_commit, in_unit_of_work, unit_of_work


def names():
    return list(db.session.scalars(select(Setting.name).order_by(Setting.name)))


def test_a_unit_commits_at_its_end(database):
    with unit_of_work():
        put("a", 1)
    db.session.rollback()

    assert get("a") == 1


def test_a_unit_that_fails_leaves_nothing(database):
    with pytest.raises(ZeroDivisionError), unit_of_work():
        put("a", 1)
        1 / 0  # noqa: B018

    assert names() == []


def test_a_nested_unit_joins_the_outer_one(database):
    with pytest.raises(ZeroDivisionError), unit_of_work():
        with unit_of_work():
            put("a", 1)
        assert in_unit_of_work()
        1 / 0  # noqa: B018

    assert names() == []
    assert not in_unit_of_work()


def test_what_follows_the_commit_runs_only_after_it(database):
    seen = []
    with unit_of_work():
        after_commit(lambda: seen.append(in_unit_of_work()))
        assert seen == []
    with pytest.raises(ZeroDivisionError), unit_of_work():
        after_commit(lambda: seen.append("never"))
        1 / 0  # noqa: B018

    assert seen == [False]


def test_after_commit_needs_a_unit(database):
    with pytest.raises(RuntimeError, match="unit of work"):
        after_commit(list)


def test_tests_see_nothing_of_each_other(database):
    """Each of the tests above committed the setting "a"."""
    assert db.session.scalar(select(func.count()).select_from(Setting)) == 0


@pytest.mark.only_on("sqlite")
def test_sqlite_keeps_its_promises(real_database):
    pragmas = ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
    with db.engine.connect() as connection:
        found = {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in pragmas}

    assert found == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2, "busy_timeout": 20_000}


@pytest.mark.only_on("sqlite")
def test_on_sqlite_a_write_unit_begins_immediately(real_database):
    """A second writer is turned away at BEGIN, not in the middle of its work."""
    other = sqlite3.connect(db.engine.url.database, timeout=0, isolation_level=None)
    with unit_of_work(), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    other.execute("BEGIN IMMEDIATE")
    other.close()


def test_commits_are_real_in_a_database_of_ones_own(real_database):
    with unit_of_work():
        put("a", 1)
    with db.engine.connect() as connection:
        found = connection.execute(select(Setting.name)).scalars().all()

    assert found == ["a"]


@pytest.mark.only_on("postgresql")
def test_on_postgresql_only_a_unit_of_work_writes(real_database):
    """Reading takes no transaction, so a stray write would be kept without anybody's commit."""
    with pytest.raises(InternalError, match="read-only"):
        db.session.execute(insert(Setting).values(name="a", value=1))
    db.session.rollback()
    with unit_of_work():
        put("a", 2)
    assert db.session.scalar(select(func.count()).select_from(Setting)) == 1


@pytest.mark.only_on("postgresql")
def test_on_postgresql_a_connection_that_was_cut_while_it_rested_is_replaced(real_database, monkeypatch):
    monkeypatch.setattr("app.core.db.PING_AFTER", 0)
    mine = db.session.scalar(text("SELECT pg_backend_pid()"))
    db.session.rollback()
    with create_engine(real_database).connect() as other:
        other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": mine})

    assert db.session.scalar(text("SELECT pg_backend_pid()")) not in (None, mine)
