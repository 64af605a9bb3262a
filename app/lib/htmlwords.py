"""The words of HTML that this product has sanitised itself."""

import re
from html import unescape

# In sanitised HTML every "<" and ">" of the text is escaped, so that what looks like a tag is one.
_BREAK = re.compile(r"</?(?:p|br|li|ul|ol|blockquote|pre|h[1-6]|hr)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")


def plain_words(html: str) -> str:
    """The text without its markup, blocks and line breaks on lines of their own. Not for HTML from outside."""
    if "<" not in html:
        return unescape(html)
    text = unescape(_TAG.sub("", _BREAK.sub("\n", html)))
    return "\n".join(line for line in (line.strip() for line in text.split("\n")) if line)
