"""Card HTML: rendered once for each (id, version, language), personal things laid over it for each reader.

Whoever calls has decided that the reader may see these publications; only then is the cache asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from typing import NamedTuple

from flask import current_app, get_template_attribute, render_template
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from app.content.queries.cards import publication_cards
from app.content.queries.likes import liked_by
from app.content.schemas import PublicationCard, StreamRow
from app.core import clock
from app.core.actor import Actor
from app.core.i18n import locale_code
from app.core.moments import when
from app.core.overlay import BoundedCache, Overlays, Segments, lay, markup, personal, split
from app.core.web import saves_data

#: "5 minutes ago" is said for so long before it is looked at again.
FRESH = 10 * clock.SECOND
#: Cards of a stream among which the first photo may be in sight when the page opens.
IN_SIGHT = 3


class CardKey(NamedTuple):
    """What a rendered card depends on."""

    id: int
    version: int
    locale: str
    #: Without pictures, for who saves data.
    lean: bool


class Rendered(NamedTuple):
    """A card in pieces, and what its overlays will ask."""

    segments: Segments
    like_ids: tuple[int, ...]
    #: Who may accept an answer; 0 where nobody may, for there is none to accept or an official one stands.
    asker_id: int
    closed: bool
    #: Whether it begins with a photo of its own.
    has_photo: bool


def iso(moment: int) -> str:
    """A moment for the `datetime` attribute."""
    return datetime.fromtimestamp(moment // clock.SECOND, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def card_cache() -> BoundedCache[CardKey, Rendered]:
    """The cards that are rendered in this process."""
    cache: BoundedCache[CardKey, Rendered] = current_app.extensions["shopfloor_cards"]
    return cache


def card_html(actor: Actor, row: StreamRow) -> Markup:
    """One card of a stream for one reader. Costs what `stream_html` does."""
    return markup(stream_html(actor, [row]))


def stream_html(actor: Actor, rows: Sequence[StreamRow]) -> bytes:
    """The cards of a stream for one reader. One statement when all cards are cached, at most seven otherwise."""
    locale, lean = locale_code(), saves_data()
    cache = card_cache()
    found: dict[int, Rendered] = {}
    for row in rows:
        hit = cache.get(CardKey(row.id, row.version, locale, lean))
        if hit is not None:
            found[row.id] = hit
    missing = [row.id for row in rows if row.id not in found]
    if missing:
        macro = get_template_attribute("components/card.html", "card")
        for card in publication_cards(missing).values():
            found[card.id] = rendered = _take_apart(str(macro(card)), card)
            cache.put(CardKey(card.id, card.version, locale, lean), rendered)
    shown = [found[row.id] for row in rows if row.id in found]
    return b"\n".join(Reader(actor, [each for card in shown for each in card.like_ids]).lay_all(shown))


def page_html(actor: Actor, template: str, card: PublicationCard, **context: object) -> Markup:
    """A template about one publication, laid for one reader: its page, its thread, one comment. One statement."""
    rendered = _take_apart(render_template(template, item=card, **context), card)
    return markup(Reader(actor, rendered.like_ids).lay_all([rendered])[0])


def _take_apart(html: str, card: PublicationCard) -> Rendered:
    segments = split(html)
    like_ids = tuple(int(value) for key, value in segments.marks if key == "liked")
    answer = card.accepted
    closed = answer is not None and answer.trust is not None and answer.trust.is_official
    asker_id = card.author.id if card.kind == "question" and not closed else 0
    has_photo = any(key == "loading" for key, _value in segments.marks)
    return Rendered(segments, like_ids, asker_id, closed, has_photo)


class Reader:
    """One reader's overlays."""

    def __init__(self, actor: Actor, like_ids: Sequence[int]) -> None:
        self.actor = actor
        self.liked = frozenset(str(each) for each in liked_by(actor.person_id, like_ids))

    def lay_all(self, cards: Sequence[Rendered]) -> list[bytes]:
        """The cards as this reader sees them."""
        person_id, may_accept_all = self.actor.person_id, self.actor.is_editor
        plain = self._overlays()
        asking = {**plain, "accept": _accept_button}
        first = next((card for card in cards[:IN_SIGHT] if card.has_photo), None)
        return [
            lay(card.segments, {**overlays, "loading": _at_once} if card is first else overlays)
            for card in cards
            for overlays in (
                asking if card.asker_id == person_id or (may_accept_all and not card.closed) else plain,
            )
        ]

    def _overlays(self) -> Overlays:
        liked, locale, time_zone = self.liked, self.actor.locale, self.actor.time_zone
        just_now = clock.now() // FRESH
        return {
            "when": lambda value: _when(value, locale, time_zone, just_now),
            "liked": lambda value: b' aria-pressed="true" name=on value=0' if value in liked else b"",
            "csrf": lambda value: self.csrf,
            "accept": lambda value: b"",
            "loading": _in_time,
            **personal(self.actor),
        }

    @cached_property
    def csrf(self) -> bytes:
        return str(generate_csrf()).encode()


def _at_once(_value: str) -> bytes:
    """How a photo loads that is in sight when the page opens."""
    return b"fetchpriority=high"


def _in_time(_value: str) -> bytes:
    return b"loading=lazy"


@lru_cache(maxsize=65_536)
def _when(moment: str, locale: str, time_zone: str, _just_now: int) -> bytes:
    """How long ago, as it is said for the next `FRESH` microseconds."""
    return when(int(moment), locale, time_zone).encode()


def _accept_button(value: str) -> bytes:
    return _accept_button_in(locale_code(), value)


@lru_cache(maxsize=4096)
def _accept_button_in(_locale: str, value: str) -> bytes:
    public_id, accepted, revision, check = value.split(":")
    html = render_template(
        "components/accept_button.html", public_id=public_id, accepted=accepted == "1", revision=revision, check=check
    )  # fmt: skip
    return html.encode()
