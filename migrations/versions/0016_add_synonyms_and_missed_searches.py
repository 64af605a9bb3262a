"""Keep which words mean the same in search, and what was looked for in vain.

Revision ID: 0016
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0018"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "synonym_groups",
        sa.Column("id", ID, nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synonym_groups")),
    )
    op.create_table(
        "synonyms",
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("written", sa.String(60), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["synonym_groups.id"],
            name=op.f("fk_synonyms_group_id_synonym_groups"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_synonyms")),
    )
    op.create_index(op.f("ix_synonyms_group_id"), "synonyms", ["group_id"])
    op.create_table(
        "missed_searches",
        sa.Column("id", ID, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("words", sa.String(120), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_missed_searches")),
        sa.UniqueConstraint("digest", name=op.f("uq_missed_searches_digest")),
    )
    op.create_table(
        "missed_days",
        sa.Column("missed_id", ID, nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("askers", sa.Integer(), nullable=False),
        sa.CheckConstraint("times > 0", name=op.f("ck_missed_days_times")),
        sa.CheckConstraint("askers BETWEEN 1 AND 255", name=op.f("ck_missed_days_askers")),
        sa.ForeignKeyConstraint(
            ["missed_id"],
            ["missed_searches.id"],
            name=op.f("fk_missed_days_missed_id_missed_searches"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("missed_id", "day", name=op.f("pk_missed_days")),
    )
    op.create_index(op.f("ix_missed_days_day"), "missed_days", ["day"])


def downgrade() -> None:
    for table in ("missed_days", "missed_searches", "synonyms", "synonym_groups"):
        op.drop_table(table)
