"""Who decides about what somebody looked after who left or moved."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from app.core.db import db
from app.people.models import ACTIVE, Person, Shop

#: Levels of managers looked through for one who works here.
MOST_LEVELS = 12


def manager_above(person_id: int, from_shop_id: int | None = None) -> int | None:
    """The nearest manager who works here: of the shop somebody moved from, else their own, who runs their shop, and up.

    Four statements for each level.
    """
    seen, level = {person_id}, [person_id]
    first = from_shop_id
    for _level in range(MOST_LEVELS):
        above = [(each, works) for each, works in _above(level, first) if each not in seen]
        first = None
        working = next((each for each, works in above if works), None)
        if working is not None or not above:
            return working
        level = [each for each, _works in above]
        seen.update(level)
    return None


def _above(person_ids: Collection[int], from_shop_id: int | None) -> list[tuple[int, bool]]:
    """The managers of people and those who run their shops, each with whether they work here."""
    shops = select(Person.shop_id).where(Person.id.in_(person_ids))
    queries = [
        select(Shop.manager_id).where(Shop.id == from_shop_id),
        select(Person.manager_id).where(Person.id.in_(person_ids)),
        select(Shop.manager_id).where(Shop.id.in_(shops)),
    ]
    found = [
        each
        for query in (queries if from_shop_id is not None else queries[1:])
        for each in db.session.scalars(query)
        if each is not None
    ]
    states = select(Person.id, Person.state).where(Person.id.in_(found))
    works = {row.id: row.state == ACTIVE for row in db.session.execute(states)}
    return [(each, works.get(each, False)) for each in dict.fromkeys(found)]
