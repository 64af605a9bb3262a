"""What could not be taken from a dump, counted exactly and remembered within bounds."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

#: How many rows are remembered by name for one reason. Every row is counted.
REMEMBERED_PER_REASON = 10_000


@dataclass(frozen=True, slots=True)
class Problem:
    """One row, or part of one, that was not taken: where it stands and why."""

    file: str
    row: str
    reason: str


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """All problems of one file that share a reason; `examples` are the first few rows."""

    file: str
    reason: str
    count: int
    examples: tuple[str, ...]


class Problems:
    """A log that reading and writing add to; it never raises and its memory is bounded."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()
        self._rows: dict[tuple[str, str], list[str]] = {}

    def add(self, file: str, row: str | int, reason: str) -> None:
        """Note that `row` (an id, or a place such as "line 12") of `file` was not taken, and why."""
        key = (file, reason)
        self._counts[key] += 1
        rows = self._rows.setdefault(key, [])
        if len(rows) < REMEMBERED_PER_REASON:
            rows.append(str(row))

    def __len__(self) -> int:
        return self._counts.total()

    def __iter__(self) -> Iterator[Problem]:
        for (file, reason), rows in self._rows.items():
            for row in rows:
                yield Problem(file, row, reason)

    def groups(self, examples: int = 3) -> list[ProblemGroup]:
        """The problems by file and reason, the most frequent of each file first."""
        return [
            ProblemGroup(file, reason, count, tuple(self._rows[file, reason][:examples]))
            for (file, reason), count in sorted(self._counts.items(), key=lambda item: (item[0][0], -item[1]))
        ]
