"""The words of HTML that this product has sanitised itself."""

import re
from html import unescape

# In sanitised HTML every "<" and ">" of the text is escaped, so that what looks like a tag is one.
_BREAK = re.compile(r"</?(?:p|br|li|ul|ol|blockquote|pre|h[1-6]|hr)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_LINK = re.compile(r"<a\b[^>]*>.*?</a>", re.DOTALL)
_ADDRESS = re.compile(r"\b(?:https?://|www\.)[^\s<]+")


def plain_words(html: str) -> str:
    """The text without its markup, blocks and line breaks on lines of their own. Not for HTML from outside."""
    if "<" not in html:
        return unescape(html)
    text = unescape(_TAG.sub("", _BREAK.sub("\n", html)))
    return "\n".join(line for line in (line.strip() for line in text.split("\n")) if line)


def without_links(html: str) -> str:
    """The HTML without its links, text and target, and without addresses written out. Not for HTML from outside."""
    return _ADDRESS.sub(" ", _LINK.sub(" ", html))
