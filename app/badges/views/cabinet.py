"""A person's badges, and the certificate of one of them."""

from __future__ import annotations

from urllib.parse import quote

from flask import Blueprint, Response, request, url_for

from app.badges import queries
from app.core.actor import Actor
from app.core.errors import NotFound
from app.core.i18n import lazy_gettext as _
from app.core.web import actor, fragment, page, wants_fragment
from app.people import queries as people
from app.people.schemas import PersonLine, ProfileAct, ProfileTab, person_url
from app.reputation.queries import goes_without, is_recognised

blueprint = Blueprint("badges", __name__)


def tab(_actor: Actor, person: PersonLine) -> ProfileTab | None:
    """The tab of a profile, for somebody who has a badge and whose badges are shown."""
    number = 0 if goes_without(person.id) else queries.count_worn(person.id)
    return (
        ProfileTab("badges", _("Badges"), f"{person_url(person.handle)}/badges", number, 15)
        if number
        else None
    )


def act(reader: Actor, person: PersonLine) -> ProfileAct | None:
    """The button of a profile, where both are recognised."""
    if not is_recognised(reader) or goes_without(person.id):
        return None
    return ProfileAct(_("Say thanks"), f"/thanks/new?to={quote(person.handle)}", "heart")


@blueprint.get("/people/<handle>/badges")
def cabinet(handle: str) -> Response:
    """Everything somebody wears. At most twelve statements."""
    head = people.head(actor(), handle)
    if goes_without(head.id):
        raise NotFound
    found = queries.cabinet(head.id, request.args.get("before"))
    more = url_for("badges.cabinet", handle=handle, before=found.next) if found.next else ""
    if wants_fragment():
        return fragment("badges/_awards.html", cabinet=found, head=head, more=more)
    return page("badges/cabinet.html", cabinet=found, head=head, tab="badges", more=more)


@blueprint.get("/thanks/<public_id>/certificate/<handle>")
def certificate(public_id: str, handle: str) -> Response:
    """One award, to be printed."""
    return page("badges/certificate.html", certificate=queries.certificate(actor(), public_id, handle))
