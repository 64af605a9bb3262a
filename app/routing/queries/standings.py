"""Where a question stands on its way, for one reader."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, and_, bindparam, case, func, select
from sqlalchemy.orm import aliased

from app.content.models import PUBLISHED, ContentTopic
from app.content.policy import access_publication
from app.content.queries.lines import person_columns, person_line
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.prepared import Prepared
from app.people.models import Person
from app.routing.models import OPEN, Ask, Routing
from app.routing.policy import sees_progress
from app.routing.queries.asks import why
from app.routing.queries.plans import plan_for, terms
from app.routing.schemas import Standing
from app.topics.models import Topic

_Claimer = aliased(Person, name="claimer")
_Passer = aliased(Person, name="passer")
_counted = (
    select(
        Ask.content_id, func.count().label("asked"),
        func.sum(case((Ask.seen_at.is_not(None), 1), else_=0)).label("seen"),
    )
    .where(Ask.content_id == bindparam("content_id"))
    .group_by(Ask.content_id)
    .subquery("counted")
)  # fmt: skip
_ROUTING = Prepared(
    select(
        Routing.state, Routing.wave, Routing.due_at, Routing.claimed_by, Routing.claimed_until, _counted.c.asked,
        _counted.c.seen, Ask.id.label("ask"), Ask.declined_at, Ask.reason, Ask.number,
        Topic.title.label("topic"), Topic.name.label("topic_key"), _Passer.name.label("passer"),
        *person_columns("claimer", _Claimer),
    )
    .select_from(Routing)
    .outerjoin(_counted, _counted.c.content_id == Routing.content_id)
    .outerjoin(Ask, and_(Ask.content_id == Routing.content_id, Ask.person_id == bindparam("reader")))
    .outerjoin(Topic, Topic.id == Ask.topic_id)
    .outerjoin(_Passer, _Passer.id == Ask.passed_by)
    .outerjoin(_Claimer, _Claimer.id == Routing.claimed_by)
    .where(Routing.content_id == bindparam("content_id"))
)  # fmt: skip


def standing(actor: Actor, public_id: str) -> Standing | None:
    """Where a question stands, or None when it is not on its way. At most five statements.

    Raises `NotFound` for what the person may not see.
    """
    item = access_publication(actor, public_id)
    row = _ROUTING.first(content_id=item.id, reader=actor.person_id)
    if row is None or row.state != OPEN or item.state != PUBLISHED:
        return None
    claimed = row.claimed_by is not None and row.claimed_until > clock.now()
    mine = claimed and row.claimed_by == actor.person_id
    progress = sees_progress(actor, item.author_id)
    audience, at = _next(row, item.id) if progress and not claimed else ("", None)
    return Standing(
        public_id=public_id,
        claimed_by=person_line(row, "claimer") if claimed and not mine else None,
        mine=mine,
        may_answer=row.ask is not None and row.declined_at is None,
        why=why(row) if row.ask is not None else None,
        asked=(row.asked or 0) if progress else None,
        seen=int(row.seen or 0),
        next_audience=audience,
        next_at=at,
    )


def _next(row: Row[Any], content_id: int) -> tuple[str, int | None]:
    """Whom the plan asks next, and when. Three statements."""
    if row.due_at is None:
        return "", None
    topics = db.session.scalars(
        select(ContentTopic.topic_id).where(ContentTopic.content_id == content_id)
    ).all()
    waves = plan_for(topics, terms().plan).waves
    return (waves[row.wave].audience, row.due_at) if row.wave < len(waves) else ("", None)
