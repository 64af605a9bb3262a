"""Where people stand: the widget, the leaderboards, and whether one is shown in them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, flash, request

from app.core.actor import Actor
from app.core.errors import Invalid, NotFound
from app.core.i18n import gettext as _
from app.core.web import actor, fragment, go, page, switched_on
from app.reputation import queries, service
from app.reputation.queries.leaders import ALL_TOPICS
from app.topics import queries as topics

blueprint = Blueprint("standing", __name__)


@blueprint.get("/reputation/widget")
def widget() -> Response:
    """My level, my points and two next steps, for the right column and one's own profile."""
    return fragment("reputation/_widget.html", widget=queries.widget(actor()))


@blueprint.get("/reputation/leaders")
def leaders() -> Response:
    """Who earned most: in a period, everywhere, in a region or in my shop, about everything or a topic."""
    me = actor()
    regions = topics.regions()
    errors: dict[str, Any] = {}
    place = _checked(errors, lambda: _place(me, request.args.get("place", ""), regions))
    topic_id = _checked(errors, lambda: _topic(me, request.args.get("topic", "")))
    period = _period()
    board = None if errors else queries.leaders(me, period, topic_id=topic_id or ALL_TOPICS, **(place or {}))
    return page(
        "reputation/leaders.html",
        422 if errors else 200,
        board=board,
        period=period,
        periods={each: _address(period=each) for each in queries.PERIODS},
        places=_places(me, regions),
        typed={name: request.args.get(name, "") for name in ("place", "topic")},
        errors=errors,
        shown=queries.wants_to_be_shown(me.person_id),
        recognised=queries.is_recognised(me),
    )


@blueprint.get("/settings/recognition")
def settings() -> Response:
    """Whether leaderboards show me."""
    return page(
        "reputation/settings.html",
        section="recognition",
        shown=queries.wants_to_be_shown(actor().person_id),
    )


@blueprint.post("/settings/recognition")
def save_settings() -> Response:
    """Be shown in leaderboards, or with on=0 no longer."""
    service.show_in_leaders(actor(), on=switched_on())
    flash(_("Saved."))
    return go("/settings/recognition")


def _period() -> str:
    period = request.args.get("period", "week")
    if period not in queries.PERIODS:
        raise NotFound(_("There is no such leaderboard."))
    return period


def _checked(errors: dict[str, Any], read: Any) -> Any:
    """What `read` gives, or None with what is wrong kept by its field."""
    try:
        return read()
    except Invalid as error:
        errors.update(error.errors)
        return None


def _place(me: Actor, written: str, regions: tuple[tuple[int, str], ...]) -> dict[str, int]:
    if not written:
        return {}
    if written == "shop" and me.shop_id is not None:
        return {"shop_id": me.shop_id}
    for region_id, _name in regions:
        if written == str(region_id):
            return {"region_id": region_id}
    raise Invalid(_("Choose one of the list."), field="place")


def _topic(me: Actor, written: str) -> int:
    """The id of a topic that is known; nobody learns here of one that is not."""
    word = written.strip().lstrip("#＃")
    if not word:
        return ALL_TOPICS
    try:
        head = topics.head(me, word)
    except NotFound as error:
        raise Invalid(_("Write the name of a topic: one word, with letters."), field="topic") from error
    if head.id is None or not head.known:
        raise Invalid(_("Nobody has written about it yet."), field="topic")
    return head.id


def _places(me: Actor, regions: tuple[tuple[int, str], ...]) -> list[tuple[str, str]]:
    mine = [("shop", _("My shop"))] if me.shop_id is not None else []
    return [("", _("Whole company")), *mine, *((str(key), name) for key, name in regions)]


def _address(**changed: str) -> str:
    kept = {name: value for name in ("place", "topic") if (value := request.args.get(name))}
    return f"{request.path}?{urlencode({**changed, **kept})}"
