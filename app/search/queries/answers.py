"""What questions were answered with: of the answers that the reader may see, the one that stands with the question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, select

from app.content.models import ANSWER, ContentItem
from app.content.policy import actor_values, visible_to
from app.content.queries.lines import Author, AuthorPosition, AuthorShop, person_columns, person_line
from app.core.actor import Actor
from app.core.prepared import Prepared, among
from app.lib.text import excerpt
from app.search.schemas import Told
from app.trust.models import CONFIRMED, OFFICIAL, OPINION
from app.trust.schemas import TrustMark, Where

#: The beginning of an answer, in characters.
_ANSWER = 240

_ANSWERS = Prepared(
    select(
        ContentItem.id, ContentItem.public_id, ContentItem.root_id, ContentItem.excerpt, ContentItem.published_at,
        ContentItem.likes_count, *person_columns("author", Author, AuthorPosition, AuthorShop),
    )
    .join(Author, Author.id == ContentItem.author_id)
    .outerjoin(AuthorPosition, AuthorPosition.id == Author.position_id)
    .outerjoin(AuthorShop, AuthorShop.id == Author.shop_id)
    .where(among(ContentItem.root_id, "ids"), ContentItem.kind == ANSWER, visible_to())
    .order_by(ContentItem.likes_count, ContentItem.published_at.desc(), ContentItem.id.desc())
)  # fmt: skip


def answers_of(actor: Actor, question_ids: Sequence[int]) -> Sequence[Row[Any]]:
    """The answers to questions that the reader may see, those most people liked last. One statement, none for no ids.

    Whoever calls has decided that the reader may see the questions.
    """
    return _ANSWERS.all(ids=question_ids, **actor_values(actor)) if question_ids else ()


def best_answers(
    answers: Sequence[Row[Any]],
    accepted: Mapping[int, int | None],
    known: Mapping[int, TrustMark],
    where: Where,
) -> dict[int, Told]:
    """Of the rows of `answers_of` one for each question: the accepted one, else a confirmed one, else the most liked.

    `accepted` is the accepted answer by question, `known` the marks of the answers.
    """
    told: dict[int, Told] = {}
    for row in answers:
        said = _told(row, known.get(row.id), accepted=accepted.get(row.root_id) == row.id, where=where)
        # Of equals the one that most people liked, which comes last.
        if row.root_id not in told or _rank(said) >= _rank(told[row.root_id]):
            told[row.root_id] = said
    return told


def state_of(mark: TrustMark | None, *, accepted: bool) -> str:
    """The state as search names it: "confirmed", "official" or "check"; empty for an opinion."""
    state = mark.state(accepted=accepted) if mark is not None else CONFIRMED if accepted else ""
    return "" if state == OPINION else state


def _rank(told: Told) -> tuple[bool, bool]:
    return told.accepted, told.trust in (CONFIRMED, OFFICIAL)


def _told(row: Row[Any], mark: TrustMark | None, *, accepted: bool, where: Where) -> Told:
    author = person_line(row, "author")
    assert author is not None
    return Told(
        id=row.id,
        public_id=row.public_id,
        text=excerpt(row.excerpt, _ANSWER),
        author=author,
        at=row.published_at,
        accepted=accepted,
        trust=state_of(mark, accepted=accepted),
        was=mark.was if mark is not None else "",
        vouched_by=mark.official_by if mark is not None else "",
        limit=mark.limits.judge(where) if mark is not None else "",
        valid_until=mark.limits.valid_until if mark is not None else None,
    )
