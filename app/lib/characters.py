"""What counts as a character of a word, and which characters may be stored at all."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

# Variation selectors are marks by category, but they belong to emoji and never to a word.
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)

# General diacritics: Latin and Cyrillic need one or two on a letter, "zalgo" text piles up dozens.
_DIACRITICS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_MAX_DIACRITICS = 8

_LINE_BREAK = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_TOO_MANY_DIACRITICS = re.compile(f"([{_DIACRITICS}]{{{_MAX_DIACRITICS}}})[{_DIACRITICS}]+")
_UNWANTED = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x9f"  # control characters; tab and line feed stay
    "\u202a-\u202e\u2066-\u2069"  # bidi embeddings, overrides and isolates: they reorder what stands around them
    "\ufeff\ufff9-\ufffb"  # byte order mark, interlinear annotation
    "\ufdd0-\ufdef\ufffe\uffff"  # noncharacters
    "]"
)


def _spans(points: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Join consecutive code points into (first, last) spans."""
    first = last = -2
    for point in points:
        if point != last + 1:
            if first >= 0:
                yield first, last
            first = point
        last = point
    if first >= 0:
        yield first, last


def _combining_marks() -> str:
    """Build the inside of a regular expression class with all marks that can be part of a word."""
    marks = (
        point
        for point in range(0x300, 0x20000)
        if unicodedata.category(chr(point)) in ("Mn", "Mc") and point not in _VARIATION_SELECTORS
    )
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in _spans(marks))


#: Combining marks (vowel signs, accents) for use inside `[...]`; Python's `\w` leaves them out.
MARKS = _combining_marks()


def clean_characters(text: str) -> str:
    """Return `text` as it may be stored and shown: NFC, `\\n` line ends, nothing that breaks or reorders a page.

    Control characters, noncharacters and bidi controls are removed, surrogate pairs are joined, lone surrogates become
    U+FFFD, and more than eight diacritics on one letter are cut. Never raises; linear but for runs of marks.
    """
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = _LINE_BREAK.sub("\n", text)
    text = drop_unwanted(text)
    text = _TOO_MANY_DIACRITICS.sub(r"\1", text)
    return unicodedata.normalize("NFC", text)


def drop_unwanted(text: str) -> str:
    """Remove control characters, noncharacters and bidi controls, and change nothing else; fit for HTML as well."""
    return _UNWANTED.sub("", text)
