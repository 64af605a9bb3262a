"""What stands in single cells: dates, states, names, addresses. Each function says None when it makes no sense."""

import re
from datetime import date, datetime
from enum import Enum

#: Notations that mean one thing only. A date with slashes may begin with the day or the month: see --date-format.
_DATE_FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d", "%Y.%m.%d", "%d.%m.%y")
_TIME_OF_DAY = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$")
_EMAIL = re.compile(r"[^@\s,;<>\"]{1,64}@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}")
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


class JobState(Enum):
    """What a row's status word says of the job it describes."""

    PRESENT = "present"
    PAST = "past"
    LEFT = "left"


_STATE_WORDS = {
    JobState.PRESENT: (
        "active|current|working|employed|on leave|leave|present|yes|true|1|"
        "работает|активен|активна|активный|действует|действующий|в штате|штат|в отпуске|отпуск|декрет|в декрете|да"
    ),
    JobState.PAST: (
        "past job|past|past position|previous|previous job|transferred|"
        "прежняя должность|переведен|переведена|история"
    ),
    JobState.LEFT: (
        "left|departed|dismissed|terminated|inactive|former|resigned|retired|fired|no|false|0|"
        "уволен|уволена|уволился|уволилась|не работает|неактивен|неактивна|нет"
    ),
}
_STATE_OF_WORD = {word: state for state, words in _STATE_WORDS.items() for word in words.split("|")}


def read_date(written: str, date_format: str | None = None) -> date | None:
    """The date in `written`; a time of day behind it is dropped. `date_format` (strptime) goes before the rest."""
    day = _TIME_OF_DAY.sub("", written)
    for known in (date_format, *_DATE_FORMATS):
        if known is None:
            continue
        try:
            found = datetime.strptime(day, known).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
        return found if 1900 <= found.year <= 2200 else None
    return None


def read_state(written: str) -> JobState | None:
    """The state that a status word stands for."""
    return _STATE_OF_WORD.get(" ".join(written.casefold().replace("ё", "е").replace("_", " ").split()))


def read_email(written: str) -> str | None:
    """The address in lower case."""
    address = written.casefold().removeprefix("mailto:")
    return address if len(address) <= 254 and _EMAIL.fullmatch(address) else None


def split_full_name(written: str) -> tuple[str, str, str] | None:
    """Last, first and middle name of a full name.

    "Last, First Middle" in any script; without a comma Cyrillic names begin with the last name and others end
    with it.
    """
    last, comma, rest = written.partition(",")
    if comma:
        first, _, middle = rest.strip().partition(" ")
        return (last.strip(), first, middle) if last.strip() and first else None
    words = last.split()
    if len(words) < 2:
        return None
    if _CYRILLIC.search(last):
        return words[0], words[1], " ".join(words[2:])
    return words[-1], words[0], " ".join(words[1:-1])
