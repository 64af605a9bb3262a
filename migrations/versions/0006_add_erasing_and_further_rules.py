"""Note when a person was erased; let rules have a title, and be for one badge alone.

Revision ID: 0006
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Columns are added to the tables as they stand: made anew they would lose their triggers.
    op.add_column("people", sa.Column("erased_at", sa.BigInteger(), nullable=True))
    op.add_column(
        "reputation_rules", sa.Column("title", sa.String(length=80), nullable=False, server_default="")
    )
    op.add_column("reputation_rules", sa.Column("only_for", sa.String(length=40), nullable=True))


def downgrade() -> None:
    op.drop_column("reputation_rules", "only_for")
    op.drop_column("reputation_rules", "title")
    op.drop_column("people", "erased_at")
