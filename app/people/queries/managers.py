"""Who decides about what somebody looked after who left or moved."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.core.db import db
from app.people.models import ACTIVE, Department, Person, Shop

#: Levels of managers looked through for one who works here.
MOST_LEVELS = 12


def manager_above(person_id: int, from_shop_id: int | None = None) -> int | None:
    """The nearest manager who works here: of the shop somebody moved from, else their own, who runs their shop, and up.

    Where there is none, the head of their department, or of one above it. Four statements for each level.
    """
    seen, level = {person_id}, [person_id]
    first = from_shop_id
    for _level in range(MOST_LEVELS):
        above = [(each, works) for each, works in _above(level, first) if each not in seen]
        first = None
        working = next((each for each, works in above if works), None)
        if working is not None:
            return working
        if not above:
            break
        level = [each for each, _works in above]
        seen.update(level)
    return _head_of_department(person_id)


def _head_of_department(person_id: int) -> int | None:
    """Whom most of those who work in a person's department have for their manager, or in the nearest one above it.

    Departments don't say who heads them. Two statements for each level.
    """
    department_id = db.session.scalar(select(Person.department_id).where(Person.id == person_id))
    head = aliased(Person, name="head")
    for _level in range(MOST_LEVELS):
        if department_id is None:
            break
        managers = (
            select(head.id)
            .join(Person, Person.manager_id == head.id)
            .where(Person.department_id == department_id, Person.state == ACTIVE)
            .where(head.state == ACTIVE, head.id != person_id)
            .group_by(head.id)
            .order_by(func.count().desc(), head.id)
        )
        found = db.session.scalars(managers.limit(1)).first()
        if found is not None:
            return found
        department_id = db.session.scalar(select(Department.parent_id).where(Department.id == department_id))
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
