"""What was looked for in vain, for editors."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from app.core.actor import Actor
from app.core.db import db
from app.vocabulary.models import MissedDay, MissedSearch
from app.vocabulary.policy import access_desk
from app.vocabulary.queries.synonyms import alternatives
from app.vocabulary.schemas import LEAST_PEOPLE, MissedLine, MissedPage

_EPOCH = date(1970, 1, 1)


@dataclass
class _Sum:
    """The days of one line, added up."""

    times: int = 0
    askers: int = 0
    first: int = 0
    last: int = 0


def missed_page(actor: Actor, first: date, last: date, *, most: int) -> MissedPage:
    """What at least two people looked for in vain from the first to the last day, the most wanted first.

    People are counted over the period; whatever too few looked for in it is left out. Two statements. Raises
    `Forbidden` for all but editors.
    """
    access_desk(actor)
    rows = db.session.execute(
        select(MissedSearch.words, MissedDay.day, MissedDay.times, MissedDay.askers)
        .join(MissedDay, MissedDay.missed_id == MissedSearch.id)
        .where(
            MissedSearch.words.is_not(None),
            MissedDay.day.between((first - _EPOCH).days, (last - _EPOCH).days),
        )
        .order_by(MissedDay.day)
    )
    sums: dict[str, _Sum] = defaultdict(_Sum)
    for row in rows:
        one = sums[row.words]
        one.first = one.first or row.day
        one.last = row.day
        one.times += row.times
        one.askers |= row.askers
    lines = [_line(words, one) for words, one in sums.items() if one.askers.bit_count() >= LEAST_PEOPLE]
    lines.sort(key=lambda line: (-line.people, -line.times, line.words))
    return MissedPage(first, last, tuple(lines[:most]))


def _line(words: str, one: _Sum) -> MissedLine:
    return MissedLine(
        words=words,
        times=one.times,
        people=one.askers.bit_count(),
        first=_EPOCH + timedelta(days=one.first),
        last=_EPOCH + timedelta(days=one.last),
        has_synonym=bool(alternatives(words)),
    )
