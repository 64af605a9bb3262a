"""The directory: people found by name, number, position, handle, or their shop's code, town and address, and narrowed
by where they work.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, exists, func, or_, select, tuple_, union

from app.core.actor import Actor
from app.core.db import db
from app.lib.handles import fold_handle
from app.lib.text import fold, squeeze, swap_layout, transliterate
from app.people.models import (
    ACTIVE,
    LONGEST_WORD,
    Department,
    Follow,
    Person,
    PersonWord,
    Position,
    Region,
    Shop,
)
from app.people.queries.lines import LINE, joined, line
from app.people.schemas import Choice, DirectoryFilter, DirectoryPage, DirectoryRow

PAGE = 30
#: More words than a name, a position and a shop have; the rest is not looked at.
MOST_WORDS = 6
_Shops = Sequence[Row[int, str, str, str]]

#: Letters and digits of an address: "Санкт-Петербург, ул. Ленина, 5" has five words.
_WORD = re.compile(r"[^\W_]+")
#: Sorts after every character of a word.
_LAST = "\U0010ffff"


def directory(actor: Actor, wanted: DirectoryFilter, *, after: str = "") -> DirectoryPage:
    """A page of the directory in the order of names, with whether the actor follows each; leavers are not in it.

    People whose names or numbers are what was typed come first, before those who work at a place of that name.

    `after` is the handle of the last person shown. At most seven statements, of which three are the choices of the
    filters; words are looked up in an index, but for those of positions and shops, which are read.
    """
    positions = _choices(Position.id, Position.name)
    statement = joined(
        select(*LINE, Follow.followed_id.label("followed"))
        .select_from(Person)
        .outerjoin(Follow, and_(Follow.followed_id == Person.id, Follow.follower_id == actor.person_id))
    )
    words = squeeze(wanted.q).split(" ")[:MOST_WORDS] if wanted.q.strip() else []
    state: Any = Person.state
    order: tuple[Any, ...] = (Person.sort_name, Person.id)
    if words:
        state = by_index_of_words(Person.state)
        order = (_further(words), by_index_of_words(Person.sort_name), Person.id)
    found = _words_found(words, positions)
    statement = _after(statement.where(state == ACTIVE, *_narrowed(wanted), *found), order, after)
    rows = db.session.execute(statement.order_by(*order).limit(PAGE + 1)).all()
    shown = [DirectoryRow(line(row), row.followed is not None) for row in rows[:PAGE]]
    return DirectoryPage(
        people=tuple(shown),
        wanted=wanted,
        next=shown[-1].person.handle if len(rows) > PAGE else None,
        regions=_choices(Region.code, Region.name, exists().where(Shop.region_id == Region.id)),
        departments=_choices(Department.id, Department.name),
        positions=positions,
    )


def by_index_of_words(column: Any) -> Any:
    """A column of people in a search by words, hidden from the planner.

    SQLite takes any other index for the better one, and walks through everybody for a word that few have.
    """
    return func.coalesce(column, "")


def name_matches(word: str) -> ColumnElement[bool]:
    """A person of whose name or handle a part begins with `word`, in either alphabet and either keyboard layout."""
    return Person.id.in_(_ids_by_name(word))


def _ids_by_name(word: str) -> Select[int]:
    """As typed, on the other keyboard, in Latin letters: short walks along the index of words."""
    return select(PersonWord.person_id).where(or_(*(_begins(spelling) for spelling in _spellings(word))))


def _spellings(word: str) -> list[str]:
    """Hard and soft signs alone have no Latin spelling, and nothing begins every name."""
    typed = fold(word)
    spelled = (typed, fold(swap_layout(word)), fold(transliterate(typed)), fold_handle(word))
    return [each[:LONGEST_WORD] for each in dict.fromkeys(spelled) if each] or [word]


def _begins(spelling: str) -> ColumnElement[bool]:
    return and_(PersonWord.word >= spelling, PersonWord.word < spelling + _LAST)


def _further(words: list[str]) -> ColumnElement[int]:
    """0 for people of whom every word is a name or the number, 1 for those who are found otherwise."""
    named = and_(*(or_(name_matches(word), Person.personnel_number == word) for word in words))
    return case((named, 0), else_=1)


def _words_found(words: list[str], positions: tuple[Choice, ...]) -> list[ColumnElement[bool]]:
    """Every word must be found: in the name, number, handle or position, or in the shop's code, town or address."""
    shops = db.session.execute(select(Shop.id, Shop.code, Shop.city, Shop.address)).all() if words else []
    return [_word_found(word, positions, shops) for word in words]


def _word_found(word: str, positions: tuple[Choice, ...], shops: _Shops) -> ColumnElement[bool]:
    found = [_ids_by_name(word), select(Person.id).where(Person.personnel_number == word)]
    if places := _shops_found(word, shops):
        found.append(select(Person.id).where(Person.shop_id.in_(places)))
    spelled = (fold(word), fold(swap_layout(word)))
    ids = [
        int(position.value)
        for position in positions
        if any(part.startswith(spelled) for part in fold(position.label).split())
    ]
    if ids:
        found.append(select(Person.id).where(Person.position_id.in_(ids)))
    return Person.id.in_(union(*found))


def _shops_found(word: str, shops: _Shops) -> list[int]:
    """Ids of the shops whose code is the word, or a part of whose town or address begins with it."""
    typed = (word, swap_layout(word))
    codes = {each.upper() for each in (*typed, transliterate(word))}
    begun = [f" {place}" for place in map(_place_words, typed) if place]
    return [
        shop.id
        for shop in shops
        if shop.code in codes or any(each in _where(shop.city, shop.address) for each in begun)
    ]


@lru_cache(maxsize=65_536)
def _where(city: str, address: str) -> str:
    """The words of a place, each after a space, and once more in Latin letters."""
    words = _place_words(f"{city} {address}")
    return f" {words} {transliterate(words)}"


def _place_words(text: str) -> str:
    return " ".join(_WORD.findall(fold(text)))


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


def _after(statement: Select[Any], order: tuple[Any, ...], handle: str) -> Select[Any]:
    if handle:
        last = (
            select(*(key.label(f"key{n}") for n, key in enumerate(order)))
            .where(Person.handle == handle)
            .subquery()
        )
        statement = statement.join(last, tuple_(*order) > tuple_(*last.c))
    return statement


def _choices(value: Any, label: Any, *conditions: ColumnElement[bool]) -> tuple[Choice, ...]:
    rows = db.session.execute(select(value, label).where(*conditions).order_by(label))
    return tuple(Choice(str(row[0]), row[1]) for row in rows)
