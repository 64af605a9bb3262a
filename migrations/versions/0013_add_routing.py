"""Add who looks after topics, questions on their way and whom they were put to, opening hours, and indexes of figures.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DUE = sa.text("due_at IS NOT NULL")
IS_QUESTION = sa.text("kind = 'question'")
IS_ANSWER = sa.text("kind = 'answer' AND state = 'published'")


def upgrade() -> None:
    # Columns are added to the tables as they stand: made anew they would lose their triggers.
    op.add_column(
        "shops", sa.Column("opening_hours", sa.String(length=200), nullable=False, server_default="")
    )
    op.create_index(
        "ix_content_items_questions", "content_items", ["published_at", "id"], sqlite_where=IS_QUESTION,
        postgresql_where=IS_QUESTION,
    )  # fmt: skip
    op.create_index(
        "ix_content_items_answers", "content_items", ["root_id", "published_at", "author_id"],
        sqlite_where=IS_ANSWER, postgresql_where=IS_ANSWER,
    )  # fmt: skip
    op.create_table(
        "topic_curators",
        sa.Column("topic_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("handed_by", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topics.id"], name=op.f("fk_topic_curators_topic_id_topics"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_topic_curators_person_id_people"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["handed_by"], ["people.id"], name=op.f("fk_topic_curators_handed_by_people")
        ),
        sa.PrimaryKeyConstraint("topic_id", "person_id", name=op.f("pk_topic_curators")),
    )
    op.create_index(op.f("ix_topic_curators_person_id"), "topic_curators", ["person_id"])
    op.create_index(op.f("ix_topic_curators_handed_by"), "topic_curators", ["handed_by"])
    op.create_table(
        "topic_care",
        sa.Column("topic_id", ID, nullable=False),
        sa.Column("department_id", ID, nullable=True),
        sa.Column("plan", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topics.id"], name=op.f("fk_topic_care_topic_id_topics"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["department_id"], ["departments.id"], name=op.f("fk_topic_care_department_id_departments")
        ),
        sa.PrimaryKeyConstraint("topic_id", name=op.f("pk_topic_care")),
    )
    op.create_index(op.f("ix_topic_care_department_id"), "topic_care", ["department_id"])
    op.create_table(
        "question_routings",
        sa.Column("content_id", ID, nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("wave", sa.Integer(), nullable=False),
        sa.Column("knowers", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("claimed_by", ID, nullable=True),
        sa.Column("claimed_until", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("state IN ('open', 'ended')", name=op.f("ck_question_routings_state")),
        sa.CheckConstraint(
            "(claimed_by IS NULL) = (claimed_until IS NULL)", name=op.f("ck_question_routings_claim")
        ),
        sa.ForeignKeyConstraint(
            ["content_id"], ["content_items.id"], name=op.f("fk_question_routings_content_id_content_items"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["claimed_by"], ["people.id"], name=op.f("fk_question_routings_claimed_by_people")
        ),
        sa.PrimaryKeyConstraint("content_id", name=op.f("pk_question_routings")),
    )  # fmt: skip
    op.create_index(op.f("ix_question_routings_claimed_by"), "question_routings", ["claimed_by"])
    op.create_index(
        "ix_question_routings_due", "question_routings", ["due_at"], sqlite_where=DUE, postgresql_where=DUE
    )
    op.create_table(
        "question_asks",
        sa.Column("id", ID, nullable=False),
        sa.Column("content_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("wave", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=12), nullable=False),
        sa.Column("topic_id", ID, nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("passed_by", ID, nullable=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=True),
        sa.Column("declined_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("slot > 0", name=op.f("ck_question_asks_slot")),
        sa.ForeignKeyConstraint(
            ["content_id"], ["question_routings.content_id"],
            name=op.f("fk_question_asks_content_id_question_routings"), ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_question_asks_person_id_people"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topics.id"], name=op.f("fk_question_asks_topic_id_topics"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["passed_by"], ["people.id"], name=op.f("fk_question_asks_passed_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_asks")),
        sa.UniqueConstraint("content_id", "person_id", name=op.f("uq_question_asks_content_id_person_id")),
        sa.UniqueConstraint("person_id", "day", "slot", name=op.f("uq_question_asks_person_id_day_slot")),
    )  # fmt: skip
    op.create_index(op.f("ix_question_asks_topic_id"), "question_asks", ["topic_id"])
    op.create_index(op.f("ix_question_asks_passed_by"), "question_asks", ["passed_by"])
    op.create_index(
        op.f("ix_question_asks_person_id_asked_at_id"), "question_asks", ["person_id", "asked_at", "id"]
    )


def downgrade() -> None:
    op.drop_table("question_asks")
    op.drop_table("question_routings")
    op.drop_table("topic_care")
    op.drop_table("topic_curators")
    op.drop_index("ix_content_items_answers", table_name="content_items")
    op.drop_index("ix_content_items_questions", table_name="content_items")
    op.drop_column("shops", "opening_hours")
