"""The scripts of threads: what is asked, answered and remarked. Read from the text files in `threads/`.

A file holds cases. A case begins with `== id | who begins | department that knows | topics [| free]`; each further
line is one template, led by a sign: `?` question, `*` news, `+` a detail added by the author, `!` answer, `!+` more
to an answer, `~` somebody asks back, `=` the reply to that, `&` a remark. Digits behind the sign name the variants of
the question (or news) that the line fits: `!13` answers the first and the third. Without digits an answer belongs to
the variant at the same place, any other line to all. In a *free* case every answer fits every question.

Files named `…_common.txt` hold pools of sentences that fit anywhere: `== name`, then one sentence a line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent / "threads"

_LINE = re.compile(r"(!\+|[?*+!~=&])(\d*) (.+)")
_BEGINNERS = ("shop", "office", "any")


class ScriptError(ValueError):
    """A script file that can't be read; the text names the file and the line."""


@dataclass(frozen=True, slots=True)
class Line:
    """A template and the variants it fits; none named means all."""

    template: str
    variants: frozenset[int]

    def fits(self, variant: int) -> bool:
        """Whether it can be said in a thread begun with `variant`."""
        return not self.variants or variant in self.variants


@dataclass(slots=True)
class Case:
    """Everything that can be said about one matter."""

    name: str
    language: str
    #: "shop", "office" or "any": who begins.
    beginner: str
    #: Code of the department that knows.
    department: str
    topics: tuple[str, ...]
    #: Whether every answer fits every question.
    free: bool = False
    news: bool = False
    lines: dict[str, list[Line]] = field(default_factory=dict)

    @property
    def openings(self) -> list[Line]:
        """What begins the thread, one line a variant."""
        return self.lines["*" if self.news else "?"]

    def fitting(self, sign: str, variant: int) -> list[str]:
        """Templates with this sign that fit a variant."""
        return [line.template for line in self.lines.get(sign, ()) if line.fits(variant)]

    def exchanges(self, variant: int) -> list[tuple[str, str]]:
        """Pairs of a question asked back and its reply."""
        replies = self.lines.get("!" if self.news else "=", ())
        pairs = zip(self.lines.get("~", ()), replies, strict=True)
        return [(ask.template, reply.template) for ask, reply in pairs if ask.fits(variant)]


@dataclass(frozen=True)
class Library:
    """The scripts of one language."""

    language: str
    questions: tuple[Case, ...]
    news: tuple[Case, ...]
    pools: dict[str, tuple[str, ...]]


@lru_cache(maxsize=2)
def library(language: str) -> Library:
    """Read every script of a language ("ru" or "en"). Raises `ScriptError`."""
    cases: list[Case] = []
    pools: dict[str, tuple[str, ...]] = {}
    for path in sorted(FOLDER.glob(f"{language}_*.txt")):
        if path.stem.endswith("_common"):
            pools.update(_read_pools(path))
        else:
            cases.extend(_read_cases(path, language))
    questions = tuple(case for case in cases if not case.news)
    return Library(language, questions, tuple(case for case in cases if case.news), pools)


def _read_pools(path: Path) -> dict[str, tuple[str, ...]]:
    pools: dict[str, list[str]] = {}
    name = ""
    for raw in path.read_text(encoding="utf-8").splitlines():
        if raw.startswith("== "):
            name = raw[3:].strip()
        elif raw:
            pools.setdefault(name, []).append(raw)
    return {name: tuple(lines) for name, lines in pools.items()}


def _read_cases(path: Path, language: str) -> list[Case]:
    cases: list[Case] = []
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        where = f"{path.name}:{number}"
        if raw.startswith("== "):
            cases.append(_head(raw[3:], language, where))
        elif raw:
            found = _LINE.fullmatch(raw)
            if found is None or not cases:
                raise ScriptError(f"{where}: not a line of a case: {raw}")
            sign, digits, template = found.groups()
            line = Line(template.replace("\\n", "\n"), frozenset(map(int, digits)))
            cases[-1].lines.setdefault(sign, []).append(line)
    for case in cases:
        _settle(case, path.name)
    return cases


def _head(text: str, language: str, where: str) -> Case:
    parts = [part.strip() for part in text.split("|")]
    if len(parts) not in (4, 5) or parts[1] not in _BEGINNERS:
        raise ScriptError(
            f"{where}: a case begins with `== id | {'/'.join(_BEGINNERS)} | department | topics`"
        )
    return Case(parts[0], language, parts[1], parts[2], tuple(parts[3].split()), free=parts[4:] == ["free"])


def _settle(case: Case, file: str) -> None:
    """Give each answer without variants its place, and check that the case can be played."""
    case.news = "*" in case.lines
    if ("?" in case.lines) == case.news:
        raise ScriptError(f"{file}: {case.name} must begin either with questions or with news")
    answers = case.lines.get("!", [])
    if not case.news and not case.free:
        case.lines["!"] = answers = [
            answer if answer.variants else Line(answer.template, frozenset((place,)))
            for place, answer in enumerate(answers, 1)
        ]
    replies = answers if case.news else case.lines.get("=", [])
    if len(case.lines.get("~", [])) != len(replies):
        raise ScriptError(f"{file}: {case.name} has a question asked back without a reply")
    for variant in range(1, len(case.openings) + 1):
        if not case.news and not case.fitting("!", variant):
            raise ScriptError(f"{file}: {case.name} has no answer to question {variant}")
