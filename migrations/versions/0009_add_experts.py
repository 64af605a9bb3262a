"""Add experts: strengths by person and topic, hidden topics, absences, and the title under people's names.

Revision ID: 0009
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0014"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _of(table: str, column: str, other: str) -> sa.Column:
    key = sa.ForeignKey(f"{other}.id", name=op.f(f"fk_{table}_{column}_{other}"), ondelete="CASCADE")
    return sa.Column(column, _ID, key, nullable=False)


def upgrade() -> None:
    op.create_table(
        "expertise",
        _of("expertise", "person_id", "people"),
        _of("expertise", "topic_id", "topics"),
        sa.Column("strength", sa.Float(53), nullable=False),
        sa.Column("givers", sa.Integer(), nullable=False),
        sa.Column("acts", sa.JSON(), nullable=False),
        sa.Column("title", sa.Integer(), nullable=False),
        sa.CheckConstraint("title BETWEEN 0 AND 3", name=op.f("ck_expertise_title")),
        sa.PrimaryKeyConstraint("person_id", "topic_id", name=op.f("pk_expertise")),
    )
    op.create_index(op.f("ix_expertise_topic_id_strength"), "expertise", ["topic_id", "strength"])
    op.create_table(
        "expertise_hidden",
        _of("expertise_hidden", "person_id", "people"),
        _of("expertise_hidden", "topic_id", "topics"),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "topic_id", name=op.f("pk_expertise_hidden")),
    )
    op.create_index(op.f("ix_expertise_hidden_topic_id"), "expertise_hidden", ["topic_id"])
    op.create_table(
        "expertise_absences",
        _of("expertise_absences", "person_id", "people"),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_expertise_absences")),
    )
    # Columns are added to the table as it stands: made anew it would lose its triggers.
    op.add_column("people", sa.Column("title", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("people", sa.Column("title_topics", sa.String(240), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("people", "title_topics")
    op.drop_column("people", "title")
    op.drop_table("expertise_absences")
    op.drop_table("expertise_hidden")
    op.drop_table("expertise")
