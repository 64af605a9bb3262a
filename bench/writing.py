"""How fast things are done, arrive on others' pages, and are found."""

from __future__ import annotations

import json
import secrets
import time

from bench.clients import Browser, Refused, milliseconds
from bench.report import Goal, Report

_FAST = Goal(most=25)


def acts(writer: Browser, other: Browser, report: Report) -> None:
    """Publishing, commenting, liking."""
    made: list[str] = []
    taken = milliseconds(lambda: made.append(writer.publish("Замер: новая витрина #витрина")), 40)
    report.add_times("publish", taken, "POST /publications", goal=_FAST)
    root = made[0]
    taken = milliseconds(
        lambda: other.post(f"/p/{root}/comments", body="Замер", idempotency_key=secrets.token_hex(8)), 40
    )
    report.add_times("comment", taken, "POST /p/…/comments", goal=_FAST)
    taken = milliseconds(lambda: other.post(f"/items/{made.pop()}/like", on="1"), 40)
    report.add_times("like", taken, "POST /items/…/like", goal=_FAST)


def arrival(reader: Browser, writer: Browser, report: Report) -> None:
    """From the tap on Publish to the hint on another's open page, and its count of what is new."""
    page = reader.socket()
    taken = []
    for _ in range(20):
        since = time.time_ns() // 1000
        start = time.perf_counter()
        writer.publish("Замер: живая лента")
        while '"feed"' not in str(page.receive(timeout=10)):
            continue
        if json.loads(reader.get(f"/feed/news-count?since={since}"))["count"] < 1:
            raise Refused("the page was told of nothing new")
        taken.append((time.perf_counter() - start) * 1000)
    page.close()
    how = "POST /publications until Socket.IO hint and GET /feed/news-count"
    report.add_times("arrival on another's open page", taken, how, goal=Goal(most=1000))


def freshness(reader: Browser, writer: Browser, report: Report) -> None:
    """From the tap on Publish to being found. The first one also waits for what was done before, and is left out."""
    taken = []
    for _ in range(8):
        word = "замер" + "".join(secrets.choice("бвгджзклмн") for _ in range(10))
        start = time.perf_counter()
        public_id = writer.publish(f"Ищем слово {word}")
        while public_id not in reader.get(f"/search?q={word}"):
            if time.perf_counter() - start > 300:
                raise Refused("a publication was not found in five minutes")
        taken.append((time.perf_counter() - start) * 1000)
    how = "POST /publications until GET /search?q=… shows it"
    report.add_times("in search", taken[1:], how, goal=Goal(most=2000))
