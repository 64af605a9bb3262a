"""What somebody wears, and one award to be printed.

All thanks are the whole company's; those that are hidden or deleted are out.
"""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import and_, bindparam, func, select, tuple_

from app.badges.models import Badge, EarnedBadge, ImportedBadge, Thanks, ThanksRecipient
from app.badges.queries.lines import BADGE, badge_line
from app.badges.schemas import AwardLine, Cabinet, Certificate, ForeignBadge, WornBadge
from app.content.models import PUBLISHED, ContentItem, Source
from app.content.policy import access_publication
from app.content.queries.lines import person_columns, person_line
from app.core import cursor
from app.core.actor import Actor
from app.core.errors import NotFound
from app.core.prepared import Prepared
from app.people.models import Person
from app.people.queries import lines
from app.reputation.queries import goes_without
from app.topics.models import Topic
from app.topics.policy import known_topics

#: Thanks shown at once.
PAGE = 20

_worn = (
    select(Thanks.badge_id, func.count().label("number"), func.max(Thanks.given_at).label("last_at"))
    .join(ThanksRecipient, ThanksRecipient.content_id == Thanks.content_id)
    .join(ContentItem, ContentItem.id == Thanks.content_id)
    .where(ThanksRecipient.person_id == bindparam("person"), ContentItem.state == PUBLISHED)
    .group_by(Thanks.badge_id)
    .subquery("worn")
)
_WORN = Prepared(
    select(*BADGE, _worn.c.number, _worn.c.last_at)
    .join(_worn, _worn.c.badge_id == Badge.id)
    .order_by(_worn.c.number.desc(), _worn.c.last_at.desc(), Badge.id)
)
_EARNED = Prepared(
    select(*BADGE, EarnedBadge.awarded_at, Topic.title.label("topic"))
    .join(EarnedBadge, EarnedBadge.badge_id == Badge.id)
    .outerjoin(Topic, and_(Topic.id == EarnedBadge.subject_id, known_topics()))
    .where(EarnedBadge.person_id == bindparam("person"))
    .order_by(Badge.position, EarnedBadge.awarded_at)
)
_AWARDS = Prepared(
    select(
        *BADGE, Thanks.content_id, Thanks.given_at, ContentItem.public_id, ContentItem.excerpt,
        *person_columns("giver", Person),
    )
    .select_from(ThanksRecipient)
    .join(Thanks, Thanks.content_id == ThanksRecipient.content_id)
    .join(ContentItem, ContentItem.id == Thanks.content_id)
    .join(Badge, Badge.id == Thanks.badge_id)
    .join(Person, Person.id == Thanks.giver_id)
    .where(
        ThanksRecipient.person_id == bindparam("person"),
        ContentItem.state == PUBLISHED,
        tuple_(Thanks.given_at, Thanks.content_id) < tuple_(bindparam("position"), bindparam("below")),
    )
    .order_by(Thanks.given_at.desc(), Thanks.content_id.desc())
    .limit(PAGE + 1)
)  # fmt: skip
_thanked = (
    select(func.count())
    .select_from(ThanksRecipient)
    .join(ContentItem, ContentItem.id == ThanksRecipient.content_id)
    .where(ThanksRecipient.person_id == bindparam("person"), ContentItem.state == PUBLISHED)
)
_earned = select(func.count()).where(EarnedBadge.person_id == bindparam("person"))
_elsewhere = select(func.coalesce(func.sum(ImportedBadge.number), 0)).where(
    ImportedBadge.person_id == bindparam("person")
)
_COUNT = Prepared(
    select(
        _thanked.scalar_subquery().label("thanked"), _earned.scalar_subquery().label("earned"),
        _elsewhere.scalar_subquery().label("elsewhere"),
    )
)  # fmt: skip
_ELSEWHERE = Prepared(
    select(ImportedBadge.name, ImportedBadge.grade, ImportedBadge.number, Source.name.label("site"))
    .join(Source, Source.id == ImportedBadge.source_id)
    .where(ImportedBadge.person_id == bindparam("person"))
    .order_by(ImportedBadge.grade, ImportedBadge.number.desc(), ImportedBadge.name)
)
_CERTIFICATE = Prepared(
    select(*BADGE, Thanks.giver_id, Thanks.given_at, Person.id.label("person_id"), ContentItem.body_source)
    .select_from(Thanks)
    .join(ThanksRecipient, ThanksRecipient.content_id == Thanks.content_id)
    .join(ContentItem, ContentItem.id == Thanks.content_id)
    .join(Badge, Badge.id == Thanks.badge_id)
    .join(Person, Person.id == ThanksRecipient.person_id)
    .where(Thanks.content_id == bindparam("content"), Person.handle == bindparam("handle"))
)


def count_worn(person_id: int) -> int:
    """How many badges somebody has. One statement."""
    row = _COUNT.first(person=person_id)
    return int(row.thanked + row.earned + row.elsewhere) if row is not None else 0


def worn(person_id: int) -> tuple[WornBadge, ...]:
    """The badges somebody has, the most frequent first, those by rules last. Two statements."""
    given = [WornBadge(badge_line(row), row.number, row.last_at) for row in _WORN.all(person=person_id)]
    earned = defaultdict(list)
    for row in _EARNED.all(person=person_id):
        earned[row.badge_code].append(row)
    by_rules = [
        WornBadge(
            badge_line(rows[0]), len(rows), max(row.awarded_at for row in rows),
            tuple(row.topic for row in rows if row.topic),
        )
        for rows in earned.values()
    ]  # fmt: skip
    return (*given, *by_rules)


def cabinet(person_id: int, before: str | None) -> Cabinet:
    """What somebody wears, and the latest thanks. Four statements. Raises `Invalid` for a bad cursor."""
    position, below = cursor.decode(before)
    rows = _AWARDS.all(person=person_id, position=position, below=below)
    shown = rows[:PAGE]
    awards = []
    for row in shown:
        giver = person_line(row, "giver")
        assert giver is not None
        url = f"/p/{row.public_id}"
        awards.append(AwardLine(badge_line(row), row.public_id, url, giver, row.excerpt, row.given_at))
    more = cursor.encode(shown[-1].given_at, shown[-1].content_id) if len(rows) > PAGE else None
    elsewhere = tuple(
        ForeignBadge(row.name, row.grade, row.number, row.site) for row in _ELSEWHERE.all(person=person_id)
    )
    return Cabinet(worn(person_id), tuple(awards), more, elsewhere)


def certificate(actor: Actor, public_id: str, handle: str) -> Certificate:
    """One award of thanks that stand. Three statements. Raises `NotFound`."""
    item = access_publication(actor, public_id)
    row = _CERTIFICATE.first(content=item.id, handle=handle) if item.state == PUBLISHED else None
    if row is None or goes_without(row.person_id):
        raise NotFound
    people = lines([row.giver_id, row.person_id])
    return Certificate(
        badge_line(row), people[row.person_id], people[row.giver_id], row.body_source, row.given_at,
        f"/p/{item.public_id}",
    )  # fmt: skip
