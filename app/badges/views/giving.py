"""Saying thanks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, flash, request, url_for

from app.badges import queries
from app.badges.policy import demand_recognition
from app.badges.schemas import SayThanks
from app.badges.service import say_thanks
from app.content.service import drafts
from app.content.views.acts import tell_unreached
from app.content.views.forms import file_alts, idempotency_key, late, new_key, offered_files, take_files, text
from app.core.actor import MANAGER
from app.core.errors import Invalid, NotFound
from app.core.i18n import gettext as _
from app.core.web import actor, answer, fragment, go, page, wants_fragment, wants_json
from app.lib.handles import find_mentions
from app.people.queries import with_handles

blueprint = Blueprint("thanks", __name__)


@blueprint.get("/thanks/new")
def new() -> Response:
    """The form for saying thanks; `to` names colleagues, `about` what they wrote, `badge` a badge.

    With `draft` it shows what was written when a session ended.
    """
    about = request.args.get("about", "")[:40]
    wanted = [each for each in request.args.getlist("to")[:50] if each]
    if "draft" in request.args:
        kept = drafts.find(actor().person_id, "thanks")
        fields = {"people": "title", "badge": "place", "body": "body"}
        return _form(about=about, **{name: kept.get(field, "") for name, field in fields.items()})
    return _form(tapped=wanted, people="", about=about, badge=request.args.get("badge", ""))


@blueprint.get("/thanks/team")
def team() -> Response:
    """A manager's people, those longest without thanks first; some can be chosen to be thanked together."""
    me, before = actor(), request.args.get("before")
    demand_recognition(me)
    team = queries.team(me, before)
    if wants_fragment() and before:
        return fragment("badges/_team.html", team=team)
    has_figures = me.is_editor or (me.has(MANAGER) and me.region_id is not None)
    return page("badges/team.html", team=team, has_figures=has_figures)


@blueprint.post("/thanks")
def say() -> Response:
    """Say thanks."""
    people, body, about = text("people", most=6000), text("body"), text("about", most=40)
    tapped = request.form.getlist("to")[:50]
    named = (*_named(people), *(f"@{each}" for each in tapped if each))
    command = SayThanks(named, text("badge", most=40), body, about)
    try:
        command = replace(command, file_ids=take_files(), alts=file_alts())
        made = say_thanks(actor(), command, key=idempotency_key())
    except Invalid as error:
        if wants_json():
            raise
        return _form(422, error.errors, tapped, people=people, body=body, badge=command.badge, about=about)
    address = url_for("content.show", public_id=made.public_id)
    waited = late()
    if not waited:
        tell_unreached(made.unreached)
        flash(_("Your thanks are in the feed."))
    if not wants_json():
        return go(address)
    unreached = list(made.unreached) if waited else []
    return answer({"id": made.public_id, "url": address, "unreached": unreached}, 201)


def _named(written: str) -> tuple[str, ...]:
    """Who is named: words that begin with @, and what stands between commas, semicolons and line ends."""
    found: list[str] = []
    for part in re.split(r"[,;\n]+", written):
        words = part.split()
        found += words if any(word[0] in "@＠" for word in words) else [" ".join(words)]
    return tuple(each for each in found if each)


def _form(status: int = 200, errors: Any = None, tapped: Sequence[str] = (), **typed: str) -> Response:
    me = actor()
    demand_recognition(me)
    try:
        giving = queries.giving_page(me, typed.get("about", ""))
    except NotFound:
        if status == 200:
            raise
        giving = queries.giving_page(me, "")
    if giving.about and not typed["people"] and not tapped:
        tapped = [giving.about.author.handle]
    # Who has no face to tap stands in the field.
    faces = {each.handle for each in giving.near}
    named = [typed["people"].strip(), *(f"@{each}" for each in tapped if each not in faces)]
    typed["people"] = ", ".join(each for each in named if each)
    kept = offered_files() if errors else []
    return page(
        "badges/new.html",
        status,
        giving=giving,
        typed=typed,
        tapped=tapped,
        named=with_handles(each.handle for each in find_mentions(typed["people"])),
        errors=errors or {},
        kept=kept,
        idempotency_key=new_key(),
    )
