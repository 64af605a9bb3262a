"""The bell: its page, its panel, reading."""

from __future__ import annotations

from urllib.parse import quote

from flask import Blueprint, Response, request, url_for

from app.core.errors import NotFound
from app.core.web import actor, answer, fragment, go, page, wants_fragment, wants_json
from app.notifications import queries, service

blueprint = Blueprint("notifications", __name__)

#: Where lines lead that are about no single thing.
_PAGES = {
    "reported": "/moderation",
    "level": "/reputation",
    "reward_ordered": "/desk/rewards/orders?state=ordered",
    "reward_approved": "/rewards/orders",
    "reward_handed_out": "/rewards/orders",
    "reward_closed": "/rewards/orders",
    "reward_cancelled": "/rewards/orders",
    "bonus_expiring": "/rewards/points",
    "topics_handed": "/care",
    "topics_left": "/care",
    "articles_handed": "/knowledge/care",
}


@blueprint.get("/notifications")
def index() -> Response:
    """What happened, latest first; ?show=unread narrows it."""
    show = "unread" if request.args.get("show") == "unread" else "all"
    before = request.args.get("before")
    listing = queries.page(actor(), only_unread=show == "unread", before=before)
    if wants_fragment() and before:
        return fragment("notifications/_list.html", listing=listing, show=show)
    return page("notifications/index.html", listing=listing, show=show)


@blueprint.get("/notifications/menu")
def menu() -> Response:
    """The panel under the bell, with the counters."""
    return fragment("notifications/_panel.html", listing=queries.panel(actor()))


@blueprint.post("/notifications/read")
def read() -> Response:
    """Mark everything as read."""
    service.read_all(actor())
    if wants_json():
        return answer({"read": True})
    return go(url_for("notifications.index"))


@blueprint.get("/notifications/<int:notification_id>/open")
def follow(notification_id: int) -> Response:
    """Mark a line as read and go where it points."""
    me = actor()
    reason = service.open_line(me, notification_id).reason
    if reason in _PAGES:
        return go(_PAGES[reason])
    if reason == "badge":
        return go(f"/people/{quote(me.handle, safe='')}/badges")
    found = queries.target(me, notification_id)
    if found is None:
        raise NotFound
    if reason in ("recalled", "reworded"):
        return go(f"/items/{found.public_id}/changes?from={found.group_key.rpartition(':')[2]}")
    if reason in ("still_true", "to_check"):
        return go(f"/items/{found.public_id}/trust")
    if found.root_public_id:
        return go(f"/p/{found.root_public_id}#c-{found.public_id}")
    if found.public_id:
        return go(f"/p/{found.public_id}")
    if found.group_handle:
        return go(f"/groups/{quote(found.group_handle, safe='')}")
    return go(f"/people/{quote(found.actor_handle or me.handle, safe='')}")
