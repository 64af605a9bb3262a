"""What cards of thanks show besides the sentence: one statement for any number of cards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import aliased

from app.badges.models import Badge, Thanks, ThanksRecipient
from app.badges.queries.lines import BADGE, badge_line
from app.badges.schemas import BadgeLine, ThanksDetails
from app.content.models import COMPANY, PUBLISHED, ContentItem
from app.content.queries.lines import person_columns, person_line
from app.core.prepared import Prepared, among
from app.people.models import Person

_About = aliased(ContentItem, name="about")
_AboutRoot = aliased(ContentItem, name="about_root")

_DETAILS = Prepared(
    select(
        Thanks.content_id, *BADGE, *person_columns("thanked", Person),
        _About.public_id.label("about_id"), _About.state.label("about_state"),
        _About.audience.label("about_audience"), _AboutRoot.public_id.label("root_id"),
        _AboutRoot.state.label("root_state"),
    )
    .join(Badge, Badge.id == Thanks.badge_id)
    .join(ThanksRecipient, ThanksRecipient.content_id == Thanks.content_id)
    .join(Person, Person.id == ThanksRecipient.person_id)
    .outerjoin(_About, _About.id == Thanks.about_id)
    .outerjoin(_AboutRoot, _AboutRoot.id == _About.root_id)
    .where(among(Thanks.content_id, "ids"))
    .order_by(Thanks.content_id, Person.sort_name, Person.id)
)  # fmt: skip

_GIVEN = Prepared(
    select(Thanks.content_id, *BADGE)
    .join(Badge, Badge.id == Thanks.badge_id)
    .where(among(Thanks.content_id, "ids"))
)

_RECIPIENTS = Prepared(
    select(ThanksRecipient.person_id).where(ThanksRecipient.content_id == bindparam("content_id"))
)


def card_details(content_ids: Sequence[int]) -> Mapping[int, ThanksDetails]:
    """The badge and the people of each of these thanks. One statement."""
    together: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in _DETAILS.all(ids=content_ids):
        together[row.content_id].append(row)
    return {content_id: _details(rows) for content_id, rows in together.items()}


def given_badges(content_ids: Collection[int]) -> Mapping[int, BadgeLine]:
    """The badge of each of these thanks. One statement; none for no ids."""
    rows = _GIVEN.all(ids=sorted(content_ids)) if content_ids else ()
    return {row.content_id: badge_line(row) for row in rows}


def recipients(content_id: int) -> list[int]:
    """Who is thanked in a publication; nobody in what is no thanks. One statement."""
    return [row.person_id for row in _RECIPIENTS.all(content_id=content_id)]


def _details(rows: Sequence[Row[Any]]) -> ThanksDetails:
    first = rows[0]
    people = tuple(person for row in rows if (person := person_line(row, "thanked")) is not None)
    return ThanksDetails(badge_line(first), people, _about_url(first), first.root_id is not None)


def _about_url(row: Row[Any]) -> str:
    """What it is about, while the whole company may see it."""
    states = {row.about_state, row.root_state or PUBLISHED}
    if row.about_id is None or row.about_audience != COMPANY or states != {PUBLISHED}:
        return ""
    return f"/p/{row.root_id}#c-{row.about_id}" if row.root_id else f"/p/{row.about_id}"
