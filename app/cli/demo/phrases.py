"""Sentence templates and the texts made from them.

A template is a sentence with slots: `{phone}` is filled from the vocabulary or by the speaker, `{item.в}` asks for a
grammatical form, `{5-20}` is a number, `{да|нет}` chooses, `{~рад|рада}` follows the speaker's gender, `@{expert}`
mentions somebody.

A filled template is a `Piece`: a *skeleton*, in which marks stand for the values, and the values. The skeletons of a
whole company are few (some thousands), the texts are many, so that a skeleton is rendered once and filled often.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Protocol

_SLOT = re.compile(r"(@?)\{([^{}]*)\}")
_RANGE = re.compile(r"(\d+)-(\d+)")

#: Marks that stand for values: plain words to every parser. "zqv" text, "zqm" handle of a mention.
MARK = re.compile(r"zq([vmn])(\d)z")


class Speaker(Protocol):
    """Who says a sentence, and about what: fills its slots."""

    rng: Random

    @property
    def woman(self) -> bool:
        """Whether past tenses are feminine."""

    def word(self, slot: str) -> str:
        """The value of a text slot. Raises `KeyError` when there is no such slot."""

    def handle(self, slot: str) -> str:
        """The handle for a mention slot, or an empty string when nobody fits."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A filled template."""

    skeleton: str
    values: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """The text as the person typed it."""
        if not self.values:
            return self.skeleton
        return MARK.sub(lambda mark: self.values[int(mark[2])], self.skeleton)

    @property
    def handles(self) -> list[str]:
        """Handles mentioned."""
        return [self.values[int(mark[2])] for mark in MARK.finditer(self.skeleton) if mark[1] == "m"]

    @property
    def stands_alone(self) -> bool:
        """Whether it has blocks of its own and joins no paragraph."""
        return "\n" in self.skeleton


@dataclass(frozen=True, slots=True)
class Text:
    """A whole text: blocks of pieces; the pieces of a block make one paragraph."""

    blocks: tuple[tuple[Piece, ...], ...]

    @property
    def source(self) -> str:
        """The text as the person typed it."""
        return "\n\n".join(" ".join(piece.source for piece in block) for block in self.blocks)

    @property
    def handles(self) -> list[str]:
        """Handles mentioned, each once."""
        return list(
            dict.fromkeys(handle for block in self.blocks for piece in block for handle in piece.handles)
        )


def compose(pieces: list[Piece], *, closing: Piece | None = None) -> Text:
    """Make a text: sentences flow into one paragraph, what stands alone gets its own; `closing` comes last, apart."""
    blocks: list[tuple[Piece, ...]] = []
    paragraph: list[Piece] = []
    for piece in pieces:
        if piece.stands_alone:
            if paragraph:
                blocks.append(tuple(paragraph))
                paragraph = []
            blocks.append((piece,))
        else:
            paragraph.append(piece)
    if paragraph:
        blocks.append(tuple(paragraph))
    if closing is not None:
        blocks.append((closing,))
    return Text(tuple(blocks))


@cache
def _parts(template: str) -> tuple[tuple[str, str, str], ...]:
    """The template as (kind, argument, literal after it); the first literal has kind ""."""
    parts: list[tuple[str, str, str]] = []
    kind, argument, start = "", "", 0
    for found in _SLOT.finditer(template):
        parts.append((kind, argument, template[start : found.start()]))
        inner = found[2]
        if found[1]:
            kind = "mention"
        elif inner.startswith("~"):
            kind, inner = "gender", inner[1:]
        elif "|" in inner:
            kind = "choice"
        elif _RANGE.fullmatch(inner):
            kind = "number"
        else:
            kind = "word"
        argument, start = inner, found.end()
    parts.append((kind, argument, template[start:]))
    return tuple(parts)


def slots(template: str) -> list[tuple[str, str]]:
    """(kind, argument) of every slot of a template, for checking the texts."""
    return [(kind, argument) for kind, argument, _ in _parts(template) if kind]


def fill(template: str, speaker: Speaker) -> Piece | None:
    """Fill a template, or None when it mentions somebody and nobody fits. A small first letter becomes a capital."""
    skeleton: list[str] = []
    values: list[str] = []
    for kind, argument, literal in _parts(template):
        if kind == "choice":
            skeleton.append(speaker.rng.choice(argument.split("|")))
        elif kind == "gender":
            skeleton.append(argument.split("|")[speaker.woman])
        elif kind:
            value = _value(kind, argument, speaker)
            if not value:
                return None
            skeleton.append(f"@zqm{len(values)}z" if kind == "mention" else f"zqv{len(values)}z")
            values.append(value)
        skeleton.append(literal)
    text = "".join(skeleton)
    if not text.startswith("zqv"):
        text = text[:1].upper() + text[1:]
    return Piece(text, tuple(values))


def _value(kind: str, argument: str, speaker: Speaker) -> str:
    if kind == "mention":
        return speaker.handle(argument)
    if kind == "number":
        low, high = argument.split("-")
        return str(speaker.rng.randint(int(low), int(high)))
    return speaker.word(argument)
