"""Rows of rewards made into what pages show."""

from __future__ import annotations

from typing import Any

from app.files.models import File
from app.rewards.models import Reward
from app.rewards.schemas import Picture, RewardLine

#: Columns of every statement that shows rewards; `File` is joined by an outer join.
REWARD = (
    Reward.public_id, Reward.title_ru, Reward.title_en, Reward.terms_ru, Reward.terms_en, Reward.drawing,
    File.public_id.label("photo"), Reward.price, Reward.total, Reward.taken, Reward.level, Reward.active_until,
)  # fmt: skip


def titles(row: Any) -> dict[str, str]:
    """The name by language."""
    return {"ru": row.title_ru, "en": row.title_en}


def picture(row: Any) -> Picture:
    """How it looks."""
    return Picture(row.drawing, row.photo or "")


def reward_line(row: Any, obstacle: str = "", lacking: int = 0) -> RewardLine:
    """The reward of a row with the columns of `REWARD`."""
    return RewardLine(
        row.public_id, titles(row), {"ru": row.terms_ru, "en": row.terms_en}, picture(row), row.price, left(row),
        row.level, row.active_until, obstacle, lacking,
    )  # fmt: skip


def left(row: Any) -> int | None:
    """How many can still be ordered, or None for no limit."""
    return None if row.total is None else row.total - row.taken
