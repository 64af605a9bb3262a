"""Who can be mentioned while typing "@".

Near people come first: who takes part in the thread, whom the reader follows, who works in the same shop or department.
Then everyone in the order of names, and last whose position, shop or town begins so. In a closed or secret group only
its members are offered, and no group but itself, for others would be told nothing of the mention. A secret group is
offered nowhere else, for readers there may not know its name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, or_, select, union

from app.content.models import COMPANY, ContentItem
from app.content.policy import access_publication
from app.core.actor import Actor
from app.core.like import containing, like, starting
from app.core.prepared import Prepared
from app.groups.models import OPEN, SECRET, Group, GroupMember
from app.groups.policy import access_inside, groups_visible_to
from app.lib.handles import fold_handle
from app.lib.text import clean_line, fold, swap_layout, transliterate
from app.mentions.schemas import GroupSuggestion, Suggestions
from app.people.models import ACTIVE, LONGEST_WORD, Follow, Person, PersonWord, Position, Shop
from app.people.queries import LINE, by_index_of_words, joined, line
from app.people.schemas import PersonLine

MOST = 8
MOST_GROUPS = 3
MAX_QUERY = 60
#: From so many letters on, few names are expected to fit.
FEW_FROM = 3
#: Sorts after every character of a word.
_LAST = "\U0010ffff"
#: As typed, and on the other keyboard.
_WAYS = ("", "swapped_")


@dataclass(frozen=True)
class Where:
    """Where the mention is being written."""

    #: The publication in whose thread, or 0.
    thread_id: int = 0
    #: The group whose members alone will see it, or 0.
    group_id: int = 0


def _begins(name: str) -> ColumnElement[bool]:
    """A word from `<name>_from` up to `<name>_to`: a short walk along the index of words."""
    return and_(PersonWord.word >= bindparam(f"{name}_from"), PersonWord.word < bindparam(f"{name}_to"))


def _named(words: int, key: Any = Person.id) -> ColumnElement[bool]:
    """Each of so many words begins a word of the name, or the handle, in some spelling; bind `_spelled`."""
    found = (
        select(PersonWord.person_id).where(or_(*(_begins(f"w{word}s{spelling}") for spelling in range(3))))
        for word in range(words)
    )
    return and_(*(key.in_(each) for each in found))


def _people(*conditions: ColumnElement[bool], order: Sequence[Any], walk_names: bool = False) -> Prepared:
    """Colleagues who work here, but for the reader, on these conditions.

    SQLite does not know how many people fit, so it is told where to begin. With `walk_names` it walks along the names
    until enough are found, else it takes the ids that the conditions give.
    """
    state = Person.state if walk_names else by_index_of_words(Person.state)
    return Prepared(
        joined(select(*LINE).select_from(Person))
        .where(state == ACTIVE, Person.id != bindparam("reader"), *conditions)
        .order_by(*order, Person.id)
        .limit(MOST)
    )


_participants = (
    select(ContentItem.author_id).where(ContentItem.id == bindparam("thread")),
    select(ContentItem.author_id).where(ContentItem.root_id == bindparam("thread")),
)
_followed = select(Follow.followed_id).where(Follow.follower_id == bindparam("reader"))
_nearness = case((Person.id.in_(union(*_participants)), 0), (Person.id.in_(_followed), 1), else_=2)
_near = Person.id.in_(
    union(
        *_participants,
        _followed,
        select(Person.id).where(Person.shop_id == bindparam("shop")),
        select(Person.id).where(Person.department_id == bindparam("department")),
    )
)
_inside = Person.id.in_(select(GroupMember.person_id).where(GroupMember.group_id == bindparam("group")))
_positions = select(Position.id).where(
    or_(*(like(Position.name, f"{way}{at}") for way in _WAYS for at in ("first", "lower", "inner")))
)
_shops = select(Shop.id).where(
    or_(*(like(Shop.code, f"{way}code") | like(Shop.city, f"{way}town") for way in _WAYS))
)
_working = Person.id.in_(
    union(
        select(Person.id).where(Person.position_id.in_(_positions)),
        select(Person.id).where(Person.shop_id.in_(_shops)),
    )
)

_nearest_first = (_nearness, Person.sort_name)
#: A condition on this takes no ids from the index of words: it only tests those found otherwise.
_found_id = Person.id + 0

_near_people = _people(_near, order=_nearest_first)
_near_named = {words: _people(_near, _named(words, _found_id), order=_nearest_first) for words in (1, 2)}
_many_named = {
    words: _people(_named(words, _found_id), order=(Person.sort_name,), walk_names=True) for words in (1, 2)
}
_few_named = {words: _people(_named(words), order=(by_index_of_words(Person.sort_name),)) for words in (1, 2)}
_all_working = _people(_working, order=())
_members = _people(_inside, order=_nearest_first)
_members_named = {words: _people(_inside, _named(words, _found_id), order=_nearest_first) for words in (1, 2)}
_members_working = _people(_inside, _working, order=())

_groups = Prepared(
    select(Group.name, Group.handle, Group.colour, Group.members_count)
    .where(
        groups_visible_to(),
        or_(and_(bindparam("only") == 0, Group.visibility != SECRET), Group.id == bindparam("only")),
        or_(
            like(Group.sort_name, "start"),
            like(Group.sort_name, "part"),
            like(Group.sort_name, "swapped"),
            like(Group.handle, "handle"),
        ),
    )
    .order_by(case((like(Group.sort_name, "start"), 0), else_=1), Group.members_count.desc(), Group.id)
    .limit(MOST_GROUPS)
)


def complete(actor: Actor, q: str, *, root: str = "", place: str = "") -> Suggestions:
    """Colleagues and groups by the beginning of a name, handle, position, shop or town.

    In either alphabet and keyboard layout. `root` is the public id of the publication whose thread is written in,
    `place` where a publication is to stand ("group:<handle>"). At most five statements; on 16,000 people a few
    milliseconds. Raises `NotFound` for a thread or place that the actor may not see.
    """
    word = clean_line(q.lstrip("@"), MAX_QUERY)
    where = _where(actor, root, place)
    return Suggestions(tuple(_find(actor, word, where).values())[:MOST], _matching_groups(actor, word, where))


def _where(actor: Actor, root: str, place: str) -> Where:
    """At most one statement."""
    if root:
        publication = access_publication(actor, root)
        is_open = publication.audience == COMPANY
        return Where(publication.id, 0 if is_open else publication.group_id or 0)
    kind, _, key = place.partition(":")
    if kind != "group":
        return Where()
    group = access_inside(actor, key)
    return Where(group_id=0 if group.visibility == OPEN else group.id)


def _find(actor: Actor, word: str, where: Where) -> dict[int, PersonLine]:
    """People by id, the likeliest first. The next statement is asked only while there is room."""
    values: dict[str, Any] = {
        "reader": actor.person_id,
        "thread": where.thread_id,
        "group": where.group_id,
        "shop": actor.shop_id or 0,
        "department": actor.department_id or 0,
    }
    if not word:
        return _read(_members if where.group_id else _near_people, values)
    words = word.split(" ")[:2]
    values |= _spelled(words) | _worked(word)
    statements: tuple[Prepared, ...]
    if where.group_id:
        statements = (_members_named[len(words)], _members_working)
    else:
        all_named = _many_named if len(words[0]) < FEW_FROM else _few_named
        statements = (_near_named[len(words)], all_named[len(words)], _all_working)
    found: dict[int, PersonLine] = {}
    for statement in statements:
        if len(found) < MOST:
            found |= {key: each for key, each in _read(statement, values).items() if key not in found}
    return found


def _read(statement: Prepared, values: Mapping[str, Any]) -> dict[int, PersonLine]:
    return {row.id: line(row) for row in statement.all(**values)}


def _spelled(words: Sequence[str]) -> dict[str, str]:
    """What `_named` needs: each word as it is, on the other keyboard, and in Latin letters."""
    values = {}
    for at, word in enumerate(words):
        typed = fold_handle(word)
        for number, spelling in enumerate(
            (typed, fold(swap_layout(word)), fold(transliterate(typed)) or typed)
        ):
            values[f"w{at}s{number}_from"] = spelling[:LONGEST_WORD]
            values[f"w{at}s{number}_to"] = spelling[:LONGEST_WORD] + _LAST
    return values


def _worked(word: str) -> dict[str, str]:
    """What `_working` needs: titles and towns begin with a capital letter, codes are capital throughout."""
    values = {}
    for way, typed in zip(_WAYS, (word, swap_layout(word)), strict=True):
        values[f"{way}first"] = starting(typed.capitalize())
        values[f"{way}lower"] = starting(typed.lower())
        values[f"{way}inner"] = containing(f" {typed.lower()}")
        values[f"{way}town"] = starting(typed.title())
        values[f"{way}code"] = starting(typed.upper())
    return values


def _matching_groups(actor: Actor, word: str, where: Where) -> tuple[GroupSuggestion, ...]:
    if not word and not where.group_id:
        return ()
    folded = fold(word)
    rows = _groups.all(
        actor_groups=actor.group_ids,
        only=where.group_id,
        start=starting(folded),
        part=containing(f" {folded}"),
        swapped=starting(fold(swap_layout(word))),
        handle=starting(fold_handle(word)),
    )
    return tuple(GroupSuggestion(row.name, row.handle, row.colour, row.members_count) for row in rows)
