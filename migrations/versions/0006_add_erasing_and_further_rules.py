"""Note when a person was erased; let rules have a title, and be for one badge alone; keep badges of imported sites.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    # Columns are added to the tables as they stand: made anew they would lose their triggers.
    op.add_column("people", sa.Column("erased_at", sa.BigInteger(), nullable=True))
    op.add_column(
        "reputation_rules", sa.Column("title", sa.String(length=80), nullable=False, server_default="")
    )
    op.add_column("reputation_rules", sa.Column("only_for", sa.String(length=40), nullable=True))
    op.create_table(
        "imported_badges",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("source_id", ID, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_imported_badges_person_id_people"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_imported_badges_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("person_id", "source_id", "name", name=op.f("pk_imported_badges")),
    )
    op.create_index(op.f("ix_imported_badges_source_id"), "imported_badges", ["source_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_imported_badges_source_id"), "imported_badges")
    op.drop_table("imported_badges")
    op.drop_column("reputation_rules", "only_for")
    op.drop_column("reputation_rules", "title")
    op.drop_column("people", "erased_at")
