"""Add thanks and badges, with the badges there are at first and the rule that pays for thanks.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
#: Code, who gives it, how many a month, how many to one colleague; names; what it is given for.
BADGES = (
    ("thank_you", "anyone", 100, 4, "Спасибо", "Thank you",
     "За помощь, большую и маленькую.", "For help, great and small."),
    ("idea_generator", "anyone", 20, 2, "Генератор идей", "Idea generator",
     "За мысли, которые хочется подхватить.", "For thoughts that others take up."),
    ("achiever", "anyone", 20, 2, "Достигатор", "Achiever",
     "За цель, которая взята.", "For a goal that was reached."),
    ("heart_of_the_company", "anyone", 20, 2, "Сердце компании", "Heart of the company",
     "За тепло, от которого легче всем.", "For warmth that makes it easier for all."),
    ("team_player", "anyone", 20, 2, "Командный игрок", "Team player",
     "За плечо рядом, когда нужно.", "For being there when it counts."),
    ("rocket", "anyone", 20, 2, "Ракета", "Rocket",
     "За скорость, которой можно удивить.", "For astonishing speed."),
    ("superhero", "anyone", 10, 1, "Супергерой", "Superhero",
     "За спасение дня.", "For saving the day."),
    ("teacher", "anyone", 20, 2, "Учитель", "Teacher",
     "За умение объяснить.", "For explaining it well."),
    ("black_belt", "managers", 5, 1, "Чёрный пояс", "Black belt",
     "За мастерство в своём деле.", "For mastery of the craft."),
    ("woollen_medal", "anyone", 5, 1, "Шерстяная медаль", "Woollen medal",
     "За попытку, которая грела, но не вышла.", "For a warm try that did not work out."),
    ("hard_worker", "managers", 10, 1, "Трудяга", "Hard worker",
     "За труд, который видно.", "For work that shows."),
    ("best_boss", "anyone", 2, 1, "Лучший начальник", "Best boss",
     "За руководителя, с которым хочется работать.", "For a manager one wants to work with."),
    ("volunteer", "editors", None, None, "Волонтёр", "Volunteer",
     "За доброе дело сверх работы.", "For a good deed beyond the job."),
    ("best_ideas", "editors", None, None, "Лучшие идеи", "Best ideas",
     "За идею, которую внедрили.", "For an idea that was put to work."),
    ("career_growth", "managers", 5, 1, "Карьерный рост", "Career growth",
     "За новую ступень.", "For the next step up."),
    ("best_mentor", "managers", 5, 1, "Лучший наставник", "Best mentor",
     "За новичков, ставших мастерами.", "For newcomers who became masters."),
    ("league", "editors", None, None, "Лига", "League",
     "За место в лиге лучших.", "For a place in the league of the best."),
    ("best_shop", "editors", None, None, "Лучший салон", "Best shop",
     "За салон, на который равняются.", "For the shop others look up to."),
    ("quality_leader", "managers", 5, 1, "Лидер качества", "Quality leader",
     "За качество, о котором говорят покупатели.", "For quality that customers speak of."),
    ("mark_of_quality", "editors", None, None, "Знак качества", "Mark of quality",
     "За работу без единой помарки.", "For work without a flaw."),
    ("first_answer", "rules", None, None, "Первый верный ответ", "First accepted answer",
     "Первый ответ, который приняли.", "The first answer that was accepted."),
    ("ten_answers", "rules", None, None, "Десять верных ответов", "Ten accepted answers",
     "Десять принятых ответов по одной теме.", "Ten accepted answers about one topic."),
    ("year_with_us", "rules", None, None, "Год с нами", "A year with us",
     "Целый год вместе.", "A whole year together."),
)  # fmt: skip
#: Drawings that are not named like their badge.
PICTURES = {
    "heart_of_the_company": "heart", "first_answer": "first-answer", "ten_answers": "ten-answers",
    "year_with_us": "year",
}  # fmt: skip
RULE = {
    "code": "thanks_received", "version": 1, "act": "thanked", "pays": "other", "account": "reputation", "points": 15,
    "daily_cap": 60, "priority_percent": 100, "only_priority": False, "valid_from": 0, "made_at": 0,
}  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "badges",
        sa.Column("id", ID, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name_ru", sa.String(length=60), nullable=False),
        sa.Column("name_en", sa.String(length=60), nullable=False),
        sa.Column("description_ru", sa.String(length=200), nullable=False),
        sa.Column("description_en", sa.String(length=200), nullable=False),
        sa.Column("picture", sa.String(length=40), nullable=False),
        sa.Column("given_by", sa.String(length=12), nullable=False),
        sa.Column("allowance", sa.Integer(), nullable=True),
        sa.Column("pair_limit", sa.Integer(), nullable=True),
        sa.Column("active_from", sa.BigInteger(), nullable=True),
        sa.Column("active_until", sa.BigInteger(), nullable=True),
        sa.Column("retired_at", sa.BigInteger(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("made_by", ID, nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "given_by IN ('anyone', 'managers', 'editors', 'rules')", name=op.f("ck_badges_given_by")
        ),
        sa.CheckConstraint("allowance >= 0 AND pair_limit >= 0", name=op.f("ck_badges_never_negative")),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name=op.f("fk_badges_made_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_badges")),
        sa.UniqueConstraint("code", name=op.f("uq_badges_code")),
    )
    op.create_index(op.f("ix_badges_made_by"), "badges", ["made_by"])
    op.create_table(
        "thanks",
        sa.Column("content_id", ID, nullable=False),
        sa.Column("badge_id", ID, nullable=False),
        sa.Column("giver_id", ID, nullable=False),
        sa.Column("about_id", ID, nullable=True),
        sa.Column("given_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["content_id"],
            ["content_items.id"],
            name=op.f("fk_thanks_content_id_content_items"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["badge_id"], ["badges.id"], name=op.f("fk_thanks_badge_id_badges")),
        sa.ForeignKeyConstraint(["giver_id"], ["people.id"], name=op.f("fk_thanks_giver_id_people")),
        sa.ForeignKeyConstraint(
            ["about_id"],
            ["content_items.id"],
            name=op.f("fk_thanks_about_id_content_items"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("content_id", name=op.f("pk_thanks")),
    )
    op.create_index(op.f("ix_thanks_badge_id"), "thanks", ["badge_id"])
    op.create_index(op.f("ix_thanks_about_id"), "thanks", ["about_id"])
    op.create_index(op.f("ix_thanks_giver_id_given_at"), "thanks", ["giver_id", "given_at"])
    op.create_table(
        "thanks_recipients",
        sa.Column("content_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["content_id"],
            ["thanks.content_id"],
            name=op.f("fk_thanks_recipients_content_id_thanks"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_thanks_recipients_person_id_people"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("content_id", "person_id", name=op.f("pk_thanks_recipients")),
    )
    op.create_index(
        op.f("ix_thanks_recipients_person_id_content_id"), "thanks_recipients", ["person_id", "content_id"]
    )
    op.create_table(
        "earned_badges",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("badge_id", ID, nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.Column("awarded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_earned_badges_person_id_people"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["badge_id"], ["badges.id"], name=op.f("fk_earned_badges_badge_id_badges")),
        sa.PrimaryKeyConstraint("person_id", "badge_id", "subject_id", name=op.f("pk_earned_badges")),
    )
    op.create_index(op.f("ix_earned_badges_badge_id"), "earned_badges", ["badge_id"])
    _fill()


def _fill() -> None:
    names = (
        "code",
        "given_by",
        "allowance",
        "pair_limit",
        "name_ru",
        "name_en",
        "description_ru",
        "description_en",
    )
    badges = sa.table("badges", *(sa.column(name) for name in (*names, "picture", "position", "made_at")))
    op.bulk_insert(
        badges,
        [
            {
                **dict(zip(names, badge, strict=True)), "position": place, "made_at": 0,
                "picture": PICTURES.get(badge[0], badge[0].replace("_", "-")),
            }
            for place, badge in enumerate(BADGES, start=1)
        ],
    )  # fmt: skip
    # Rules are never deleted, so an earlier upgrade may have left this one.
    rules = sa.table("reputation_rules", *(sa.column(name) for name in RULE))
    known = sa.select(rules.c.code).where(rules.c.code == RULE["code"])
    if op.get_bind().execute(known).first() is None:
        op.bulk_insert(rules, [RULE])


def downgrade() -> None:
    op.drop_index(op.f("ix_earned_badges_badge_id"), "earned_badges")
    op.drop_table("earned_badges")
    op.drop_index(op.f("ix_thanks_recipients_person_id_content_id"), "thanks_recipients")
    op.drop_table("thanks_recipients")
    op.drop_index(op.f("ix_thanks_giver_id_given_at"), "thanks")
    op.drop_index(op.f("ix_thanks_about_id"), "thanks")
    op.drop_index(op.f("ix_thanks_badge_id"), "thanks")
    op.drop_table("thanks")
    op.drop_index(op.f("ix_badges_made_by"), "badges")
    op.drop_table("badges")
