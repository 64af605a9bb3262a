"""Doing a thing once though it is asked twice: phones on bad Wi-Fi send again.

A key is chosen by the client for one intended act, is unique per person, and is kept with its outcome for a month:
a phone may lie in a locker over a holiday with what was written on it (docs/unsent.md).
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Identity, Model, Moment, db
from app.core.unit_of_work import unit_of_work
from app.core.upsert import insert

#: Scripts stop sending by themselves sooner (static/js/unsent/store.js), so no key is asked for that was forgotten.
KEEP = 30 * clock.DAY


class IdempotencyKey(Model):
    """One act a person asked for, and what came of it."""

    __tablename__ = "idempotency_keys"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(120))
    #: What was made, e.g. a public id.
    outcome: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[int] = mapped_column(Moment)

    __table_args__ = (UniqueConstraint("person_id", "key"), Index(None, "created_at"))


def once(person_id: int, key: str | None, act: Callable[[], str]) -> tuple[str, bool]:
    """Run `act` unless this person's `key` already stands for one; (outcome, whether it was done now).

    The key and the act commit together: of two requests with one key at the same time the second waits for the first
    and gets its outcome. Without a key the act simply runs. One INSERT, and one UPDATE where there is an outcome;
    joins or opens a unit of work.
    """
    with unit_of_work():
        if not key:
            return act(), True
        claimed = db.session.execute(
            insert(IdempotencyKey)
            .values(person_id=person_id, key=key[:120], outcome="", created_at=clock.now())
            .on_conflict_do_nothing(index_elements=["person_id", "key"])
            .returning(IdempotencyKey.id)
        ).scalar()
        if claimed is None:
            mine = (IdempotencyKey.person_id == person_id, IdempotencyKey.key == key[:120])
            return db.session.scalars(select(IdempotencyKey.outcome).where(*mine)).one(), False
        outcome = act()
        if outcome:
            db.session.execute(
                update(IdempotencyKey).where(IdempotencyKey.id == claimed).values(outcome=outcome),
                execution_options={"synchronize_session": False},
            )
        return outcome, True


def outcome_of(person_id: int, key: str) -> str | None:
    """What came of this person's `key`; None when it stands for nothing yet. One SELECT."""
    mine = (IdempotencyKey.person_id == person_id, IdempotencyKey.key == key[:120])
    return db.session.scalars(select(IdempotencyKey.outcome).where(*mine)).first()


def forget(person_id: int, key: str) -> None:
    """Let `key` stand for nothing again, because what came of it is gone. One DELETE; joins or opens a unit of work."""
    with unit_of_work():
        mine = (IdempotencyKey.person_id == person_id, IdempotencyKey.key == key[:120])
        db.session.execute(delete(IdempotencyKey).where(*mine))


def forget_old() -> int:
    """Delete keys older than `KEEP`; how many."""
    with unit_of_work():
        result = db.session.execute(
            delete(IdempotencyKey).where(IdempotencyKey.created_at < clock.now() - KEEP)
        )
        return int(getattr(result, "rowcount", 0))
