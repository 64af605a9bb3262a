"""Sum points of days once for all rows of a statement, on PostgreSQL: once for each row took longer than writing them.

Revision ID: 0014
Revises: 0007
"""

from alembic import op

from app.reputation.models import day_sums_ddl

revision = "0014"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER reputation_days_kept ON reputation_entries")
        op.execute("DROP FUNCTION keep_reputation_days")
        for statement in day_sums_ddl("postgresql"):
            op.execute(statement)


def downgrade() -> None:
    """Nothing: the triggers keep the same sums."""
