"""What editors type about words, made into values; files of synonyms, and the report made into a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.core import clock
from app.core.errors import Invalid
from app.core.fulltext.analysis import fold_words, stem, text_terms
from app.core.i18n import lazy_gettext as _
from app.lib.csvfile import NotATable, read_table, stream_table
from app.lib.text import clean_line
from app.vocabulary.schemas import (
    KEPT_DAYS,
    LEAST_WORDS,
    LONGEST_WORD,
    MOST_PARTS,
    MOST_ROWS,
    MOST_WORDS,
    MissedPage,
)

#: Usual periods of the report, in days.
DAYS = (7, 30, KEPT_DAYS)

_BETWEEN = re.compile(r"[,;=\n]")
_PART = re.compile(r"[^\W_]+")
#: Letters and digits, and what stands between and behind them in names of goods: "сим-карта", "wi-fi 6", "c++", "№ 7".
_WRITTEN = re.compile(r"[^\W_](?:[\w .'’+/-]*[\w+])?")


def stems_of(text: str) -> list[str]:
    """The stems of all words of a text, a word with a hyphen in parts."""
    return [stem(part) for part in _PART.findall(fold_words(text))]


def key_of(written: str) -> str:
    """What all forms of a word or phrase have in common: "Сим-карты" has what "сим карта" has."""
    return " ".join(stems_of(written))


def split_words(text: str) -> tuple[str, ...]:
    """Words and phrases as they stand in the field: between commas."""
    return tuple(_BETWEEN.split(text[:2000]))


def read_words(cells: Sequence[str]) -> tuple[str, ...]:
    """The words of a group, tidied.

    Raises `Invalid` (field "words") for too few, too many, and what search can't use.
    """
    words = tuple(word for word in (clean_line(cell, LONGEST_WORD + 1) for cell in cells) if word)
    for word in words:
        _check(word)
    _check_forms(words)
    if len(words) < LEAST_WORDS:
        raise Invalid(_("Write at least two words, with a comma between them."), field="words")
    if len(words) > MOST_WORDS:
        raise Invalid(_("At most %(num)s words mean the same.", num=MOST_WORDS), field="words")
    return words


def read_file(data: bytes) -> list[tuple[int, tuple[str, ...]]]:
    """The groups of a table with their lines: a group a line, a word a cell, under a heading.

    Raises `Invalid` (field "file").
    """
    try:
        table = read_table(data)
    except NotATable as error:
        raise Invalid(_("This is no table. Save it as CSV."), field="file") from error
    rows = [(row.line, tuple(cell for cell in row.cells if cell)) for row in table.rows]
    if not rows:
        raise Invalid(_("There is nothing below the heading."), field="file")
    if len(rows) > MOST_ROWS:
        raise Invalid(_("At most %(num)s lines at once.", num=MOST_ROWS), field="file")
    return rows


def words_table(rows: Sequence[tuple[str, ...]]) -> Iterator[bytes]:
    """The groups as a table that `read_file` takes back."""
    widest = max((len(row) for row in rows), default=LEAST_WORDS)
    header = ("word", *(f"same_{number}" for number in range(1, widest)))
    return stream_table(header, rows)


def missed_table(found: MissedPage) -> Iterator[bytes]:
    """The report as a table for spreadsheets."""
    rows = [(line.words, line.people, line.times, line.first, line.last) for line in found.lines]
    return stream_table(("words", "people_at_least", "times", "first_day", "last_day"), rows)


def chosen_period(args: Mapping[str, str], time_zone: str) -> tuple[date, date]:
    """The first and last day asked for, or the usual days up to today.

    Raises `Invalid` (fields "from", "to").
    """
    today = clock.as_datetime(clock.now()).astimezone(ZoneInfo(time_zone)).date()
    days = args.get("days", "")
    usual = int(days) if days in {str(each) for each in DAYS} else DAYS[1]
    errors: dict[str, Any] = {}
    last = _day(args, "to", errors) or today
    first = _day(args, "from", errors) or last - timedelta(days=usual - 1)
    if not errors and first > last:
        errors["to"] = _("The last day comes before the first.")
    if errors:
        raise Invalid(_("Look at the marked fields."), errors=errors)
    return first, last


def _day(args: Mapping[str, str], name: str, errors: dict[str, Any]) -> date | None:
    written = args.get(name, "").strip()
    if not written:
        return None
    try:
        found = date.fromisoformat(written)
    except ValueError:
        errors[name] = _("Write the day as year, month and day: 2026-03-14.")
        return None
    if not 1971 <= found.year <= 2999:
        errors[name] = _("Write the day as year, month and day: 2026-03-14.")
        return None
    return found


def _check(word: str) -> None:
    if len(word) > LONGEST_WORD:
        raise Invalid(_("“%(word)s…” is too long.", word=word[:20]), field="words")
    if not _WRITTEN.fullmatch(word):
        raise Invalid(_("“%(word)s”: only letters, digits, spaces and hyphens.", word=word), field="words")
    if len(_PART.findall(word)) > MOST_PARTS:
        raise Invalid(_("“%(word)s” has more than %(num)s words.", word=word, num=MOST_PARTS), field="words")
    if not text_terms(word):
        raise Invalid(_("“%(word)s” is too common a word: search leaves it out.", word=word), field="words")


def _check_forms(words: Sequence[str]) -> None:
    """Search knows by itself that forms of a word are one word."""
    seen: dict[str, str] = {}
    for word in words:
        key = key_of(word)
        if key in seen:
            raise Invalid(
                _("“%(one)s” and “%(other)s” are one word for search.", one=seen[key], other=word),
                field="words",
            )
        seen[key] = word
