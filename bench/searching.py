"""How fast the search engine answers questions of each kind, how much memory it takes, and how fast it is rebuilt."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from bench.data import Environment
from bench.report import Goal, Report
from bench.servers import ROOT

_FAST = Goal(most=50)
_COMMAND = "python -m bench.engine"


def engine(environment: Environment, report: Report) -> None:
    """A rebuild; questions by one thread and by eight; what a process grows by. On PostgreSQL, of the engine in it."""
    own = dict(environment)
    if "SHOPFLOOR_DATABASE_URL" in own:
        own["SHOPFLOOR_SEARCH_BACKEND"] = "postgresql"
    rebuild, told = _told(own, "rebuild"), _told(own)
    for name, threads in told["kinds"].items():
        for how, goal in (("one", _FAST), ("eight", None)):
            figures = dict(threads[how])
            title = f"search, {name}" if how == "one" else f"search, {name}, 8 threads"
            report.add(title, figures.pop("wall_95"), "ms", f"{_COMMAND}: p95 of 200", goal=goal, **figures)
    grown = f"{_COMMAND}: memory of its own and mapped index after all questions, less before"
    report.add("memory of search in a process", told["grown_mb"], "MB", grown, goal=Goal(most=350))
    how = f"{_COMMAND} rebuild: {rebuild['documents']} documents"
    report.add(
        "search rebuild", rebuild["seconds"], "s", how, goal=Goal(most=300), cpu=rebuild["cpu_seconds"]
    )
    report.add("search index on disk", rebuild["size_mb"], "MB", how)


def _told(environment: Environment, *what: str) -> dict[str, Any]:
    out = subprocess.run(
        [sys.executable, "-m", "bench.engine", *what],
        cwd=ROOT, env=environment, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    told: dict[str, Any] = json.loads(out.splitlines()[-1])
    return told
