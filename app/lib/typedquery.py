"""What somebody types into the search field, taken apart: words, quoted phrases, and operators in Russian and English.

| typed | kind | |
|---|---|---|
| тариф | `WORD` | |
| "подарочная карта" | `PHRASE` | word by word |
| #акции | `TOPIC` | |
| @анна.петрова | `PERSON` | a handle |
| from:Петрова, от:я | `FROM` | whoever wrote it |
| in:У112, в:"Новости компании" | `IN` | a group, a shop or a department |
| is:question, это:вопрос | `IS` | one of `STATES` |
| after:2026-03-14, после:14.03.2026 | `AFTER` | from that day on |
| before:2026, до:2026 | `BEFORE` | earlier than that day |

A minus in front of anything but a day says what is not wanted. Whatever makes no sense as an operator is a word, so
every text can be read. Nothing is asked of a database here: whom a name means depends on who asks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.lib.handles import match_mention
from app.lib.hashtags import match_topic
from app.lib.text import fold

WORD = "word"
PHRASE = "phrase"
TOPIC = "topic"
PERSON = "person"
FROM = "from"
IN = "in"
IS = "is"
AFTER = "after"
BEFORE = "before"

QUESTION = "question"
ANSWERED = "answered"
UNANSWERED = "unanswered"
OFFICIAL = "official"
ARTICLE = "article"
FILES = "files"
#: What can stand after `is:`.
STATES = (QUESTION, ANSWERED, UNANSWERED, OFFICIAL, ARTICLE, FILES)

#: Nothing beyond so many characters is read.
MOST_READ = 1000
#: The last digits of a number that tell a person: a tail, and the whole number without its country.
LEAST_TAIL, WHOLE_TAIL = 4, 10
_PLAIN_TAIL = re.compile(r"[0-9()+.\s-]+")

_OPERATORS = {
    "from": FROM, "by": FROM, "от": FROM, "автор": FROM,
    "in": IN, "в": IN, "во": IN, "где": IN,
    "is": IS, "has": IS, "это": IS, "есть": IS,
    "after": AFTER, "since": AFTER, "после": AFTER,
    "before": BEFORE, "until": BEFORE, "до": BEFORE,
}  # fmt: skip
_STATES = {
    "question": QUESTION, "questions": QUESTION, "вопрос": QUESTION, "вопросы": QUESTION,
    "answered": ANSWERED, "решено": ANSWERED, "решен": ANSWERED, "отвечено": ANSWERED, "ответ": ANSWERED,
    "answer": ANSWERED,
    "unanswered": UNANSWERED, "open": UNANSWERED, "безответа": UNANSWERED, "без-ответа": UNANSWERED,
    "неотвечено": UNANSWERED,
    "official": OFFICIAL, "официально": OFFICIAL, "официальное": OFFICIAL, "официальный": OFFICIAL,
    "article": ARTICLE, "articles": ARTICLE, "статья": ARTICLE, "статьи": ARTICLE,
    "file": FILES, "files": FILES, "файл": FILES, "файлы": FILES,
}  # fmt: skip
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
#: The words that are offered, in English and in Russian: of operators, and of `STATES` in their order.
_USUAL = (("from", "in", "is", "after", "before"), ("от", "в", "это", "после", "до"))
_USUAL_STATES = (
    ("question", "answered", "unanswered", "official", "article", "file"),
    ("вопрос", "решено", "без-ответа", "официально", "статья", "файл"),
)
_TODAY = ("today", "сегодня")
_YESTERDAY = ("yesterday", "вчера")
#: An operator at the end of what is typed, with as much of its value as is there.
_UNFINISHED = re.compile(r"(?:^|(?<=\s))(-?)(?:([#＃@＠])|([^\W\d_]{1,12}):)([^\s\"«»“”„]*)\Z")
#: The beginning of a word that may become an operator.
_BEGUN = re.compile(r"(?:^|(?<=\s))[^\W\d_]{2,12}\Z")
#: From so many letters on.
LEAST_BEGUN = 3

_PIECE = re.compile(
    r"""
    (?P<minus>[-\u2212](?=[^\s\-\u2212]))?
    (?:(?P<key>[^\W\d_]{1,12}):(?=\S))?
    (?: "(?P<straight>[^"]*)" | «(?P<angled>[^»]*)» | [“„](?P<curled>[^“”„]*)[”“] | (?P<plain>\S+) )
    """,
    re.VERBOSE,
)
#: Ten digits or more as phone numbers are written, all of one number.
_PHONE = re.compile(r"\+?[0-9](?:[\s().-]{0,2}[0-9]){9,14}(?!\w)")
_DIGITS = re.compile(r"[0-9]+")
_COUNTRY = ("7", "8")
_NOT_A_DIGIT = re.compile(r"[^0-9]")
_END_MARKS = ",;.!?)"
_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
_DOTTED = re.compile(r"(?:([0-9]{1,2})[./])?([0-9]{1,2})[./]([0-9]{4}|[0-9]{2})")
_DAY_AND_MONTH = re.compile(r"([0-9]{1,2})[./]([0-9]{1,2})")
_FIRST_YEAR, _LAST_YEAR = 1971, 2999


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of what was typed."""

    kind: str
    #: As it was typed, with quotes, minus and operator.
    typed: str
    #: The word, the phrase, the name of a topic, a folded handle, a name, one of `STATES`, or a day ("2026-03-14").
    value: str
    #: Whether it is not wanted.
    minus: bool = False


@dataclass(frozen=True, slots=True)
class Unfinished:
    """The operator that somebody is typing."""

    #: Everything before its value, as it was typed: "refund -is:".
    before: str
    kind: str
    #: What there is of its value.
    value: str
    #: Whether it is written in Russian.
    russian: bool = False


@dataclass(frozen=True, slots=True)
class TypedQuery:
    """What was typed, piece by piece."""

    pieces: tuple[Piece, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The words to look for, in their order."""
        return self.of(WORD)

    @property
    def text(self) -> str:
        """Those words as one text."""
        return " ".join(self.words)

    @property
    def is_plain(self) -> bool:
        """Whether there are words and nothing else."""
        return bool(self.pieces) and all(piece.kind == WORD and not piece.minus for piece in self.pieces)

    @property
    def after(self) -> date | None:
        """The first day that counts."""
        return max(map(date.fromisoformat, self.of(AFTER)), default=None)

    @property
    def before(self) -> date | None:
        """The first day that no longer counts."""
        return min(map(date.fromisoformat, self.of(BEFORE)), default=None)

    @property
    def phone(self) -> str:
        """The last digits of the phone number that was typed, at most ten of them; empty when none was.

        Four digits are enough when nothing but digits was typed; among words, a number has to be whole.
        """
        if not self.words:
            return ""
        if _PLAIN_TAIL.fullmatch(self.text):
            digits = _NOT_A_DIGIT.sub("", self.text)
            return digits[-WHOLE_TAIL:] if LEAST_TAIL <= len(digits) <= 15 else ""
        whole = [word for word in self.words if _PHONE.fullmatch(word)]
        return _NOT_A_DIGIT.sub("", whole[0])[-WHOLE_TAIL:] if whole else ""

    @property
    def phone_groups(self) -> tuple[str, ...]:
        """The groups of digits of a phone number that is written in groups, when nothing else was typed; without the
        country's, which some write and some don't.
        """
        groups = _DIGITS.findall(self.text) if self.phone and _PLAIN_TAIL.fullmatch(self.text) else []
        if groups and groups[0] in _COUNTRY:
            del groups[0]
        return tuple(groups) if len(groups) > 1 else ()

    @property
    def phone_in_one(self) -> tuple[str, ...]:
        """How a whole phone number that is written in one piece may be written so, when nothing else was typed."""
        digits, tail = _NOT_A_DIGIT.sub("", self.text), self.phone
        is_alone = len(self.words) == 1 and self.text.removeprefix("+") == digits
        if not is_alone or len(tail) != WHOLE_TAIL or digits[: -len(tail)] not in ("", *_COUNTRY):
            return ()
        return (tail, *(f"{country}{tail}" for country in _COUNTRY))

    def of(self, kind: str, *, minus: bool = False) -> tuple[str, ...]:
        """The values of the pieces of a kind: those wanted, or with `minus` those not wanted."""
        return tuple(piece.value for piece in self.pieces if piece.kind == kind and piece.minus == minus)

    def respelled(self, spellings: Mapping[str, str]) -> TypedQuery:
        """The same with other spellings for some of its words; one that begins with "#" is a topic."""
        return TypedQuery(
            tuple(
                _respelled(piece, spellings[piece.value])
                if piece.kind == WORD and not piece.minus and piece.value in spellings
                else piece
                for piece in self.pieces
            )
        )

    def renamed(self, kind: str, names: Mapping[str, str]) -> TypedQuery:
        """The same with other names behind the operators of a kind that are wanted: `FROM`, `IN` or `PERSON`."""
        return TypedQuery(
            tuple(
                replace(piece, typed=_with_value(piece.typed, names[piece.value]), value=names[piece.value])
                if piece.kind == kind and not piece.minus and piece.value in names
                else piece
                for piece in self.pieces
            )
        )

    def without_topics(self) -> TypedQuery:
        """The same with the topics that are wanted as words."""
        return TypedQuery(
            tuple(
                replace(piece, kind=WORD, value=piece.typed)
                if piece.kind == TOPIC and not piece.minus
                else piece
                for piece in self.pieces
            )
        )

    def __str__(self) -> str:
        return " ".join(piece.typed for piece in self.pieces)


def read(text: str, today: date) -> TypedQuery:
    """Take apart what was typed; `today` is the reader's. Any text can be read. Linear but for unclosed quotes."""
    pieces: list[Piece] = []
    text = text[:MOST_READ]
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        phone = _PHONE.match(text, at)
        if phone is not None and _is_phone(phone.group()):
            pieces.append(Piece(WORD, phone.group(), " ".join(phone.group().split())))
            at = phone.end()
            continue
        match = _PIECE.match(text, at)
        if match is None:  # a minus or a key with nothing behind it cannot be; what is left is no text
            break
        piece = _piece(match, today)
        if piece is not None:
            pieces.append(piece)
        at = match.end()
    return TypedQuery(tuple(pieces))


def unfinished(text: str) -> Unfinished | None:
    """The operator whose value may go on; None when the text ends with something else. Linear."""
    match = _UNFINISHED.search(text)
    if match is None:
        return None
    _minus, mark, key, value = match.groups()
    kind = (TOPIC if mark in "#＃" else PERSON) if mark else _OPERATORS.get(fold(key), "")
    before = text[: match.start(4)]
    return Unfinished(before, kind, value, _is_russian(key or "")) if kind else None


def operators_from(text: str) -> tuple[str, ...]:
    """The text with each operator that its last word is or, from three letters on, begins: "refund is:"."""
    match = _BEGUN.search(text)
    if match is None:
        return ()
    begun = fold(match.group())
    kinds = {
        kind
        for key, kind in _OPERATORS.items()
        if key == begun or (len(begun) >= LEAST_BEGUN and key.startswith(begun))
    }
    usual = _USUAL[_is_russian(begun)]
    return tuple(f"{text[: match.start()]}{key}:" for key in usual if _OPERATORS[key] in kinds)


def states_from(begun: str, *, russian: bool) -> tuple[tuple[str, str], ...]:
    """What can stand behind `is:` and begins so, in any of its words: the usual word for each state, and the state."""
    begun = fold(begun)
    states = {state for word, state in _STATES.items() if word.startswith(begun)}
    usual = _USUAL_STATES[russian]
    return tuple((word, state) for word, state in zip(usual, STATES, strict=True) if state in states)


def _is_russian(text: str) -> bool:
    return _CYRILLIC.search(text) is not None


def day_of(written: str, today: date) -> date | None:
    """The day, or the first day of the month or year, that was written; None for anything else.

    2026-03-14, 2026-03, 2026, 14.03.2026, 14.03.26, 03.2026, 14.03 (the last one that has been), today, yesterday.
    """
    folded = fold(written)
    if folded in _TODAY:
        return today
    if folded in _YESTERDAY:
        return today - timedelta(days=1)
    if match := _ISO.fullmatch(written):
        year, month, day = match.groups()
        return _date(year, month or "1", day or "1")
    if (match := _DAY_AND_MONTH.fullmatch(written)) and (day_then := _last(match, today)):
        return day_then
    if match := _DOTTED.fullmatch(written):
        day, month, year = match.groups()
        return _date(year if len(year) == 4 else f"20{year}", month, day or "1")
    return None


def _piece(match: re.Match[str], today: date) -> Piece | None:
    minus, key, plain = match["minus"] is not None, match["key"], match["plain"]
    quoted = next((match[name] for name in ("straight", "angled", "curled") if match[name] is not None), None)
    typed = match.group()
    value = (plain if quoted is None else quoted).strip()
    if key is not None:
        piece = _operator(_OPERATORS.get(fold(key), ""), value, typed, today, minus=minus)
        # What is no operator is a word, with its colon: "http://…", "is:unknown".
        return piece or Piece(WORD, typed, typed.lstrip("-\u2212"), minus)
    if quoted is not None:
        return Piece(PHRASE, typed, value, minus) if value else None
    if topic := match_topic(value, 0):
        return Piece(TOPIC, typed, topic.name, minus)
    if mention := match_mention(value, 0):
        return Piece(PERSON, typed, mention.handle, minus)
    return Piece(WORD, typed, value, minus)


def _operator(kind: str, value: str, typed: str, today: date, *, minus: bool) -> Piece | None:
    value = value.strip(" \"'«»“”„").rstrip(_END_MARKS) or value
    if kind in (FROM, IN) and value:
        return Piece(kind, typed, value.lstrip("@＠#＃") or value, minus)
    if kind == IS and (state := _STATES.get(fold(value))):
        return Piece(kind, typed, state, minus)
    if kind in (AFTER, BEFORE) and not minus and (day := day_of(value, today)):
        return Piece(kind, typed, day.isoformat())
    return None


def _respelled(piece: Piece, spelled: str) -> Piece:
    kind = TOPIC if spelled.startswith("#") else piece.kind
    return replace(piece, kind=kind, typed=spelled, value=spelled.removeprefix("#"))


def _with_value(typed: str, value: str) -> str:
    key, colon, _value = typed.partition(":")
    if not colon:
        return f"@{value}"
    return f'{key}:"{value}"' if " " in value else f"{key}:{value}"


def _is_phone(written: str) -> bool:
    digits = _NOT_A_DIGIT.sub("", written)
    return written.startswith("+") or (len(digits) in (10, 11) and digits[0] in "34789")


def _date(year: str, month: str, day: str) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if _FIRST_YEAR <= found.year <= _LAST_YEAR else None


def _last(match: re.Match[str], today: date) -> date | None:
    """The last such day up to today."""
    day, month = match.groups()
    this_year = _date(str(today.year), month, day)
    if this_year is not None and this_year > today:
        return _date(str(today.year - 1), month, day)
    return this_year
