"""From what a person wrote to what the page shows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from markdown_it.token import Token

from app.lib.characters import clean_characters, drop_unwanted
from app.lib.hashtags import fold_topic
from app.lib.markup.html import plain_text
from app.lib.markup.limits import MAX_SOURCE, split
from app.lib.markup.parsing import parse, to_html
from app.lib.markup.sanitising import sanitise
from app.lib.text import excerpt

#: Raise it with every change of the HTML, so that stored texts are known to be rendered by an older version.
RENDERER_VERSION = 1

_EXCERPT = 200


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text made ready to show."""

    #: HTML that is safe to put in a page.
    html: str
    #: Topic names as first written, without "#", one for each folded name, in order.
    topics: tuple[str, ...]
    #: Handles mentioned, folded, each once, in order; known or not.
    mentions: tuple[str, ...]
    #: The beginning as plain text, at most 200 characters, for notifications.
    excerpt: str


def render(source: str, *, names: Mapping[str, str] | None = None) -> Rendered:
    """Turn Markdown-light into HTML. Pure, and raises nothing whatever `source` is.

    `names` maps folded handles to display names: those mentions become links with the name, all others stay text, so
    that nobody learns who exists. Without `names` every mention is a link with its handle. What exceeds the limits of
    `app.lib.markup.limits` is shown as plain text. Costs about a millisecond for a usual text.
    """
    markup, rest = split(clean_characters(source))
    tokens = parse(markup)
    leaves = list(_leaves(tokens))
    # Entities such as "&#x202e;" bring back what was cleaned away.
    html = drop_unwanted(to_html(tokens, names))
    return Rendered(
        html=sanitise(html) + _plain_html(rest),
        topics=_topics(leaves),
        mentions=_mentions(leaves),
        excerpt=excerpt(drop_unwanted(plain_text(tokens, names)) + rest[:MAX_SOURCE], _EXCERPT),
    )


def _leaves(tokens: list[Token]) -> Iterator[Token]:
    """Yield the inline tokens of all blocks, in the order of the text."""
    for token in tokens:
        yield from token.children or ()


def _topics(leaves: list[Token]) -> tuple[str, ...]:
    first_written: dict[str, str] = {}
    for token in leaves:
        if token.type == "topic":
            first_written.setdefault(fold_topic(token.content), token.content)
    return tuple(first_written.values())


def _mentions(leaves: list[Token]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(token.meta["handle"] for token in leaves if token.type == "mention"))


def _plain_html(text: str) -> str:
    """Show text as it is: escaped, with its line breaks."""
    if not text:
        return ""
    return "<p>" + escape(text).replace("\n", "<br>\n") + "</p>\n"
