"""Add articles: a kind of publication, its side tables, and the rules that pay for them.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
#: Constraint, how it reads before, how it reads after.
CHECKS = (
    (
        "ck_content_items_kind",
        "kind IN ('news', 'question', 'thanks', 'comment', 'answer')",
        "kind IN ('news', 'question', 'thanks', 'article', 'comment', 'answer')",
    ),
    (
        "ck_content_items_comments_have_a_root",
        "(root_id IS NULL) = (kind IN ('news', 'question', 'thanks'))",
        "(root_id IS NULL) = (kind IN ('news', 'question', 'thanks', 'article'))",
    ),
)
IS_ARTICLE = sa.text("kind = 'article'")
#: Code, act, points, at most a day.
RULES = tuple(
    {
        "code": code, "version": 1, "act": act, "pays": "doer", "account": "reputation", "points": points,
        "daily_cap": cap, "priority_percent": 100, "only_priority": False, "valid_from": 0, "made_at": 0,
    }
    for code, act, points, cap in (
        ("article_published", "article", 90, 180),
        ("article_commented", "article_comment", 6, 30),
    )
)  # fmt: skip


def upgrade() -> None:
    _reword({name: (before, after) for name, before, after in CHECKS})
    op.create_index(
        "ix_content_items_articles",
        "content_items",
        ["activity_at", "id"],
        sqlite_where=IS_ARTICLE,
        postgresql_where=IS_ARTICLE,
    )
    op.create_table(
        "articles",
        sa.Column("content_id", ID, nullable=False),
        sa.Column("owner_id", ID, nullable=False),
        sa.Column("review_by", sa.Date(), nullable=True),
        sa.Column("reviewed_at", sa.BigInteger(), nullable=True),
        sa.Column("reviewed_by", ID, nullable=True),
        sa.Column("source_id", ID, nullable=True),
        _to("articles", "content_id", "content_items", "CASCADE"),
        _to("articles", "owner_id", "people"),
        _to("articles", "reviewed_by", "people"),
        _to("articles", "source_id", "content_items", "SET NULL"),
        sa.PrimaryKeyConstraint("content_id", name=op.f("pk_articles")),
    )
    for column in ("owner_id", "review_by", "reviewed_by", "source_id"):
        op.create_index(op.f(f"ix_articles_{column}"), "articles", [column])
    op.create_table(
        "article_contributors",
        sa.Column("content_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        _to("article_contributors", "content_id", "articles", "CASCADE"),
        _to("article_contributors", "person_id", "people", "CASCADE"),
        sa.PrimaryKeyConstraint("content_id", "person_id", name=op.f("pk_article_contributors")),
    )
    op.create_table(
        "article_readers",
        sa.Column("content_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("first_at", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        _to("article_readers", "content_id", "articles", "CASCADE"),
        _to("article_readers", "person_id", "people", "CASCADE"),
        sa.PrimaryKeyConstraint("content_id", "person_id", name=op.f("pk_article_readers")),
    )
    op.create_index(
        op.f("ix_article_readers_last_at_content_id"), "article_readers", ["last_at", "content_id"]
    )
    for table in ("article_contributors", "article_readers"):
        op.create_index(op.f(f"ix_{table}_person_id"), table, ["person_id"])
    op.create_table(
        "article_reminders",
        sa.Column("content_id", ID, nullable=False),
        sa.Column("review_by", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('soon', 'due')", name=op.f("ck_article_reminders_kind")),
        _to("article_reminders", "content_id", "articles", "CASCADE"),
        sa.PrimaryKeyConstraint("content_id", "review_by", "kind", name=op.f("pk_article_reminders")),
    )
    op.create_table(
        "article_handovers",
        sa.Column("id", ID, nullable=False),
        sa.Column("content_id", ID, nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("from_id", ID, nullable=False),
        sa.Column("to_id", ID, nullable=True),
        sa.Column("reason", sa.String(length=8), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("decided_by", ID, nullable=True),
        sa.CheckConstraint("reason IN ('left', 'moved')", name=op.f("ck_article_handovers_reason")),
        _to("article_handovers", "content_id", "articles", "CASCADE"),
        _to("article_handovers", "from_id", "people"),
        _to("article_handovers", "to_id", "people"),
        _to("article_handovers", "decided_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_handovers")),
        sa.UniqueConstraint("content_id", "event_id", name=op.f("uq_article_handovers_content_id_event_id")),
    )
    for column in ("from_id", "decided_by"):
        op.create_index(op.f(f"ix_article_handovers_{column}"), "article_handovers", [column])
    op.create_index(
        op.f("ix_article_handovers_to_id_decided_at"), "article_handovers", ["to_id", "decided_at"]
    )
    # Rules are never deleted, so an earlier upgrade may have left them.
    rules = sa.table("reputation_rules", *(sa.column(name) for name in RULES[0]))
    known = set(op.get_bind().execute(sa.select(rules.c.code)).scalars())
    if missing := [rule for rule in RULES if rule["code"] not in known]:
        op.bulk_insert(rules, missing)


def downgrade() -> None:
    for table in (
        "article_handovers",
        "article_reminders",
        "article_readers",
        "article_contributors",
        "articles",
    ):
        op.drop_table(table)
    op.drop_index("ix_content_items_articles", "content_items")
    # What was written stays, as news.
    op.execute("UPDATE content_items SET kind = 'news' WHERE kind = 'article'")
    _reword({name: (after, before) for name, before, after in CHECKS})


def _to(table: str, column: str, other: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    key = "content_id" if other == "articles" else "id"
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.{key}"], name=name, ondelete=ondelete)


def _reword(checks: dict[str, tuple[str, str]]) -> None:
    """Let checks of content_items say something else, without copying the largest table there is.

    SQLite keeps a table's definition as text, and allows to change in it what does not change the rows
    (https://www.sqlite.org/lang_altertable.html#otheralter). Indexes, triggers and ids stay as they are.
    """
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        for name, (_before, after) in checks.items():
            op.drop_constraint(op.f(name), "content_items", type_="check")
            op.create_check_constraint(op.f(name), "content_items", after)
        return
    run = connection.exec_driver_sql
    definition = run(
        "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'content_items'"
    ).scalar_one()
    for before, after in checks.values():
        if definition.count(before) != 1:
            raise RuntimeError(f"content_items has no check that reads: {before}")
        definition = definition.replace(before, after)
    version = run("PRAGMA schema_version").scalar_one()
    run("PRAGMA writable_schema=ON")
    run("UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = 'content_items'", (definition,))
    run(f"PRAGMA schema_version={version + 1}")
    run("PRAGMA writable_schema=RESET")
