"""What editors decide about badges, and how evenly thanks are spread."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, flash, request

from app.badges import queries, service
from app.badges.policy import access_desk
from app.badges.schemas import PICTURES, BadgeDetails
from app.content.views.forms import text
from app.core import clock
from app.core.errors import Invalid
from app.core.i18n import gettext as _
from app.core.web import actor, go, page, switched_on, wants_json

blueprint = Blueprint("badge_desk", __name__)

_WORDS = ("name_ru", "name_en", "description_ru", "description_en", "picture", "given_by")
_NUMBERS = ("allowance", "pair_limit")
_DAYS = ("active_from", "active_until")


@blueprint.get("/desk/badges")
def index() -> Response:
    """Every badge."""
    return page("badges/desk.html", badges=queries.desk_badges(actor()))


@blueprint.get("/desk/badges/new")
def new() -> Response:
    """The form of a new badge."""
    access_desk(actor())
    return _form(None, _typed(BadgeDetails()))


@blueprint.post("/desk/badges")
def make() -> Response:
    """Make a badge."""
    try:
        service.make_badge(actor(), *_details())
    except Invalid as error:
        return _refused(None, error)
    flash(_("The badge can be given now."))
    return go("/desk/badges")


@blueprint.get("/desk/badges/<int:badge_id>")
def edit(badge_id: int) -> Response:
    """The form of a badge."""
    details, points, code = queries.badge_details(actor(), badge_id)
    return _form(badge_id, {**_typed(details), "points": points}, code=code)


@blueprint.post("/desk/badges/<int:badge_id>")
def change(badge_id: int) -> Response:
    """Change a badge."""
    try:
        service.change_badge(actor(), badge_id, *_details())
    except Invalid as error:
        return _refused(badge_id, error)
    flash(_("Saved."))
    return go("/desk/badges")


@blueprint.post("/desk/badges/<int:badge_id>/retire")
def retire(badge_id: int) -> Response:
    """Let a badge be given no longer, or with on=0 again."""
    service.retire_badge(actor(), badge_id, on=switched_on())
    return go("/desk/badges")


@blueprint.get("/desk/thanks")
def spread() -> Response:
    """Pairs and circles that thank only each other."""
    return page("badges/spread.html", spread=queries.concentration(actor()))


def _details() -> tuple[BadgeDetails, int | None]:
    """The form as values, with the points of the badge. Raises `Forbidden`, and `Invalid` for no number and no day."""
    me = actor()
    access_desk(me)
    errors: dict[str, Any] = {}
    values: dict[str, Any] = {name: text(name, most=2000).strip() for name in _WORDS}
    for name in (*_NUMBERS, "points"):
        written = text(name, most=40).strip()
        if written and not (written.isdecimal() and len(written) < 7):
            errors[name] = _("Write a whole number, or nothing.")
        else:
            values[name] = int(written) if written else None
    for name in _DAYS:
        try:
            values[name] = _moment(text(name, most=40).strip(), me.time_zone, after=name == "active_until")
        except (ValueError, OverflowError):
            errors[name] = _("Write the day as year, month and day: 2026-03-14.")
    if errors:
        raise Invalid(_("Look at the marked fields."), errors=errors)
    points = values.pop("points")
    return BadgeDetails(**values), points


def _moment(written: str, time_zone: str, *, after: bool) -> int | None:
    """The first moment of a day, or of the day `after` it."""
    if not written:
        return None
    day = date.fromisoformat(written) + timedelta(days=int(after))
    return clock.as_moment(datetime.combine(day, time.min, ZoneInfo(time_zone)))


def _typed(details: BadgeDetails) -> dict[str, Any]:
    """The values as their fields show them."""
    zone = ZoneInfo(actor().time_zone)
    shown = {name: getattr(details, name) for name in (*_WORDS, *_NUMBERS)}
    for name, back in (("active_from", 0), ("active_until", clock.SECOND)):
        moment = getattr(details, name)
        shown[name] = clock.as_datetime(moment - back).astimezone(zone).date().isoformat() if moment else ""
    return shown


def _refused(badge_id: int | None, error: Invalid) -> Response:
    if wants_json():
        raise error
    code = None if badge_id is None else queries.badge_details(actor(), badge_id)[2]
    return _form(badge_id, request.form, error.errors, status=422, code=code)


def _form(
    badge_id: int | None, typed: Any, errors: Any = None, *, status: int = 200, code: str | None = None
) -> Response:
    return page(
        "badges/edit.html", status, badge_id=badge_id, typed=typed, errors=errors or {}, by_rules=code == "",
        code=code, pictures=PICTURES,
    )  # fmt: skip
