"""What was measured: printed line by line as it comes, and as JSON in the end."""

from __future__ import annotations

import json
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Goal:
    """What a figure is to be: at most, or at least."""

    most: float | None = None
    least: float | None = None

    def is_met_by(self, value: float) -> bool:
        """Whether the figure is good enough."""
        return (self.most is None or value <= self.most) and (self.least is None or value >= self.least)

    def __str__(self) -> str:
        return f"at most {self.most:g}" if self.most is not None else f"at least {self.least:g}"


@dataclass
class Report:
    """The figures of one size on one database."""

    size: str
    database: str
    figures: list[dict[str, Any]] = field(default_factory=list)

    def add(
        self, name: str, value: float, unit: str, how: str, *, goal: Goal | None = None, **details: float
    ) -> None:
        """Keep a figure and print it, with the command or act that made it and what it should be."""
        figure = {"name": name, "value": value, "unit": unit, "how": how, **details}
        verdict = ""
        if goal is not None:
            figure |= {"goal": str(goal), "met": goal.is_met_by(value)}
            verdict = f"  ({goal}{'' if goal.is_met_by(value) else ': MISSED'})"
        self.figures.append(figure)
        more = "".join(f", {key} {number:,.2f}" for key, number in details.items())
        print(f"{name:<46} {value:>12,.2f} {unit}{more}{verdict}\n{'':<8}{how}", flush=True)

    def add_times(self, name: str, taken: Sequence[float], how: str, *, goal: Goal | None = None) -> None:
        """Keep the median of `taken`, in milliseconds, beside its 99th percentile."""
        ordered = sorted(taken)
        p99 = ordered[max(0, round(len(ordered) * 0.99) - 1)]
        median = round(statistics.median(ordered), 2)
        self.add(name, median, "ms", f"{how} (median of {len(ordered)})", goal=goal, p99=round(p99, 2))

    def value(self, name: str) -> float | None:
        """A figure measured before, or None."""
        return next((figure["value"] for figure in self.figures if figure["name"] == name), None)

    def heading(self) -> None:
        """Say what follows."""
        print(f"\n== {self.size} on {self.database}", flush=True)


def as_json(reports: Sequence[Report]) -> str:
    """Every figure of every report."""
    return json.dumps(
        [{"size": each.size, "database": each.database, "figures": each.figures} for each in reports],
        ensure_ascii=False,
    )
