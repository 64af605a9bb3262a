"""What was put to a person: "Questions for me", and the lines of the bell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, and_, bindparam, select, tuple_
from sqlalchemy.orm import aliased

from app.content.models import PUBLISHED, ContentItem
from app.content.policy import actor_values, visible_to
from app.content.queries.lines import person_columns, person_line
from app.core import clock, cursor
from app.core.actor import Actor
from app.core.prepared import Prepared, among
from app.people.models import Person, Position, Shop
from app.routing.models import OPEN, Ask, Routing
from app.routing.schemas import AskLine, AskPage, Why
from app.topics.models import Topic
from app.topics.schemas import topic_url

PAGE = 20

_Author = aliased(Person, name="author")
_Passer = aliased(Person, name="passer")
_Claimer = aliased(Person, name="claimer")

#: The columns of a line; rows of what the person may not see any more are left out.
_LINES = (
    select(
        Ask.id, Ask.asked_at, Ask.reason, Ask.number, Ask.declined_at, Routing.state, Routing.claimed_by,
        Routing.claimed_until, ContentItem.id.label("content_id"), ContentItem.public_id, ContentItem.title,
        ContentItem.excerpt, ContentItem.state.label("item_state"), Topic.title.label("topic"),
        Topic.name.label("topic_key"), _Passer.name.label("passer"),
        *person_columns("author", _Author, Position, Shop), *person_columns("claimer", _Claimer),
    )
    .select_from(Ask)
    .join(Routing, Routing.content_id == Ask.content_id)
    .join(ContentItem, ContentItem.id == Ask.content_id)
    .join(_Author, _Author.id == ContentItem.author_id)
    .outerjoin(Position, Position.id == _Author.position_id)
    .outerjoin(Shop, Shop.id == _Author.shop_id)
    .outerjoin(Topic, Topic.id == Ask.topic_id)
    .outerjoin(_Passer, _Passer.id == Ask.passed_by)
    .outerjoin(_Claimer, _Claimer.id == Routing.claimed_by)
    .where(Ask.person_id == bindparam("actor_id"), visible_to())
)  # fmt: skip

_waits = and_(Routing.state == OPEN, Ask.declined_at.is_(None), ContentItem.state == PUBLISHED)
_older = tuple_(Ask.asked_at, Ask.id) < tuple_(bindparam("position"), bindparam("below"))
_newest = (Ask.asked_at.desc(), Ask.id.desc())
_WAITING = Prepared(_LINES.where(_waits, _older).order_by(*_newest).limit(PAGE + 1))
_ALL = Prepared(_LINES.where(_older).order_by(*_newest).limit(PAGE + 1))
_ABOUT = Prepared(_LINES.where(among(Ask.content_id, "contents")))


def for_me(actor: Actor, *, waiting: bool, before: str | None = None) -> AskPage:
    """What was put to the person, the latest first: what still waits for them, or everything. One statement.

    Raises `Invalid` for a bad cursor.
    """
    position, below = cursor.decode(before)
    rows = (_WAITING if waiting else _ALL).all(**actor_values(actor), position=position, below=below)
    shown = rows[:PAGE]
    more = cursor.encode(shown[-1].asked_at, shown[-1].id) if len(rows) > PAGE else None
    return AskPage(tuple(_line(actor, row) for row in shown), more)


def asked_about(actor: Actor, content_ids: Sequence[int]) -> Mapping[int, AskLine]:
    """What was put to the person of these questions, by content id. One statement, none for no ids."""
    if not content_ids:
        return {}
    rows = _ABOUT.all(**actor_values(actor), contents=list(content_ids))
    return {row.content_id: _line(actor, row) for row in rows}


def _line(actor: Actor, row: Row[Any]) -> AskLine:
    author = person_line(row, "author")
    assert author is not None
    claimed = row.claimed_by is not None and row.claimed_until > clock.now()
    mine = claimed and row.claimed_by == actor.person_id
    return AskLine(
        id=row.id,
        public_id=row.public_id,
        url=f"/p/{row.public_id}",
        author=author,
        title=row.title,
        quote=row.excerpt,
        asked_at=row.asked_at,
        why=why(row),
        waiting=row.state == OPEN and row.item_state == PUBLISHED,
        declined=row.declined_at is not None,
        mine=mine,
        claimed_by=person_line(row, "claimer") if claimed and not mine else None,
    )


def why(row: Row[Any]) -> Why:
    """The reason in a row that has reason, number, topic, topic_key and passer."""
    return Why(
        reason=row.reason,
        topic=row.topic or "",
        topic_url=topic_url(row.topic_key) if row.topic_key else "",
        number=row.number,
        colleague=row.passer or "",
    )
