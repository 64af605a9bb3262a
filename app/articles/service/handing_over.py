"""Handing articles over when their owner leaves or moves."""

from __future__ import annotations

from sqlalchemy import select, update

from app.articles.events import ArticlesHandedOver
from app.articles.models import LEFT, Article, Handover
from app.articles.policy import may_look_after
from app.content.models import COMPANY, DELETED, ContentItem
from app.core import clock
from app.core.db import db
from app.core.outbox import emit
from app.core.upsert import insert
from app.groups.models import MEMBER, GroupMember
from app.people.models import ACTIVE, Person
from app.people.queries import manager_above
from app.trust.service import set_owner


def hand_over(person_id: int, reason: str, event_id: int, *, from_shop_id: int | None = None) -> int:
    """Put the articles of somebody who left or moved on their manager's list; how many.

    Joins the open unit of work; the same event again changes nothing. What somebody leaves is their manager's at once;
    who moved keeps it until the manager decides. Without a manager who works here the editors decide; what only a
    group reads goes to a keeper of that group, unless the manager is in it. What was handed to the person goes on with
    it. Three statements, and five for each article.
    """
    manager = manager_above(person_id, from_shop_id)
    _hand_on(person_id, manager)
    owned = (
        select(Article, ContentItem)
        .join(ContentItem, ContentItem.id == Article.content_id)
        .where(Article.owner_id == person_id, ContentItem.state != DELETED)
        .order_by(Article.content_id)
        .with_for_update()
    )
    handed: dict[int | None, int] = {}
    for article, item in db.session.execute(owned).all():
        to_id = _keeper(item, manager, person_id)
        if _open(article, person_id, to_id, reason, event_id):
            handed[to_id] = handed.get(to_id, 0) + 1
            if reason == LEFT and to_id is not None:
                article.owner_id = to_id
                set_owner(item, to_id)
            item.version += 1
    for to_id, number in handed.items():
        emit(ArticlesHandedOver(person_id, to_id, number))
    return sum(handed.values())


def _open(article: Article, person_id: int, to_id: int | None, reason: str, event_id: int) -> bool:
    """Write the handover, in the place of one that waits; whether it is new."""
    row = {
        "content_id": article.content_id, "event_id": event_id, "from_id": person_id, "to_id": to_id,
        "reason": reason, "created_at": clock.now(),
    }  # fmt: skip
    statement = insert(Handover).on_conflict_do_nothing(index_elements=["content_id", "event_id"])
    made = db.session.scalars(statement.returning(Handover.id), [row]).first()
    if made is None:
        return False
    earlier = (
        Handover.content_id == article.content_id, Handover.decided_at.is_(None), Handover.id != made,
    )  # fmt: skip
    db.session.execute(
        update(Handover)
        .where(*earlier)
        .values(decided_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    return True


def _hand_on(person_id: int, manager: int | None) -> None:
    """What waits for somebody's decision waits for their manager's, once they have left."""
    person = db.session.get_one(Person, person_id)
    if person.state == ACTIVE:
        return
    db.session.execute(
        update(Handover)
        .where(Handover.to_id == person_id, Handover.decided_at.is_(None))
        .values(to_id=manager)
        .execution_options(synchronize_session=False)
    )


def _keeper(item: ContentItem, manager: int | None, person_id: int) -> int | None:
    """Who decides about an article: the manager, if they may see it; of a group, else one who keeps it."""
    if item.audience == COMPANY or (manager is not None and may_look_after(manager, item)):
        return manager
    keepers = (
        select(GroupMember.person_id)
        .join(Person, Person.id == GroupMember.person_id)
        .where(
            GroupMember.group_id == item.group_id,
            GroupMember.role != MEMBER,
            GroupMember.person_id != person_id,
            Person.state == ACTIVE,
        )
        .order_by(GroupMember.role.desc(), GroupMember.joined_at, GroupMember.person_id)
    )
    return db.session.scalars(keepers.limit(1)).first()
