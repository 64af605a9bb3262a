"""What waits for a moderator, and what was decided."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from app.content.models import DELETED, ContentItem
from app.core import cursor
from app.core.actor import Actor
from app.core.prepared import Prepared
from app.moderation.models import OPEN, Decision, Report
from app.moderation.policy import case_values, is_my_case, moderates_anything
from app.moderation.queries.cases import case_items, reports_of
from app.moderation.queries.decisions import DECISION_COLUMNS, decision_line, with_moderator
from app.moderation.schemas import Case, Decided, DecidedPage, Queue

#: Cases shown at once; the next ones come up as these are dealt with.
MOST_CASES = 15
#: Reports shown of each of them.
MOST_REPORTS = 5
#: Decisions on a page.
PAGE = 30

_Root = aliased(ContentItem, name="root_of_case")


def _mine(statement: Select[Any]) -> Select[Any]:
    """Narrow a statement over `ContentItem` to cases of the person that still exist."""
    return statement.outerjoin(_Root, _Root.id == ContentItem.root_id).where(
        ContentItem.state != DELETED,
        or_(_Root.id.is_(None), _Root.state != DELETED),
        is_my_case(),
    )


_open = _mine(
    select(Report.content_id)
    .join(ContentItem, ContentItem.id == Report.content_id)
    .where(Report.state == OPEN, ContentItem.author_id != bindparam("actor_id"))
).group_by(Report.content_id)

_QUEUE = Prepared(
    _open.add_columns(func.count().label("reports"), func.count().over().label("waiting"))
    .order_by(func.min(Report.created_at), Report.content_id)
    .limit(bindparam("most"))
)
#: How many texts wait for a decision of the person; bind `case_values`.
OPEN_COUNT = select(func.count().label("cases")).select_from(_open.subquery("open_cases"))
_OPEN_COUNT = Prepared(OPEN_COUNT)

_DECIDED = Prepared(
    _mine(
        with_moderator(
            select(Decision.id, *DECISION_COLUMNS)
            .select_from(Decision)
            .join(ContentItem, ContentItem.id == Decision.content_id)
        )
    )
    .where(Decision.id < bindparam("below"))
    .order_by(Decision.id.desc())
    .limit(bindparam("most"))
)


def open_count(actor: Actor) -> int:
    """How many texts wait for a decision of this person. One statement; none for people who moderate nothing."""
    if not moderates_anything(actor):
        return 0
    row = _OPEN_COUNT.first(**case_values(actor))
    return int(row[0]) if row else 0


def queue(actor: Actor) -> Queue:
    """The cases that have waited longest, with their latest reports. Four statements; one when nothing waits."""
    rows = _QUEUE.all(**case_values(actor), most=MOST_CASES)
    if not rows:
        return Queue((), 0)
    ids = [row.content_id for row in rows]
    items = case_items(actor, ids)
    reports = reports_of(ids, MOST_REPORTS)
    cases = tuple(Case(items[row.content_id], tuple(reports[row.content_id]), row.reports) for row in rows)
    return Queue(cases, rows[0].waiting)


def decided(actor: Actor, before: str | None = None) -> DecidedPage:
    """What was decided in the person's realm, latest first. Four statements. Raises `Invalid` for a bad cursor."""
    _position, below = cursor.decode(before)
    rows = _DECIDED.all(**case_values(actor), below=below, most=PAGE + 1)
    shown = rows[:PAGE]
    items = case_items(actor, list({row.content_id for row in shown})) if shown else {}
    lines = tuple(Decided(items[row.content_id], decision_line(row)) for row in shown)
    more = cursor.encode(0, shown[-1].id) if len(rows) > PAGE else None
    return DecidedPage(lines, open_count(actor), more)
