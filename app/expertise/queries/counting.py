"""What praise comes to: for some people as something happens, for everybody when all is counted anew."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.core.prepared import Prepared, among
from app.expertise.queries.facts import GIVEN, GIVEN_BY, RECEIVED, RECEIVED_BY
from app.lib.authority import Praise, strength
from app.people.models import ACTIVE, Person

#: Person and topic.
Field = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Counted:
    """What somebody's praise in a topic comes to."""

    strength: float
    givers: int
    acts: dict[str, int]


_PLACES = Prepared(
    select(Person.id, Person.shop_id, Person.department_id, Person.state).where(among(Person.id, "people"))
)
_ALL_PLACES = Prepared(select(Person.id, Person.shop_id, Person.department_id, Person.state))


def count(person_ids: Collection[int]) -> dict[Field, Counted]:
    """What the praise of these people comes to, by person and topic; nothing for who has left. Three statements."""
    people = sorted(person_ids)
    rows = RECEIVED_BY.all(people=people)
    places = _PLACES.by("id", people=[*people, *{row.giver_id for row in rows if row.giver_id is not None}])
    return _counted(rows, _returned(GIVEN_BY.all(people=people)), places)


def count_all() -> dict[Field, Counted]:
    """What everybody's praise comes to. Three statements that read all praise, held in memory."""
    return _counted(RECEIVED.all(), _returned(GIVEN.all()), _ALL_PLACES.by("id"))


def praise_of(person_id: int) -> dict[int, list[Praise]]:
    """One person's praise by topic, to explain what it comes to. Three statements."""
    rows = RECEIVED_BY.all(people=[person_id])
    places = _PLACES.by("id", people=[person_id, *{row.giver_id for row in rows if row.giver_id is not None}])
    returned = _returned(GIVEN_BY.all(people=[person_id]))
    found: dict[int, list[Praise]] = defaultdict(list)
    for row in rows:
        found[row.topic_id].append(_praise(row, returned, places))
    return found


def _returned(rows: Iterable[Any]) -> Mapping[Field, int]:
    """Number of praise by (who praised, who was praised)."""
    return {(row.giver_id, row.person_id): row.number for row in rows}


def _counted(
    rows: Iterable[Any], returned: Mapping[Field, int], places: Mapping[int, Any]
) -> dict[Field, Counted]:
    received: dict[Field, list[Praise]] = defaultdict(list)
    for row in rows:
        if places[row.person_id].state == ACTIVE:
            received[row.person_id, row.topic_id].append(_praise(row, returned, places))
    return {
        field: Counted(
            strength(acts), len({each.giver for each in acts}), dict(Counter(each.kind for each in acts))
        )
        for field, acts in received.items()
    }


def _praise(row: Any, returned: Mapping[Field, int], places: Mapping[int, Any]) -> Praise:
    giver: Hashable = row.giver_id
    if row.giver_id is None or row.by_office:
        giver = f"{row.kind}:{row.key}"
    return Praise(
        row.kind,
        giver,
        row.at,
        same_place=_place(places.get(row.giver_id)) == _place(places[row.person_id]) is not None,
        returned=0 if row.by_office else returned.get((row.person_id, row.giver_id), 0),
    )


def _place(person: Any) -> tuple[str, int] | None:
    if person is None or (person.shop_id is None and person.department_id is None):
        return None
    return ("shop", person.shop_id) if person.shop_id is not None else ("department", person.department_id)
