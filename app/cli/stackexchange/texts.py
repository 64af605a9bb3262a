"""From the other site's texts to ours: Markdown-light, rendered once, with the mentions that are certain."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.cli.stackexchange.mentions import Span
from app.cli.stackexchange.run import PersonRef
from app.lib import markup
from app.lib.characters import clean_characters
from app.lib.handles import match_mention
from app.lib.htmltext import escape_markers, html_to_markdown
from app.lib.text import excerpt, squeeze

#: Raise it when the same input gives another text, so that the next import renews what earlier ones wrote.
CONVERTER_VERSION = 1

_BLANK_LINE = re.compile(r"\n{2,}")
_EXCERPT = 200


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it is stored; `mentioned` are ids of people."""

    source: str
    html: str
    excerpt: str
    mentioned: tuple[int, ...] = ()


def from_html(html: str, site: str) -> Text:
    """The text of a post or profile. Costs one to three milliseconds."""
    return _rendered(html_to_markdown(html, base_url=f"https://{site}/"), {})


def from_tag(excerpt_html: str, wiki_html: str, site: str) -> Text:
    """What a tag is about: its excerpt, unless the wiki says the same, and its wiki."""
    base = f"https://{site}/"
    short, long = html_to_markdown(excerpt_html, base_url=base), html_to_markdown(wiki_html, base_url=base)
    is_said = squeeze(short).casefold() in squeeze(long).casefold()
    return _rendered(long if is_said else f"{short}\n\n{long}".strip(), {})


def from_comment(written: str, spans: tuple[Span, ...], people: Mapping[int, PersonRef]) -> Text:
    """The text of a comment, in which `spans` mean the `people` given by user id."""
    source = ""
    end = 0
    names: dict[str, str] = {}
    mentioned: dict[int, None] = {}
    for span in spans:
        person = people.get(span.user_id)
        before = source + escape_markers(written[end : span.start])
        if person is not None and _stands(before, person.handle, written[span.end : span.end + 2]):
            source = f"{before}@{person.handle}"
            names[person.handle] = person.name
            mentioned[person.id] = None
            end = span.end
    text = _rendered(source + escape_markers(written[end:]), names)
    return Text(text.source, text.html, text.excerpt, tuple(mentioned))


def from_markdown(written: str) -> str:
    """An earlier version of a post, which is Markdown: nothing in it may become a topic or a mention."""
    return escape_markers(clean_characters(written).replace("\r\n", "\n").strip())


def _stands(before: str, handle: str, after: str) -> bool:
    """Whether the handle, put between these texts, is read as a mention of exactly this handle."""
    found = match_mention(f"{before[-1:]}@{handle}{after}", len(before[-1:]))
    return found is not None and found.handle == handle


def _rendered(source: str, names: Mapping[str, str]) -> Text:
    """Render a text of any length: what is longer than people may write is rendered in parts."""
    parts = [markup.render(part, names=names) for part in _parts(source)]
    return Text(
        source,
        "".join(part.html for part in parts),
        excerpt(" ".join(part.excerpt for part in parts[:2]), _EXCERPT),
    )


def _parts(source: str) -> list[str]:
    """The source in parts that are short enough, cut between paragraphs and not inside of fenced code."""
    if len(source) <= markup.MAX_SOURCE and source.count("[") <= markup.MAX_BRACKETS:
        return [source]
    parts: list[str] = []
    current = ""
    for paragraph in _paragraphs(source):
        longer = f"{current}\n\n{paragraph}" if current else paragraph
        if current and (len(longer) > markup.MAX_SOURCE or longer.count("[") > markup.MAX_BRACKETS):
            parts.append(current)
            current = paragraph
        else:
            current = longer
    return [*parts, current]


def _paragraphs(source: str) -> list[str]:
    """Paragraphs; fenced code stays in one piece, blank lines and all."""
    paragraphs: list[str] = []
    is_open = False
    for paragraph in _BLANK_LINE.split(source):
        if is_open:
            paragraphs[-1] += f"\n\n{paragraph}"
        else:
            paragraphs.append(paragraph)
        fences = sum(line.lstrip().startswith("```") for line in paragraph.split("\n"))
        is_open ^= fences % 2 == 1
    return paragraphs
