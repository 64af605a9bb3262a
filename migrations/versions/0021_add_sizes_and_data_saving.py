"""Count the bytes of pictures, remember which sizes were made, and let people save data.

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("files") as table:
        table.add_column(sa.Column("shown_size", sa.Integer(), nullable=True))
        table.add_column(sa.Column("sizes", sa.Integer(), nullable=False, server_default="0"))
    op.create_index(op.f("ix_files_sizes_id"), "files", ["sizes", "id"])
    with op.batch_alter_table("preferences") as table:
        table.add_column(sa.Column("pictures", sa.String(8), nullable=False, server_default="auto"))


def downgrade() -> None:
    with op.batch_alter_table("preferences") as table:
        table.drop_column("pictures")
    op.drop_index(op.f("ix_files_sizes_id"), "files")
    with op.batch_alter_table("files") as table:
        table.drop_column("sizes")
        table.drop_column("shown_size")
