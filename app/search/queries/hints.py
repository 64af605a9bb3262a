"""What is offered while typing in the field of search: past searches, people, topics, titles of publications."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, bindparam, exists, or_, select

from app.content.models import ContentItem
from app.content.policy import actor_values, visible_to
from app.core.actor import Actor
from app.core.fulltext.engine import engine
from app.core.fulltext.interface import Hits, Query, SearchUnavailable
from app.core.fulltext.snippets import Marker
from app.core.like import containing, like, starting
from app.core.prepared import Prepared, among
from app.lib.characters import clean_characters
from app.lib.text import excerpt, fold, squeeze, swap_layout
from app.lib.typedquery import TypedQuery, read, unfinished
from app.questions.models import Question
from app.search.models import PastSearch, PastSearchesOff
from app.search.queries import results
from app.search.queries.asking import meaning_the_same
from app.search.queries.completing import completions
from app.search.queries.repairing import spellings
from app.search.queries.worth import whereabouts
from app.search.schemas import (
    MAX_QUERY,
    MOST_HINTED,
    PAST_BESIDE,
    PAST_SHOWN,
    PERSON,
    PUBLICATION,
    TOPIC,
    HintedText,
    Hints,
    PastLine,
)  # fmt: skip
from app.trust.schemas import day_in

_KINDS = (PERSON, TOPIC, PUBLICATION)
#: Of so many that fit, some have the words in their text alone.
_CANDIDATES = 12
_TITLE = 100
#: Words of so many letters are taken for finished, and so many of them are put right.
_LONG = 5
_MOST_MENDED = 3

_PAST = Prepared(
    select(PastSearch.id, PastSearch.words)
    .where(
        PastSearch.person_id == bindparam("person"),
        or_(like(PastSearch.key, "start"), like(PastSearch.key, "inside")),
    )
    .order_by(PastSearch.at.desc(), PastSearch.id.desc())
    .limit(bindparam("most"))
)

_KEPT = Prepared(select((~exists().where(PastSearchesOff.person_id == bindparam("person"))).label("kept")))

_TITLES = Prepared(
    select(
        ContentItem.id, ContentItem.public_id, ContentItem.kind, ContentItem.title, ContentItem.excerpt,
        Question.accepted_id,
    )
    .outerjoin(Question, Question.content_id == ContentItem.id)
    .where(among(ContentItem.id, "ids"), ContentItem.root_id.is_(None), visible_to())
)  # fmt: skip


def past(actor: Actor, most: int, q: str = "") -> tuple[PastLine, ...]:
    """What the reader searched, the latest first: all, or what has a word that begins so. One statement."""
    key = fold(q)
    rows = _PAST.all(person=actor.person_id, start=starting(key), inside=containing(f" {key}"), most=most)
    return tuple(PastLine(row.id, row.words) for row in rows)


def keeps_past(actor: Actor) -> bool:
    """Whether the reader's searches are kept. One statement."""
    row = _KEPT.first(person=actor.person_id)
    return row is not None and bool(row.kept)


def hints(actor: Actor, q: str) -> Hints:
    """What somebody may be about to search: before the first letter, what they searched before.

    The last word may be unfinished. When nothing fits, the other keyboard layout is tried, then what was probably
    meant. An operator that is being typed is completed instead. At most six statements and two searches of a few
    milliseconds, a dozen of a millisecond or two where nothing fits; without an index, past searches alone.
    """
    q = squeeze(clean_characters(q))[:MAX_QUERY]
    if not q:
        return Hints("", past(actor, PAST_SHOWN))
    before = tuple(each for each in past(actor, PAST_BESIDE + 1, q) if fold(each.words) != fold(q))
    query = _query(actor, q)
    try:
        completed = completions(actor, q, day_in(actor.time_zone))
        if completed and unfinished(q) is not None:
            return Hints(q, before[:PAST_BESIDE], completions=completed)
        hits = _ask(query)
        if not hits.hits:
            query = _query(actor, swap_layout(q))
            hits = _ask(query)
        if not hits.hits and (mended := _mended(actor, q)) is not None:
            query = mended
            hits = _ask(query)
    except SearchUnavailable:
        return Hints(q, before[:PAST_BESIDE])
    marker = Marker.of(query)
    return Hints(
        q,
        before[:PAST_BESIDE],
        results.people(_ids(hits, PERSON)[:MOST_HINTED], marker),
        results.topics(actor, _ids(hits, TOPIC)[:MOST_HINTED]),
        _titles(actor, _ids(hits, PUBLICATION), marker),
        completed,
    )


def _mended(actor: Actor, q: str) -> Query | None:
    """The same with its long words as they were probably meant: a short one may just be unfinished."""
    typed = read(q, day_in(actor.time_zone))
    found = spellings(actor, [word for word in typed.words if len(word) >= _LONG][:_MOST_MENDED])
    return _asked(actor, typed.respelled(found)) if found else None


def _query(actor: Actor, q: str) -> Query:
    return _asked(actor, read(q, day_in(actor.time_zone)))


def _asked(actor: Actor, typed: TypedQuery) -> Query:
    """By the words alone: operators wait until the search is made."""
    return Query(
        text=typed.text,
        alternatives=meaning_the_same(typed),
        visible_groups=actor.group_ids,
        kinds=_KINDS,
        limit=_CANDIDATES,
        of_each_kind=True,
        prefix=True,
        **whereabouts(actor),
    )


def _ask(query: Query) -> Hits:
    return engine().search(query) if query.text.strip() else Hits(0)


def _ids(hits: Hits, kind: str) -> list[int]:
    return [hit.id for hit in hits.hits if hit.kind == kind]


def _titles(actor: Actor, ids: Sequence[int], marker: Marker) -> tuple[HintedText, ...]:
    """Those whose title, or the beginning of their text that stands for it, has what is typed."""
    rows = _TITLES.by("id", ids=ids, **actor_values(actor)) if ids else {}
    found = (_hinted(rows[id_], marker) for id_ in ids if id_ in rows)
    return tuple(text for text in found if any(piece.found for piece in text.title))[:MOST_HINTED]


def _hinted(row: Row[Any], marker: Marker) -> HintedText:
    return HintedText(
        url=f"/p/{row.public_id}",
        kind=row.kind,
        title=marker.mark(excerpt(row.title or row.excerpt, _TITLE)),
        answered=row.accepted_id is not None,
    )
