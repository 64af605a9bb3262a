"""The attributes of one row, converted: what a row cannot do without, and what it can."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

#: Ids are 32-bit numbers on every site; a longer one is damage, and would not fit a database column.
_LARGEST = 2**31 - 1
_TAG_SEPARATORS = re.compile(r"[<>|\s]+")


class RowUnreadable(Exception):
    """The row lacks something that it cannot do without; the message is the reason to report."""


class Fields:
    """Typed access to a row's attributes.

    `needed_*` raise `RowUnreadable`; the others answer with the default when the attribute is absent, and
    also, after calling `complain(reason)`, when it makes no sense.
    """

    def __init__(self, attributes: Mapping[str, str], complain: Callable[[str], None]) -> None:
        self._attributes = attributes
        self._complain = complain

    def needed_number(self, name: str) -> int:
        """A whole number."""
        number = _number(self._needed(name))
        if number is None:
            raise RowUnreadable(f"{name} is not a number")
        return number

    def needed_moment(self, name: str) -> datetime:
        """A moment, UTC."""
        moment = _moment(self._needed(name))
        if moment is None:
            raise RowUnreadable(f"{name} is not a date")
        return moment

    def needed_text(self, name: str) -> str:
        """A text with something in it."""
        return self._needed(name)

    def number(self, name: str) -> int | None:
        """A whole number, or None."""
        written = self._attributes.get(name, "").strip()
        if not written:
            return None
        number = _number(written)
        if number is None:
            self._complain(f"{name} is not a number (the row was kept without it)")
        return number

    def count(self, name: str) -> int:
        """A whole number, or 0."""
        return self.number(name) or 0

    def moment(self, name: str) -> datetime | None:
        """A moment, UTC, or None."""
        written = self._attributes.get(name, "").strip()
        if not written:
            return None
        moment = _moment(written)
        if moment is None:
            self._complain(f"{name} is not a date (the row was kept without it)")
        return moment

    def text(self, name: str) -> str:
        """A text, or the empty string."""
        return self._attributes.get(name, "")

    def flag(self, name: str) -> bool:
        """True or False; False when absent."""
        return self._attributes.get(name, "").strip().casefold() in {"true", "1"}

    def tags(self, name: str) -> tuple[str, ...]:
        """Tag names, each once, from either notation of the years: <a><b> or |a|b|."""
        names = _TAG_SEPARATORS.split(self._attributes.get(name, ""))
        return tuple(dict.fromkeys(tag for tag in names if tag))

    def _needed(self, name: str) -> str:
        written = self._attributes.get(name, "").strip()
        if not written:
            raise RowUnreadable(f"{name} is missing")
        return written


def _number(written: str) -> int | None:
    try:
        number = int(written)
    except ValueError:
        return None
    return number if -_LARGEST <= number <= _LARGEST else None


def _moment(written: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
