"""Who can be mentioned while typing "@".

Near people come first: who takes part in the thread, whom the reader follows, who works in the same shop or department.
Then everyone in the order of names, and last whose position or shop begins so. In a closed or secret group only its
members are offered, and no group but itself, for others would be told nothing of the mention.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, false, or_, select, union

from app.content.models import COMPANY, ContentItem
from app.content.policy import access_publication
from app.core.actor import Actor
from app.core.db import db
from app.core.like import containing, like, starting
from app.core.prepared import Prepared
from app.groups.models import OPEN, Group, GroupMember
from app.groups.policy import access_inside, can_post, groups_visible_to
from app.groups.schemas import GroupLink, group_url
from app.lib.handles import fold_handle
from app.lib.text import clean_line, fold, swap_layout
from app.mentions.schemas import GroupSuggestion, Suggestions
from app.people.models import ACTIVE, Follow, Person, Position, Shop
from app.people.queries import LINE, joined, line, name_matches
from app.people.schemas import PersonLine

MOST = 8
MOST_GROUPS = 3
MAX_QUERY = 60
#: More words than a name has; the rest is not looked at.
MOST_WORDS = 3
_ESCAPE = "\\"

_groups = Prepared(
    select(
        Group.id,
        Group.name,
        Group.handle,
        Group.colour,
        Group.visibility,
        Group.who_posts,
        Group.members_count,
    )
    .where(
        groups_visible_to(),
        or_(bindparam("only") == 0, Group.id == bindparam("only")),
        or_(
            like(Group.sort_name, "start"),
            like(Group.sort_name, "part"),
            like(Group.sort_name, "swapped"),
            like(Group.handle, "handle"),
        ),
    )
    .order_by(case((like(Group.sort_name, "start"), 0), else_=1), Group.members_count.desc(), Group.id)
    .limit(bindparam("most"))
)


def complete(actor: Actor, q: str, *, root: str = "", place: str = "") -> Suggestions:
    """Colleagues and groups by the beginning of a name, handle, position, shop or town.

    In either alphabet and keyboard layout. `root` is the public id of the publication whose thread is written in,
    `place` where a publication is to stand ("group:<handle>"). At most six statements; on 16,000 people under 15 ms.
    Raises `NotFound` for a thread or place that the actor may not see.
    """
    word = clean_line(q.lstrip("@"), MAX_QUERY)
    thread_id, closed_group_id = _where(actor, root, place)
    among_people = and_(Person.state == ACTIVE, Person.id != actor.person_id)
    if closed_group_id is not None:
        among_people = and_(among_people, Person.id.in_(_members_of(closed_group_id)))
    people = _people(actor, word, among_people, thread_id, closed=closed_group_id is not None)
    return Suggestions(tuple(people), _matching_groups(actor, word, closed_group_id))


def _where(actor: Actor, root: str, place: str) -> tuple[int | None, int | None]:
    """The id of the thread, and of the group whose members alone see it. At most two statements."""
    if root:
        publication = access_publication(actor, root)
        return publication.id, None if publication.audience == COMPANY else publication.group_id
    kind, _, key = place.partition(":")
    if kind != "group":
        return None, None
    group = access_inside(actor, key)
    return None, None if group.visibility == OPEN else group.id


def _people(
    actor: Actor, word: str, among_people: ColumnElement[bool], thread_id: int | None, *, closed: bool
) -> list[PersonLine]:
    named = _named(word) if word else and_(True)
    rank, near = _near(actor, thread_id)
    found = _read(and_(among_people, named, near), rank)
    if len(found) < MOST and (word or closed):
        found |= _read(and_(among_people, named))
    if len(found) < MOST and word:
        found |= _read(and_(among_people, _works(word)))
    return list(found.values())[:MOST]


def _read(condition: ColumnElement[bool], *order: ColumnElement[Any]) -> dict[int, PersonLine]:
    statement = joined(select(*LINE).select_from(Person)).where(condition)
    rows = db.session.execute(statement.order_by(*order, Person.sort_name, Person.id).limit(MOST))
    return {row.id: line(row) for row in rows}


def _named(word: str) -> ColumnElement[bool]:
    """Every word begins a part of the name, or the whole begins the handle."""
    words = word.replace(".", " ").split()[:MOST_WORDS]
    by_handle = Person.handle.like(starting(fold_handle(word)), escape=_ESCAPE)
    return or_(and_(*(name_matches(each) for each in words)), by_handle) if words else by_handle


def _near(actor: Actor, thread_id: int | None) -> tuple[ColumnElement[int], ColumnElement[bool]]:
    """How near a person is to the reader, nearest 0, and whether they are near at all."""
    followed = Person.id.in_(select(Follow.followed_id).where(Follow.follower_id == actor.person_id))
    taking_part = Person.id.in_(_participants(thread_id)) if thread_id is not None else false()
    beside = or_(
        Person.shop_id == actor.shop_id if actor.shop_id is not None else false(),
        Person.department_id == actor.department_id if actor.department_id is not None else false(),
    )
    rank: ColumnElement[int] = case((followed, 1), else_=2)
    if thread_id is not None:
        rank = case((taking_part, 0), (followed, 1), else_=2)
    return rank, or_(taking_part, followed, beside)


def _participants(thread_id: int) -> Any:
    author = select(ContentItem.author_id).where(ContentItem.id == thread_id)
    commenters = select(ContentItem.author_id).where(ContentItem.root_id == thread_id)
    return union(author, commenters)


def _members_of(group_id: int) -> Any:
    return select(GroupMember.person_id).where(GroupMember.group_id == group_id)


def _works(word: str) -> ColumnElement[bool]:
    """Whose position has a part that begins so, or whose shop's code or town does. One statement for the positions."""
    spelled = (fold(word), fold(swap_layout(word)))
    positions = db.session.execute(select(Position.id, Position.name))
    ids = [row.id for row in positions if _begins_a_part(fold(row.name), spelled)]
    codes = {word.upper(), swap_layout(word).upper()}
    towns = {word.title(), swap_layout(word).title()}
    shops = select(Shop.id).where(
        or_(
            *(Shop.code.like(starting(code), escape=_ESCAPE) for code in sorted(codes)),
            *(Shop.city.like(starting(town), escape=_ESCAPE) for town in sorted(towns)),
        )
    )
    return or_(Person.position_id.in_(ids), Person.shop_id.in_(shops))


def _begins_a_part(name: str, spelled: Iterable[str]) -> bool:
    return any(name.startswith(each) or f" {each}" in name for each in spelled)


def _matching_groups(actor: Actor, word: str, only_id: int | None) -> tuple[GroupSuggestion, ...]:
    if not word and only_id is None:
        return ()
    folded = fold(word)
    rows = _groups.all(
        actor_groups=actor.group_ids,
        start=starting(folded),
        part=containing(f" {folded}"),
        swapped=starting(fold(swap_layout(word))),
        handle=starting(fold_handle(word)),
        only=only_id or 0,
        most=MOST_GROUPS,
    )
    return tuple(
        GroupSuggestion(
            GroupLink(row.name, row.handle, group_url(row.handle), row.colour, can_post(actor, row)),
            row.members_count,
        )
        for row in rows
    )
