"""How fast pages are read, warm and cold, by one person and by many."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import cycle

from bench.clients import Browser, milliseconds, requests_per_second
from bench.report import Goal, Report
from bench.servers import Server

AT_ONCE = 8
#: Pages beside the home feed, measured to see that none is forgotten.
OTHERS = ("/questions", "/search?q=возврат", "/people?q=анна", "/groups", "/topics", "/notifications")
#: Pages of reputation and rewards, and the goals they have to meet, in milliseconds.
REPUTATION = {
    "/reputation": 30,
    "/reputation/points": 30,
    "/reputation/widget": 10,
    "/reputation/leaders": 30,
    "/reputation/leaders?period=month": 30,
    "/reputation/leaders?period=month&place=shop": 30,
    "/reputation/leaders?period=all": 30,
    "/thanks/new": 30,
    "/rewards": 30,
    "/rewards/points": 30,
}


def hello(server: Server, report: Report, seconds: int) -> None:
    """The same server with an answer of five letters."""
    browser = Browser(server.port)
    milliseconds(lambda: browser.get("/"), 50)
    taken = milliseconds(lambda: browser.get("/"), 500)
    report.add_times("hello, one at a time", taken, "GET / of bench.hello on one connection")
    rate, how = requests_per_second(server.port, "/", (), at_once=AT_ONCE, seconds=seconds)
    report.add("hello, 8 at once", rate, "requests/s", how)


def warm(server: Server, readers: list[Browser], report: Report, seconds: int) -> None:
    """The home feed of several people, in turn and at once, with what they see in the caches."""
    read = _in_turn(readers, "/")
    milliseconds(read, 3 * len(readers))
    taken = milliseconds(read, 300)
    how = f"GET / by {len(readers)} people in turn, one at a time"
    report.add_times("home feed, warm, one at a time", taken, how, goal=Goal(most=10))
    cookies = [reader.cookie for reader in readers]
    before = server.cpu_seconds()
    rate, how = requests_per_second(server.port, "/", cookies, at_once=AT_ONCE, seconds=seconds)
    computed = (server.cpu_seconds() - before) / (rate * seconds) * 1000
    report.add("home feed, warm, 8 at once", rate, "requests/s", how, cpu_ms_each=computed)
    yardstick = report.value("hello, 8 at once")
    if yardstick:
        report.add(
            "home feed for each hello, 8 at once", rate / yardstick, "", "the last figure by that of hello"
        )


def on_every_core(readers: list[Browser], port: int, report: Report, seconds: int) -> None:
    """The home feed from a process for each core, as at scale."""
    milliseconds(_in_turn(readers, "/"), 10 * len(readers))
    cookies = [reader.cookie for reader in readers]
    requests_per_second(port, "/", cookies, at_once=AT_ONCE, seconds=1)
    rate, how = requests_per_second(port, "/", cookies, at_once=AT_ONCE, seconds=seconds)
    name = "home feed, warm, 8 at once, a process for each core"
    report.add(name, rate, "requests/s", how, goal=Goal(least=600))


def cold(readers: list[Browser], report: Report) -> None:
    """The home feed from a server that keeps no cards."""
    read = _in_turn(readers, "/")
    milliseconds(read, len(readers))
    taken = milliseconds(read, 100)
    how = f"GET / by {len(readers)} people in turn, SHOPFLOOR_CARD_CACHE_CARDS=0"
    report.add_times("home feed, cold card cache, one at a time", taken, how, goal=Goal(most=25))


def others(readers: list[Browser], report: Report) -> None:
    """Other pages that people open all day."""
    for path in OTHERS:
        read = _in_turn(readers, path)
        milliseconds(read, len(readers))
        report.add_times(f"{path}, one at a time", milliseconds(read, 60), f"GET {path} in turn")


def reputation(readers: list[Browser], report: Report) -> None:
    """One's own profile and badges, the widget, leaderboards, thanks: read on every page, or when a week ends."""
    handles = {reader.token: _handle(reader) for reader in readers}
    for name, tab, goal in (("own profile", "", None), ("own badges", "/badges", Goal(most=30))):
        turns = cycle(readers)

        def read(turns: Iterator[Browser] = turns, tab: str = tab) -> str:
            reader = next(turns)
            return reader.get(f"/people/{handles[reader.token]}{tab}")

        milliseconds(read, len(readers))
        how = f"GET /people/<handle>{tab} in turn"
        report.add_times(f"{name}, one at a time", milliseconds(read, 60), how, goal=goal)
    for path, most in REPUTATION.items():
        read = _in_turn(readers, path)
        milliseconds(read, len(readers))
        taken = milliseconds(read, 60)
        report.add_times(f"{path}, one at a time", taken, f"GET {path} in turn", goal=Goal(most=most))


def _handle(reader: Browser) -> str:
    found = re.search(r'data-me="([^"]+)"', reader.get("/"))
    assert found is not None
    return found.group(1)


def _in_turn(readers: list[Browser], path: str) -> Callable[[], str]:
    turns = cycle(readers)
    return lambda: next(turns).get(path)
