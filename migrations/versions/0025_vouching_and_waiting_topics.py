"""Remember which version of an answer was vouched for, and which topics wait for somebody to look after them.

Revision ID: 0025
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0021"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

#: What was edited before it was accepted: from here on it is known which text that was.
ACCEPTED = """
INSERT INTO content_trust (content_id, state, was, since, revision, text_from)
SELECT item.id, 'opinion', '', COALESCE(question.accepted_at, item.published_at), item.revision, item.revision
FROM questions AS question
JOIN content_items AS item ON item.id = question.accepted_id
WHERE item.revision > 1
AND NOT EXISTS (SELECT 1 FROM content_trust AS known WHERE known.content_id = item.id)
"""


def upgrade() -> None:
    with op.batch_alter_table("content_trust") as table:
        table.add_column(sa.Column("changed_from", sa.Integer(), nullable=True))
        table.add_column(sa.Column("text_from", sa.Integer(), nullable=False, server_default="1"))
        table.create_check_constraint(
            op.f("ck_content_trust_check_compares"), "changed_from IS NULL OR state = 'check'"
        )
    with op.batch_alter_table("content_confirmations") as table:
        table.add_column(sa.Column("revision", sa.Integer(), nullable=False, server_default="1"))
    with op.batch_alter_table("topic_care") as table:
        table.add_column(sa.Column("waiting_since", sa.BigInteger(), nullable=True))
        table.add_column(sa.Column("left_by", ID, nullable=True))
        table.create_foreign_key(op.f("fk_topic_care_left_by_people"), "people", ["left_by"], ["id"])
        table.create_check_constraint(
            op.f("ck_topic_care_waiting"), "left_by IS NULL OR waiting_since IS NOT NULL"
        )
    op.create_index(op.f("ix_topic_care_left_by"), "topic_care", ["left_by"])
    op.execute("UPDATE content_trust SET text_from = revision")
    op.execute(
        "UPDATE content_confirmations SET revision = (SELECT item.revision FROM content_items AS item"
        " WHERE item.id = content_confirmations.content_id)"
    )
    op.execute(ACCEPTED)


def downgrade() -> None:
    op.drop_index(op.f("ix_topic_care_left_by"), "topic_care")
    with op.batch_alter_table("topic_care") as table:
        table.drop_constraint(op.f("ck_topic_care_waiting"), type_="check")
        table.drop_constraint(op.f("fk_topic_care_left_by_people"), type_="foreignkey")
        table.drop_column("left_by")
        table.drop_column("waiting_since")
    with op.batch_alter_table("content_confirmations") as table:
        table.drop_column("revision")
    with op.batch_alter_table("content_trust") as table:
        table.drop_constraint(op.f("ck_content_trust_check_compares"), type_="check")
        table.drop_column("text_from")
        table.drop_column("changed_from")
