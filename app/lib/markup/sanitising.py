"""The last word on the HTML: whatever the parser made of a text, only this much of it reaches a page."""

import re

from bleach.sanitizer import Cleaner

from app.lib.markup.links import EXTERNAL_REL, SCHEMES, is_safe

#: Elements a text may consist of.
TAGS = frozenset(
    ("a", "blockquote", "br", "code", "em", "h3", "h4", "hr", "li", "ol", "p", "pre", "s", "strong", "ul")
)

_LIST_START = re.compile(r"\d{1,9}")

# Escaped text, allowed tags without attributes, and the two links of our own whose address is letters and escapes.
_NOTHING_TO_REMOVE = re.compile(
    r"""(?:[^<>&"]++|&(?:amp|lt|gt|quot);|</?(?:a|blockquote|code|em|h3|h4|li|ol|p|pre|s|strong|ul)>|<[bh]r>"""
    r"""|<a\ class="(?:topic"\ href="/topics/|mention"\ href="/@)[A-Za-z0-9%._~-]+">)*+"""
)


def _may_keep(tag: str, name: str, value: str) -> bool:
    """Allow an attribute by its exact value, so that none can carry what a person wrote except a safe address."""
    match tag, name:
        case "a", "href":
            return is_safe(value)
        case "a", "class":
            return value in ("topic", "mention")
        case "a", "rel":
            return value == EXTERNAL_REL
        case "a", "target":
            return value == "_blank"
        case "ol", "start":
            return _LIST_START.fullmatch(value) is not None
    return False


def sanitise(html: str) -> str:
    """Return `html` reduced to the allowed elements and attributes; other tags are shown as text.

    The cleaner costs more than everything before it, so it is spared HTML in which there is nothing to take away.
    """
    return html if _NOTHING_TO_REMOVE.fullmatch(html) else clean(html)


def clean(html: str) -> str:
    """Do the work of `sanitise` for any HTML.

    The cleaner keeps parser state and must not be shared between threads, so each call makes its own.
    """
    return Cleaner(
        tags=TAGS, attributes=_may_keep, protocols=SCHEMES, strip=False, strip_comments=True
    ).clean(html)
