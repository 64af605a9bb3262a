"""Giving titles: who has which in a topic, and what stands under people's names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import bindparam, exists, select

from app.core import clock
from app.core.db import db
from app.expertise.models import Expertise, HiddenExpertise
from app.lib.authority import FROM, LEARNER, least_strength, score, titles
from app.people import service as people
from app.people.schemas import NAMED_TOPICS
from app.topics.models import Topic

_hidden = exists().where(
    HiddenExpertise.person_id == Expertise.person_id, HiddenExpertise.topic_id == Expertise.topic_id
)


def entitle(topic_ids: Collection[int], *, quiet: bool = False) -> int:
    """Give the titles that follow from the strengths in these topics; how many changed. In the open unit of work.

    Holds the rows of the topics, so that nobody gives titles there at the same time. Two statements, and five for what
    changed. Cards show it afterwards, unless `quiet`.
    """
    rows = select(Topic.id).where(Topic.id.in_(topic_ids)).order_by(Topic.id)
    found = db.session.scalars(rows.with_for_update(key_share=True)).all()
    now = clock.now()
    least = least_strength(FROM[LEARNER], now)
    ranked = (
        select(
            Expertise.topic_id,
            Expertise.person_id,
            Expertise.strength,
            Expertise.title,
            _hidden.label("hidden"),
        )
        .where(Expertise.topic_id.in_(found), (Expertise.strength >= least) | (Expertise.title > 0))
        .order_by(Expertise.topic_id, Expertise.strength.desc(), Expertise.person_id)
    )
    changed: list[dict[str, int]] = []
    for topic_id, rows_of in groupby(db.session.execute(ranked).all(), key=lambda row: row.topic_id):
        changed += _changed(topic_id, list(rows_of), now)
    if changed:
        table: Any = Expertise.__table__
        one = table.update().where(
            Expertise.topic_id == bindparam("topic"), Expertise.person_id == bindparam("person")
        )
        db.session.execute(one.values(title=bindparam("given")), changed)
        name_titles({each["person"] for each in changed}, quiet=quiet)
    return len(changed)


def _changed(topic_id: int, rows: Sequence[Any], now: int) -> list[dict[str, int]]:
    """The titles of a topic that are not what they should be; who hides it takes nobody's place."""
    shown = [row for row in rows if not row.hidden]
    should = titles([score(row.strength, now) for row in shown])
    given = {row.person_id: title for row, title in zip(shown, should, strict=True)}
    return [
        {"topic": topic_id, "person": row.person_id, "given": given.get(row.person_id, 0)}
        for row in rows
        if given.get(row.person_id, 0) != row.title
    ]


def name_titles(person_ids: Collection[int], *, quiet: bool = False) -> None:
    """Write under people's names their best title and the topics they have it in. In the open unit of work.

    Two statements, and those of `people.entitle` for what changed.
    """
    rows = db.session.execute(
        select(Expertise.person_id, Expertise.title, Topic.title.label("name"))
        .join(Topic, Topic.id == Expertise.topic_id)
        .where(Expertise.person_id.in_(person_ids), Expertise.title > 0)
        .order_by(Expertise.person_id, Expertise.title.desc(), Expertise.strength.desc(), Topic.id)
    )
    best: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        kept = best[row.person_id]
        if not kept or (kept[0].title == row.title and len(kept) < NAMED_TOPICS):
            kept.append(row)
    people.entitle({each: _under_name(best.get(each, ())) for each in person_ids}, quiet=quiet)


def _under_name(rows: Sequence[Any]) -> tuple[int, str]:
    return (rows[0].title, " ".join(row.name for row in rows)) if rows else (0, "")
