"""What search knows of a text beside its words: how far it may be trusted, what it is, who wrote it; and who asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict

from sqlalchemy import Row, and_, exists, func, select

from app.content.models import ANSWER, NEWS, QUESTION, THANKS, ContentItem, ContentTopic
from app.content.models import ARTICLE as ARTICLE_KIND
from app.content.queries.accepted import accepted_answers
from app.content.schemas import trusted
from app.core import clock
from app.core.actor import Actor
from app.core.fulltext import interface as flag
from app.core.prepared import Prepared, among
from app.expertise.models import Expertise, HiddenExpertise
from app.files.models import File
from app.trust.models import CONFIRMED, OFFICIAL, OPINION
from app.trust.queries import marks
from app.trust.schemas import SHOP_FORMATS, TrustMark, Where

_FLAGS = {
    QUESTION: flag.QUESTION,
    ARTICLE_KIND: flag.ARTICLE,
    NEWS: flag.NEWS,
    THANKS: flag.THANKS,
    ANSWER: flag.ANSWER,
}
_TRUSTED = {CONFIRMED: flag.CONFIRMED, OFFICIAL: flag.OFFICIAL}
_EPOCH = date(1970, 1, 1).toordinal()

_WITH_FILES = Prepared(select(File.content_id).where(among(File.content_id, "ids")).distinct())

_hidden = exists().where(
    HiddenExpertise.person_id == Expertise.person_id, HiddenExpertise.topic_id == Expertise.topic_id
)
#: The author's best title in the topics of the publication or of the thread it stands in.
_AUTHORITY = Prepared(
    select(ContentItem.id, func.max(Expertise.title).label("title"))
    .join(ContentTopic, ContentTopic.content_id == func.coalesce(ContentItem.root_id, ContentItem.id))
    .join(
        Expertise,
        and_(Expertise.topic_id == ContentTopic.topic_id, Expertise.person_id == ContentItem.author_id),
    )
    .where(among(ContentItem.id, "ids"), Expertise.title > 0, ~_hidden)
    .group_by(ContentItem.id)
)


@dataclass(frozen=True, slots=True)
class Worth:
    """What counts of a text beside its words, as `Document` has it."""

    standing: int = 0
    flags: int = 0
    authority: int = 0
    valid_until: int | None = None


class Whereabouts(TypedDict):
    """What of who asks counts for the order of what is found: fields of `Query`."""

    near_region: int | None
    near_format: int | None
    now: int | None
    today: int | None


def whereabouts(actor: Actor) -> Whereabouts:
    """Where and when the actor asks. No SQL."""
    where = Where.of(actor)
    return {
        "near_region": where.region_id,
        "near_format": format_number(where.shop_format),
        "now": clock.now() // clock.SECOND,
        "today": day_number(where.today),
    }


def format_number(shop_format: str | None) -> int | None:
    """The number by which the index knows a format of shops."""
    return SHOP_FORMATS.index(shop_format) + 1 if shop_format in SHOP_FORMATS else None


def day_number(day: date) -> int:
    """The number by which the index knows a day."""
    return day.toordinal() - _EPOCH


def worth_of(rows: Sequence[Row[Any]]) -> Mapping[int, Worth]:
    """What counts of each of these items, of which id, root_id and kind are given. At most four statements.

    Answers and articles are trusted for themselves, a question as far as the answer it shows.
    """
    ids = sorted(row.id for row in rows)
    if not ids:
        return {}
    asked = {row.id for row in rows if row.kind == QUESTION}
    asked |= {row.root_id for row in rows if row.kind == ANSWER}
    accepted = accepted_answers(sorted(asked))
    known = marks(sorted({row.id for row in rows if trusted(row.kind)} | set(accepted.values())))
    with_files = {row.content_id for row in _WITH_FILES.all(ids=ids)}
    authority: Mapping[int, int] = defaultdict(int, {row.id: row.title for row in _AUTHORITY.all(ids=ids)})
    found = {}
    for row in rows:
        shown = accepted.get(row.id, row.id)
        is_accepted = shown != row.id or accepted.get(row.root_id) == row.id
        mark = known.get(shown)
        flags = _FLAGS.get(row.kind, 0) | _trust_flag(mark, is_accepted=is_accepted)
        if is_accepted:
            flags |= flag.ACCEPTED if row.kind == ANSWER else flag.ANSWERED
        if row.id in with_files:
            flags |= flag.HAS_FILES
        until = mark.limits.valid_until if mark is not None else None
        found[row.id] = Worth(
            standing=_standing(mark, is_accepted=is_accepted),
            flags=flags,
            authority=authority[row.id],
            valid_until=day_number(until) if until is not None else None,
        )
    return found


def _standing(mark: TrustMark | None, *, is_accepted: bool) -> int:
    """How far something may be trusted: an accepted answer is confirmed at least, unless it is to be checked."""
    if mark is None or (is_accepted and mark.stored == OPINION and not mark.expired):
        return int(is_accepted)
    return mark.standing


def _trust_flag(mark: TrustMark | None, *, is_accepted: bool) -> int:
    state = mark.state(accepted=is_accepted) if mark is not None else CONFIRMED if is_accepted else OPINION
    return _TRUSTED.get(state, 0)
