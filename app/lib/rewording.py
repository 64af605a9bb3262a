"""Whether a text was only corrected, or says something else now."""

from __future__ import annotations

import re
from collections.abc import Sequence

#: Words that were corrected; with more of them it is another text.
MOST_CORRECTED = 3
#: A letter of a word counts as corrected in words of so many letters that begin with the same so many: `включить` and
#: `выключить`, `июня` and `июля` are a letter apart as well.
_LONG = 5
_BEGINNING = 3

_SIGNS = re.compile(r"[\s.,;:!…()\[\]*_~`«»„“”\"'’‘#–—-]+")
#: Addresses, @names, #topics: there a dot or a capital may lead elsewhere.
_POINTS = re.compile(r"[@#/\\]|[^\W_][.:_][^\W_]")
_NUMBER = re.compile(r"[-−+]?\d(?:[\d\s.,:/–-]*\d)?")


def is_slight(before: str, after: str) -> bool:
    """Whether two texts say the same, but for a few letters, capitals, and signs between words. Pure.

    Every digit and sign inside a number counts, every character of an address or name that is pointed to, and every
    word that came, went or moved: "not" is a short one.
    """
    if _numbers(before) != _numbers(after) or _pointers(before) != _pointers(after):
        return False
    old, new = _words(before), _words(after)
    if len(old) != len(new):
        return False
    changed = [(one, other) for one, other in zip(old, new, strict=True) if one != other]
    return len(changed) <= MOST_CORRECTED and all(_is_corrected(one, other) for one, other in changed)


def _numbers(text: str) -> Sequence[str]:
    return [re.sub(r"\s", "", found) for found in _NUMBER.findall(text)]


def _pointers(text: str) -> Sequence[str]:
    return [piece.strip(".,;:!?…()[]*_~«»„“”\"'") for piece in text.split() if _POINTS.search(piece)]


def _words(text: str) -> Sequence[str]:
    return _SIGNS.sub(" ", text.casefold().replace("ё", "е")).split()


def _is_corrected(one: str, other: str) -> bool:
    """Whether one letter of a long word came or went, or two beside each other changed places.

    One letter for another is no slip that can be told from another word: `employer`, `employee`.
    """
    if not (one.isalpha() and other.isalpha()) or min(len(one), len(other)) < _LONG:
        return False
    if one[:_BEGINNING] != other[:_BEGINNING]:
        return False
    short, long = sorted((one, other), key=len)
    at = next((place for place, letter in enumerate(short) if letter != long[place]), len(short))
    if len(long) - len(short) == 1:
        return short[at:] == long[at + 1 :]
    if len(long) != len(short):
        return False
    return short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
