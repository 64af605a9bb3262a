"""Rendering many texts made of few sentences: each skeleton goes through `app.lib.markup` once.

What comes out equals `markup.render` of the whole text (a test compares them): sentences of a paragraph are joined
with spaces, blocks follow each other, and values, which carry no markup, are escaped and put in place of their marks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import escape, unescape

from app.cli.demo.phrases import MARK, Piece, Text
from app.lib import markup
from app.lib.handles import mention_path
from app.lib.hashtags import fold_topic
from app.lib.text import excerpt

_TAG = re.compile(r"<[^>]*>")
_EXCERPT = 200


@dataclass(frozen=True, slots=True)
class _Mold:
    """A rendered skeleton, cut at its marks: literal, kind of mark, number of value, literal, …"""

    html: tuple[str, ...]
    plain: tuple[str, ...]
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finished:
    """A text as it is stored."""

    source: str
    html: str
    excerpt: str
    topics: tuple[str, ...]
    handles: list[str]


class TextRenderer:
    """Renders texts; `names` maps handles to the names shown."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def render(self, text: Text) -> Finished:
        """The text as it is stored. Some ten microseconds, a millisecond for each new sentence."""
        html: list[str] = []
        plain: list[str] = []
        topics: dict[str, str] = {}
        for block in text.blocks:
            inner = []
            for piece in block:
                mold = _make_mold(piece.skeleton)
                inner.append(self._pour(mold.html, piece, html=True))
                plain.append(self._pour(mold.plain, piece, html=False))
                for name in mold.topics:
                    topics.setdefault(fold_topic(name), name)
            alone = len(block) == 1 and block[0].stands_alone
            html.append(inner[0] if alone else f"<p>{' '.join(inner)}</p>\n")
        shown = excerpt(" ".join(plain), _EXCERPT)
        return Finished(text.source, "".join(html), shown, tuple(topics.values()), text.handles)

    def _pour(self, parts: tuple[str, ...], piece: Piece, *, html: bool) -> str:
        if len(parts) == 1:
            return parts[0]
        poured = [parts[0]]
        for place in range(1, len(parts), 3):
            kind, number, literal = parts[place : place + 3]
            value = piece.values[int(number)]
            if kind == "m":
                value = mention_path(value).removeprefix("/@")
            elif kind == "n":
                value = self._names[value]
            poured.append(escape(value) if html else value)
            poured.append(literal)
        return "".join(poured)


@cache
def _make_mold(skeleton: str) -> _Mold:
    """Render a skeleton; mentions get a mark for the name beside the one for the handle in the link.

    Kept: a company has some thousand skeletons, a few megabytes.
    """
    handles = {mark[0]: mark[0].replace("zqm", "zqn") for mark in MARK.finditer(skeleton) if mark[1] == "m"}
    rendered = markup.render(skeleton, names=handles)
    html = rendered.html
    if "\n" not in skeleton:
        html = html.removeprefix("<p>").removesuffix("</p>\n")
    return _Mold(tuple(MARK.split(html)), tuple(MARK.split(unescape(_TAG.sub("", html)))), rendered.topics)
