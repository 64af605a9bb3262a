"""Where somebody stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, select

from app.core import settings
from app.core.actor import Actor
from app.core.prepared import Prepared, among
from app.lib.points import level
from app.reputation.models import REPUTATION, Balance
from app.reputation.policy import ADD_TOPICS, CONFIRM_ANSWERS, MERGE_TOPICS, rights
from app.reputation.schemas import Standing

#: Points at which the levels end, unless the organisation sets its own; level 8 ends at 2250.
DEFAULT_LEVELS = (20, 60, 150, 300, 550, 900, 1400, 2250, 3500, 5500, 8500, 13000)
#: The setting that holds them.
LEVELS = "reputation.levels"

_BALANCES = Prepared(
    select(Balance.person_id, Balance.points).where(
        among(Balance.person_id, "ids"), Balance.account == bindparam("account")
    )
)


def levels() -> tuple[int, ...]:
    """The points at which each level ends; the last level has no end. Asked of the database seldom."""
    return tuple(settings.known(LEVELS, DEFAULT_LEVELS))


def standings(person_ids: Sequence[int]) -> Mapping[int, Standing]:
    """Where these people stand. One statement."""
    ends = levels()
    points = {row.person_id: row.points for row in _BALANCES.all(ids=person_ids, account=REPUTATION)}
    return {each: stand(points.get(each, 0), ends) for each in person_ids}


def standing(person_id: int) -> Standing:
    """Where somebody stands. One statement."""
    return standings([person_id])[person_id]


def stand(points: int, ends: tuple[int, ...]) -> Standing:
    """The level and its bounds for so many points."""
    number = level(points, ends)
    begins = ends[number - 2] if number > 1 else 0
    return Standing(points, number, begins, ends[number - 1] if number <= len(ends) else None)


def may_add_topics(actor: Actor) -> bool:
    """Whether the actor's level lets them give topics to what others published. One statement."""
    return standing(actor.person_id).level >= rights()[ADD_TOPICS]


def may_confirm_answers(actor: Actor) -> bool:
    """Whether the actor's level lets them confirm answers to others' questions. One statement."""
    return standing(actor.person_id).level >= rights()[CONFIRM_ANSWERS]


def may_merge_topics(actor: Actor) -> bool:
    """Whether the actor's level lets them merge topics. One statement."""
    return standing(actor.person_id).level >= rights()[MERGE_TOPICS]
