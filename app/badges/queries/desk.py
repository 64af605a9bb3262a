"""What editors see: all badges with how often they were given, and how evenly thanks are spread."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import bindparam, func, or_, select

from app.badges.models import RULES, Badge, EarnedBadge, Thanks, ThanksRecipient
from app.badges.policy import access_desk
from app.badges.queries.lines import BADGE, badge_line
from app.badges.schemas import BadgeDetails, BadgeLine, Circle, Concentration, DeskBadge, Pair
from app.content.models import PUBLISHED, ContentItem
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.prepared import Prepared, among
from app.people.queries import lines
from app.reputation.queries import points_for
from app.reputation.schemas import THANKED

#: How far back concentration looks.
LOOKED_BACK = 90 * clock.DAY
#: Pairs and circles shown.
MOST_SHOWN = 20
#: Thanks between two people from which they make a pair.
PAIR = 3
#: People in a circle, at least and at most: two are a pair, larger ones a company.
SMALLEST_CIRCLE = 3
LARGEST_CIRCLE = 8

_given = (
    select(Thanks.badge_id, func.count().label("number"))
    .join(ThanksRecipient, ThanksRecipient.content_id == Thanks.content_id)
    .join(ContentItem, ContentItem.id == Thanks.content_id)
    .where(ContentItem.state == PUBLISHED)
    .group_by(Thanks.badge_id)
    .subquery("given")
)
_earned = (
    select(EarnedBadge.badge_id, func.count().label("number"))
    .group_by(EarnedBadge.badge_id)
    .subquery("earned")
)
_BADGES = Prepared(
    select(
        *BADGE, Badge.id, Badge.given_by, Badge.allowance, Badge.pair_limit, Badge.active_from, Badge.active_until,
        Badge.retired_at, func.coalesce(_given.c.number, _earned.c.number, 0).label("number"),
    )
    .outerjoin(_given, _given.c.badge_id == Badge.id)
    .outerjoin(_earned, _earned.c.badge_id == Badge.id)
    .order_by(Badge.retired_at.is_not(None), Badge.position, Badge.id)
)  # fmt: skip
_WAYS = Prepared(
    select(Thanks.giver_id, ThanksRecipient.person_id, func.count().label("number"))
    .join(ThanksRecipient, ThanksRecipient.content_id == Thanks.content_id)
    .join(ContentItem, ContentItem.id == Thanks.content_id)
    .where(Thanks.given_at >= bindparam("since"), ContentItem.state == PUBLISHED)
    .group_by(Thanks.giver_id, ThanksRecipient.person_id)
)

#: (giver, recipient) → how often.
Ways = Mapping[tuple[int, int], int]


def desk_badges(actor: Actor) -> tuple[DeskBadge, ...]:
    """Every badge, those that are given first. Three statements at most. Raises `Forbidden`."""
    access_desk(actor)
    points = points_for(THANKED)
    return tuple(
        DeskBadge(
            row.id, badge_line(row), row.given_by, row.allowance, row.pair_limit, row.active_from, row.active_until,
            row.retired_at is not None, row.number, points.get(row.badge_code),
        )
        for row in _BADGES.all()
    )  # fmt: skip


_NAMES = Prepared(select(*BADGE))


def names() -> Mapping[str, BadgeLine]:
    """Every badge by its code. One statement."""
    return {row.badge_code: badge_line(row) for row in _NAMES.all()}


_BY_ID = Prepared(select(Badge.id, *BADGE).where(among(Badge.id, "ids")))


def badges_by_id(ids: Collection[int]) -> Mapping[int, BadgeLine]:
    """The badges with these ids, by id. One statement; none for no ids."""
    rows = _BY_ID.all(ids=sorted(ids)) if ids else ()
    return {row.id: badge_line(row) for row in rows}


_NOT_GIVEN = Prepared(
    select(Badge.code).where(
        or_(
            Badge.retired_at.is_not(None),
            Badge.active_from > bindparam("now"),
            Badge.active_until <= bindparam("now"),
        )
    )
)


def not_given() -> frozenset[str]:
    """The codes of badges that nobody gives at this moment. One statement."""
    return frozenset(row.code for row in _NOT_GIVEN.all(now=clock.now()))


def badge_details(actor: Actor, badge_id: int) -> tuple[BadgeDetails, int | None, str]:
    """A badge as its form shows it, its own points if it has any, and its code, or "" if rules give it.

    Three statements at most. Raises `Forbidden` and `NotFound`.
    """
    access_desk(actor)
    badge = db.session.get(Badge, badge_id)
    if badge is None:
        raise NotFound
    names = BadgeDetails.__dataclass_fields__
    details = BadgeDetails(**{name: getattr(badge, name) for name in names})
    if badge.given_by == RULES:
        return details, None, ""
    return details, points_for(THANKED).get(badge.code), badge.code


def concentration(actor: Actor) -> Concentration:
    """How evenly the thanks of three months are spread. Two statements; reads one row a pair. Raises `Forbidden`."""
    access_desk(actor)
    ways = {(row.giver_id, row.person_id): row.number for row in _WAYS.all(since=clock.now() - LOOKED_BACK)}
    gave: dict[int, int] = defaultdict(int)
    for (giver, _person), number in ways.items():
        gave[giver] += number
    pairs, circles = _pairs(ways, gave)[:MOST_SHOWN], _circles(ways)[:MOST_SHOWN]
    shown = lines(
        {each for pair in pairs for each in pair[:2]} | {each for circle in circles for each in circle[0]}
    )
    return Concentration(
        total=sum(ways.values()),
        givers=len(gave),
        pairs=tuple(
            Pair(shown[one], shown[other], there, back, share) for one, other, there, back, share in pairs
        ),
        circles=tuple(Circle(tuple(shown[each] for each in people), number) for people, number in circles),
    )


def _pairs(ways: Ways, gave: Mapping[int, int]) -> list[tuple[int, int, int, int, int]]:
    """Pairs that thank each other, those first for whom it is most of what they give."""
    found = []
    for (one, other), there in ways.items():
        back = ways.get((other, one), 0)
        if one < other and back and there + back >= PAIR:
            found.append((one, other, there, back, (there + back) * 100 // (gave[one] + gave[other])))
    return sorted(found, key=lambda pair: (-pair[4], -pair[2] - pair[3], pair[0]))


def _circles(ways: Ways) -> list[tuple[tuple[int, ...], int]]:
    """Three to `LARGEST_CIRCLE` people whose thanks all go round among themselves, the busiest first.

    What they get from others does not open a circle: a manager who thanks everybody would hide it.
    """
    gives: dict[int, set[int]] = defaultdict(set)
    for one, other in ways:
        gives[one].add(other)
    found = set()
    for person in gives:
        together = _reached(gives, person)
        # Each of them thanks somebody, and their thanks come back to each.
        if len(together) >= SMALLEST_CIRCLE and all(_reached(gives, each) == together for each in together):
            found.add(tuple(sorted(together)))
    circles = [
        (people, sum(ways.get((one, other), 0) for one in people for other in people)) for people in found
    ]
    return sorted(circles, key=lambda circle: (-circle[1], circle[0]))


def _reached(gives: Mapping[int, set[int]], person: int) -> set[int]:
    """To whom thanks lead from somebody, step by step; nobody when they are more than make a circle."""
    together, waiting = {person}, [person]
    while waiting:
        new = gives.get(waiting.pop(), set()) - together
        together |= new
        waiting += new
        if len(together) > LARGEST_CIRCLE:
            return set()
    return together
