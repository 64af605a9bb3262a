"""The table of contents of a rendered text: its headings get addresses, and are listed."""

import re
from dataclasses import dataclass
from html import unescape

_HEADING = re.compile(r"<(h3|h4)>(.*?)</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its address within the page, its words, and whether it stands below another one."""

    anchor: str
    words: str
    below: bool


@dataclass(frozen=True, slots=True)
class Outline:
    """A text whose headings have addresses, and the list of them."""

    html: str
    headings: tuple[Heading, ...]


def outline(html: str) -> Outline:
    """Give the headings of `html`, which `render` made, addresses by their number. Pure, linear.

    Addresses hold nothing of what a person wrote; headings without words get none.
    """
    found: list[Heading] = []

    def addressed(match: re.Match[str]) -> str:
        tag, inner = match.groups()
        words = " ".join(unescape(_TAG.sub("", inner)).split())
        if not words:
            return match.group()
        anchor = f"part-{len(found) + 1}"
        found.append(Heading(anchor, words, tag == "h4"))
        return f'<{tag} id="{anchor}">{inner}</{tag}>'

    return Outline(_HEADING.sub(addressed, html), tuple(found))
