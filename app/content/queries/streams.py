"""Streams of publications: which ones, in which order. Cards are made from the ids.

Each stream is one keyset statement over an index, newest activity or most useful first; the database walks the index
and stops when the page is full. Features above add their own streams with `stream` and `page`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    exists,
    literal,
    select,
    tuple_,
    union_all,
)

from app.content.models import IS_ARTICLE, PUBLISHED, QUESTION, ContentItem, ContentTopic
from app.content.policy import actor_values, visible_to
from app.content.queries.accepted import accepted_id
from app.content.schemas import Stream, StreamRow
from app.core import cursor
from app.core.actor import Actor
from app.core.prepared import Prepared

#: Cards on a page.
PAGE = 20
#: Pinned publications shown on top of a place.
MOST_PINS = 3
#: Articles, and answered questions, shown on top of a topic.
MOST_KNOWN = 2
#: Topics with so many publications are large.
LARGE_TOPIC = 1000
#: Orders a reader can choose.
ORDERS = ("activity", "useful")

_COLUMNS = {
    "activity": ContentItem.activity_at,
    "useful": ContentItem.usefulness,
    "new": ContentItem.published_at,
}

#: The place whose stream is read.
PLACE: BindParameter[int] = bindparam("place")


@dataclass(frozen=True)
class StreamStatement:
    """A stream's statement, and the one that also finds what is pinned in the place."""

    plain: Prepared
    with_pins: Prepared


def stream(
    order: str, *rules: ColumnElement[bool], pins: ColumnElement[bool] | None = None
) -> StreamStatement:
    """The statement for what fits one of `rules` and the reader may see, in an order. Make it once, at import.

    Rules exclude each other; each is read by an index of its own, which one rule with an "or" could not be. `pins` says
    where a publication must stand for its pin to count in this stream; without it pins don't.
    """
    flows = [_flow(order, rule) for rule in rules]
    plain = flows[0] if len(flows) == 1 else _together(*flows)
    if pins is None:
        return StreamStatement(Prepared(plain), Prepared(plain))
    return StreamStatement(Prepared(plain), Prepared(_together(_pinned(pins), *flows)))


def _flow(order: str, rule: ColumnElement[bool]) -> Any:
    column = _COLUMNS[order]
    return (
        select(ContentItem.id, ContentItem.version, column.label("position"), literal(0).label("pinned"))
        .where(
            ContentItem.root_id.is_(None),
            visible_to(),
            rule,
            tuple_(column, ContentItem.id) < tuple_(bindparam("position"), bindparam("below")),
        )
        .order_by(column.desc(), ContentItem.id.desc())
        .limit(bindparam("most"))
    )


def _pinned(pins: ColumnElement[bool]) -> Any:
    position = ContentItem.pinned_at.label("position")
    return (
        select(ContentItem.id, ContentItem.version, position, literal(1).label("pinned"))
        .where(
            ContentItem.pinned_at.is_not(None),
            ContentItem.state == PUBLISHED,
            ContentItem.root_id.is_(None),
            visible_to(),
            pins,
        )
        .order_by(ContentItem.pinned_at.desc())
        .limit(MOST_PINS)
    )


def _known(rule: ColumnElement[bool], what: Any, place: int) -> Any:
    """The most useful of what is known, all of it before what comes with a lower `place`."""
    position = ContentItem.usefulness.label("position")
    return (
        select(ContentItem.id, ContentItem.version, position, literal(place).label("pinned"))
        .where(ContentItem.root_id.is_(None), ContentItem.state == PUBLISHED, visible_to(), what, rule)
        .order_by(ContentItem.usefulness.desc(), ContentItem.id.desc())
        .limit(MOST_KNOWN)
    )


def _known_first(order: str, rule: ColumnElement[bool]) -> Any:
    answered = and_(ContentItem.kind == QUESTION, accepted_id().is_not(None))
    return _together(_known(rule, IS_ARTICLE, 2), _known(rule, answered, 1), _flow(order, rule))


def _with_known(rule: ColumnElement[bool]) -> dict[str, StreamStatement]:
    """`both_orders`, with what is known about it on top instead of pins. Made at the first run, as kinds tell it."""
    return {
        order: StreamStatement(
            Prepared(_flow(order, rule)),
            Prepared(partial(_known_first, order, rule)),
        )
        for order in ORDERS
    }


def _together(*parts: Select[Any]) -> Any:
    """All parts in one statement, each with its own order and limit; `page` puts their rows in order."""
    return union_all(*(select(part.subquery(f"part_{number}")) for number, part in enumerate(parts)))


def both_orders(
    rule: ColumnElement[bool], *, pins: ColumnElement[bool] | None = None
) -> dict[str, StreamStatement]:
    """`stream` for each of `ORDERS`."""
    return {order: stream(order, rule, pins=pins) for order in ORDERS}


def page(
    statement: StreamStatement,
    actor: Actor,
    before: str | None,
    *,
    most: int = PAGE,
    pins: bool = False,
    **values: Any,
) -> Stream:
    """One page of a stream, with `pins` what is pinned on top. One statement. Raises `Invalid` for a bad cursor."""
    position, below = cursor.decode(before)
    prepared = statement.with_pins if pins else statement.plain
    rows = prepared.all(**actor_values(actor), **values, position=position, below=below, most=most + 1)
    on_top = sorted(
        (row for row in rows if row.pinned), key=lambda row: (row.pinned, row.position, row.id), reverse=True
    )
    flowing = sorted(
        (row for row in rows if not row.pinned), key=lambda row: (row.position, row.id), reverse=True
    )
    shown = flowing[:most]
    more = cursor.encode(shown[-1].position, shown[-1].id) if len(flowing) > most else None
    pinned_ids = {row.id for row in on_top}
    ordered = [*on_top, *(row for row in shown if row.id not in pinned_ids)]
    return Stream(tuple(StreamRow(row.id, row.version) for row in ordered), more)


def _pinned_in(kind: str, column: Any) -> ColumnElement[bool]:
    """Names the kind of place as well: the index of what is pinned begins with it."""
    return and_(ContentItem.place_kind == kind, column == PLACE)


def _place(kind: str, column: Any) -> dict[str, StreamStatement]:
    return both_orders(column == PLACE, pins=_pinned_in(kind, column))


_GROUP = _place("group", ContentItem.group_id)
_SHOP = _place("shop", ContentItem.shop_id)
_DEPARTMENT = _place("department", ContentItem.department_id)
#: Of a large topic there is something on every page of the feed, so the feed is walked until the page is full.
_LARGE_TOPIC = _with_known(
    exists().where(ContentTopic.content_id == ContentItem.id, ContentTopic.topic_id == PLACE)
)
#: A small one is read whole and put in order.
_SMALL_TOPIC = _with_known(
    ContentItem.id.in_(select(ContentTopic.content_id).where(ContentTopic.topic_id == PLACE))
)
_WRITTEN_BY = stream(
    "new",
    ContentItem.author_id == PLACE,
    and_(ContentItem.person_id == PLACE, ContentItem.author_id != PLACE),
    pins=_pinned_in("person", ContentItem.person_id),
)


def group(actor: Actor, group_id: int, *, order: str, before: str | None = None) -> Stream:
    """What stands in a group. One statement."""
    return page(_GROUP[order], actor, before, pins=not before, place=group_id)


def shop(actor: Actor, shop_id: int, *, order: str, before: str | None = None) -> Stream:
    """What stands on a shop's page. One statement."""
    return page(_SHOP[order], actor, before, pins=not before, place=shop_id)


def department(actor: Actor, department_id: int, *, order: str, before: str | None = None) -> Stream:
    """What stands on a department's page. One statement."""
    return page(_DEPARTMENT[order], actor, before, pins=not before, place=department_id)


def topic(
    actor: Actor, topic_id: int, *, order: str, before: str | None = None, publications: int = 0
) -> Stream:
    """What is about a topic, of which there are about so many `publications`; articles and answers first.

    One statement.
    """
    statements = _LARGE_TOPIC if publications >= LARGE_TOPIC else _SMALL_TOPIC
    return page(statements[order], actor, before, pins=not before, place=topic_id)


def person(actor: Actor, person_id: int, *, before: str | None = None) -> Stream:
    """What a person wrote, and what stands on their page, newest first. One statement."""
    return page(_WRITTEN_BY, actor, before, pins=not before, place=person_id)


#: A stream with nothing in it.
EMPTY = Stream(())
