"""Record the questions that were answered before they were asked.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "deflections",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("content_id", ID, nullable=False),
        sa.Column("answer_id", ID, nullable=True),
        sa.Column("asked", sa.Text(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_deflections_person_id_people")),
        sa.ForeignKeyConstraint(
            ["content_id"],
            ["content_items.id"],
            name=op.f("fk_deflections_content_id_content_items"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["content_items.id"],
            name=op.f("fk_deflections_answer_id_content_items"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deflections")),
        sa.UniqueConstraint(
            "person_id", "content_id", "day", name=op.f("uq_deflections_person_id_content_id_day")
        ),
    )
    op.create_index(op.f("ix_deflections_answer_id"), "deflections", ["answer_id"])
    op.create_index(op.f("ix_deflections_content_id_person_id"), "deflections", ["content_id", "person_id"])
    op.create_index(op.f("ix_deflections_at"), "deflections", ["at"])


def downgrade() -> None:
    op.drop_table("deflections")
