"""Add rewards, their orders and reminders, and the rules that entries for them name.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OF_BONUS = sa.text("account = 'bonus'")
RULES = tuple(
    {
        "code": code, "version": 1, "act": act, "pays": "doer", "account": "bonus", "points": 0, "daily_cap": None,
        "priority_percent": 100, "only_priority": False, "valid_from": 0, "made_at": 0,
    }
    for code, act in (("reward_ordered", "ordering"), ("bonus_expired", "expiry"))
)  # fmt: skip


def upgrade() -> None:
    op.create_index(
        "ix_reputation_entries_bonus",
        "reputation_entries",
        ["person_id", "id"],
        sqlite_where=OF_BONUS,
        postgresql_where=OF_BONUS,
    )
    op.create_table(
        "rewards",
        sa.Column("id", ID, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("title_ru", sa.String(length=80), nullable=False),
        sa.Column("title_en", sa.String(length=80), nullable=False),
        sa.Column("terms_ru", sa.Text(), nullable=False),
        sa.Column("terms_en", sa.Text(), nullable=False),
        sa.Column("drawing", sa.String(length=40), nullable=False),
        sa.Column("picture_id", ID, nullable=True),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("region_id", ID, nullable=True),
        sa.Column("shop_format", sa.String(length=40), nullable=True),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("active_from", sa.BigInteger(), nullable=True),
        sa.Column("active_until", sa.BigInteger(), nullable=True),
        sa.Column("retired_at", sa.BigInteger(), nullable=True),
        sa.Column("made_by", ID, nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("price > 0", name=op.f("ck_rewards_price")),
        sa.CheckConstraint(
            "taken >= 0 AND (total IS NULL OR taken <= total)", name=op.f("ck_rewards_never_oversold")
        ),
        sa.CheckConstraint("level BETWEEN 0 AND 3", name=op.f("ck_rewards_level")),
        sa.ForeignKeyConstraint(["picture_id"], ["files.id"], name=op.f("fk_rewards_picture_id_files")),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_rewards_region_id_regions")),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name=op.f("fk_rewards_made_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rewards")),
        sa.UniqueConstraint("public_id", name=op.f("uq_rewards_public_id")),
    )
    for column in ("picture_id", "region_id", "made_by"):
        op.create_index(op.f(f"ix_rewards_{column}"), "rewards", [column])
    op.create_table(
        "reward_orders",
        sa.Column("id", ID, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("reward_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("ordered_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_by", ID, nullable=True),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.CheckConstraint(
            "state IN ('ordered', 'approved', 'handed_out', 'closed', 'cancelled')",
            name=op.f("ck_reward_orders_state"),
        ),
        sa.CheckConstraint("price > 0", name=op.f("ck_reward_orders_price")),
        sa.ForeignKeyConstraint(
            ["reward_id"], ["rewards.id"], name=op.f("fk_reward_orders_reward_id_rewards")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_reward_orders_person_id_people")),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["people.id"], name=op.f("fk_reward_orders_changed_by_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reward_orders")),
        sa.UniqueConstraint("public_id", name=op.f("uq_reward_orders_public_id")),
    )
    op.create_index(op.f("ix_reward_orders_reward_id"), "reward_orders", ["reward_id"])
    op.create_index(op.f("ix_reward_orders_changed_by"), "reward_orders", ["changed_by"])
    op.create_index(op.f("ix_reward_orders_person_id_id"), "reward_orders", ["person_id", "id"])
    op.create_index(op.f("ix_reward_orders_state_id"), "reward_orders", ["state", "id"])
    op.create_table(
        "bonus_reminders",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("until", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("days", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reminded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_bonus_reminders_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "until", "days", name=op.f("pk_bonus_reminders")),
    )
    # Rules are never deleted, so an earlier upgrade may have left them.
    rules = sa.table("reputation_rules", *(sa.column(name) for name in RULES[0]))
    known = set(op.get_bind().execute(sa.select(rules.c.code)).scalars())
    if missing := [rule for rule in RULES if rule["code"] not in known]:
        op.bulk_insert(rules, missing)


def downgrade() -> None:
    op.drop_table("bonus_reminders")
    op.drop_table("reward_orders")
    op.drop_table("rewards")
    op.drop_index("ix_reputation_entries_bonus", "reputation_entries")
