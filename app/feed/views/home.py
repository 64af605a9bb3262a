"""The home feed, and publishing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, request, url_for

from app.content import policy
from app.content.schemas import Made, Place, Publish, StreamRow
from app.content.service.publishing import publish
from app.content.views.acts import tell_unreached
from app.content.views.cards import card_html
from app.content.views.forms import file_alts, idempotency_key, late, offered_files, take_files, text
from app.content.views.streams import chosen_order, stream_page
from app.core import clock
from app.core.errors import DomainError, Invalid
from app.core.i18n import gettext as _
from app.core.web import actor, answer, fragment, go, wants_fragment, wants_json
from app.feed import queries

blueprint = Blueprint("feed", __name__)


@blueprint.get("/")
def home() -> Response:
    """The feed: mine or the company's, newest activity or most useful first. At most twelve statements."""
    return _home_page()


def _home_page(*, status: int = 200, typed: dict[str, Any] | None = None) -> Response:
    me = actor()
    scope = _scope()
    order = chosen_order(me)
    stream = queries.home(me, scope=scope, order=order, before=request.args.get("before"))
    return stream_page(
        "feed/home.html",
        stream,
        place=Place(),
        status=status,
        typed=typed,
        scope=scope,
        order=order,
        steps_left=me.welcome,
    )


@blueprint.get("/feed/news-count")
def news_count() -> Response:
    """How many publications appeared in the feed after a moment (`since`, microseconds)."""
    since = request.args.get("since", "")
    if not queries.is_moment(since):
        raise Invalid(_("a moment in microseconds"), field="since")
    return answer({"count": queries.fresh(actor(), scope=_scope(), since=int(since)), "now": clock.now()})


@blueprint.post("/publications")
def publish_here() -> Response:
    """Publish news or a question."""
    command = Publish(
        kind=text("kind", most=20) or "news",
        body=text("body"),
        place=Place.parse(text("place", most=140) or "company"),
        title=text("title", most=1000),
        late=late(),
    )
    try:
        command = replace(command, file_ids=take_files(), alts=file_alts())
        made = publish(actor(), command, key=idempotency_key())
    except DomainError as error:
        if wants_fragment() or wants_json():
            raise
        return _refused(command, error)
    return _published(made)


def _published(made: Made) -> Response:
    address = url_for("content.show", public_id=made.public_id)
    if wants_json():
        return answer({"id": made.public_id, "url": address, "unreached": list(made.unreached)}, 201)
    tell_unreached(made.unreached)
    if wants_fragment():
        # A key that comes again may stand for what its sender can see no more.
        item = policy.access_publication(actor(), made.public_id)
        html = card_html(actor(), StreamRow(item.id, item.version))
        return fragment("content/_html.html", 201, html=html, trigger="published")
    return go(address)


def _refused(command: Publish, error: DomainError) -> Response:
    """The feed again, with everything that was typed and what is wrong with it."""
    errors = error.errors if isinstance(error, Invalid) else {"": error.message}
    typed = {
        "kind": command.kind,
        "title": command.title,
        "body": command.body,
        "place": f"{command.place.kind}:{command.place.key}" if command.place.key else command.place.kind,
        "errors": errors,
        "files": offered_files(),
    }
    return _home_page(status=error.status, typed=typed)


def _scope() -> str:
    scope = request.args.get("feed", "mine")
    if scope not in queries.SCOPES:
        raise Invalid(_("There is no such feed."), field="feed")
    return scope
