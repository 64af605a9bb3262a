"""Who follows whom, and whom one might follow."""

from __future__ import annotations

from sqlalchemy import bindparam, case, select, union

from app.core import cursor
from app.core.actor import Actor
from app.core.db import db
from app.core.prepared import Prepared
from app.people.models import ACTIVE, Follow, Person
from app.people.queries.lines import LINE, joined, line
from app.people.queries.profile import head
from app.people.schemas import ConnectionsPage, DirectoryRow, PersonLine

PAGE = 30

_mine = select(Follow.followed_id).where(Follow.follower_id == bindparam("me"))
#: Colleagues of the same shop or department, and the people most are following: two short walks along an index.
_near = select(Person.id).where(Person.shop_id == bindparam("shop_id"), Person.state == ACTIVE).limit(40)
_popular = select(Person.id).where(Person.state == ACTIVE).order_by(Person.followers_count.desc()).limit(60)
_candidates = union(select(_near.subquery().c.id), select(_popular.subquery().c.id)).subquery()
_suggested = Prepared(
    joined(select(*LINE).select_from(Person).join(_candidates, _candidates.c.id == Person.id))
    .where(Person.id != bindparam("me"), Person.id.not_in(_mine))
    .order_by(
        case((Person.shop_id == bindparam("shop_id"), 0), else_=1), Person.followers_count.desc(), Person.id
    )
    .limit(bindparam("limit"))
)


def suggested(actor: Actor, limit: int = 3) -> tuple[PersonLine, ...]:
    """People the actor might follow: of the same shop first, then those whom most follow. One statement."""
    rows = _suggested.all(me=actor.person_id, shop_id=actor.shop_id, limit=limit)
    return tuple(line(row) for row in rows)


def connections(
    actor: Actor, handle: str, *, side: str = "following", before: str | None = None
) -> ConnectionsPage:
    """The tab "Connections": whom a person follows (`side` "following") or who follows them ("followers").

    The latest first; leavers are left out. Raises `NotFound` and `Invalid` for a broken cursor. Two statements, and
    those of the head.
    """
    top = head(actor, handle)
    position, last_id = cursor.decode(before)
    of, shown = (
        (Follow.follower_id, Follow.followed_id)
        if side == "following"
        else (Follow.followed_id, Follow.follower_id)
    )
    rows = db.session.execute(
        joined(
            select(*LINE, Follow.created_at.label("since"))
            .select_from(Follow)
            .join(Person, Person.id == shown)
        )
        .where(of == top.id, Person.state == ACTIVE)
        .where((Follow.created_at < position) | ((Follow.created_at == position) & (Person.id < last_id)))
        .order_by(Follow.created_at.desc(), Person.id.desc())
        .limit(PAGE + 1)
    ).all()
    followed = followed_among(actor, [row.id for row in rows[:PAGE]])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return ConnectionsPage(
        head=top,
        side=side,
        people=tuple(DirectoryRow(line(row), row.id in followed) for row in rows[:PAGE]),
        next=cursor.encode(last.since, last.id) if last is not None else None,
    )


def followed_among(actor: Actor, person_ids: list[int]) -> set[int]:
    """Which of these people the actor follows. One statement."""
    return set(
        db.session.scalars(
            select(Follow.followed_id).where(
                Follow.follower_id == actor.person_id, Follow.followed_id.in_(person_ids)
            )
        )
    )
