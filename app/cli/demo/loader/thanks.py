"""Rows of thanks: publications of the whole company with a badge and the colleagues who get it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from random import Random

from sqlalchemy import select

from app.badges.models import Badge, Thanks, ThanksRecipient
from app.cli.demo.gratitude import Gratitude
from app.cli.demo.loader.attention import Attention
from app.cli.demo.loader.sink import Bin, Sink
from app.content.models import COMPANY, PUBLISHED, THANKS
from app.core.db import db
from app.lib import markup
from app.lib.ranking import usefulness

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


class ThanksLoader:
    """Writes planned thanks in the order of time, between the stories; `items` is the bin of content items.

    Ids of badges are asked of the database once; the badges themselves came with its tables.
    """

    def __init__(
        self, planned: Sequence[Gratitude], seed: int, sink: Sink, items: Bin, attention: Attention
    ) -> None:
        self._planned = iter(planned)
        self._next = next(self._planned, None)
        self._rng = Random(f"{seed}/thanks/ids")
        self._items = items
        self._attention = attention
        self._thanks = sink.bin(Thanks, "content_id badge_id giver_id about_id given_at")
        self._recipients = sink.bin(ThanksRecipient, "content_id person_id")
        self._badges = {row.code: row.id for row in db.session.execute(select(Badge.code, Badge.id))}

    def until(self, moment: int | None, new_id: Callable[[int], int]) -> Iterator[Gratitude]:
        """Write the thanks whose moment has come; `new_id` gives an id for something of a moment."""
        while self._next is not None and (moment is None or self._next.at < moment):
            self._write(self._next, new_id(self._next.at))
            yield self._next
            self._next = next(self._planned, None)

    def _write(self, one: Gratitude, row: int) -> None:
        public_id = "".join(self._rng.choices(_ALPHABET, k=14))
        text = _rendered(one.words)
        self._items.add(
            row, public_id, THANKS, one.giver + 1, None, None, "company", None, None, None, None, None, COMPANY,
            PUBLISHED, "", one.words, text.html, text.excerpt, markup.RENDERER_VERSION, one.at, None, one.at, 1, None,
            0, 0, 0, None, usefulness(one.at, likes=0, comments=0, answered=False),
        )  # fmt: skip
        self._thanks.add(row, self._badges[one.badge], one.giver + 1, None, one.at)
        for person in one.people:
            self._recipients.add(row, person + 1)
            self._attention.thanked(person, one.giver, row, one.at)


@cache
def _rendered(words: str) -> markup.Rendered:
    return markup.render(words)
