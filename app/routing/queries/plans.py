"""By which plan a question goes out, and what holds for all."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.core import settings
from app.core.db import db
from app.routing.models import TopicCare
from app.routing.schemas import DEFAULT_PLAN, Plan, Terms

#: The setting that holds the terms.
TERMS = "routing"


def terms() -> Terms:
    """What editors set for all questions. One statement."""
    stored = settings.get(TERMS) or {}
    return Terms(
        plan=Plan.from_stored(stored["plan"]) if stored.get("plan") else DEFAULT_PLAN,
        a_day=int(stored.get("a_day", Terms.a_day)),
        hold=int(stored.get("hold", Terms.hold)),
    )


def plan_for(topic_ids: Sequence[int], usual: Plan) -> Plan:
    """The plan of a question about these topics: of several plans of their own the quickest. At most one statement."""
    if not topic_ids:
        return usual
    stored = db.session.scalars(
        select(TopicCare.plan)
        .where(TopicCare.topic_id.in_(topic_ids), TopicCare.plan.is_not(None))
        .order_by(TopicCare.topic_id)
    )
    own = [plan for row in stored if row and (plan := Plan.from_stored(row)).waves]
    return min(own, key=lambda plan: plan.minutes, default=usual)
