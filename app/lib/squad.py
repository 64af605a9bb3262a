"""Questions with the paragraph that answers each, as files in SQuAD's format hold them (Rajpurkar et al., 2016)."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: Shorter words are left as they are: a letter amiss makes another word of them.
SHORTEST_AMISS = 4
_RUSSIAN = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
_ENGLISH = "abcdefghijklmnopqrstuvwxyz"
_WORD = re.compile(rf"[^\W\d_]{{{SHORTEST_AMISS},}}")
#: Initials and common short forms end no sentence.
_SENTENCE_END = re.compile(
    r"(?<=[.!?…])(?<!\b\w\.)(?<!\b(?:им|св|St|Mr|Dr)\.)[\"»”)]*\s+(?=[\"«“(]*[A-ZА-ЯЁ\d])"
)


class BadFile(Exception):
    """The file is not in the format; the message says where."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the place of the text that answers it, among all texts."""

    question: str
    text: int


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of a file, and what is asked of them."""

    texts: tuple[str, ...]
    asked: tuple[Asked, ...]


def read(path: Path, *, sentences: bool = False) -> Texts:
    """The paragraphs of a file, or its sentences, and its questions. Raises `BadFile`."""
    texts: list[str] = []
    asked: list[Asked] = []
    for context, questions in _paragraphs(path):
        starts = _starts(context) if sentences else [0]
        for start, end in zip(starts, [*starts[1:], len(context)], strict=True):
            texts.append(context[start:end].strip())
        first = len(texts) - len(starts)
        for question, at in questions:
            asked.append(Asked(question, first + sum(start <= at for start in starts[1:])))
    return Texts(tuple(texts), tuple(asked))


def with_typos(question: str, count: int, chance: random.Random) -> str:
    """The question with so many letters amiss, each in a word of its own: wrong, missing, added or swapped."""
    words = list(_WORD.finditer(question))
    chosen = chance.sample(words, min(count, len(words)))
    for match in sorted(chosen, key=lambda found: -found.start()):
        amiss = _amiss(match.group(), chance)
        question = question[: match.start()] + amiss + question[match.end() :]
    return question


def _amiss(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    other = chance.choice(_RUSSIAN if re.search("[а-яё]", word.lower()) else _ENGLISH)
    match chance.choice(("wrong", "missing", "added", "swapped")):
        case "wrong":
            return word[:at] + other + word[at + 1 :]
        case "missing":
            return word[:at] + word[at + 1 :]
        case "added":
            return word[:at] + other + word[at:]
        case _:
            at = min(at, len(word) - 2)
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _starts(context: str) -> list[int]:
    return [0, *(match.end() for match in _SENTENCE_END.finditer(context))]


def _paragraphs(path: Path) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """Each paragraph with its questions, and where in it each answer begins."""
    try:
        whole = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise BadFile(f"{path}: {error}") from error
    for at, article in _each(whole, "data", f"{path}: "):
        for place, paragraph in _each(article, "paragraphs", at):
            context = _text(paragraph, "context", place)
            questions = []
            for where, question in _each(paragraph, "qas", place):
                words = _text(question, "question", where)
                begins = [_begin(answer, context, one) for one, answer in _each(question, "answers", where)]
                # Newer files also have questions that nothing answers.
                if begins:
                    questions.append((words, begins[0]))
            yield context, questions


def _each(thing: Any, name: str, at: str) -> Iterator[tuple[str, Any]]:
    rows = thing.get(name) if isinstance(thing, dict) else None
    if not isinstance(rows, list):
        raise BadFile(f"{_dotted(at)}{name}: is not a list")
    for number, row in enumerate(rows):
        yield f"{_dotted(at)}{name}[{number}]", row


def _text(thing: Any, name: str, at: str) -> str:
    value = thing.get(name) if isinstance(thing, dict) else None
    if not isinstance(value, str) or not value.strip():
        raise BadFile(f"{_dotted(at)}{name}: is no text")
    return value


def _begin(answer: Any, context: str, at: str) -> int:
    begin = answer.get("answer_start") if isinstance(answer, dict) else None
    if not isinstance(begin, int) or not 0 <= begin < len(context):
        raise BadFile(f"{_dotted(at)}answer_start: is no place in the paragraph")
    return begin


def _dotted(at: str) -> str:
    return at if at.endswith(" ") else f"{at}."
