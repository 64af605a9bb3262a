"""The installable app, the service worker and its pages, and the settings of this device."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, make_response, request

from app.core import web
from app.core.errors import Invalid
from app.core.i18n import LOCALES, speaking
from app.core.i18n import gettext as _
from app.core.identity import identity
from app.core.web import actor, answer, go, page, public, wants_json
from app.feed import queries as feeds
from app.web.offline import keeping
from app.web.offline.manifest import manifest
from app.web.offline.release import HELPS, worker_script

blueprint = Blueprint("offline", __name__)

#: How long a browser may take the manifest for new, in seconds.
_MANIFEST_AGE = 3600
#: How long the answer about a device counts, and how long "later" is, in seconds.
_YEAR = 365 * 86_400
_LATER = 90 * 86_400


@blueprint.get("/app-<locale>.webmanifest")
@public
def web_manifest(locale: str) -> Response:
    """The manifest in a language. Its address changes with what the organisation has set."""
    if locale not in LOCALES:
        abort(404)
    with speaking(locale):
        response = answer(manifest())
    response.mimetype = "application/manifest+json"
    # Another process may know better what the organisation has just set.
    same = request.args.get("v", "") == identity().manifest_version
    response.headers["Cache-Control"] = f"public, max-age={_MANIFEST_AGE}" if same else "no-cache"
    return response


@blueprint.get("/sw.js")
@public
def worker() -> Response:
    """The service worker. Browsers compare it with theirs at each visit, so another release is another worker."""
    response = make_response(worker_script())
    response.mimetype = "text/javascript"
    response.headers["Cache-Control"] = "no-cache"
    return response


@blueprint.get("/offline/help/<why>/<locale>")
@public
def help_page(why: str, locale: str) -> Response:
    """What the worker shows when there is nothing else: what is the matter, what can be read. It names nobody."""
    if why not in HELPS or locale not in LOCALES:
        abort(404)
    with speaking(locale):
        return make_response(web.render("offline/help.html", locale=locale, shell=None, why=why))


@blueprint.get("/offline/reading")
def to_keep() -> Response:
    """What the worker is to keep ahead, and which of the publications it names are gone. Three statements."""
    me = actor()
    named = request.args.get("kept", "").split(",")[: feeds.MOST_NAMED]
    found = feeds.to_keep(me, [each for each in named if each])
    pages: list[dict[str, Any]] = [{"url": "/", "kind": "feed", "version": ""}]
    pages += [
        {"url": f"/p/{each.public_id}", "kind": each.kind, "version": each.version} for each in found.pages
    ]
    response = answer({"pages": pages, "gone": found.gone})
    response.headers.update(keeping.said(me))
    return response


@blueprint.get("/settings/offline")
def settings() -> Response:
    """Whether this device is one's own, what is kept on it, and how to install the app."""
    return page("offline/settings.html", section="offline", own=keeping.is_own_device(actor()))


@blueprint.post("/settings/offline")
def save_settings() -> Response:
    """Say whether this device is one's own (own=1, own=0), or ask to be asked later (own=later)."""
    said = request.form.get("own", "")
    values = {
        "1": (keeping.key_of(actor()), _YEAR),
        "0": (keeping.SHARED, _YEAR),
        "later": (keeping.LATER, _LATER),
    }
    if said not in values:
        raise Invalid(_("Choose one of the answers."), field="own")
    if not wants_json():
        flash(_("Saved."))
    response = answer({"own": said}) if wants_json() else go("/settings/offline")
    value, seconds = values[said]
    # Scripts read it too: who has answered is not asked again.
    response.set_cookie(
        keeping.COOKIE, value, max_age=seconds, path="/", secure=web.config().secure_cookies, samesite="Lax"
    )
    return response
