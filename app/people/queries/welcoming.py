"""Colleagues for somebody new: who leads them, who works beside them, whom most follow."""

from __future__ import annotations

from sqlalchemy import bindparam, case, exists, or_, select, union

from app.core.actor import Actor
from app.core.db import db
from app.people.models import ACTIVE, Follow, Person, Shop
from app.people.queries.lines import LINE, joined, line
from app.people.schemas import DirectoryRow

_me = select(Person.manager_id).where(Person.id == bindparam("me"))
_leads = or_(
    Person.id.in_(_me.where(Person.manager_id.is_not(None))),
    Person.id.in_(
        select(Shop.manager_id).where(Shop.id == bindparam("shop_id"), Shop.manager_id.is_not(None))
    ),
)
_same_shop = Person.shop_id == bindparam("shop_id")
_same_department = Person.department_id == bindparam("department_id")


def colleagues(actor: Actor, limit: int = 8) -> tuple[DirectoryRow, ...]:
    """Whom somebody new may want to follow, those they follow among them. One statement."""
    active = Person.state == ACTIVE
    walks = (
        select(Person.id).where(_leads, active).limit(4),
        select(Person.id).where(_same_shop, active).limit(20),
        select(Person.id).where(_same_department, active).limit(20),
        select(Person.id).where(active).order_by(Person.followers_count.desc()).limit(20),
    )
    found = union(*(select(walk.subquery().c.id) for walk in walks)).subquery()
    followed = exists().where(Follow.follower_id == bindparam("me"), Follow.followed_id == Person.id)
    rows = db.session.execute(
        joined(
            select(*LINE, followed.label("followed"))
            .select_from(Person)
            .join(found, found.c.id == Person.id)
        )
        .where(Person.id != bindparam("me"))
        .order_by(
            case((_leads, 0), (_same_shop, 1), (_same_department, 2), else_=3),
            Person.followers_count.desc(), Person.id,
        )
        .limit(limit),
        {"me": actor.person_id, "shop_id": actor.shop_id, "department_id": actor.department_id},
    )  # fmt: skip
    return tuple(DirectoryRow(line(row), row.followed) for row in rows)
