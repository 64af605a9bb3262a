"""The directory: people found by name, number, position, shop or handle, and narrowed by where they work."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, literal, or_, select, tuple_

from app.core.actor import Actor
from app.core.db import db
from app.core.like import starting
from app.lib.handles import fold_handle
from app.lib.text import fold, squeeze, swap_layout, transliterate
from app.people.models import ACTIVE, Department, Follow, Person, Position, Region, Shop
from app.people.queries.lines import LINE, joined, line
from app.people.schemas import Choice, DirectoryFilter, DirectoryPage, DirectoryRow

PAGE = 30
#: More words than a name, a position and a shop have; the rest is not looked at.
MOST_WORDS = 6
_ESCAPE = "\\"


def directory(actor: Actor, wanted: DirectoryFilter, *, after: str = "") -> DirectoryPage:
    """A page of the directory in the order of names, with whether the actor follows each; leavers are not in it.

    `after` is the handle of the last person shown. At most six statements, of which three are the choices of the
    filters; with words to look for, the names of 16,000 people are read (about 5 ms).
    """
    positions = _choices(Position.id, Position.name)
    statement = joined(
        select(*LINE, Follow.followed_id.label("followed"))
        .select_from(Person)
        .outerjoin(Follow, and_(Follow.followed_id == Person.id, Follow.follower_id == actor.person_id))
    ).where(Person.state == ACTIVE, *_narrowed(wanted), *_words_found(wanted.q, positions))
    rows = db.session.execute(_after(statement, after).limit(PAGE + 1)).all()
    shown = [DirectoryRow(line(row), row.followed is not None) for row in rows[:PAGE]]
    return DirectoryPage(
        people=tuple(shown),
        wanted=wanted,
        next=shown[-1].person.handle if len(rows) > PAGE else None,
        regions=_choices(Region.code, Region.name),
        departments=_choices(Department.id, Department.name),
        positions=positions,
    )


def name_matches(word: str) -> ColumnElement[bool]:
    """A person of whose name a part begins with `word`, in either alphabet and either keyboard layout."""
    return or_(*(_begins_a_part(column, spelling) for column, spelling in _spellings(word)))


def _spellings(word: str) -> list[tuple[Any, str]]:
    """Where to look for which spelling: as typed, on the other keyboard, in Latin letters.

    Hard and soft signs alone have no Latin spelling, and nothing begins every name.
    """
    typed, swapped = fold(word), fold(swap_layout(word))
    pairs = [
        (Person.sort_name, typed),
        (Person.sort_name, swapped),
        (Person.latin_name, typed),
        (Person.latin_name, fold(transliterate(typed))),
    ]
    return [pair for at, pair in enumerate(pairs) if pair[1] and pair not in pairs[:at]]


def _begins_a_part(column: Any, word: str) -> ColumnElement[bool]:
    padded: ColumnElement[bool] = (literal(" ") + column).like("% " + starting(word), escape=_ESCAPE)
    return padded


def _words_found(q: str, positions: tuple[Choice, ...]) -> list[ColumnElement[bool]]:
    """Every word must be found somewhere: in the name, the number, the handle, the position or the shop's code."""
    words = squeeze(q).split(" ")[:MOST_WORDS] if q.strip() else []
    return [_word_found(word, positions) for word in words]


def _word_found(word: str, positions: tuple[Choice, ...]) -> ColumnElement[bool]:
    handle = fold_handle(word)
    both = {word.upper(), swap_layout(word).upper(), transliterate(word).upper()}
    found = [
        name_matches(word),
        Person.personnel_number == word,
        Person.handle.like(starting(handle), escape=_ESCAPE) if handle else false(),
        Person.shop_id.in_(select(Shop.id).where(Shop.code.in_(both))),
    ]
    spelled = (fold(word), fold(swap_layout(word)))
    ids = [
        int(position.value)
        for position in positions
        if any(part.startswith(spelled) for part in fold(position.label).split())
    ]
    return or_(*found, Person.position_id.in_(ids)) if ids else or_(*found)


def _narrowed(wanted: DirectoryFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.region:
        of_region = (
            select(Shop.id).join(Region, Region.id == Shop.region_id).where(Region.code == wanted.region)
        )
        conditions.append(Person.shop_id.in_(of_region))
    if wanted.shop:
        conditions.append(
            Person.shop_id.in_(select(Shop.id).where(Shop.code.in_({wanted.shop, wanted.shop.upper()})))
        )
    if wanted.department is not None:
        conditions.append(Person.department_id == wanted.department)
    if wanted.position is not None:
        conditions.append(Person.position_id == wanted.position)
    return conditions


def _after(statement: Select[Any], handle: str) -> Select[Any]:
    if handle:
        last = select(Person.sort_name, Person.id).where(Person.handle == handle).subquery()
        statement = statement.join(
            last, tuple_(Person.sort_name, Person.id) > tuple_(last.c.sort_name, last.c.id)
        )
    return statement.order_by(Person.sort_name, Person.id)


def _choices(value: Any, label: Any) -> tuple[Choice, ...]:
    rows = db.session.execute(select(value, label).order_by(label))
    return tuple(Choice(str(row[0]), row[1]) for row in rows)
