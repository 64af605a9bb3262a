"""The beginning of a rendered text, for cards: whole elements, all closed, at most so many characters."""

import re

_PIECE = re.compile(r"<(/?)([a-z][a-z0-9]*)[^>]*>|([^<]+)")
_VOID = frozenset({"br", "hr"})
_BREAKS = frozenset({"br", "p", "li", "pre", "blockquote", "h3", "h4"})
_LAST_TOPICS = re.compile(
    r"(<p>|<br>|[.!?…])\s*(?:<a class=\"topic\" href=\"[^\"<>]*\">[^<]*</a>[\s,.]*)+</p>\s*\Z"
)
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|\w+);")


def shorten(html: str, *, characters: int, breaks: int) -> str:
    """The beginning of `html`, which `render` made: at most `characters` of text and about `breaks` lines, "…" added.

    What fits comes back as it is. Words are kept whole where possible. Linear.
    """
    opened: list[str] = []
    text = lines = 0
    for piece in _PIECE.finditer(html):
        closing, tag, words = piece.groups()
        if words is not None:
            if text + _length(words) > characters:
                kept = html[: piece.start()] + _cut(words, characters - text)
                return _closed(kept.rstrip() + "…", opened)
            text += _length(words) if not words.isspace() else 0
        elif closing:
            if opened and opened[-1] == tag:
                opened.pop()
        else:
            lines += tag in _BREAKS
            if lines > breaks:
                return _closed(html[: piece.start()].rstrip() + "…", opened)
            if tag not in _VOID:
                opened.append(tag)
    return html


def without_last_topics(html: str) -> str:
    """`html`, which `render` made, without the topics after its last sentence: cards show them as chips below the text.

    A topic that is a word of the sentence stays ("We talk about #acquiring").
    """
    found = _LAST_TOPICS.search(html)
    if found is None:
        return html
    before = found.group(1)
    kept = html[: found.start()].rstrip()
    return kept if before == "<p>" else f"{kept}{before if before != '<br>' else ''}</p>"


def _length(words: str) -> int:
    """Characters as a reader counts them: an entity is one."""
    return len(_ENTITY.sub("x", words))


def _cut(words: str, most: int) -> str:
    """At most `most` characters, ending between words, never inside an entity."""
    taken, at = 0, 0
    while at < len(words) and taken < most:
        entity = _ENTITY.match(words, at)
        at = entity.end() if entity else at + 1
        taken += 1
    space = words.rfind(" ", max(0, at - 40), at)
    return words[: space if space > 0 else at]


def _closed(html: str, opened: list[str]) -> str:
    return html + "".join(f"</{tag}>" for tag in reversed(opened))
