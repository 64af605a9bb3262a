"""A manager's people: who has not been thanked for long, and what they wear. For the manager alone."""

from __future__ import annotations

from sqlalchemy import bindparam, case, func, not_, select, tuple_, union_all

from app.badges.models import Badge, EarnedBadge, Thanks, ThanksRecipient
from app.badges.queries.giving import choices
from app.badges.queries.lines import BADGE, badge_line
from app.badges.schemas import TeamBadge, TeamLine, TeamPage
from app.content.models import PUBLISHED, ContentItem
from app.core import clock, cursor
from app.core.actor import Actor
from app.core.errors import NotFound
from app.core.prepared import Prepared, among
from app.people.models import ACTIVE, Person, Shop
from app.people.queries import LINE, joined, line
from app.reputation.queries.recognition import switched_off

#: So long without thanks is long.
LONG = 30 * clock.DAY
#: People on a page.
PAGE = 50

#: Who works right below whom: whose manager they are, and who keeps their shop.
_right_below = union_all(
    select(Person.manager_id.label("above_id"), Person.id.label("person_id")).where(
        Person.manager_id.is_not(None)
    ),
    select(Shop.manager_id, Person.id)
    .join(Shop, Shop.id == Person.shop_id)
    .where(Shop.manager_id.is_not(None)),
).subquery("right_below")
_below = (
    select(_right_below.c.person_id)
    .where(_right_below.c.above_id == bindparam("manager"))
    .cte("below", recursive=True)
)
# Everybody is reached once, so a ring of managers ends too.
_below = _below.union(
    select(_right_below.c.person_id).join(_below, _right_below.c.above_id == _below.c.person_id)
)
_PEOPLE = Prepared(
    select(Person.id)
    .join(_below, _below.c.person_id == Person.id)
    .outerjoin(Shop, Shop.id == Person.shop_id)
    .where(
        Person.state == ACTIVE,
        Person.id != bindparam("manager"),
        not_(among(func.coalesce(Shop.region_id, 0), "off_regions")),
        not_(among(func.coalesce(Person.department_id, 0), "off_departments")),
        not_(among(func.coalesce(Person.shop_id, 0), "off_shops")),
    )
    .order_by(Person.id)
)

_shown = ContentItem.state == PUBLISHED
_thanked = (
    select(
        Person.id,
        Person.sort_name,
        func.coalesce(func.max(case((_shown, Thanks.given_at))), 0).label("last_at"),
        func.count(case((_shown, Thanks.content_id))).label("number"),
    )
    .outerjoin(ThanksRecipient, ThanksRecipient.person_id == Person.id)
    .outerjoin(Thanks, Thanks.content_id == ThanksRecipient.content_id)
    .outerjoin(ContentItem, ContentItem.id == Thanks.content_id)
    .where(among(Person.id, "ids"))
    .group_by(Person.id, Person.sort_name)
    .subquery("thanked")
)
_order = (_thanked.c.last_at, _thanked.c.sort_name, _thanked.c.id)
_left_off = select(Person.sort_name).where(Person.id == bindparam("after_id")).scalar_subquery()
_LINES = Prepared(
    joined(select(*LINE, _thanked.c.last_at, _thanked.c.number).select_from(Person))
    .join(_thanked, _thanked.c.id == Person.id)
    .where(tuple_(*_order) > tuple_(bindparam("after"), func.coalesce(_left_off, ""), bindparam("after_id")))
    .order_by(*_order)
    .limit(PAGE + 1)
)

#: How often the people of a list have each badge, given or by rules.
_worn = union_all(
    select(Thanks.badge_id)
    .join(ThanksRecipient, ThanksRecipient.content_id == Thanks.content_id)
    .join(ContentItem, ContentItem.id == Thanks.content_id)
    .where(among(ThanksRecipient.person_id, "ids"), ContentItem.state == PUBLISHED),
    select(EarnedBadge.badge_id).where(among(EarnedBadge.person_id, "ids")),
).subquery("worn")
_number_of = func.count().label("number")
_BADGES = Prepared(
    select(*BADGE, _number_of)
    .join(_worn, _worn.c.badge_id == Badge.id)
    .group_by(Badge.id)
    .order_by(_number_of.desc(), Badge.position, Badge.id)
)


def team(actor: Actor, before: str | None = None) -> TeamPage:
    """A page of the people below somebody, those longest without thanks first, and what all of them wear together.

    Below are who reports to them and who works in a shop they keep, and everybody below those. None of them works where
    recognition is off. Two statements, and four for the first page. Raises `NotFound` for who has none, and `Invalid`
    for a bad cursor.
    """
    off = switched_off()
    ids = [
        row.id
        for row in _PEOPLE.all(
            manager=actor.person_id, off_regions=sorted(off.regions), off_departments=sorted(off.departments),
            off_shops=sorted(off.shops),
        )
    ]  # fmt: skip
    if not ids:
        raise NotFound
    after, after_id = cursor.decode(before) if before else (-1, 0)
    rows = _LINES.all(ids=ids, after=after, after_id=after_id)
    long_ago = clock.now() - LONG
    shown = rows[:PAGE]
    people = tuple(
        TeamLine(line(row), row.last_at or None, row.number, row.last_at < long_ago) for row in shown
    )
    more = cursor.encode(shown[-1].last_at, shown[-1].id) if len(rows) > PAGE else None
    if before:
        return TeamPage(people, len(ids), more)
    worn = tuple(TeamBadge(badge_line(row), row.number) for row in _BADGES.all(ids=ids))
    return TeamPage(people, len(ids), more, choices(actor), worn)
