"""Sum points by day and topic for leaderboards, and remember who is not shown in them.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

from app.reputation.models import day_sums_ddl

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
#: What the triggers would have written for the entries there are.
PAST = """
INSERT INTO reputation_days (topic_id, day, person_id, points)
SELECT topic_id, day, person_id, SUM(delta) FROM (
    SELECT 0 AS topic_id, day, person_id, delta FROM reputation_entries WHERE account = 'reputation'
    UNION ALL
    SELECT topic_id, day, person_id, delta FROM reputation_entries
    WHERE account = 'reputation' AND topic_id IS NOT NULL
) AS entries
WHERE delta <> 0
GROUP BY topic_id, day, person_id
"""


def upgrade() -> None:
    op.create_table(
        "reputation_days",
        sa.Column("topic_id", IDENTITY, autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", IDENTITY, autoincrement=False, nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_reputation_days_person_id_people"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("topic_id", "day", "person_id", name=op.f("pk_reputation_days")),
        sqlite_with_rowid=False,
    )
    op.execute(PAST)
    op.create_index(op.f("ix_reputation_days_person_id"), "reputation_days", ["person_id"], unique=False)
    op.create_table(
        "reputation_optouts",
        sa.Column("person_id", IDENTITY, nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_reputation_optouts_person_id_people"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_reputation_optouts")),
    )
    for statement in day_sums_ddl(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER reputation_days_kept ON reputation_entries")
        op.execute("DROP FUNCTION keep_reputation_days")
    else:
        op.execute("DROP TRIGGER reputation_days_kept")
    op.drop_table("reputation_optouts")
    op.drop_table("reputation_days")
