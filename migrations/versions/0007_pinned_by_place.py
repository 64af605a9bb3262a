"""Find what is pinned by its place: every feed looked through the pins of all groups.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_PINNED = sa.text("pinned_at IS NOT NULL")


def _make(*columns: str) -> None:
    op.drop_index("ix_content_items_pinned", table_name="content_items")
    op.create_index(
        "ix_content_items_pinned",
        "content_items",
        columns,
        sqlite_where=_PINNED,
        postgresql_where=_PINNED,
    )


def upgrade() -> None:
    _make("place_kind", "group_id", "pinned_at")


def downgrade() -> None:
    _make("pinned_at")
