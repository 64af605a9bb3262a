"""What one may give, and what is left of it this month."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, bindparam, func, or_, select

from app.badges.models import MANAGERS, RULES, Badge, Thanks, ThanksRecipient
from app.badges.policy import manages, may_give, month_begins
from app.badges.queries.lines import BADGE, badge_line
from app.badges.schemas import About, BadgeChoice, GivingPage
from app.content.models import COMPANY, DELETED, PUBLISHED, ContentItem
from app.content.policy import access_item
from app.core import clock
from app.core.actor import Actor
from app.core.errors import Invalid, NotFound
from app.core.i18n import lazy_gettext as _
from app.core.prepared import Prepared
from app.people.queries import lines
from app.people.queries.welcoming import colleagues

_GIVEN = Prepared(
    select(*BADGE, Badge.id, Badge.given_by, Badge.allowance)
    .where(
        Badge.given_by != RULES,
        Badge.retired_at.is_(None),
        or_(Badge.active_from.is_(None), Badge.active_from <= bindparam("now")),
        or_(Badge.active_until.is_(None), Badge.active_until > bindparam("now")),
    )
    .order_by(Badge.position, Badge.id)
)
#: How often somebody gave each badge since a moment; deleted thanks do not count.
_SPENT = Prepared(
    select(Thanks.badge_id, func.count().label("number"))
    .join(ThanksRecipient, ThanksRecipient.content_id == Thanks.content_id)
    .join(ContentItem, ContentItem.id == Thanks.content_id)
    .where(
        Thanks.giver_id == bindparam("giver"),
        Thanks.given_at >= bindparam("since"),
        ContentItem.state != DELETED,
    )
    .group_by(Thanks.badge_id)
)


def choices(actor: Actor) -> tuple[BadgeChoice, ...]:
    """The badges the person may give now, and how many of each are left this month. Three statements."""
    rows = _GIVEN.all(now=clock.now())
    a_manager = manages(actor)
    spent = _spent(actor)
    return tuple(
        BadgeChoice(badge_line(row), row.given_by, _left(row, spent))
        for row in rows
        if may_give(actor, row.given_by, a_manager=a_manager)
    )


def giving_page(actor: Actor, about: str) -> GivingPage:
    """The form for saying thanks, perhaps for something written. At most seven statements.

    Raises `NotFound` for what one may not see.
    """
    found = choices(actor)
    return GivingPage(
        found,
        _about(actor, about) if about else None,
        any(each.given_by == MANAGERS for each in found),
        tuple(row.person for row in colleagues(actor)),
    )


def about_item(actor: Actor, public_id: str) -> ContentItem:
    """What thanks can be about: what the whole company sees. Raises `Invalid` (field "about")."""
    try:
        item, root = access_item(actor, public_id)
    except NotFound as error:
        raise Invalid(_("What you thank for is no longer there."), field="about") from error
    if item.audience != COMPANY or {item.state, root.state} != {PUBLISHED}:
        raise Invalid(_("The whole company reads thanks, but not what these are about."), field="about")
    return item


def _about(actor: Actor, public_id: str) -> About | None:
    item, root = access_item(actor, public_id)
    if item.audience != COMPANY or {item.state, root.state} != {PUBLISHED}:
        return None
    author = lines([item.author_id])[item.author_id]
    url = f"/p/{root.public_id}" + ("" if item is root else f"#c-{item.public_id}")
    return About(item.public_id, url, author, item.title or item.excerpt)


def _spent(actor: Actor) -> Mapping[int, int]:
    rows = _SPENT.all(giver=actor.person_id, since=month_begins(actor))
    return {row.badge_id: row.number for row in rows}


def _left(row: Row[Any], spent: Mapping[int, int]) -> int | None:
    return None if row.allowance is None else max(0, row.allowance - spent.get(row.id, 0))
