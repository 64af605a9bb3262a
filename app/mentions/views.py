"""Completion while typing "@", and the page "Mentions of me"."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from app.core.i18n import ngettext
from app.core.web import actor, answer, fragment, page, saves_data, wants_fragment
from app.mentions import queries, service
from app.mentions.schemas import GroupSuggestion
from app.people.schemas import PersonLine

blueprint = Blueprint("mentions", __name__)


@blueprint.get("/mentions")
def index() -> Response:
    """What mentions me, or a group of mine."""
    before = request.args.get("before")
    listing = queries.mine(actor(), before)
    if wants_fragment() and before:
        return fragment("mentions/_list.html", listing=listing)
    if listing.mentions and not before:
        service.look_through(actor())
    return page("mentions/index.html", listing=listing)


@blueprint.get("/completion/mentions")
def complete() -> Response:
    """Colleagues and groups while typing "@"."""
    found = queries.complete(
        actor(),
        request.args.get("q", ""),
        root=request.args.get("root", ""),
        place=request.args.get("place", ""),
    )
    return answer([*map(_person, found.people), *map(_group, found.groups)])


def _person(person: PersonLine) -> dict[str, Any]:
    return {
        "handle": person.handle,
        "name": person.name,
        "detail": " · ".join(part for part in (person.position, person.shop) if part),
        "kind": "person",
        "initials": person.initials,
        "colour": person.colour,
        "photo_url": None if saves_data() else person.photo_url,
    }


def _group(group: GroupSuggestion) -> dict[str, Any]:
    return {
        "handle": group.handle,
        "name": group.name,
        "detail": ngettext("Group · %(num)s member", "Group · %(num)s members", group.members),
        "kind": "group",
        "initials": group.name[:1].upper(),
        "colour": group.colour,
        "photo_url": None,
    }
