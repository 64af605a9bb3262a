"""Running consequences in tests."""

from __future__ import annotations

import json
from collections.abc import Iterable, Set
from typing import Any

from sqlalchemy import JSON, select, update

from app.core import clock, outbox
from app.core.db import db
from app.core.outbox import OutboxDelivery
from app.core.unit_of_work import unit_of_work

#: Tables that record the deliveries themselves.
BOOKKEEPING = frozenset({"outbox_events", "outbox_deliveries"})


def deliver_twice(listener: str, *, counting_up: str = "") -> None:
    """Deliver all that is due, then give `listener` its events once more, as after a crash before the record.

    Fails unless there was an event for it, and unless the second time changed not a single row. Say the listener's
    name as a literal: the architecture tests look for a call with each name. `counting_up` names a column whose only
    meaning is that it grows ("content_items.version"): growing once more does no harm.
    """
    with clock.frozen(clock.now()):
        outbox.run_due()
        mine = OutboxDelivery.listener == listener
        ids = list(db.session.scalars(select(OutboxDelivery.id).where(mine)))
        assert ids, f"nothing was emitted for the listener {listener}"
        assert undelivered() == [], "a listener failed"
        before = every_row(counting_up)
        with unit_of_work():
            db.session.execute(
                update(OutboxDelivery).where(mine).values(delivered_at=None, due_at=clock.now())
            )
        for delivery_id in ids:
            assert outbox.deliver(delivery_id)
        outbox.run_due()
        assert every_row(counting_up) == before


def undelivered() -> list[str]:
    """Names of listeners whose deliveries have failed, with the reason."""
    failed = select(OutboxDelivery).where(OutboxDelivery.delivered_at.is_(None))
    return [f"{row.listener}: {row.error}" for row in db.session.scalars(failed)]


def every_row(but: str = "") -> dict[str, list[tuple[Any, ...]]]:
    """The whole database, table by table, but for the outbox's own bookkeeping and the column `but`.

    As the driver gives it: building a hundred expressions would take longer than all else that tests of listeners do.
    """
    connection = db.session.connection()
    rows = {}
    for table in db.metadata.tables.values():
        if table.name not in BOOKKEEPING:
            columns = [column for column in table.c if str(column) != but]
            names = ", ".join(f'"{column.name}"' for column in columns)
            written = {
                place
                for place, column in enumerate(columns)
                if isinstance(column.type, JSON) and connection.dialect.name == "sqlite"
            }
            found = connection.exec_driver_sql(f'SELECT {names} FROM "{table.name}"')
            rows[table.name] = sorted((_read(row, written) for row in found), key=repr)
    return rows


def _read(row: Iterable[Any], written: Set[int]) -> tuple[Any, ...]:
    """The row, with what SQLite keeps as JSON in `written` places read, so that its words can be found."""
    return tuple(
        json.loads(value) if place in written and isinstance(value, str) else value
        for place, value in enumerate(row)
    )
