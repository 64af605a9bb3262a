"""A person's own ledger. What they may not see any more is neither quoted nor linked, and nobody is named with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import and_, bindparam, case, or_, select
from sqlalchemy.orm import aliased

from app.content.models import ContentItem
from app.content.policy import Root, actor_values, comment_visible_to
from app.core import clock, cursor
from app.core.actor import Actor
from app.core.prepared import Prepared, among
from app.people.models import Person
from app.people.schemas import person_url
from app.reputation.models import (
    BONUS,
    DOER,
    EXPIRED,
    OTHER,
    REPUTATION,
    SPENT,
    Balance,
    Entry,
    Rule,
    WaitingAct,
)
from app.reputation.queries.recognition import is_recognised
from app.reputation.queries.rules import rules_in_force
from app.reputation.queries.standing import levels, stand
from app.reputation.schemas import INVITED, PointGroup, PointLine, PointsPage, WaitingLine

#: Entries on a page.
PAGE = 50
#: Waiting acts listed.
MOST_WAITING = 20

_Guest = aliased(Person, name="guest")
_SEEN = and_(ContentItem.id.is_not(None), comment_visible_to())

_LINES = Prepared(
    select(
        Entry.id, Rule.act, Rule.pays, Entry.account, Entry.delta, Entry.gives, Entry.reverses_id, Entry.limited,
        Entry.recorded_at, Entry.happened_at, Rule.title.label("rule_title"),
        case((_SEEN, ContentItem.public_id)).label("public_id"),
        case((_SEEN, Root.public_id)).label("root_public_id"),
        case((_SEEN, ContentItem.title)).label("title"),
        case((_SEEN, ContentItem.excerpt)).label("excerpt"),
        case((and_(_SEEN, Entry.actor_id != Entry.person_id), Person.name)).label("who"),
        _Guest.name.label("guest"), _Guest.handle.label("guest_handle"),
    )
    .join(Rule, Rule.id == Entry.rule_id)
    .outerjoin(ContentItem, ContentItem.id == Entry.content_id)
    .outerjoin(Root, Root.id == ContentItem.root_id)
    .outerjoin(Person, Person.id == Entry.actor_id)
    .outerjoin(_Guest, and_(_Guest.id == Entry.other_id, Rule.act == INVITED))
    .where(
        Entry.person_id == bindparam("actor_id"),
        Entry.id < bindparam("below"),
        # What was spent and what expired stands in the statement of bonus points.
        Entry.against.not_in((SPENT, EXPIRED)),
        # An act beyond a limit that was worth nothing is told once, not again when it is taken back.
        or_(Entry.delta != 0, and_(Entry.limited != "", Entry.reverses_id.is_(None))),
    )
    .order_by(Entry.id.desc())
    .limit(bindparam("most"))
)  # fmt: skip

_BALANCES = Prepared(
    select(Balance.account, Balance.points).where(Balance.person_id == bindparam("person_id"))
)

_WAITING = Prepared(
    select(WaitingAct.fact, WaitingAct.doer_id, WaitingAct.due_at)
    .join(ContentItem, ContentItem.id == WaitingAct.content_id)
    .outerjoin(Root, Root.id == ContentItem.root_id)
    .where(
        or_(WaitingAct.doer_id == bindparam("actor_id"), ContentItem.author_id == bindparam("actor_id")),
        comment_visible_to(),
    )
    .order_by(WaitingAct.due_at, WaitingAct.fact)
    .limit(bindparam("most"))
)


def points(actor: Actor, before: str | None = None) -> PointsPage:
    """A page of the actor's entries; the first one says what waits too. Four statements. Raises `Invalid`."""
    _position, below = cursor.decode(before)
    rows = _LINES.all(**actor_values(actor), below=below, most=PAGE + 1)
    shown = rows[:PAGE]
    balances = {row.account: row.points for row in _BALANCES.all(person_id=actor.person_id)}
    return PointsPage(
        stand(balances.get(REPUTATION, 0), levels()) if is_recognised(actor) else None,
        balances.get(BONUS, 0),
        _grouped(map(_line, shown)),
        () if before else _waiting(actor),
        cursor.encode(0, shown[-1].id) if len(rows) > PAGE else None,
    )


def _grouped(lines: Iterable[PointLine]) -> tuple[PointGroup, ...]:
    groups: list[PointGroup] = []
    for counts, some in groupby(lines, key=lambda line: line.delta != 0):
        together = tuple(some)
        groups += [PointGroup((line,)) for line in together] if counts else [PointGroup(together)]
    return tuple(groups)


def _waiting(actor: Actor) -> tuple[WaitingLine, ...]:
    """What will pay the actor, or was done by them and pays somebody. Two statements; one when nothing waits."""
    rows = _WAITING.all(**actor_values(actor), most=MOST_WAITING)
    rules = {(rule.act, rule.pays) for rule in rules_in_force(clock.now()) if rule.points} if rows else set()
    found = []
    for row in rows:
        act = row.fact.partition(":")[0]
        mine = row.doer_id == actor.person_id
        pays = DOER if mine and (act, DOER) in rules else OTHER
        if (act, pays) in rules:
            found.append(WaitingLine(act, DOER if mine else OTHER, row.due_at))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Origin:
    """A text that earned points: its first words and its address."""

    quote: str
    url: str


_ORIGINS = Prepared(
    select(
        ContentItem.id, ContentItem.public_id, Root.public_id.label("root_public_id"), ContentItem.title,
        ContentItem.excerpt,
    )
    .outerjoin(Root, Root.id == ContentItem.root_id)
    .where(among(ContentItem.id, "ids"), comment_visible_to())
)  # fmt: skip


def origins(actor: Actor, content_ids: Collection[int]) -> Mapping[int, Origin]:
    """Those of these texts that the actor may see, by id. One statement, none for no ids."""
    if not content_ids:
        return {}
    rows = _ORIGINS.all(**actor_values(actor), ids=sorted(set(content_ids)))
    return {row.id: Origin(row.title or row.excerpt or "", _address(row)) for row in rows}


def _address(row: Any) -> str:
    if row.root_public_id:
        return f"/p/{row.root_public_id}#c-{row.public_id}"
    return f"/p/{row.public_id}" if row.public_id else ""


def _line(row: Any) -> PointLine:
    if row.reverses_id is None:
        state, at = "given", row.happened_at
    else:
        state, at = "again" if row.gives else "taken", row.recorded_at
    quote, url = row.title or row.excerpt or "", _address(row)
    if row.guest is not None:
        quote, url = row.guest, person_url(row.guest_handle)
    return PointLine(
        row.id, row.act, row.pays, row.account, row.delta, state, row.limited, at, row.who or "", quote, url,
        row.rule_title,
    )  # fmt: skip
