"""The experts of a topic, what a person knows and why, and what one decides about it oneself."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, flash, request
from markupsafe import Markup

from app.core import clock
from app.core.actor import Actor
from app.core.errors import Invalid, NotFound
from app.core.i18n import gettext as _
from app.core.web import (
    actor,
    answer,
    fragment,
    go,
    page,
    render,
    safe_next,
    switched_on,
    wants_fragment,
    wants_json,
)
from app.expertise import service
from app.expertise.queries import shown
from app.people.schemas import PersonLine, ProfileTab, person_url
from app.topics import queries as topics
from app.topics.policy import can_curate, can_merge

blueprint = Blueprint("expertise", __name__)


def tab(reader: Actor, person: PersonLine) -> ProfileTab | None:
    """The tab of a profile, for somebody who has a title and for oneself. No statement."""
    if not person.title and person.id != reader.person_id:
        return None
    return ProfileTab("expertise", _("Expertise"), f"{person_url(person.handle)}/expertise", None, 17)


def note(_reader: Actor, person: PersonLine) -> Markup | None:
    """What a person's title rests on, for their hover card, and until when they are away. Two statements at most."""
    found = shown.best_reason(person.id) if person.title else None
    until = shown.away_until(person.id)
    if found is None and until is None:
        return None
    html = render("expertise/_note.html", topic=found, until=until)
    return Markup(html.decode())  # noqa: S704 - rendered by an autoescaping template


@blueprint.get("/experts")
def guide() -> Response:
    """How experts are found, in words and with the numbers."""
    return page("expertise/guide.html", terms=shown.terms())


@blueprint.get("/topics/<name>/experts")
def of_topic(name: str) -> Response:
    """Who knows most about a topic, and why; for htmx the first of them, for the topic's page."""
    if wants_fragment():
        me = actor()
        may_merge = not can_curate(me) and can_merge(me)
        return fragment("topics/_experts.html", topic=topics.card(me, name), may_merge=may_merge)
    head = topics.head(actor(), name)
    if head.id is None or not head.known:
        raise NotFound(_("Nobody has written about it yet."))
    return page("expertise/topic.html", topic=head, listing=shown.experts(head.id))


@blueprint.get("/people/<handle>/expertise")
def of_person(handle: str) -> Response:
    """What a person knows, and why."""
    return _person_page(handle)


@blueprint.post("/expertise/<name>/hide")
def hide(name: str) -> Response:
    """Be no expert of a topic, or with on=0 be one again."""
    me, on = actor(), switched_on()
    service.hide(me, name, on=on)
    if wants_json():
        return answer({"on": on})
    return go(safe_next(f"{person_url(me.handle)}/expertise"))


@blueprint.post("/expertise/away")
def away() -> Response:
    """Be away up to and including a day; without one, be back."""
    me, day = actor(), request.form.get("until", "").strip()
    try:
        service.be_away(me, _end_of(me, day) if day else None)
    except Invalid as error:
        if wants_json():
            raise
        return _person_page(me.handle, status=422, typed=day, errors=error.errors)
    flash(_("Saved."))
    return go(f"{person_url(me.handle)}/expertise")


def _person_page(
    handle: str, *, status: int = 200, typed: str | None = None, errors: dict[str, Any] | None = None
) -> Response:
    me = actor()
    found = shown.knowledge(me, handle)
    if typed is None and found.away_until is not None:
        last = clock.as_datetime(found.away_until - clock.SECOND).astimezone(ZoneInfo(me.time_zone))
        typed = last.date().isoformat()
    return page(
        "expertise/person.html",
        status,
        found=found,
        head=found.head,
        tab="expertise",
        until=typed or "",
        errors=errors or {},
    )


def _end_of(me: Actor, day: str) -> int:
    """The end of a written day where the person lives. Raises `Invalid` (field "until")."""
    try:
        following = date.fromisoformat(day) + timedelta(days=1)
        midnight = datetime(following.year, following.month, following.day, tzinfo=ZoneInfo(me.time_zone))
    except (ValueError, OverflowError) as error:
        raise Invalid(_("Choose a day within the next year."), field="until") from error
    return clock.as_moment(midnight.astimezone(UTC))
