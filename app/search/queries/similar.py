"""What may answer a question before it is asked, and which questions are like one another.

The index proposes, obeying visibility; the order is made by `nearest`, the same for pages, programs and the evaluation;
what is shown is read from the database through the visibility rule.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import aliased

from app.content.models import QUESTION, ContentItem
from app.content.policy import access_publication, actor_values, visible_to
from app.content.queries.accepted import accepted_id
from app.content.queries.lines import place_line
from app.content.schemas import kinds
from app.core.actor import Actor
from app.core.errors import NotFound
from app.core.fulltext.engine import engine
from app.core.fulltext.interface import Asked, Near, SearchBackend, SearchUnavailable
from app.core.fulltext.scoring import STANDING_BOOST
from app.core.prepared import Prepared, among
from app.groups.models import Group
from app.lib import similarity
from app.lib.htmlwords import plain_words
from app.lib.text import excerpt, fold, squeeze, swap_layout
from app.people.models import Department, Person, Shop
from app.search.models import Deflection
from app.search.queries.answers import answers_of, best_answers, state_of
from app.search.queries.topics import suggested_topics
from app.search.schemas import LEAST_WORDS, MOST_OFFERED, MOST_TYPED, Suggestion, Suggestions, Told, Typed
from app.trust.models import CONFIRMED, OFFICIAL
from app.trust.queries import marks
from app.trust.schemas import NOT_YET, OVER, TrustMark, Where
from app.vocabulary.queries import alternatives

#: Of what the index proposes, so much is looked at closely.
CANDIDATES = 40
#: What has less of the words' weight, fewer of the words, or is so much less near than the nearest, is about
#: something else.
LEAST_COVERED = 0.45
LEAST_IN_COMMON = 2
LEAST_OF_BEST = 0.5
#: So many of the nearest are read with their answers, and answers that begin alike for so long are one.
_LOOKED_AT = 16
_ALIKE = 40
#: What trust adds to how near something is, as in search.
_BOOSTS = {CONFIRMED: 1 + STANDING_BOOST, OFFICIAL: 1 + 2 * STANDING_BOOST}
#: So many of the nearest say what a text may be about, and how much more those in the same group count.
_TOPICS_FROM = 10
_SAME_PLACE = 1.5
#: The beginning of a text that stands for its title, and of an answer.
_HEADLINE = 140
_ANSWER = 240

_Wall = aliased(Person, name="wall")
_PlaceShop = aliased(Shop, name="place_shop")

_HELPED = (
    select(func.count(Deflection.person_id.distinct()))
    .where(Deflection.content_id == ContentItem.id, Deflection.person_id != ContentItem.author_id)
    .correlate(ContentItem)
    .scalar_subquery()
)

_THREADS = Prepared(
    lambda: select(
        ContentItem.id, ContentItem.public_id, ContentItem.kind, ContentItem.title, ContentItem.excerpt,
        ContentItem.published_at, ContentItem.answers_count, ContentItem.place_kind, ContentItem.group_id,
        accepted_id(), _HELPED.label("helped"),
        Group.name.label("group_name"), Group.handle.label("group_handle"),
        _Wall.name.label("wall_name"), _Wall.handle.label("wall_handle"),
        _PlaceShop.code.label("place_shop_code"), _PlaceShop.name.label("place_shop_name"),
        Department.name.label("department_name"), Department.id.label("place_department_id"),
    )
    .outerjoin(Group, Group.id == ContentItem.group_id)
    .outerjoin(_Wall, _Wall.id == ContentItem.person_id)
    .outerjoin(_PlaceShop, _PlaceShop.id == ContentItem.shop_id)
    .outerjoin(Department, Department.id == ContentItem.department_id)
    .where(among(ContentItem.id, "ids"), ContentItem.root_id.is_(None), visible_to())
)  # fmt: skip

#: Threads of a page by id, as `_THREADS` gives them.
Rows = Mapping[int, Row[Any]]


def suggestions(actor: Actor, typed: Typed) -> Suggestions:
    """What may answer the question that is being typed, and topics it may be about. At most six statements.

    Nothing before the third word, and nothing while there is no index: asking never waits for it. What was typed in the
    other keyboard layout is read in that.
    """
    title, body = squeeze(typed.title)[:MOST_TYPED], typed.body[:MOST_TYPED]
    if len(f"{title} {body}".split()) < LEAST_WORDS:
        return Suggestions()
    asked = _asked(body, title, visible_groups=actor.group_ids, answered=True)
    found, rows = _found(actor, asked)
    if not found:
        other = _asked(swap_layout(body), swap_layout(title), visible_groups=actor.group_ids, answered=True)
        found, rows = _found(actor, other)
        asked = other if found else asked
    ids = [near.id for near in found]
    topics = suggested_topics(actor, f"{asked.title} {asked.text}", _likeness(found, rows, typed.place))
    items = _items(actor, ids[:_LOOKED_AT], rows)
    return Suggestions(_apart(items, {near.id: near.score for near in found}), topics)


def similar_questions(actor: Actor, public_id: str) -> tuple[Suggestion, ...]:
    """Questions like one that was asked, answered or not, and texts that answer it. At most five statements.

    Raises `NotFound` for what the person may not see, and for what is no question. Empty while there is no index.
    """
    item = access_publication(actor, public_id)
    if item.kind != QUESTION:
        raise NotFound
    body = plain_words(item.body_html)
    asked = _asked(body, item.title, visible_groups=actor.group_ids, thread_id=item.id)
    found, rows = _found(actor, asked)
    return _items(actor, [near.id for near in found][:MOST_OFFERED], rows)


def _asked(text: str, title: str, **others: Any) -> Asked:
    """What is asked, with the words that mean the same. No statement but now and then, for all."""
    return Asked(text, title, alternatives=alternatives(f"{title} {text}"), **others)


def one(actor: Actor, content_id: int) -> Suggestion | None:
    """A question with the answer that is shown, or a text that answers by itself; None for anything else.

    Three statements.
    """
    rows = {row.id: row for row in _THREADS.all(ids=[content_id], **actor_values(actor))}
    found = _items(actor, list(rows), rows)
    return found[0] if found and (found[0].told or tells(found[0].kind)) else None


def tells(kind: str) -> bool:
    """Whether publications of this kind answer by themselves."""
    known = kinds().get(kind)
    return known is not None and known.answers


def nearest(
    backend: SearchBackend, asked: Asked, headlines: Callable[[Sequence[int]], Mapping[int, str]]
) -> list[Near]:
    """What is like the question, best first: by its words, and among those by the letters of their headlines too.

    What has no headline may not be seen and is left out. `headlines` is asked once. Raises `SearchUnavailable`.
    """
    proposed = backend.similar(replace(asked, limit=CANDIDATES))
    known = headlines([near.id for near in proposed]) if proposed else {}
    seen = [near for near in proposed if near.id in known]
    letters = similarity.by_letters(f"{asked.title} {asked.text}", [known[near.id] for near in seen])
    best = proposed[0].score if proposed else 1.0
    joined = [
        replace(near, score=near.score / best + similarity.LETTERS * share)
        for near, share in zip(seen, letters, strict=True)
    ]
    # Sorting keeps the order of equals.
    return sorted(joined, key=lambda near: near.score, reverse=True)


def headline(row: Row[Any]) -> str:
    """The title of a publication, or the beginning of its text."""
    return row.title or excerpt(row.excerpt, _HEADLINE)


def _items(actor: Actor, ids: Sequence[int], rows: Rows) -> tuple[Suggestion, ...]:
    """What is shown of these threads, with the states of trust as they are to this person. At most two statements."""
    asked = [id_ for id_ in ids if rows[id_].kind == QUESTION]
    answers = answers_of(actor, asked)
    known = marks(sorted({*(row.id for row in answers), *(id_ for id_ in ids if tells(rows[id_].kind))}))
    where = Where.of(actor)
    told = best_answers(answers, {id_: rows[id_].accepted_id for id_ in asked}, known, where)
    return tuple(_item(rows[id_], told.get(id_), known.get(id_), where) for id_ in ids)


def _apart(items: Sequence[Suggestion], scores: Mapping[int, float]) -> tuple[Suggestion, ...]:
    """Those with something to tell that is valid now, each answer once: what begins alike says the same.

    What is confirmed or official counts a little more, as in search; what is not valid where the person works comes
    last.
    """
    told: dict[str, Suggestion] = {}
    valid = [item for item in items if item.limit not in (OVER, NOT_YET)]
    valid.sort(key=lambda item: (bool(item.limit), -scores[item.id] * _BOOSTS.get(item.trust, 1.0)))
    for item in valid:
        text = item.told.text if item.told else item.text
        if text:
            told.setdefault(fold(text)[:_ALIKE], item)
    return tuple(told.values())[:MOST_OFFERED]


def _item(row: Row[Any], told: Told | None, mark: TrustMark | None, where: Where) -> Suggestion:
    return Suggestion(
        id=row.id,
        public_id=row.public_id,
        kind=row.kind,
        url=f"/p/{row.public_id}",
        title=headline(row),
        published_at=row.published_at,
        answers=row.answers_count,
        helped=row.helped,
        place=place_line(row),
        told=told,
        text=excerpt(row.excerpt, _ANSWER) if tells(row.kind) else "",
        trust=told.trust if told else state_of(mark, accepted=False),
        limit=told.limit if told else mark.limits.judge(where) if mark is not None else "",
    )


def _likeness(found: Sequence[Near], rows: Rows, place: str) -> dict[int, float]:
    """How like the text the nearest are, the first 1; what stands where it is to be posted counts more."""
    best = found[0].score if found else 1.0
    likeness = {}
    for near in found[:_TOPICS_FROM]:
        here = place == f"group:{rows[near.id].group_handle}"
        likeness[near.id] = near.score / best * (_SAME_PLACE if here else 1.0)
    return likeness


def _found(actor: Actor, asked: Asked) -> tuple[list[Near], Rows]:
    """What is near enough, best first, and its rows. One statement, none when there is nothing or no index."""
    rows: dict[int, Row[Any]] = {}

    def read(ids: Sequence[int]) -> Mapping[int, str]:
        rows.update(_THREADS.by("id", ids=ids, **actor_values(actor)))
        return {id_: headline(row) for id_, row in rows.items()}

    try:
        found = nearest(engine(), asked, read)
    except SearchUnavailable:
        return [], {}
    least = LEAST_OF_BEST * max((near.score for near in found), default=0.0)
    return [near for near in found if near.score >= least and _is_near(near)], rows


def _is_near(near: Near) -> bool:
    return near.covered >= LEAST_COVERED and near.words >= LEAST_IN_COMMON
