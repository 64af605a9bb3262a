"""Add who has come by whose invitation, with the rule that pays for it; refuse what else would change a ledger.

Revision ID: 0018
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

from app.core.audit import no_replacing_ddl

revision = "0018"
down_revision = "0014"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
APPEND_ONLY = ("audit_entries", "reputation_rules", "reputation_entries")
RULE = {
    "code": "colleague_invited", "version": 1, "act": "invited", "pays": "doer", "account": "reputation", "points": 40,
    "daily_cap": 200, "priority_percent": 100, "only_priority": False, "valid_from": 0, "made_at": 0,
}  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "arrivals",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("arrived_at", sa.BigInteger(), nullable=True),
        sa.Column("invited_by", ID, nullable=True),
        sa.Column("invited_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(invited_by IS NULL) = (invited_at IS NULL)", name=op.f("ck_arrivals_invited_at_a_moment")
        ),
        sa.CheckConstraint("invited_by <> person_id", name=op.f("ck_arrivals_by_another")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_arrivals_person_id_people"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["invited_by"], ["people.id"], name=op.f("fk_arrivals_invited_by_people")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_arrivals")),
    )
    op.create_index(op.f("ix_arrivals_invited_by"), "arrivals", ["invited_by"])
    # Whoever has chosen a password, signed in or written something has been here.
    op.execute(
        "INSERT INTO arrivals (person_id, arrived_at) SELECT id, created_at FROM people "
        "WHERE EXISTS (SELECT 1 FROM credentials WHERE person_id = people.id AND NOT must_change) "
        "OR EXISTS (SELECT 1 FROM sessions WHERE person_id = people.id) "
        "OR EXISTS (SELECT 1 FROM content_items WHERE author_id = people.id)"
    )
    for table in APPEND_ONLY:
        for statement in no_replacing_ddl(table, op.get_bind().dialect.name):
            op.execute(statement)
    # Rules are never deleted, so an earlier upgrade may have left it.
    rules = sa.table("reputation_rules", *(sa.column(name) for name in RULE))
    known = sa.select(rules.c.code).where(rules.c.code == RULE["code"])
    if op.get_bind().execute(known).first() is None:
        op.bulk_insert(rules, [RULE])


def downgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in APPEND_ONLY:
        op.execute(
            f"DROP TRIGGER {table}_no_replace"
            if on_sqlite
            else f"DROP TRIGGER {table}_no_truncate ON {table}"
        )
    op.drop_table("arrivals")
