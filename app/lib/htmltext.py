"""Texts that were HTML elsewhere, as Markdown-light.

Made for posts of Stack Exchange; whatever else comes in, comes out as readable text. The work is linear in the length
of the HTML: nesting beyond a few levels is flattened, and nothing is looked for twice.
"""

import re
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urljoin

from app.lib.characters import clean_characters
from app.lib.markup.escaping import code_span, escape_line, escape_markers, escape_text, fenced
from app.lib.markup.links import is_safe

__all__ = ["escape_markers", "html_to_markdown"]

_TOKEN = re.compile(
    r"<(?P<slash>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?P<attributes>(?:\"[^\"<]*\"|'[^'<]*'|[^<>\"'])*+)>"
    r"|<[!?/a-zA-Z][^<>]*>"
    r"|(?P<text>[^<]++|<)"
)
_ATTRIBUTE = re.compile(r"(?<![a-zA-Z-])([a-zA-Z-]++)\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_SPACE = re.compile(r"[ \t\n\r\f]+")
_UNSAFE_IN_ADDRESS = re.compile(r"[\s()<>\\`*\[\]]")

_MAX_CONTAINERS = 8
_MAX_INLINE = 6

_EMPHASIS = {"strong": "**", "b": "**", "em": "*", "i": "*", "s": "~~", "del": "~~", "strike": "~~"}
_CODE = frozenset(("code", "kbd", "samp", "tt"))
_INLINE = frozenset((*_EMPHASIS, *_CODE, "a", "sub", "sup"))
_HEADINGS = {"h1": "###", "h2": "###", "h3": "###", "h4": "####", "h5": "####", "h6": "####"}
_PARAGRAPHS = frozenset(
    ("p", "div", "dl", "dt", "dd", "table", "tr", "section", "article", "details", "summary")
)
_DROPPED = frozenset(("script", "style", "head", "title", "template"))

_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")

# The alternative text that the editor of Stack Exchange puts in says nothing about the picture.
_EMPTY_ALT = frozenset(("", "enter image description here", "alt text"))


def html_to_markdown(html: str, *, base_url: str = "") -> str:
    """Return HTML as Markdown-light that reads the same; never raises.

    Words with `#` and `@` are escaped, so that they make no topics and mention nobody. Pictures become links. Relative
    addresses are completed with `base_url`; those that then are no web, mail or telephone addresses are left out.
    """
    writer = _Writer(base_url)
    for token in _TOKEN.finditer(clean_characters(html)):
        if token["text"] is not None:
            writer.text(unescape(token["text"]))
        elif token["name"]:
            name = token["name"].lower()
            if token["slash"]:
                writer.close(name)
            else:
                writer.open(name, _attributes(token["attributes"]))
    return clean_characters(writer.finish())


def _attributes(source: str) -> dict[str, str]:
    return {name.lower(): unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(source)}


@dataclass(slots=True)
class _Container:
    """A quote or a list item: what its first line begins with, and what the following do."""

    name: str
    first: str
    rest: str


@dataclass(slots=True)
class _List:
    """A list being read: how many containers stand around it, and the number of its next item (None for bullets)."""

    depth: int
    number: int | None


@dataclass(slots=True)
class _Span:
    """An inline element being read, with what has been written inside it."""

    name: str
    url: str = ""
    parts: list[str] = field(default_factory=list)


class _Writer:
    """Takes tags and text in order and writes blocks; see `html_to_markdown`."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        self._lines: list[str] = []
        self._containers: list[_Container] = []
        self._lists: list[_List] = []
        self._spans: list[_Span] = [_Span("")]
        self._heading = ""
        self._raw: list[str] | None = None
        self._dropped = ""
        self._needs_gap = False

    # Events.

    def text(self, text: str) -> None:
        """Read text with entities resolved."""
        if self._dropped:
            return
        if self._raw is not None:
            self._raw.append(text)
            return
        text = _SPACE.sub(" ", text)
        self._spans[-1].parts.append(text if self._spans[-1].name in _CODE else escape_text(text))

    def open(self, name: str, attributes: dict[str, str]) -> None:
        """Read an opening tag."""
        if self._dropped or self._raw is not None:
            return
        if name in _DROPPED:
            self._dropped = name
        elif name in _INLINE:
            self._open_span(name, attributes)
        elif name == "br":
            self._spans[-1].parts.append("\n")
        elif name == "img":
            self._picture(attributes)
        elif name in ("td", "th"):
            self._spans[-1].parts.append(" ")
        else:
            self._open_block(name, attributes)

    def close(self, name: str) -> None:
        """Read a closing tag; one that closes nothing is ignored."""
        if self._dropped:
            if name == self._dropped:
                self._dropped = ""
        elif self._raw is not None:
            if name == "pre":
                self._end_code()
        elif name in _INLINE:
            self._close_span(name)
        elif name in ("ul", "ol"):
            self._end_list()
        elif name in ("li", "blockquote"):
            self._end_container(name)
        elif name in _HEADINGS or name in _PARAGRAPHS:
            self._flush()

    def finish(self) -> str:
        """Return everything written."""
        if self._raw is not None:
            self._end_code()
        self._flush()
        return "\n".join(self._lines).strip("\n")

    # Inline elements.

    def _open_span(self, name: str, attributes: dict[str, str]) -> None:
        inside = [span.name for span in self._spans]
        if len(inside) > _MAX_INLINE or name in inside or not _CODE.isdisjoint(inside):
            return
        self._spans.append(_Span(name, self._address(attributes.get("href", "")) if name == "a" else ""))

    def _close_span(self, name: str) -> None:
        if any(span.name == name for span in self._spans):
            while self._end_span() != name:
                pass

    def _end_span(self) -> str:
        """Put the innermost element into the one around it and return its name."""
        span = self._spans.pop()
        self._spans[-1].parts.append(_inline(span))
        return span.name

    def _picture(self, attributes: dict[str, str]) -> None:
        url, alt = self._address(attributes.get("src", "")), attributes.get("alt", "").strip()
        alt = escape_text(_SPACE.sub(" ", "" if alt in _EMPTY_ALT else alt))
        is_linked = any(span.name == "a" for span in self._spans)
        self._spans[-1].parts.append(alt if is_linked else _link(alt, url))

    def _address(self, url: str) -> str:
        """Return an address that may be linked, with what Markdown would stumble over escaped; "" for others."""
        try:
            url = urljoin(self._base_url or "https:", url.strip())
        except ValueError:
            return ""
        url = _UNSAFE_IN_ADDRESS.sub(lambda char: f"%{ord(char.group()):02X}", url)
        return url if is_safe(url) else ""

    # Blocks.

    def _open_block(self, name: str, attributes: dict[str, str]) -> None:
        if name not in _BLOCKS:
            return
        self._flush()
        if name == "pre":
            self._raw = []
        elif name == "hr":
            self._write(["---"])
        elif name in _HEADINGS:
            self._heading = _HEADINGS[name] + " "
        elif name == "blockquote":
            self._gap()
            self._contain(_Container(name, "> ", "> "))
        elif name in ("ul", "ol"):
            self._begin_list(name, attributes.get("start", ""))
        elif name == "li":
            self._begin_item()

    def _begin_list(self, name: str, start: str) -> None:
        number = int(start) if start.isascii() and start.isdigit() and len(start) < 9 else 1
        is_nested = bool(self._containers) and self._containers[-1].name == "li"
        if not is_nested or number != 1:
            self._gap()
        self._lists.append(_List(len(self._containers), number if name == "ol" else None))

    def _begin_item(self) -> None:
        marker = "- "
        if self._lists:
            items = self._lists[-1]
            del self._containers[items.depth :]
            if items.number is not None:
                marker = f"{items.number}. "
                items.number += 1
        self._needs_gap = False
        self._contain(_Container("li", marker, " " * len(marker)))

    def _end_list(self) -> None:
        self._flush()
        if self._lists:
            del self._containers[self._lists.pop().depth :]
        self._needs_gap = True

    def _contain(self, container: _Container) -> None:
        if len(self._containers) < _MAX_CONTAINERS:
            self._containers.append(container)

    def _end_container(self, name: str) -> None:
        self._flush()
        for depth in reversed(range(len(self._containers))):
            if self._containers[depth].name == name:
                del self._containers[depth:]
                break
        self._needs_gap = True

    def _end_code(self) -> None:
        code = "".join(self._raw or ())
        self._raw = None
        if code.strip():
            self._write(fenced(code))

    def _flush(self) -> None:
        """Write the paragraph or heading read so far."""
        while len(self._spans) > 1:
            self._end_span()
        lines = [_SPACE.sub(" ", line).strip() for line in "".join(self._spans[0].parts).split("\n")]
        self._spans[0].parts.clear()
        heading, self._heading = self._heading, ""
        lines = [line for line in lines if line]
        if heading and lines:
            self._write([heading + " ".join(lines)])
        elif lines:
            self._write([escape_line(line) for line in lines])

    def _gap(self) -> None:
        """Leave a line free between two blocks, inside the containers of both."""
        if self._needs_gap:
            self._lines.append("".join(container.rest for container in self._containers).rstrip())
        self._needs_gap = False

    def _write(self, lines: list[str]) -> None:
        """Write the lines of one block, each behind the marks of its containers."""
        self._gap()
        for line in lines:
            self._lines.append(("".join(container.first for container in self._containers) + line).rstrip())
            for container in self._containers:
                container.first = container.rest
        self._needs_gap = True


_BLOCKS = _PARAGRAPHS | _HEADINGS.keys() | {"pre", "hr", "blockquote", "ul", "ol", "li"}


def _inline(span: _Span) -> str:
    """Write one inline element; the spaces at its ends go outside, where Markdown wants them."""
    inner = "".join(span.parts)
    core = inner.strip()
    if span.name in ("sub", "sup"):
        return _shifted(core, _LOWERED if span.name == "sub" else _RAISED, "_" if span.name == "sub" else "^")
    if not core:
        return inner
    if span.name in _CODE:
        core = code_span(core)
    elif span.name == "a":
        core = _link(core, span.url)
    elif "\n" not in core:
        core = _EMPHASIS[span.name] + core + _EMPHASIS[span.name]
    before = inner[: len(inner) - len(inner.lstrip())]
    return before + core + inner[len(inner.rstrip()) :]


def _shifted(core: str, digits: dict[int, int], mark: str) -> str:
    """Write a subscript or superscript with the characters made for it, or else with a mark before it."""
    if core and all(ord(char) in digits for char in core):
        return core.translate(digits)
    return f"\\{mark}{core}" if core else ""


def _link(label: str, url: str) -> str:
    """Write a link; one that shows its own address needs no marks."""
    label = label.replace("\n", " ")
    if not url:
        return label
    if label in ("", url, unescape(url)) and url.startswith(("http://", "https://")):
        return f"<{url}>"
    return f"[{label or escape_text(url)}]({url})"
