"""Prepares the data, measures what is asked for, and prints every figure; the last line is all of them as JSON."""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from pathlib import Path

from bench import browsing, data, reading, searching, weight, writing
from bench.clients import Browser
from bench.report import Goal, Report, as_json
from bench.servers import HELLO, PRODUCT, Server, serve, several_processes
from tests.support import services

#: What can be measured, in this order: memory last, when everything has been in use.
PARTS = (
    "hello",
    "home",
    "cores",
    "cold",
    "pages",
    "reputation",
    "acts",
    "arrival",
    "search",
    "browser",
    "weight",
    "statements",
    "memory",
)
#: Different people who read the home feed.
READERS = 24


def main() -> None:
    """Measure everything asked for, on each database."""
    options = _options()
    chosen = data.databases() if options.database == "all" else [options.database]
    reports = []
    for database in chosen:
        report = Report(options.size, database)
        report.heading()
        with ExitStack() as stack:
            _measure(report, set(options.only or PARTS), options.seconds, stack)
        reports.append(report)
    result = as_json(reports)
    if options.json:
        options.json.write_text(result + "\n")
    print(f"\n{result}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--size", choices=("small", "1x", "10x"), default="1x")
    parser.add_argument("--database", choices=("all", "sqlite", "postgresql"), default="all")
    parser.add_argument("--only", nargs="+", choices=PARTS, metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--seconds", type=int, default=8, help="how long each throughput is measured")
    parser.add_argument("--json", type=Path, help="a file for the figures as well")
    return parser.parse_args()


def _measure(report: Report, parts: set[str], seconds: int, stack: ExitStack) -> None:
    if "hello" in parts:
        with serve(HELLO, data.settings(Path("unused"))) as server:
            reading.hello(server, report, seconds)
    if parts <= {"hello"}:
        return
    environment = stack.enter_context(data.company(report.size, report.database))
    tokens = data.sessions(environment, READERS)
    if "cold" in parts:
        with serve(PRODUCT, {**environment, "SHOPFLOOR_CARD_CACHE_CARDS": "0"}) as server:
            server.rest()
            reading.cold([Browser(server.port, token) for token in tokens], report)
    if "cores" in parts and not services.why_missing("redis"):
        with (
            services.redis_server() as redis,
            serve(PRODUCT, several_processes(environment, redis)) as server,
        ):
            reading.on_every_core(
                [Browser(server.port, token) for token in tokens], server.port, report, seconds
            )
    with serve(PRODUCT, environment) as server:
        server.rest()
        _measure_product(server, [Browser(server.port, token) for token in tokens], report, parts, seconds)
    if "search" in parts:
        searching.engine(environment, report)
    if "statements" in parts:
        weight.statements(environment, tokens[0], report)


def _measure_product(
    server: Server, people: list[Browser], report: Report, parts: set[str], seconds: int
) -> None:
    first, second = people[:2]
    if "home" in parts:
        reading.warm(server, people, report, seconds)
    if "browser" in parts:
        browsing.first_visits(server, people, report)
    if "pages" in parts:
        reading.others(people, report)
    if "reputation" in parts:
        reading.reputation(people, report)
    if "weight" in parts:
        weight.pages(people, report)
        weight.scripts(report)
    if "acts" in parts:
        writing.acts(first, second, report)
    if "arrival" in parts:
        writing.arrival(second, first, report)
    if "search" in parts:
        writing.freshness(second, first, report)
    if "memory" in parts:
        how = "VmRSS of the process that answers, after all this"
        report.add("resident memory", server.memory() / 1e6, "MB", how, goal=Goal(most=400))


if __name__ == "__main__":
    main()
