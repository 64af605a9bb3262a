"""Making, changing and retiring badges: for editors."""

from __future__ import annotations

import secrets
from dataclasses import asdict
from typing import Any

from sqlalchemy import select, update

from app.badges.models import ANYONE, EDITORS, MANAGERS, RULES, Badge, Thanks
from app.badges.policy import access_desk
from app.badges.schemas import PICTURES, BadgeDetails
from app.content.models import ContentItem
from app.core import audit, clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Invalid, NotFound
from app.core.i18n import lazy_gettext as _
from app.core.unit_of_work import unit_of_work
from app.lib.text import clean_line
from app.reputation.service import set_points_of

#: The largest allowance, and the most points.
MOST = 1000
MOST_POINTS = 200
#: Longest texts, in characters.
_LENGTHS = {"name_ru": 60, "name_en": 60, "description_ru": 200, "description_en": 200}


def make_badge(actor: Actor, details: BadgeDetails, points: int | None = None) -> int:
    """Make a badge; its id. Audited. Raises `Forbidden` and `Invalid` (fields as in `BadgeDetails`, and "points").

    Thanks with it pay `points`, by a rule of reputation that is made with it; without, as much as with any badge.
    """
    access_desk(actor)
    checked = _checked(details, points)
    if checked.given_by == RULES:
        raise Invalid(_("Choose who gives it."), field="given_by")
    with unit_of_work():
        badge = Badge(
            code=f"own_{secrets.token_hex(6)}",
            made_by=actor.person_id,
            made_at=clock.now(),
            **asdict(checked),
        )
        db.session.add(badge)
        db.session.flush()  # the audit names it
        audit.record("badge.made", f"badge:{badge.id}", actor_id=actor.person_id)
        set_points_of(actor, badge.code, points)
        return badge.id


def change_badge(actor: Actor, badge_id: int, details: BadgeDetails, points: int | None = None) -> None:
    """Change a badge, also on the cards that show it. Who gives a badge of rules can't be changed. Audited.

    Other `points` count for thanks from now on; those that were given stay.

    Raises `Forbidden`, `NotFound` and `Invalid`. An UPDATE of every publication that gave it.
    """
    access_desk(actor)
    checked = _checked(details, points)
    with unit_of_work():
        badge = _found(badge_id)
        if (badge.given_by == RULES) == (checked.given_by == RULES):
            for name, value in asdict(checked).items():
                setattr(badge, name, value)
        else:
            raise Invalid(_("Rules give this badge by themselves."), field="given_by")
        gave = select(Thanks.content_id).where(Thanks.badge_id == badge.id)
        db.session.execute(
            update(ContentItem)
            .where(ContentItem.id.in_(gave))
            .values(version=ContentItem.version + 1)
            .execution_options(synchronize_session=False)
        )
        audit.record("badge.changed", f"badge:{badge.id}", actor_id=actor.person_id)
        if badge.given_by != RULES:
            set_points_of(actor, badge.code, points)


def retire_badge(actor: Actor, badge_id: int, *, on: bool) -> None:
    """Let a badge be given no longer, or again; who has it keeps it. Audited. Raises `Forbidden` and `NotFound`."""
    access_desk(actor)
    with unit_of_work():
        badge = _found(badge_id)
        if on == (badge.retired_at is not None):
            return
        badge.retired_at = clock.now() if on else None
        name = "badge.retired" if on else "badge.brought_back"
        audit.record(name, f"badge:{badge.id}", actor_id=actor.person_id)


def _found(badge_id: int) -> Badge:
    badge = db.session.get(Badge, badge_id, with_for_update=True)
    if badge is None:
        raise NotFound
    return badge


def _checked(details: BadgeDetails, points: int | None) -> BadgeDetails:
    """The details as they are stored. Raises `Invalid` with everything that is wrong."""
    errors = {**_wrong_words(details), **_wrong_choices(details)}
    if points is not None and not 0 <= points <= MOST_POINTS:
        errors["points"] = _("A number from 0 to %(most)s, or nothing.", most=MOST_POINTS)
    if errors:
        raise Invalid(_("Look at the marked fields."), errors=errors)
    words = {name: clean_line(getattr(details, name), most) for name, most in _LENGTHS.items()}
    return BadgeDetails(**{**asdict(details), **words})


def _wrong_words(details: BadgeDetails) -> dict[str, Any]:
    errors: dict[str, Any] = {}
    for name, most in _LENGTHS.items():
        if len(getattr(details, name)) > most:
            errors[name] = _("At most %(most)s characters.", most=most)
        elif name.startswith("name") and not clean_line(getattr(details, name), most):
            errors[name] = _("Give the badge a name in both languages.")
    return errors


def _wrong_choices(details: BadgeDetails) -> dict[str, Any]:
    errors: dict[str, Any] = {}
    if details.picture not in PICTURES:
        errors["picture"] = _("Choose a picture.")
    if details.given_by not in (ANYONE, MANAGERS, EDITORS, RULES):
        errors["given_by"] = _("Choose who gives it.")
    for name in ("allowance", "pair_limit"):
        value = getattr(details, name)
        if value is not None and not 1 <= value <= MOST:
            errors[name] = _("A number from 1 to %(most)s, or nothing.", most=MOST)
    if details.active_from and details.active_until and details.active_until <= details.active_from:
        errors["active_until"] = _("The last day comes before the first.")
    return errors
