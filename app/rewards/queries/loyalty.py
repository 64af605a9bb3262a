"""Levels of loyalty: what they ask for, what they bring, and which one somebody has."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from app.core import clock, settings
from app.reputation.queries import bonus_earned_since
from app.rewards.schemas import LEVELS, Loyalty, LoyaltyLine, LoyaltyTerms, RewardLine

#: The settings of the points from which silver, gold and platinum are had, and of what each level brings.
THRESHOLDS = "rewards.levels"
BENEFITS = "rewards.benefits"
DEFAULT_THRESHOLDS = (200, 600, 1500)
DEFAULT_BENEFITS = {
    "bronze": {
        "ru": "Весь каталог вознаграждений без пометки об уровне.",
        "en": "Everything in the catalogue that asks for no level.",
    },
    "silver": {
        "ru": "Вознаграждения для серебряного уровня и поздравление от команды программы.",
        "en": "Rewards from silver on, and congratulations from the programme's team.",
    },
    "gold": {
        "ru": "Вознаграждения для золотого уровня; заказы рассматриваются в первую очередь.",
        "en": "Rewards from gold on; orders are looked at first.",
    },
    "platinum": {
        "ru": "Всё, что есть в каталоге, и приглашение на ежегодную встречу лучших сотрудников.",
        "en": "Everything in the catalogue, and an invitation to the yearly meeting of the best.",
    },
}
#: How far back what was earned counts towards the level.
LOOKED_BACK = 365 * clock.DAY


def terms() -> LoyaltyTerms:
    """What the levels ask for and bring. Asked of the database seldom."""
    return LoyaltyTerms(
        tuple(settings.known(THRESHOLDS, DEFAULT_THRESHOLDS)), settings.known(BENEFITS, DEFAULT_BENEFITS)
    )


def loyalty(person_id: int) -> Loyalty:
    """The level of somebody: by what they earned within twelve months, spent or not. One statement."""
    thresholds = terms().thresholds
    earned = max(0, bonus_earned_since(person_id, clock.now() - LOOKED_BACK))
    level = bisect_right(thresholds, earned)
    return Loyalty(
        level, earned, thresholds[level - 1] if level else 0, thresholds[level] if level < len(thresholds) else None
    )  # fmt: skip


def loyalty_lines(rewards: Sequence[RewardLine] = ()) -> tuple[LoyaltyLine, ...]:
    """The levels, the lowest first, with those of the rewards that can be ordered from each on. No statement."""
    known = terms()
    return tuple(
        LoyaltyLine(
            code,
            points,
            known.benefits.get(code, {}),
            tuple(each for each in rewards if each.level == number),
        )
        for number, (code, points) in enumerate(zip(LEVELS, (0, *known.thresholds), strict=True))
    )
