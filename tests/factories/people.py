"""People and the places they work in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.accounts.models import RoleGrant
from app.accounts.service.inviting import arrive
from app.accounts.service.passwords import choose_password
from app.accounts.service.sessions import actor_for_person
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.unit_of_work import unit_of_work
from app.lib.handles import suggest_handle
from app.lib.text import fold
from app.people.models import ACTIVE, Department, Follow, Handle, Person, Position, Region, Shop
from tests.factories.saving import numbers, saved


def region(name: str = "Урал") -> Region:
    """A region."""
    return saved(Region(code=f"region-{next(numbers)}", name=name))


def shop(
    code: str | None = None,
    *,
    region: Region | None = None,
    manager: Person | None = None,
    city: str = "Уфа",
    address: str = "",
    time_zone: str = "Asia/Yekaterinburg",
) -> Shop:
    """A shop; its code is made up when none is given."""
    code = code or f"У{next(numbers)}"
    return saved(
        Shop(
            code=code,
            name=f"{code} {city}",
            city=city,
            address=address,
            time_zone=time_zone,
            region_id=region.id if region else None,
            manager_id=manager.id if manager else None,
        )
    )


def department(name: str = "Внутренние коммуникации", *, parent: Department | None = None) -> Department:
    """A department."""
    return saved(
        Department(code=f"department-{next(numbers)}", name=name, parent_id=parent.id if parent else None)
    )


def position(name: str | None = None) -> Position:
    """A job title."""
    return saved(Position(name=name or f"Продавец {next(numbers)}"))


def person(
    name: str = "Анна Петрова",
    *,
    handle: str | None = None,
    shop: Shop | None = None,
    department: Department | None = None,
    position: Position | None = None,
    manager: Person | None = None,
    roles: Iterable[str] = (),
    state: str = ACTIVE,
    password: str | None = None,
    new: bool = False,
    **columns: Any,
) -> Person:
    """Somebody who works here; without `password` they can't sign in by one, and with one they have been here
    before unless they are `new`. `columns` sets further columns by name.

    The handle is made from the name and a number, unless one is given.
    """
    number = next(numbers)
    first, _, last = name.partition(" ")
    handle = handle or f"{suggest_handle(first, last)}{number}"
    defaults = {
        "personnel_number": f"{number:06}",
        "first_name": first,
        "last_name": last,
        "name": name,
        "sort_name": fold(f"{last} {first}".strip()),
        "created_at": clock.now() - 30 * clock.DAY,  # no newcomer
        "colour": number % 10,
    }
    row = Person(
        **{**defaults, **columns},
        handle=handle,
        state=state,
        shop_id=shop.id if shop else None,
        department_id=department.id if department else None,
        position_id=position.id if position else None,
        manager_id=manager.id if manager else None,
    )
    with unit_of_work():
        db.session.add(row)
        db.session.flush()
        db.session.add(Handle(handle=handle, person_id=row.id))
        db.session.add_all(RoleGrant(person_id=row.id, role=role, granted_at=clock.now()) for role in roles)
    if password is not None:
        choose_password(row.id, password, by=None)
        if not new:
            with unit_of_work():
                arrive(row.id)
    return row


def actor(person: Person) -> Actor:
    """`person` as use cases are given them, with the rights they have now."""
    found = actor_for_person(person.id)
    assert found is not None, f"{person.name} has left"
    return found


def follow(follower: Person, followed: Person) -> Follow:
    """`follower` reads `followed`."""
    return saved(Follow(follower_id=follower.id, followed_id=followed.id, created_at=clock.now()))
