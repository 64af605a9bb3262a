"""The list of questions, and accepting an answer."""

from __future__ import annotations

from flask import Blueprint, Response, flash, request, url_for

from app.content.views.streams import stream_page
from app.core.errors import Invalid
from app.core.i18n import gettext as _
from app.core.web import actor, answer, go, switched_on, wants_json
from app.questions import queries, service
from app.trust.forms import seen as read_versions
from app.trust.queries import confirmations, confirmations_needed

blueprint = Blueprint("questions", __name__)


@blueprint.get("/questions")
def index() -> Response:
    """Questions, those without an accepted answer first to be chosen."""
    which = request.args.get("which", "waiting")
    if which not in queries.FILTERS:
        raise Invalid(_("There is no such list."), field="which")
    stream = queries.questions(actor(), which=which, before=request.args.get("before"))
    return stream_page("questions/index.html", stream, which=which)


@blueprint.post("/items/<public_id>/accept")
def accept(public_id: str) -> Response:
    """Accept an answer, or take the acceptance back (on=0)."""
    on = switched_on()
    asked = service.accept(actor(), public_id, on=on, seen=read_versions(request.values))
    if wants_json():
        return answer({"accepted": queries.is_shown(asked.id, public_id)})
    done = confirmations(public_id) if on else 0
    if 0 < done < (needed := confirmations_needed()):
        flash(_("Noted: %(done)s of %(needed)s confirmations.", done=done, needed=needed))
    return go(f"{url_for('content.show', public_id=asked.public_id)}#c-{public_id}")
