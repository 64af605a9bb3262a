"""A manager's people: who has not been thanked for long, and what they wear. For the manager alone."""

from __future__ import annotations

from sqlalchemy import bindparam, case, func, not_, or_, select, union_all
from sqlalchemy.orm import aliased

from app.badges.models import Badge, EarnedBadge, Thanks, ThanksRecipient
from app.badges.queries.giving import choices
from app.badges.queries.lines import BADGE, badge_line
from app.badges.schemas import TeamBadge, TeamLine, TeamPage
from app.content.models import PUBLISHED, ContentItem
from app.core import clock
from app.core.actor import Actor
from app.core.errors import NotFound
from app.core.prepared import Prepared, among
from app.people.models import ACTIVE, Person, Shop
from app.people.queries import LINE, joined, line
from app.reputation.queries.recognition import switched_off

#: So long without thanks is long.
LONG = 30 * clock.DAY
#: People shown.
MOST = 200

_last = func.max(case((ContentItem.state == PUBLISHED, Thanks.given_at)))
_number = func.count(case((ContentItem.state == PUBLISHED, Thanks.content_id)))
_report = aliased(Person, name="report")
_reports = select(_report.id).where(_report.manager_id == bindparam("manager"))
#: One's own shops: those one runs, and those that one's own people run.
_runs = select(Shop.id).where(or_(Shop.manager_id == bindparam("manager"), Shop.manager_id.in_(_reports)))
_TEAM = Prepared(
    joined(select(*LINE, _last.label("last_at"), _number.label("number")).select_from(Person))
    .outerjoin(ThanksRecipient, ThanksRecipient.person_id == Person.id)
    .outerjoin(Thanks, Thanks.content_id == ThanksRecipient.content_id)
    .outerjoin(ContentItem, ContentItem.id == Thanks.content_id)
    .where(
        Person.state == ACTIVE,
        Person.id != bindparam("manager"),
        or_(Person.manager_id == bindparam("manager"), Person.shop_id.in_(_runs)),
        not_(among(func.coalesce(Shop.region_id, 0), "off_regions")),
        not_(among(func.coalesce(Person.department_id, 0), "off_departments")),
    )
    .group_by(*LINE, Person.sort_name)
    .order_by(func.coalesce(_last, 0), Person.sort_name)
    .limit(MOST)
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


def team(actor: Actor) -> TeamPage:
    """The person's own people, those longest without thanks first, and what they wear together. Five statements.

    Their own are who reports to them, and who works in shops that they or their reports run: an area manager's page is
    of shops, not of the heads of shops alone.

    None of them works where recognition is off. Raises `NotFound` for who has none.
    """
    now, off = clock.now(), switched_off()
    rows = _TEAM.all(
        manager=actor.person_id, off_regions=sorted(off.regions), off_departments=sorted(off.departments)
    )
    people = tuple(
        TeamLine(line(row), row.last_at, row.number, row.last_at is None or row.last_at < now - LONG)
        for row in rows
    )
    if not people:
        raise NotFound
    worn = _BADGES.all(ids=[each.person.id for each in people])
    return TeamPage(people, choices(actor), tuple(TeamBadge(badge_line(row), row.number) for row in worn))
