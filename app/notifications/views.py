"""The bell: its page, its panel, reading."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from flask import Blueprint, Response, flash, request, url_for

from app.core.errors import Invalid, NotFound
from app.core.i18n import gettext as _
from app.core.web import actor, answer, fragment, go, page, wants_fragment, wants_json
from app.notifications import queries, service
from app.notifications.forms import minute_of, written
from app.notifications.schemas import KINDS, OF_QUESTION, NotificationSettings

blueprint = Blueprint("notifications", __name__)
settings = Blueprint("notification_settings", __name__)

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
        *_about, text, revision = found.group_key.split(":")
        text = OF_QUESTION if text == OF_QUESTION else "from"
        return go(f"/items/{found.public_id}/changes?{text}={revision}")
    if reason in ("still_true", "to_check"):
        return go(f"/items/{found.public_id}/trust")
    if found.root_public_id:
        return go(f"/p/{found.root_public_id}#c-{found.public_id}")
    if found.public_id:
        return go(f"/p/{found.public_id}")
    if found.group_handle:
        return go(f"/groups/{quote(found.group_handle, safe='')}")
    return go(f"/people/{quote(found.actor_handle or me.handle, safe='')}")


@settings.get("/settings/notifications")
def show() -> Response:
    """What one is told, and when nothing announces itself."""
    kept = queries.settings(actor())
    return _settings_page(
        kept, {"quiet_from": written(kept.quiet_from), "quiet_until": written(kept.quiet_until)}
    )


@settings.post("/settings/notifications")
def save() -> Response:
    """Change it."""
    times = {name: request.form.get(name, "") for name in ("quiet_from", "quiet_until")}
    wanted = NotificationSettings(
        muted=frozenset(KINDS.keys() - set(request.form.getlist("tell"))),
        quiet=request.form.get("quiet", "never"),
        **{name: minute_of(time) for name, time in times.items()},
    )
    try:
        service.save_settings(actor(), wanted)
    except Invalid as error:
        return _settings_page(wanted, times, error.errors)
    flash(_("Saved."))
    return go("/settings/notifications")


def _settings_page(
    shown: NotificationSettings, times: Mapping[str, str], errors: Mapping[str, object] | None = None
) -> Response:
    """The form; `times` as they were typed."""
    return page(
        "notifications/settings.html", 422 if errors else 200, shown=shown, times=times, errors=errors or {},
        section="notifications",
    )  # fmt: skip
