"""Operators of a search, offered while they are typed, and what may stand behind them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from app.core import shared
from app.core.actor import Actor
from app.core.fulltext.engine import engine
from app.core.fulltext.interface import Query
from app.lib.text import fold
from app.lib.typedquery import (
    AFTER,
    BEFORE,
    FROM,
    IN,
    IS,
    PERSON,
    TOPIC,
    Unfinished,
    operators_from,
    states_from,
    unfinished,
)
from app.mentions.queries import complete
from app.search.queries import results
from app.search.schemas import GROUP, MOST_HINTED, Completion
from app.search.schemas import TOPIC as TOPICS
from app.topics.queries import priority
from app.topics.schemas import TopicLine

#: Of people and groups together, and of days, so many are offered.
_MOST = 6
_ME = {False: "me", True: "я"}
_DAYS = {False: ("today", "yesterday"), True: ("сегодня", "вчера")}


def completions(actor: Actor, q: str, today: date) -> tuple[Completion, ...]:
    """How the operator that `q` ends with may go on, or the word that may become one; the likeliest first.

    What the reader may not know of is not offered. At most five statements, and one search of names. Raises
    SearchUnavailable.
    """
    typed = unfinished(q)
    if typed is None:
        return tuple(Completion(words, _kind(words)) for words in operators_from(q))
    return tuple(each for each in _completions(actor, typed, today) if each.words.rstrip() != q)


def _completions(actor: Actor, typed: Unfinished, today: date) -> tuple[Completion, ...]:
    if typed.kind == IS:
        return tuple(
            Completion(f"{typed.before}{word} ", IS, state)
            for word, state in states_from(typed.value, russian=typed.russian)
        )
    if typed.kind in (AFTER, BEFORE):
        return tuple(_days(typed, today))
    if typed.kind == TOPIC:
        found = _topics(actor, typed.value)
        return tuple(Completion(f"{typed.before}{topic.name} ", TOPIC, topic.name) for topic in found)
    if typed.kind == IN:
        return tuple(_groups(actor, typed))
    return tuple(_people(actor, typed))


def _kind(words: str) -> str:
    typed = unfinished(words)
    return typed.kind if typed is not None else ""


def _days(typed: Unfinished, today: date) -> Iterator[Completion]:
    """Today and yesterday, this month and this year, as people write them."""
    last_month = today.replace(day=1) - timedelta(days=1)
    months = (f"{day:%m.%Y}" for day in (today, last_month))
    for day in (*_DAYS[typed.russian], *months, f"{today:%Y}"):
        if day.startswith(fold(typed.value)):
            yield Completion(f"{typed.before}{day} ", typed.kind, day)


def _topics(actor: Actor, begun: str) -> tuple[TopicLine, ...]:
    """Before the first letter those that count most now."""
    if not begun:
        return shared.recall("priority topics", priority)[:MOST_HINTED]
    return results.topics(actor, _named(actor, TOPICS, begun))


def _groups(actor: Actor, typed: Unfinished) -> Iterator[Completion]:
    """Before the first letter the reader's own."""
    ids = _named(actor, GROUP, typed.value) if typed.value else sorted(actor.group_ids)[:_MOST]
    for group in results.groups(actor, ids):
        yield Completion(f"{typed.before}{group.handle} ", IN, group.name)


def _people(actor: Actor, typed: Unfinished) -> Iterator[Completion]:
    """Colleagues as they are offered for a mention, the near ones first; a mention may be of a group."""
    me = _ME[typed.russian]
    if typed.kind == FROM and me.startswith(fold(typed.value)):
        yield Completion(f"{typed.before}{me} ", FROM, me)
    found = complete(actor, typed.value)
    for person in found.people[:_MOST]:
        yield Completion(f"{typed.before}{person.handle} ", typed.kind, person.name, person)
    for group in found.groups if typed.kind == PERSON else ():
        yield Completion(f"{typed.before}{group.handle} ", IN, group.name)


def _named(actor: Actor, kind: str, begun: str) -> list[int]:
    """The ids of topics or groups that are called so."""
    query = Query(begun, visible_groups=actor.group_ids, kinds=(kind,), limit=MOST_HINTED, prefix=True)
    return [hit.id for hit in engine().search(query).hits]
