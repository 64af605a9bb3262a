"""The first steps: consent, a photo, topics and people."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request
from markupsafe import Markup

from app.accounts import queries as accounts
from app.accounts.schemas import FIRST_STEPS, INTERESTS, PHOTO
from app.accounts.service import put_welcome_away, skip_step, take_step
from app.core.errors import Conflict, Invalid, TooLarge, UnsupportedType
from app.core.i18n import gettext as _
from app.core.web import actor, answer, before_consent, fragment, go, safe_next, wants_json
from app.lib.cropping import cut_from
from app.lib.markup import render
from app.organisation import queries as organisation
from app.organisation.service import agree
from app.people import service as people
from app.people.queries.welcoming import colleagues
from app.topics.queries.suggesting import suggested

blueprint = Blueprint("welcome", __name__)


@blueprint.get("/welcome")
@before_consent
def welcome() -> Response:
    """Where one was; the feed when nothing is left."""
    me = actor()
    if me.consent:
        return go("/welcome/consent")
    return go(f"/welcome/{me.welcome[0]}" if me.welcome else "/")


@blueprint.get("/welcome/consent")
@before_consent
def consent() -> Response:
    """What the organisation asks everybody to agree to."""
    return _consent_page()


@blueprint.post("/welcome/consent")
@before_consent
def agree_to_it() -> Response:
    """Agree, and go on: to the first steps, or to where one was going."""
    if request.form.get("agree") != "1":
        return _consent_page(422, _("Tick the box if you agree; otherwise sign out."))
    try:
        agree(actor(), request.form.get("version", 0, type=int))
    except Conflict as error:
        return _consent_page(409, error.message)
    target = safe_next()
    return go("/welcome" if target == "/" and actor().welcome else target)


@blueprint.get("/welcome/photo")
def photo() -> Response:
    """A photo of oneself, and the part of it that is shown."""
    return _photo_page()


@blueprint.post("/welcome/photo")
def save_photo() -> Response:
    """Put the chosen photo in place, or show another part of the one that is there."""
    upload = request.files.get("photo")
    try:
        if upload is not None and upload.filename:
            people.set_photo(actor(), upload.read())
            return go("/welcome/photo")
        if "across" in request.form:
            form = request.form
            people.cut_photo(actor(), cut_from(form["across"], form.get("down", ""), form.get("zoom", "")))
            take_step(actor(), PHOTO)
            return go("/welcome")
        raise Invalid(_("Choose a photo first, or skip this step."), field="photo")
    except (Invalid, TooLarge, UnsupportedType) as error:
        if wants_json():
            raise
        return _photo_page(error.status, error.message)


@blueprint.get("/welcome/interests")
def interests() -> Response:
    """Topics and people that fit one's work, each subscribed to with one press."""
    return fragment(
        "welcome/interests.html",
        at_shop=actor().shop_id is not None,
        topics=suggested(actor()),
        people=colleagues(actor()),
        **_step(INTERESTS),
    )


@blueprint.post("/welcome/photo/skip")
def skip_photo() -> Response:
    """Leave the photo for later: on to topics and people, if they are left."""
    left = skip_step(actor(), PHOTO)
    return go("/welcome/interests" if INTERESTS in left else "/")


@blueprint.post("/welcome/interests/skip")
def skip_interests() -> Response:
    """Leave topics and people for later: to the feed, which reminds of them."""
    skip_step(actor(), INTERESTS)
    return go("/")


@blueprint.post("/welcome/interests")
def finish() -> Response:
    """Topics and people are chosen."""
    take_step(actor(), INTERESTS)
    return go("/")


@blueprint.post("/welcome/away")
def put_away() -> Response:
    """Do not remind of what is left."""
    put_welcome_away(actor())
    return answer({"away": True}) if wants_json() else go("/")


def _consent_page(status: int = 200, message: object = None) -> Response:
    found = organisation.consent(actor())
    if found is None or found.agreed_at is not None:
        return go("/welcome" if actor().welcome else "/")
    html = Markup(render(found.text).html)  # noqa: S704 - sanitised by `render`
    return fragment(
        "welcome/consent.html", status, consent=found, html=html, message=message,
        anew=actor().consent == "anew", next=safe_next(""), **_step(""),
    )  # fmt: skip


def _photo_page(status: int = 200, error: object = None) -> Response:
    own = accounts.own_profile(actor())
    cut = people.photo_cut(actor())
    if own.has_photo and "across" in request.values:
        cut = cut_from(*(request.values.get(name, "") for name in ("across", "down", "zoom")))
    return fragment("welcome/photo.html", status, own=own, cut=cut, error=error, **_step(PHOTO))


def _step(name: str) -> dict[str, Any]:
    """Which of the three one is at: consent comes first."""
    return {"step": 1 + (FIRST_STEPS.index(name) + 1 if name else 0), "steps": 1 + len(FIRST_STEPS)}
