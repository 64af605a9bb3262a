"""Experts who are away, and some who do not want to be experts of everything they know."""

from __future__ import annotations

from random import Random
from typing import Any

from sqlalchemy import select

from app.cli.bulk import insert_rows
from app.cli.demo.cast import CAST
from app.core import clock
from app.core.db import db
from app.core.unit_of_work import unit_of_work
from app.expertise.models import Absence, Expertise, HiddenExpertise
from app.expertise.service import entitle

#: Of those who have a title so many are away, and so many hide one of their topics.
_AWAY = 0.04
_HIDING = 0.03


def load_absences(seed: int, now: int) -> tuple[int, int]:
    """How many experts are away and how many hide a topic; reproducible from the seed. Titles are there.

    Nobody whom visitors meet by name, so that they are asked and known.
    """
    rng = Random(f"{seed}/absences")
    rows = db.session.execute(
        select(Expertise.person_id, Expertise.topic_id)
        .where(Expertise.title > 0)
        .order_by(Expertise.person_id, Expertise.strength, Expertise.topic_id)
    ).all()
    least = {row.person_id: row.topic_id for row in reversed(rows) if row.person_id > len(CAST)}
    people = sorted(least)
    away: list[dict[str, Any]] = []
    hidden: list[dict[str, Any]] = []
    for place, person_id in enumerate(people):
        luck = rng.random()
        if luck < _AWAY or place == len(people) // 3:
            days = rng.choice((1, 2, 5, 7, 12))
            away.append({"person_id": person_id, "until": now + days * clock.DAY})
        elif luck > 1 - _HIDING or place == len(people) // 2:
            since = now - int(rng.random() * 30 * clock.DAY)
            hidden.append({"person_id": person_id, "topic_id": least[person_id], "since": since})
    with unit_of_work():
        insert_rows(Absence, away)
        insert_rows(HiddenExpertise, hidden)
        entitle({row["topic_id"] for row in hidden}, quiet=True)
    return len(away), len(hidden)
