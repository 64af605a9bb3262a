"""Tables of rules, entries, balances, sums of days, acts that wait, and who is not shown."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    DDL,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    event,
    func,
    literal_column,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core.audit import append_only_ddl, no_replacing_ddl
from app.core.db import Identity, Model, Moment

#: Accounts of a person: never spent, and made to be spent.
REPUTATION = "reputation"
BONUS = "bonus"

#: Who of an act a rule pays: who did it, or whom it was done for.
DOER = "doer"
OTHER = "other"

#: The act of rules that came with an imported site. No act is of this kind: they pay for nothing done here.
ELSEWHERE = "se.vote"

#: The acts of the rules that entries for orders and for expired points name. Nobody sets them, and they pay nothing.
ORDERING = "ordering"
EXPIRY = "expiry"
#: Acts of rules that are not for editors to set.
NOT_SET = (ELSEWHERE, ORDERING, EXPIRY)
#: Those rules, by their codes.
ORDERED = "reward_ordered"
LAPSED = "bonus_expired"

#: The accounts on the other side of an entry: where points come from and where they go.
ISSUE = "issue"
SPENT = "spent"
EXPIRED = "expired"


class Rule(Model):
    """One version of a rule; in force from its date until the next version's. Append-only."""

    __tablename__ = "reputation_rules"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    #: Which rule: "answer_accepted".
    code: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    #: How editors call a rule they made themselves; the words of others are made from their terms.
    title: Mapped[str] = mapped_column(String(80), default="", server_default="")
    #: The act it pays for: "accepted".
    act: Mapped[str] = mapped_column(String(20))
    #: Of thanks: the code of the one badge it pays for, in the place of rules for any badge.
    only_for: Mapped[str | None] = mapped_column(String(40))
    #: "doer" or "other".
    pays: Mapped[str] = mapped_column(String(8))
    #: "reputation" or "bonus".
    account: Mapped[str] = mapped_column(String(12), default=REPUTATION)
    #: 0 switches the rule off.
    points: Mapped[int]
    #: At most so many points a person a day; NULL for no limit.
    daily_cap: Mapped[int | None]
    #: Per cent of the points in priority topics.
    priority_percent: Mapped[int] = mapped_column(default=100)
    #: Whether it pays in priority topics alone.
    only_priority: Mapped[bool] = mapped_column(default=False)
    valid_from: Mapped[int] = mapped_column(Moment)
    #: Last moment of a rule made for a period, or NULL.
    valid_until: Mapped[int | None] = mapped_column(Moment)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    made_at: Mapped[int] = mapped_column(Moment)

    __table_args__ = (
        UniqueConstraint("code", "version"),
        CheckConstraint("pays IN ('doer', 'other')", name="pays"),
        CheckConstraint("account IN ('reputation', 'bonus')", name="account"),
        CheckConstraint("points >= 0 AND priority_percent >= 0", name="never_negative"),
        Index(None, "act", "valid_from"),
    )


_OF_BONUS = text("account = 'bonus'")
_TO_SOMEBODY = text("other_id IS NOT NULL")


class Entry(Model):
    """Points given to a person, or taken back. Append-only.

    Each is a double entry: `delta` on the person's account, the opposite on `against`, so all accounts add up to zero.
    """

    __tablename__ = "reputation_entries"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    account: Mapped[str] = mapped_column(String(12), default=REPUTATION)
    against: Mapped[str] = mapped_column(String(12), default=ISSUE)
    delta: Mapped[int]
    #: Whether the fact stands after it; false for an entry that takes back.
    gives: Mapped[bool]
    rule_id: Mapped[int] = mapped_column(ForeignKey("reputation_rules.id"), index=True)
    #: The rule's code, over all its versions.
    rule: Mapped[str] = mapped_column(String(40))
    #: What was done, by whom, to what: "liked:17:4:9".
    fact: Mapped[str] = mapped_column(String(80))
    #: What made the entry: "event:512", "waited:3", "settled".
    source: Mapped[str] = mapped_column(String(80))
    #: The entry whose effect this one undoes; a restored fact undoes the reversal.
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("reputation_entries.id"), unique=True)
    #: Why it is less than the rule says: "", "same_pair", "daily_cap".
    limited: Mapped[str] = mapped_column(String(12), default="")
    #: Who did it; another than `person_id` when it was done for them. Acts between the same two count less and less.
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    #: Whom it was done to, when it pays who did it; not a foreign key. That counts less and less as well.
    other_id: Mapped[int | None] = mapped_column(Identity)
    #: What it was done to, and a topic of it. Not foreign keys: entries outlive what they name.
    content_id: Mapped[int | None] = mapped_column(Identity)
    topic_id: Mapped[int | None] = mapped_column(Identity)
    #: Whether a topic of it was a priority topic.
    priority: Mapped[bool] = mapped_column(default=False)
    #: When the act was done.
    happened_at: Mapped[int] = mapped_column(Moment)
    #: The day of the act, in days since the epoch, as the company counts days: caps are a day's.
    day: Mapped[int]
    recorded_at: Mapped[int] = mapped_column(Moment)

    __table_args__ = (
        UniqueConstraint("source", "fact", "rule", "person_id"),
        CheckConstraint("account IN ('reputation', 'bonus')", name="account"),
        Index(None, "person_id", "id"),
        Index(None, "person_id", "rule", "day"),
        Index(None, "person_id", "actor_id", "happened_at"),
        Index(
            "ix_reputation_entries_pair",
            "person_id",
            "other_id",
            "happened_at",
            sqlite_where=_TO_SOMEBODY,
            postgresql_where=_TO_SOMEBODY,
        ),
        Index(None, "content_id"),
        Index(None, "happened_at"),
        Index(
            "ix_reputation_entries_bonus",
            "person_id",
            "id",
            sqlite_where=_OF_BONUS,
            postgresql_where=_OF_BONUS,
        ),
    )


#: The rule of entries of bonus points, said as the index of them says it.
IS_BONUS = Entry.account == literal_column("'bonus'")

#: An `Entry` that reverses nothing. Written so that SQLite does not take the unique index of `reverses_id` for the best
#: one, and walk through every entry.
GIVES_FIRST = func.coalesce(Entry.reverses_id, 0) == 0


class Balance(Model):
    """What a person's entries of an account add up to; written with them, checked by `flask reputation verify`."""

    __tablename__ = "reputation_balances"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    account: Mapped[str] = mapped_column(String(12), primary_key=True)
    points: Mapped[int] = mapped_column(default=0)

    __table_args__ = (Index(None, "account", "points"),)


class WaitingAct(Model):
    """An act by a newcomer: it pays when they have been here a little."""

    __tablename__ = "reputation_waiting"
    fact: Mapped[str] = mapped_column(String(80), primary_key=True)
    content_id: Mapped[int] = mapped_column(ForeignKey("content_items.id", ondelete="CASCADE"), index=True)
    doer_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    due_at: Mapped[int] = mapped_column(Moment, index=True)


class DaySum(Model):
    """What a person's entries of reputation for a day's acts add up to; of one topic, or of all (topic 0).

    Triggers write it (see `day_sums_ddl`), so that nobody who writes entries in bulk can forget it.
    """

    __tablename__ = "reputation_days"
    topic_id: Mapped[int] = mapped_column(Identity, primary_key=True, autoincrement=False)
    day: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, autoincrement=False, index=True
    )
    points: Mapped[int]

    __table_args__ = {"sqlite_with_rowid": False}


class OptOut(Model):
    """Somebody who does not want to be shown in leaderboards."""

    __tablename__ = "reputation_optouts"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    since: Mapped[int] = mapped_column(Moment)


#: Sums of days are kept once for all rows of a statement: once for each took longer than writing them.
_KEEP_DAYS = """
INSERT INTO reputation_days (topic_id, day, person_id, points)
SELECT topic_id, day, person_id, SUM(delta) FROM (
    SELECT 0 AS topic_id, day, person_id, delta FROM made WHERE account = 'reputation' AND delta <> 0
    UNION ALL
    SELECT topic_id, day, person_id, delta FROM made
    WHERE account = 'reputation' AND delta <> 0 AND topic_id IS NOT NULL
) AS sums
GROUP BY topic_id, day, person_id
ORDER BY topic_id, day, person_id
ON CONFLICT (topic_id, day, person_id) DO UPDATE SET points = reputation_days.points + excluded.points;
"""


def day_sums_ddl(dialect: str) -> list[str]:
    """The triggers that keep `reputation_days` equal to the entries; migrations execute them too."""
    if dialect == "sqlite":
        more = "ON CONFLICT (topic_id, day, person_id) DO UPDATE SET points = points + excluded.points;"
        into = "INSERT INTO reputation_days (topic_id, day, person_id, points)"
        keep = (
            f"{into} VALUES (0, NEW.day, NEW.person_id, NEW.delta) {more} "
            f"{into} SELECT NEW.topic_id, NEW.day, NEW.person_id, NEW.delta WHERE NEW.topic_id IS NOT NULL {more}"
        )
        counts = "NEW.account = 'reputation' AND NEW.delta <> 0"
        return [
            f"CREATE TRIGGER reputation_days_kept AFTER INSERT ON reputation_entries WHEN {counts} BEGIN {keep} END"
        ]
    return [
        f"CREATE FUNCTION keep_reputation_days() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {_KEEP_DAYS} RETURN NULL; END $$",
        "CREATE TRIGGER reputation_days_kept AFTER INSERT ON reputation_entries "
        "REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION keep_reputation_days()",
    ]


def _append_only(table: Any) -> None:
    for dialect in ("sqlite", "postgresql"):
        for statement in (*append_only_ddl(table.name, dialect), *no_replacing_ddl(table.name, dialect)):
            ddl = DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
            event.listen(table, "after_create", ddl.execute_if(dialect=dialect))


_append_only(Rule.__table__)
_append_only(Entry.__table__)

for _dialect in ("sqlite", "postgresql"):
    for _statement in day_sums_ddl(_dialect):
        _trigger = DDL(_statement)  # type: ignore[no-untyped-call]
        event.listen(Entry.__table__, "after_create", _trigger.execute_if(dialect=_dialect))
