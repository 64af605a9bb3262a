"""Let people choose what the bell tells them, and when nothing announces itself.

Revision ID: 0024
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0021"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "notification_settings",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("muted", sa.String(240), nullable=False),
        sa.Column("quiet", sa.String(8), nullable=False),
        sa.Column("quiet_from", sa.SmallInteger(), nullable=False),
        sa.Column("quiet_until", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint(
            "quiet IN ('never', 'hours', 'off_duty')", name=op.f("ck_notification_settings_quiet")
        ),
        sa.CheckConstraint(
            "quiet_from BETWEEN 0 AND 1439 AND quiet_until BETWEEN 0 AND 1439",
            name=op.f("ck_notification_settings_in_a_day"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_notification_settings_person_id_people"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_notification_settings")),
    )


def downgrade() -> None:
    op.drop_table("notification_settings")
