"""Badges as lists show them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from app.badges.models import Badge
from app.badges.schemas import BadgeLine

#: The columns `badge_line` reads.
BADGE = (
    Badge.code.label("badge_code"),
    Badge.name_ru,
    Badge.name_en,
    Badge.description_ru,
    Badge.description_en,
    Badge.picture,
)


def badge_line(row: Row[Any]) -> BadgeLine:
    """The badge in a row that has the columns of `BADGE`."""
    names = {"ru": row.name_ru, "en": row.name_en}
    return BadgeLine(row.badge_code, names, {"ru": row.description_ru, "en": row.description_en}, row.picture)
