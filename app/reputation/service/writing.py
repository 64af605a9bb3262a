"""Writing to the ledger: hold balances, add an entry, reverse one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, Select, select

from app.core import clock
from app.core.db import db
from app.core.upsert import insert
from app.reputation.models import REPUTATION, Balance, Entry

#: What an entry has in common with the one it reverses.
_COPIED = (
    "person_id", "account", "against", "rule_id", "rule", "fact", "actor_id", "other_id", "content_id",
    "topic_id", "priority", "happened_at", "day",
)  # fmt: skip


def hold(people: set[int]) -> dict[int, int]:
    """Make the balances of these people and hold them, so that whoever writes their entries takes turns; what each has.

    The balance of reputation stands for all accounts of a person.
    """
    if not people:
        return {}
    rows = [{"person_id": each, "account": REPUTATION, "points": 0} for each in sorted(people)]
    db.session.execute(insert(Balance).on_conflict_do_nothing(), rows)
    held = db.session.execute(balances_of(people).order_by(Balance.person_id).with_for_update())
    return {row.person_id: row.points for row in held}


def balances_of(people: Iterable[int]) -> Select[int, int]:
    """The statement that reads the reputation of these people."""
    mine = (Balance.person_id.in_(people), Balance.account == REPUTATION)
    return select(Balance.person_id, Balance.points).where(*mine)


def undo(last: Row[Any], source: str, *, actor_id: int | None = None) -> tuple[int, str]:
    """Write the opposite of an entry: take back what it gave, or give back what it took; whose and of which account.

    `actor_id` is who did it, when it was not who did the act.
    """
    kept = {name: getattr(last, name) for name in _COPIED}
    if actor_id is not None:
        kept["actor_id"] = actor_id
    write(
        {
            **kept, "delta": -last.delta, "gives": not last.gives, "source": source, "reverses_id": last.id,
            "limited": last.limited, "recorded_at": clock.now(),
        }
    )  # fmt: skip
    return last.person_id, last.account


def write(values: dict[str, Any]) -> None:
    """Add an entry, unless the same source has written it before, and its points to the balance."""
    written = db.session.scalar(insert(Entry).values(values).on_conflict_do_nothing().returning(Entry.id))
    if written is None:
        return
    row = {"person_id": values["person_id"], "account": values["account"], "points": values["delta"]}
    more = insert(Balance).values(row)
    db.session.execute(
        more.on_conflict_do_update(
            index_elements=["person_id", "account"], set_={"points": Balance.points + more.excluded.points}
        )
    )
