"""`flask doctor`: is everything as it should be? Exit code 1 when something is wrong."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import click
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from flask.cli import with_appcontext
from redis import Redis
from sqlalchemy import func, select, text

from app.core import clock
from app.core.db import db
from app.core.outbox import OutboxDelivery, backlog
from app.reputation import queries as reputation
from app.search import service as search
from config import ROOT, Config, check

#: Less free space than this is an alarm, in bytes.
LEAST_FREE = 1024**3
#: A delivery that waits longer than this means that no worker runs.
LONGEST_WAIT = 5 * clock.MINUTE

_Check = Callable[[Config], Iterator["Finding"]]


@dataclass(frozen=True)
class Finding:
    """What one check found."""

    subject: str
    fine: bool
    words: str
    #: Fine so far, but something is to be done before long.
    warning: bool = False


@click.command("doctor")
@with_appcontext
def doctor() -> None:
    """Check configuration, database, search index, worker and disk; exit code 1 when something is wrong."""
    logging.getLogger("alembic.runtime").setLevel(logging.WARNING)  # says at every look which database it is
    config: Config = current_app.extensions["shopfloor_config"]
    findings: list[Finding] = []
    for inspect in _CHECKS:
        if inspect in _READ_TABLES and any(each.subject == "database" and not each.fine for each in findings):
            findings.append(Finding(_subject(inspect), False, "not looked at before the database is well"))
        else:
            findings += _safely(inspect, config)
    for finding in findings:
        click.echo(f"{_mark(finding)} {finding.subject}: {finding.words}")
    if not all(finding.fine for finding in findings):
        raise SystemExit(1)


def _mark(finding: Finding) -> str:
    if not finding.fine:
        return click.style("BAD ", fg="red", bold=True)
    return click.style("SOON", fg="yellow") if finding.warning else click.style("ok  ", fg="green")


def _safely(inspect: _Check, config: Config) -> list[Finding]:
    try:
        return list(inspect(config))
    except Exception as error:
        first_line = str(error).partition("\n")[0]
        return [Finding(_subject(inspect), False, f"the check failed: {type(error).__name__}: {first_line}")]


def _subject(inspect: _Check) -> str:
    return inspect.__name__.strip("_").replace("_", " ")


def _configuration(config: Config) -> Iterator[Finding]:
    problems = check(config)
    for problem in problems:
        yield Finding("configuration", False, problem)
    if not problems:
        yield Finding("configuration", True, f"{config.environment}, data in {config.data_path}")


def _database(config: Config) -> Iterator[Finding]:
    with db.engine.connect() as connection:
        at = MigrationContext.configure(connection).get_current_revision()
        head = ScriptDirectory(str(ROOT / "migrations")).get_current_head()
        words = f"{db.engine.dialect.name}, schema {at or 'missing'}"
        yield Finding(
            "database", at == head, words if at == head else f"{words}; run `flask db upgrade` (to {head})"
        )
        if db.engine.dialect.name == "sqlite":
            verdict = connection.execute(text("PRAGMA quick_check(1)")).scalar()
            yield Finding("database file", verdict == "ok", str(verdict))
            mode = connection.execute(text("PRAGMA journal_mode")).scalar()
            yield Finding("database journal", mode == "wal", str(mode))


def _search_index(config: Config) -> Iterator[Finding]:
    status = search.status()
    yield Finding("search index", status.healthy, status.words, status.warning)


def _redis(config: Config) -> Iterator[Finding]:
    """Only where there is one: nothing is lost without it, but pages are not live and no job is begun."""
    if not config.redis_url:
        return
    with Redis.from_url(config.redis_url, socket_connect_timeout=3, socket_timeout=3) as asked:
        asked.ping()
    yield Finding("redis", True, "answers")


def _worker(config: Config) -> Iterator[Finding]:
    waiting, given_up = backlog()
    oldest = db.session.scalar(select(func.min(OutboxDelivery.due_at)))
    late = oldest is not None and clock.now() - oldest > LONGEST_WAIT
    words = f"{waiting} deliveries wait"
    yield Finding(
        "worker", not late, f"{words}; the oldest for too long: is a worker running?" if late else words
    )
    yield Finding(
        "deliveries given up",
        given_up == 0,
        f"{given_up}; see the table outbox_deliveries, column error" if given_up else "none",
    )


def _reputation(config: Config) -> Iterator[Finding]:
    wrong = reputation.wrong_balances()
    words = f"{reputation.total_entries()} entries, every balance is their sum"
    yield Finding(
        "reputation",
        wrong == 0,
        f"{wrong} balances are not the sum of their entries; run `flask reputation verify`"
        if wrong
        else words,
    )


def _disk(config: Config) -> Iterator[Finding]:
    free = shutil.disk_usage(config.data_path).free
    yield Finding("disk", free > LEAST_FREE, f"{free / 1024**3:.1f} GiB free at {config.data_path}")
    writable = os.access(config.data_path, os.W_OK)
    yield Finding("data folder", writable, "writable" if writable else "this user can't write to it")


_CHECKS: tuple[_Check, ...] = (
    _configuration,
    _database,
    _search_index,
    _redis,
    _worker,
    _reputation,
    _disk,
)
#: Checks that have nothing to say before the tables are there.
_READ_TABLES: tuple[_Check, ...] = (_search_index, _worker, _reputation)
