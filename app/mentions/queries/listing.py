"""The page "Mentions of me"."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, bindparam, func, select, tuple_, union

from app.content.models import ContentItem, GroupMention, PersonMention
from app.content.policy import Root, actor_values, comment_visible_to, join_root
from app.core import cursor
from app.core.actor import Actor
from app.core.prepared import Prepared, among
from app.groups.models import Group
from app.mentions.schemas import MentionLine, MentionsPage
from app.people.models import Person
from app.people.queries import LINE, joined, line

PAGE = 30

_of_me = select(PersonMention.content_id).where(PersonMention.person_id == bindparam("actor_id"))
_of_my_groups = select(GroupMention.content_id).where(among(GroupMention.group_id, "actor_groups"))
_group = (
    select(func.min(Group.name))
    .join(GroupMention, GroupMention.group_id == Group.id)
    .where(GroupMention.content_id == ContentItem.id, among(Group.id, "actor_groups"))
    .correlate(ContentItem)
    .scalar_subquery()
)

_mine = Prepared(
    join_root(
        joined(
            select(
                *LINE,
                ContentItem.id.label("item_id"),
                ContentItem.public_id,
                ContentItem.published_at,
                ContentItem.title,
                ContentItem.excerpt,
                ContentItem.id.in_(_of_me).label("of_me"),
                _group.label("group_name"),
                Root.public_id.label("root_public_id"),
                Root.title.label("root_title"),
                Root.excerpt.label("root_excerpt"),
            )
            .select_from(ContentItem)
            .join(Person, Person.id == ContentItem.author_id)
        )
    )
    .where(
        ContentItem.id.in_(union(_of_me, _of_my_groups)),
        ContentItem.author_id != bindparam("actor_id"),
        comment_visible_to(),
        tuple_(ContentItem.published_at, ContentItem.id) < tuple_(bindparam("position"), bindparam("below")),
    )
    .order_by(ContentItem.published_at.desc(), ContentItem.id.desc())
    .limit(PAGE + 1)
)


def mine(actor: Actor, before: str | None = None) -> MentionsPage:
    """What mentions the actor or a group of theirs and may be seen by them, the newest first. One statement.

    What the actor wrote is left out. Raises `Invalid` for a broken cursor.
    """
    position, below = cursor.decode(before)
    rows = _mine.all(**actor_values(actor), position=position, below=below)
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return MentionsPage(
        tuple(_line(row) for row in rows[:PAGE]),
        cursor.encode(last.published_at, last.item_id) if last is not None else None,
    )


def _line(row: Row[Any]) -> MentionLine:
    is_comment = row.root_public_id is not None
    address = f"/p/{row.root_public_id}#c-{row.public_id}" if is_comment else f"/p/{row.public_id}"
    return MentionLine(
        author=line(row),
        url=address,
        published_at=row.published_at,
        excerpt=row.excerpt,
        subject=(row.root_title or row.root_excerpt) if is_comment else row.title,
        is_comment=is_comment,
        group=None if row.of_me else row.group_name,
    )
