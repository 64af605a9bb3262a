"""What the service worker is told with every page: whose it is, whether this device is theirs, whether to keep it."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256

from flask import Flask, Response, g, request

from app.core.actor import Actor
from app.core.i18n import locale_code
from app.core.web import config, wants_fragment
from app.web.offline.release import release

#: Whose page it is: a name for the reader that says nothing, or `NOBODY`. Absent from what is no page of ours.
READER = "X-Reader"
NOBODY = "nobody"
#: The reader has said that this device is their own; the value is their time zone.
DEVICE = "X-Device"
#: This page may be kept.
KEEP = "X-Keep"
#: The static files that go with the page.
RELEASE = "X-Release"

#: The cookie that remembers the answer. It outlives the session: a shared tablet stays one.
COOKIE = "device"
#: Values of it besides the reader's key: "never on this device", and "ask me later".
SHARED = "shared"
LATER = "later"

#: Pages for reading, and nothing else: no form with secrets, no list of people, nothing of administration.
KEPT = frozenset(
    ("feed.home", "content.show", "knowledge.index", "knowledge.topic", "streams.topic", "questions.index")
)


def register(flask_app: Flask) -> None:
    """Send the headers with every page; called once by the page shell."""

    @flask_app.after_request
    def tell(response: Response) -> Response:
        # After an error of ours nobody knows who asks: it tells the worker nothing.
        known = response.status_code < 500 and "_login_user" in g
        if known and response.mimetype == "text/html" and not wants_fragment():
            response.headers.update(said(getattr(g._login_user, "actor", None), response.status_code))
        return response


def said(reader: Actor | None, status: int = 0) -> Mapping[str, str]:
    """The headers for a page of this request, or for an answer that is none (`status` 0). No SQL."""
    headers = {
        READER: NOBODY if reader is None else key_of(reader),
        RELEASE: release(),
        "Content-Language": locale_code(),
    }
    if reader is not None and is_own_device(reader):
        headers[DEVICE] = reader.time_zone
        if (
            status == 200
            and request.method == "GET"
            and request.endpoint in KEPT
            and not request.query_string
        ):
            headers[KEEP] = "1"
    return headers


def key_of(reader: Actor) -> str:
    """A name for the reader that stays the same and tells nobody who it is."""
    return _key(config().secret_key, reader.person_id)


def is_own_device(reader: Actor) -> bool:
    """Whether the reader has said here that this device is theirs; what another person has said does not count."""
    return hmac.compare_digest(request.cookies.get(COOKIE, ""), key_of(reader))


@lru_cache(maxsize=4096)
def _key(secret: str, person_id: int) -> str:
    return hmac.new(secret.encode(), f"reader {person_id}".encode(), sha256).hexdigest()[:16]
