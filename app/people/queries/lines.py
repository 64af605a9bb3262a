"""People as lists show them: one set of columns, one way to read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Row, select

from app.core.db import db
from app.core.prepared import Prepared, among
from app.people.models import ACTIVE, Department, Person, Position, Shop
from app.people.schemas import PersonLine, initials, person_url, photo_url

#: The columns `line` reads; select them with `joined`.
LINE = (
    Person.id,
    Person.name,
    Person.handle,
    Person.colour,
    Person.photo_key,
    Person.title.label("expert_title"),
    Person.title_topics,
    Position.name.label("position_name"),
    Shop.code.label("shop_code"),
    Shop.city.label("shop_city"),
    Department.name.label("department_name"),
)


def joined(statement: Any) -> Any:
    """Join what `LINE` selects to a SELECT over people."""
    return (
        statement.outerjoin(Position, Position.id == Person.position_id)
        .outerjoin(Shop, Shop.id == Person.shop_id)
        .outerjoin(Department, Department.id == Person.department_id)
    )


_by_id = Prepared(joined(select(*LINE).select_from(Person)).where(among(Person.id, "ids")))


def lines(person_ids: Iterable[int]) -> Mapping[int, PersonLine]:
    """The people with these ids, by id. One statement."""
    return {row.id: line(row) for row in _by_id.all(ids=list(person_ids))}


def with_handles(handles: Iterable[str]) -> tuple[PersonLine, ...]:
    """Who works here and has one of these handles, folded, in this order. At most one statement."""
    wanted = list(dict.fromkeys(handles))
    if not wanted:
        return ()
    rows = db.session.execute(
        joined(select(*LINE).select_from(Person)).where(Person.handle.in_(wanted), Person.state == ACTIVE)
    )
    found = {row.handle: line(row) for row in rows}
    return tuple(found[each] for each in wanted if each in found)


def line(row: Row[Any], *, photo: str = "thumb") -> PersonLine:
    """The person in a row that has the columns of `LINE`; `photo` names the variant of the photo."""
    shop = ", ".join(part for part in (row.shop_code, row.shop_city) if part)
    return PersonLine(
        id=row.id,
        name=row.name,
        handle=row.handle,
        url=person_url(row.handle),
        initials=initials(row.name),
        colour=row.colour,
        photo_url=photo_url(row.handle, row.photo_key, photo),
        position=row.position_name or "",
        shop=shop or row.department_name or "",
        title=row.expert_title,
        title_topics=row.title_topics,
    )
