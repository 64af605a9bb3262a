"""Add the reputation ledger with the rules it begins with.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

from app.core.audit import append_only_ddl

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

APPEND_ONLY = ("reputation_rules", "reputation_entries")
#: Code, act, whom it pays, points, at most a day, per cent in priority topics.
RULES = (
    ("news_published", "published", "doer", 10, 50, 100),
    ("question_asked", "asked", "doer", 2, 10, 100),
    ("photo_added", "photo", "doer", 5, 15, 100),
    ("topic_given", "topic_given", "doer", 7, 21, 100),
    ("comment_written", "commented", "doer", 2, 20, 150),
    ("answer_written", "answered", "doer", 4, 40, 150),
    ("answer_chosen", "accepted", "doer", 2, 10, 100),
    ("answer_accepted", "accepted", "other", 25, None, 100),
    ("useful_like", "liked", "other", 1, 30, 100),
)


def upgrade() -> None:
    op.create_table(
        "reputation_balances",
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account", sa.String(length=12), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_reputation_balances_person_id_people"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", "account", name=op.f("pk_reputation_balances")),
    )
    with op.batch_alter_table("reputation_balances", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reputation_balances_account_points"), ["account", "points"], unique=False
        )

    op.create_table(
        "reputation_rules",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("pays", sa.String(length=8), nullable=False),
        sa.Column("account", sa.String(length=12), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("daily_cap", sa.Integer(), nullable=True),
        sa.Column("priority_percent", sa.Integer(), nullable=False),
        sa.Column("only_priority", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.BigInteger(), nullable=False),
        sa.Column("valid_until", sa.BigInteger(), nullable=True),
        sa.Column("made_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("account IN ('reputation', 'bonus')", name=op.f("ck_reputation_rules_account")),
        sa.CheckConstraint("pays IN ('doer', 'other')", name=op.f("ck_reputation_rules_pays")),
        sa.CheckConstraint(
            "points >= 0 AND priority_percent >= 0", name=op.f("ck_reputation_rules_never_negative")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name=op.f("fk_reputation_rules_made_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reputation_rules")),
        sa.UniqueConstraint("code", "version", name=op.f("uq_reputation_rules_code_version")),
    )
    with op.batch_alter_table("reputation_rules", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reputation_rules_act_valid_from"), ["act", "valid_from"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_reputation_rules_made_by"), ["made_by"], unique=False)

    op.create_table(
        "reputation_entries",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account", sa.String(length=12), nullable=False),
        sa.Column("against", sa.String(length=12), nullable=False),
        sa.Column("delta", sa.Integer(), nullable=False),
        sa.Column("gives", sa.Boolean(), nullable=False),
        sa.Column("rule_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("fact", sa.String(length=80), nullable=False),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("reverses_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("limited", sa.String(length=12), nullable=False),
        sa.Column("actor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("content_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("topic_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("priority", sa.Boolean(), nullable=False),
        sa.Column("happened_at", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("account IN ('reputation', 'bonus')", name=op.f("ck_reputation_entries_account")),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["people.id"], name=op.f("fk_reputation_entries_actor_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_reputation_entries_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"],
            ["reputation_entries.id"],
            name=op.f("fk_reputation_entries_reverses_id_reputation_entries"),
        ),
        sa.ForeignKeyConstraint(
            ["rule_id"], ["reputation_rules.id"], name=op.f("fk_reputation_entries_rule_id_reputation_rules")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reputation_entries")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_reputation_entries_reverses_id")),
        sa.UniqueConstraint(
            "source",
            "fact",
            "rule",
            "person_id",
            name=op.f("uq_reputation_entries_source_fact_rule_person_id"),
        ),
    )
    with op.batch_alter_table("reputation_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reputation_entries_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reputation_entries_content_id"), ["content_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reputation_entries_happened_at"), ["happened_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_reputation_entries_person_id_actor_id_happened_at"),
            ["person_id", "actor_id", "happened_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_reputation_entries_person_id_id"), ["person_id", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_reputation_entries_person_id_rule_day"), ["person_id", "rule", "day"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_reputation_entries_rule_id"), ["rule_id"], unique=False)

    op.create_table(
        "reputation_waiting",
        sa.Column("fact", sa.String(length=80), nullable=False),
        sa.Column("content_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("doer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["content_id"],
            ["content_items.id"],
            name=op.f("fk_reputation_waiting_content_id_content_items"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["doer_id"], ["people.id"], name=op.f("fk_reputation_waiting_doer_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("fact", name=op.f("pk_reputation_waiting")),
    )
    with op.batch_alter_table("reputation_waiting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reputation_waiting_content_id"), ["content_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reputation_waiting_doer_id"), ["doer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reputation_waiting_due_at"), ["due_at"], unique=False)
    for table in APPEND_ONLY:
        for statement in append_only_ddl(table, op.get_bind().dialect.name):
            op.execute(statement)
    rules = sa.table(
        "reputation_rules",
        *(sa.column(name) for name in ("code", "version", "act", "pays", "account", "points", "daily_cap")),
        *(sa.column(name) for name in ("priority_percent", "only_priority", "valid_from", "made_at")),
    )
    same = {"version": 1, "account": "reputation", "only_priority": False, "valid_from": 0, "made_at": 0}
    op.bulk_insert(
        rules,
        [
            {
                "code": code, "act": act, "pays": pays, "points": points, "daily_cap": cap, "priority_percent": percent,
                **same,
            }
            for code, act, pays, points, cap, percent in RULES
        ],
    )  # fmt: skip


def downgrade() -> None:
    with op.batch_alter_table("reputation_waiting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reputation_waiting_due_at"))
        batch_op.drop_index(batch_op.f("ix_reputation_waiting_doer_id"))
        batch_op.drop_index(batch_op.f("ix_reputation_waiting_content_id"))

    op.drop_table("reputation_waiting")
    with op.batch_alter_table("reputation_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reputation_entries_rule_id"))
        batch_op.drop_index(batch_op.f("ix_reputation_entries_person_id_rule_day"))
        batch_op.drop_index(batch_op.f("ix_reputation_entries_person_id_id"))
        batch_op.drop_index(batch_op.f("ix_reputation_entries_person_id_actor_id_happened_at"))
        batch_op.drop_index(batch_op.f("ix_reputation_entries_happened_at"))
        batch_op.drop_index(batch_op.f("ix_reputation_entries_content_id"))
        batch_op.drop_index(batch_op.f("ix_reputation_entries_actor_id"))

    op.drop_table("reputation_entries")
    with op.batch_alter_table("reputation_rules", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reputation_rules_made_by"))
        batch_op.drop_index(batch_op.f("ix_reputation_rules_act_valid_from"))

    op.drop_table("reputation_rules")
    with op.batch_alter_table("reputation_balances", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reputation_balances_account_points"))

    op.drop_table("reputation_balances")
    if op.get_bind().dialect.name == "postgresql":
        for table in APPEND_ONLY:
            op.execute(f"DROP FUNCTION {table}_append_only()")
