"""Let topics be merged; remember periods of priority; let points say to whom something was done.

Revision ID: 0008
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0014"
branch_labels = None
depends_on = None

TO_SOMEBODY = sa.text("other_id IS NOT NULL")
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("topics") as table:
        table.add_column(sa.Column("merged_into_id", ID, nullable=True))
        table.add_column(sa.Column("merged_at", sa.BigInteger(), nullable=True))
        table.create_foreign_key(
            op.f("fk_topics_merged_into_id_topics"), "topics", ["merged_into_id"], ["id"]
        )
        table.create_index(op.f("ix_topics_merged_into_id"), ["merged_into_id"])
        table.create_check_constraint(op.f("ck_topics_not_into_itself"), "merged_into_id <> id")
        table.create_check_constraint(
            op.f("ck_topics_merged_at_a_moment"), "(merged_into_id IS NULL) = (merged_at IS NULL)"
        )
    op.create_table(
        "topic_givers",
        sa.Column("content_id", ID, nullable=False),
        sa.Column("topic_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("origin", sa.String(length=8), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["content_id"], ["content_items.id"], name=op.f("fk_topic_givers_content_id_content_items"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name=op.f("fk_topic_givers_topic_id_topics")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_topic_givers_person_id_people")),
        sa.PrimaryKeyConstraint("content_id", "topic_id", "person_id", name=op.f("pk_topic_givers")),
    )  # fmt: skip
    for column in ("topic_id", "person_id"):
        op.create_index(op.f(f"ix_topic_givers_{column}"), "topic_givers", [column])
    op.create_table(
        "priority_periods",
        sa.Column("id", ID, nullable=False),
        sa.Column("topic_id", ID, nullable=False),
        sa.Column("begins", sa.BigInteger(), nullable=False),
        sa.Column("ends", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topics.id"], name=op.f("fk_priority_periods_topic_id_topics"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_priority_periods")),
    )
    op.create_index(op.f("ix_priority_periods_topic_id"), "priority_periods", ["topic_id"])
    op.execute(
        "INSERT INTO priority_periods (topic_id, begins, ends) SELECT topic_id, chosen_at, until FROM priority_topics"
    )
    # Added to the table as it stands: made anew it would lose its triggers.
    op.add_column("reputation_entries", sa.Column("other_id", ID, nullable=True))
    op.create_index(
        "ix_reputation_entries_pair",
        "reputation_entries",
        ["person_id", "other_id", "happened_at"],
        sqlite_where=TO_SOMEBODY,
        postgresql_where=TO_SOMEBODY,
    )


def downgrade() -> None:
    op.drop_index("ix_reputation_entries_pair", "reputation_entries")
    op.drop_column("reputation_entries", "other_id")
    op.drop_table("priority_periods")
    op.drop_table("topic_givers")
    with op.batch_alter_table("topics") as table:
        table.drop_constraint(op.f("ck_topics_merged_at_a_moment"), type_="check")
        table.drop_constraint(op.f("ck_topics_not_into_itself"), type_="check")
        table.drop_index(op.f("ix_topics_merged_into_id"))
        table.drop_constraint(op.f("fk_topics_merged_into_id_topics"), type_="foreignkey")
        table.drop_column("merged_at")
        table.drop_column("merged_into_id")
