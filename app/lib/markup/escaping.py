"""Writing Markdown-light by program: how text from elsewhere is kept from meaning something in ours."""

import re

from app.lib.handles import match_mention
from app.lib.hashtags import match_topic

_ADDRESS = r"https?://[^\s<>]+"
_SPECIAL = re.compile(rf"(?P<address>{_ADDRESS})|[\\`*_\[\]<&~#＃@＠]")
_MARKER = re.compile(rf"`[^`\n]*`|{_ADDRESS}|[#＃@＠]")
_BLOCK_START = re.compile(
    r"[ \t]*(?:#{1,6}(?=\s|$)|[-+>](?=\s|$)|>|-{3,}\s*$|(?P<number>\d{1,9})(?=[.)](?:\s|$)))"
)
_BACKTICKS = re.compile("`+")


def escape_markers(text: str) -> str:
    """Put a backslash before every `#` and `@` that would make a topic or a mention; code and addresses are left alone.

    For texts that are Markdown already. What is escaped stays as it is, so the function may be applied twice.
    """

    def escape(found: re.Match[str]) -> str:
        marker, at = found.group(), found.start()
        if len(marker) > 1 or _is_escaped(text, at) or not _is_marker(text, at):
            return marker
        return "\\" + marker

    return _MARKER.sub(escape, text)


def escape_text(text: str) -> str:
    """Return plain text as Markdown that shows exactly this text; beginnings of lines are left to `escape_line`."""

    def escape(found: re.Match[str]) -> str:
        char, at = found.group(), found.start()
        if found.group("address"):
            return char
        if char in "#＃@＠":
            return "\\" + char if _is_marker(text, at) else char
        if char == "_" and text[at - 1 : at].isalnum() and text[at + 1 : at + 2].isalnum():
            return char
        return "\\" + char

    return _SPECIAL.sub(escape, text)


def escape_line(line: str) -> str:
    """Keep a line of inline Markdown from opening a heading, a quote, a list or a rule."""
    start = _BLOCK_START.match(line)
    if start is None:
        return line
    if start.group("number"):
        return f"{line[: start.end()]}\\{line[start.end() :]}"
    indent = len(line) - len(line.lstrip())
    return f"{line[:indent]}\\{line[indent:]}"


def code_span(code: str) -> str:
    """Return `code` as inline code, whatever backticks it contains."""
    code = " ".join(code.split())
    if not code:
        return ""
    fence = _longer_fence(code, 1)
    padding = " " if code.startswith("`") or code.endswith("`") else ""
    return f"{fence}{padding}{code}{padding}{fence}"


def fenced(code: str) -> list[str]:
    """Return the lines of a fenced block with `code` in it."""
    fence = _longer_fence(code, 3)
    return [fence, *code.strip("\n").split("\n"), fence]


def _longer_fence(code: str, shortest: int) -> str:
    longest = max((len(run) for run in _BACKTICKS.findall(code)), default=0)
    return "`" * max(shortest, longest + 1)


def _is_marker(text: str, at: int) -> bool:
    return (match_topic(text, at) or match_mention(text, at)) is not None


def _is_escaped(text: str, at: int) -> bool:
    before = text[max(0, at - 32) : at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1
