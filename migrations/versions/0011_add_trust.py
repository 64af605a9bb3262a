"""Add how far what was written may be trusted: states, validity, scope, confirmations, and who opened what.

Revision ID: 0011
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0014"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
RULE = {
    "code": "answer_official", "version": 1, "act": "official", "pays": "other", "account": "reputation",
    "points": 40, "daily_cap": None, "priority_percent": 100, "only_priority": False, "valid_from": 0, "made_at": 0,
}  # fmt: skip


def _key(table: str, column: str, target: str, **options: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target.partition('.')[0]}")
    return sa.ForeignKeyConstraint([column], [target], name=name, **options)


def upgrade() -> None:
    op.create_table(
        "content_trust",
        sa.Column("content_id", ID, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("was", sa.String(length=12), nullable=False),
        sa.Column("because_id", ID, nullable=True),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("official_by", ID, nullable=True),
        sa.Column("official_at", sa.BigInteger(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("owner_id", ID, nullable=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=True),
        sa.Column("expired_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "state IN ('opinion', 'confirmed', 'official', 'check')", name=op.f("ck_content_trust_state")
        ),
        sa.CheckConstraint(
            "was IN ('', 'opinion', 'confirmed', 'official')", name=op.f("ck_content_trust_was")
        ),
        sa.CheckConstraint("(state = 'check') = (was <> '')", name=op.f("ck_content_trust_check_remembers")),
        sa.CheckConstraint(
            "valid_from IS NULL OR valid_until IS NULL OR valid_from <= valid_until",
            name=op.f("ck_content_trust_period"),
        ),
        _key("content_trust", "content_id", "content_items.id", ondelete="CASCADE"),
        _key("content_trust", "because_id", "content_items.id", ondelete="SET NULL"),
        _key("content_trust", "official_by", "people.id"),
        _key("content_trust", "owner_id", "people.id"),
        sa.PrimaryKeyConstraint("content_id", name=op.f("pk_content_trust")),
    )
    for column in ("because_id", "official_by", "owner_id", "state", "valid_until"):
        op.create_index(op.f(f"ix_content_trust_{column}"), "content_trust", [column])
    op.create_table(
        "content_scopes",
        sa.Column("id", ID, nullable=False),
        sa.Column("content_id", ID, nullable=False),
        sa.Column("region_id", ID, nullable=True),
        sa.Column("shop_format", sa.String(length=40), nullable=True),
        sa.Column("position_id", ID, nullable=True),
        sa.CheckConstraint(
            "(region_id IS NOT NULL AND shop_format IS NULL AND position_id IS NULL)"
            " OR (region_id IS NULL AND shop_format IS NOT NULL AND position_id IS NULL)"
            " OR (region_id IS NULL AND shop_format IS NULL AND position_id IS NOT NULL)",
            name=op.f("ck_content_scopes_one_sort"),
        ),
        _key("content_scopes", "content_id", "content_items.id", ondelete="CASCADE"),
        _key("content_scopes", "region_id", "regions.id", ondelete="CASCADE"),
        _key("content_scopes", "position_id", "positions.id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_scopes")),
    )
    for column in ("content_id", "region_id", "position_id"):
        op.create_index(op.f(f"ix_content_scopes_{column}"), "content_scopes", [column])
    op.create_table(
        "content_confirmations",
        sa.Column("content_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("confirmed_at", sa.BigInteger(), nullable=False),
        _key("content_confirmations", "content_id", "content_items.id", ondelete="CASCADE"),
        _key("content_confirmations", "person_id", "people.id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("content_id", "person_id", name=op.f("pk_content_confirmations")),
    )
    op.create_index(op.f("ix_content_confirmations_person_id"), "content_confirmations", ["person_id"])
    op.create_table(
        "content_openings",
        sa.Column("content_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        _key("content_openings", "content_id", "content_items.id", ondelete="CASCADE"),
        _key("content_openings", "person_id", "people.id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("content_id", "person_id", name=op.f("pk_content_openings")),
    )
    op.create_index(op.f("ix_content_openings_person_id"), "content_openings", ["person_id"])
    op.create_index(op.f("ix_content_openings_opened_at"), "content_openings", ["opened_at"])
    op.create_table(
        "overruled_acceptances",
        sa.Column("question_id", ID, nullable=False),
        sa.Column("answer_id", ID, nullable=False),
        sa.Column("accepted_by", ID, nullable=True),
        sa.Column("accepted_at", sa.BigInteger(), nullable=True),
        _key("overruled_acceptances", "question_id", "questions.content_id", ondelete="CASCADE"),
        _key("overruled_acceptances", "answer_id", "content_items.id", ondelete="CASCADE"),
        _key("overruled_acceptances", "accepted_by", "people.id"),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_overruled_acceptances")),
    )
    op.create_index(op.f("ix_overruled_acceptances_answer_id"), "overruled_acceptances", ["answer_id"])
    op.create_index(op.f("ix_overruled_acceptances_accepted_by"), "overruled_acceptances", ["accepted_by"])
    _fill()


def _fill() -> None:
    # Rules are never deleted, so an earlier upgrade may have left this one.
    rules = sa.table("reputation_rules", *(sa.column(name) for name in RULE))
    known = sa.select(rules.c.code).where(rules.c.code == RULE["code"])
    if op.get_bind().execute(known).first() is None:
        op.bulk_insert(rules, [RULE])


def downgrade() -> None:
    op.drop_index(op.f("ix_overruled_acceptances_accepted_by"), "overruled_acceptances")
    op.drop_index(op.f("ix_overruled_acceptances_answer_id"), "overruled_acceptances")
    op.drop_table("overruled_acceptances")
    op.drop_index(op.f("ix_content_openings_opened_at"), "content_openings")
    op.drop_index(op.f("ix_content_openings_person_id"), "content_openings")
    op.drop_table("content_openings")
    op.drop_index(op.f("ix_content_confirmations_person_id"), "content_confirmations")
    op.drop_table("content_confirmations")
    for column in ("position_id", "region_id", "content_id"):
        op.drop_index(op.f(f"ix_content_scopes_{column}"), "content_scopes")
    op.drop_table("content_scopes")
    for column in ("valid_until", "state", "owner_id", "official_by", "because_id"):
        op.drop_index(op.f(f"ix_content_trust_{column}"), "content_trust")
    op.drop_table("content_trust")
