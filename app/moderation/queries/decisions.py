"""What moderators decided: of one text, of all, and the reason its author reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, func, select

from app.content.queries.lines import person_columns, person_line
from app.core.prepared import Prepared, among
from app.moderation.models import HIDE, Decision
from app.moderation.schemas import DecisionLine
from app.people.models import Person, Position, Shop

#: What `decision_line` reads.
DECISION_COLUMNS = (
    Decision.content_id,
    Decision.action,
    Decision.reason,
    Decision.decided_at,
    *person_columns("moderator", Person, Position, Shop),
)


def with_moderator(statement: Any) -> Any:
    """Join the person of each decision, for `DECISION_COLUMNS`."""
    return (
        statement.join(Person, Person.id == Decision.moderator_id)
        .outerjoin(Position, Position.id == Person.position_id)
        .outerjoin(Shop, Shop.id == Person.shop_id)
    )


_OF_CONTENT = Prepared(
    with_moderator(select(*DECISION_COLUMNS))
    .where(among(Decision.content_id, "ids"))
    .order_by(Decision.id.desc())
)

_latest = (
    select(func.max(Decision.id))
    .where(among(Decision.content_id, "ids"), Decision.action == HIDE)
    .group_by(Decision.content_id)
)
_HIDDEN_REASONS = Prepared(select(Decision.content_id, Decision.reason).where(Decision.id.in_(_latest)))


def decisions_of(ids: Sequence[int]) -> Mapping[int, list[DecisionLine]]:
    """Every decision about each text, latest first. One statement."""
    found: dict[int, list[DecisionLine]] = defaultdict(list)
    for row in _OF_CONTENT.all(ids=ids):
        found[row.content_id].append(decision_line(row))
    return found


def hidden_reasons(ids: Sequence[int]) -> Mapping[int, str]:
    """Why each of these was last hidden. One statement; none for no ids."""
    return {row.content_id: row.reason for row in _HIDDEN_REASONS.all(ids=ids)} if ids else {}


def decision_line(row: Row[Any]) -> DecisionLine:
    """From `DECISION_COLUMNS` to what pages show."""
    moderator = person_line(row, "moderator")
    assert moderator is not None
    return DecisionLine(row.action, row.reason, moderator, row.decided_at)
