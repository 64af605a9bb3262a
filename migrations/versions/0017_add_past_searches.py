"""Keep what people searched, for themselves.

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "past_searches",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("key", sa.String(300), nullable=False),
        sa.Column("words", sa.String(300), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_past_searches_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_searches")),
        sa.UniqueConstraint("person_id", "key", name=op.f("uq_past_searches_person_id_key")),
    )
    op.create_index(op.f("ix_past_searches_person_id_at"), "past_searches", ["person_id", "at"])
    op.create_index(op.f("ix_past_searches_at"), "past_searches", ["at"])
    op.create_table(
        "past_searches_off",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_past_searches_off_person_id_people"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_past_searches_off")),
    )


def downgrade() -> None:
    op.drop_table("past_searches_off")
    op.drop_table("past_searches")
