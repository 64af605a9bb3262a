"""The audit log: who changed what that matters, kept for ever. Append-only: the database refuses UPDATE and DELETE."""

from __future__ import annotations

from typing import Any

from sqlalchemy import DDL, JSON, ForeignKey, Index, String, event
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Identity, Model, Moment, db


class AuditEntry(Model):
    """One act. The subject is a readable address, "person:1042" or "item:Xy…": entries outlive what they name."""

    __tablename__ = "audit_entries"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    happened_at: Mapped[int] = mapped_column(Moment)
    #: Who did it; NULL for a command or job.
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    #: What was done: "content.hidden", "role.granted", "session.ended", …
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(120))
    #: Facts that explain it; never passwords or tokens.
    details: Mapped[dict[str, Any]] = mapped_column(JSON)

    __table_args__ = (
        Index(None, "subject", "happened_at"),
        Index(None, "actor_id", "happened_at"),
        Index(None, "happened_at"),
    )


def record(action: str, subject: str, *, actor_id: int | None, **details: Any) -> None:
    """Add an entry to the open unit of work. One INSERT."""
    db.session.add(
        AuditEntry(
            happened_at=clock.now(), actor_id=actor_id, action=action, subject=subject, details=details
        )
    )


#: Statements that make a table append-only, by dialect; migrations execute them too.
def append_only_ddl(table: str, dialect: str) -> list[str]:
    """The triggers that refuse UPDATE and DELETE on `table`."""
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for verb in ("update", "delete")
        ]
    return [
        f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$",
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_append_only()",
    ]


def no_replacing_ddl(table: str, dialect: str) -> list[str]:
    """The triggers that refuse what UPDATE and DELETE triggers do not see, after those of `append_only_ddl`.

    PostgreSQL empties a table by TRUNCATE; SQLite puts another row in the place of one by INSERT OR REPLACE, for which
    it fires DELETE triggers only on connections that ask for it, as ours do (`recursive_triggers`).
    """
    if dialect == "sqlite":
        known = f"SELECT id FROM {table}"  # noqa: S608 - names of our own tables
        return [
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN NEW.id IN ({known}) "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        ]
    return [
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()"
    ]


for _dialect in ("sqlite", "postgresql"):
    for _statement in (
        *append_only_ddl("audit_entries", _dialect),
        *no_replacing_ddl("audit_entries", _dialect),
    ):
        event.listen(
            AuditEntry.__table__,
            "after_create",
            DDL(_statement.replace("%", "%%")).execute_if(dialect=_dialect),  # type: ignore[no-untyped-call]
        )
