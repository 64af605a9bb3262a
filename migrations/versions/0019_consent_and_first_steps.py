"""Keep what people agreed to, and the first steps that are left to them.

Whoever has been here already has taken theirs: the column begins empty.

Revision ID: 0019
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0017"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "consent_texts",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text_ru", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("made_by", ID, nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name=op.f("fk_consent_texts_made_by_people")),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_consent_texts")),
    )
    op.create_index(op.f("ix_consent_texts_made_by"), "consent_texts", ["made_by"])
    op.create_table(
        "consents",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("agreed_at", sa.BigInteger(), nullable=False),
        sa.Column("locale", sa.String(8), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_consents_person_id_people"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["version"], ["consent_texts.version"], name=op.f("fk_consents_version_consent_texts")
        ),
        sa.PrimaryKeyConstraint("person_id", "version", name=op.f("pk_consents")),
    )
    op.create_index(op.f("ix_consents_version"), "consents", ["version"])
    op.add_column("arrivals", sa.Column("welcome", sa.String(40), nullable=True))


def downgrade() -> None:
    op.drop_column("arrivals", "welcome")
    op.drop_table("consents")
    op.drop_table("consent_texts")
