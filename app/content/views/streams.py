"""How any stream answers: a whole page, or more cards for an open one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Response, request

from app.content.queries.streams import ORDERS
from app.content.schemas import Place, Stream
from app.content.service import drafts
from app.content.views.cards import stream_html
from app.content.views.forms import new_key
from app.core import clock
from app.core.actor import Actor
from app.core.errors import Invalid
from app.core.i18n import gettext as _
from app.core.overlay import markup
from app.core.web import actor, fragment, page, wants_fragment


def chosen_order(me: Actor) -> str:
    """The order asked for, or the person's own. Raises `Invalid` for an unknown one."""
    order = request.args.get("order", me.feed_order)
    if order not in ORDERS:
        raise Invalid(_("There is no such order."), field="order")
    return order


def stream_page(
    template: str,
    stream: Stream,
    *,
    place: Place | None = None,
    status: int = 200,
    typed: Mapping[str, Any] | None = None,
    **context: Any,
) -> Response:
    """A page of a stream, or for htmx with a cursor just its cards and the way on.

    `place` puts the composer above it, set to that place; `typed` is what a refused publication had.
    """
    me = actor()
    more_url = _more_url(stream)
    cards = stream_html(me, stream.rows)
    if wants_fragment() and request.args.get("before"):
        return fragment("feed/_more.html", cards=markup(cards), more_url=more_url)
    typed = typed or (drafts.find(me.person_id, "publish") if place and "draft" in request.args else {})
    return page(
        template,
        status,
        late={
            "cards": cards,
            "more_url": more_url,
            "now": str(clock.now()),
            "idempotency_key": new_key(),
        },
        several=len(stream.rows) > 1,
        address=request.full_path,
        composer=_composer(place, typed) if place is not None else None,
        **context,
    )


def _composer(place: Place, typed: Mapping[str, Any]) -> dict[str, Any]:
    """The composer as it opens. A draft kept on the server is brought by the page's script, or by `?draft`."""
    here = place.kind + (f":{place.key}" if place.key else "")
    return {
        "here": (here, place.label or _("Whole company")),
        "place": typed.get("place") or here,
        "kind": typed.get("kind") or request.args.get("kind", "news"),
        "title": typed.get("title", ""),
        "body": typed.get("body", "") or request.args.get("text", "")[:2000],
        "errors": typed.get("errors", {}),
        "files": typed.get("files", ()),
        "open": bool(typed) or "write" in request.args,
    }


def _more_url(stream: Stream) -> str | None:
    if stream.next is None:
        return None
    kept = {name: value for name, value in request.args.items() if name in ("feed", "order", "which")}
    return f"{request.path}?{urlencode({**kept, 'before': stream.next})}"
