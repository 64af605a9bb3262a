"""Refuse what else would change a ledger.

Revision ID: 0018
Revises: 0014
"""

from alembic import op

from app.core.audit import no_replacing_ddl

revision = "0018"
down_revision = "0014"
branch_labels = None
depends_on = None

APPEND_ONLY = ("audit_entries", "reputation_rules", "reputation_entries")


def upgrade() -> None:
    for table in APPEND_ONLY:
        for statement in no_replacing_ddl(table, op.get_bind().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in APPEND_ONLY:
        op.execute(
            f"DROP TRIGGER {table}_no_replace"
            if on_sqlite
            else f"DROP TRIGGER {table}_no_truncate ON {table}"
        )
