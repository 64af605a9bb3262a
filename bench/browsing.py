"""What somebody with a slow phone on a slow line meets: the home feed in a real browser."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from bench.report import Goal, Report
from tests.support import services

#: A slow mobile line, in bytes a second and milliseconds; a phone computes a quarter of what this machine does.
LINE = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
SLOWED = 4
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
#: Different people who come with nothing kept from before.
NEWCOMERS = 5

_WATCH = """
window.seen = {shift: 0, largest: 0, slowest: 0, at: ""};
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) if (!each.hadRecentInput) seen.shift += each.value;
}).observe({type: "layout-shift", buffered: true});
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) seen.largest = each.startTime;
}).observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) {
    if (!each.interactionId || each.duration <= seen.slowest) continue;
    seen.slowest = each.duration;
    seen.at = each.name;
  }
}).observe({type: "event", durationThreshold: 16, buffered: true});
"""
_READ = """() => ({
  ...seen,
  first: performance.getEntriesByName("first-contentful-paint")[0].startTime,
  sizes: performance.getEntriesByType("resource").map((each) => [new URL(each.name).pathname, each.encodedBodySize]),
})"""


@dataclass(frozen=True)
class Visit:
    """One person's first visit; times in milliseconds, sizes in bytes as they came over the line."""

    first: float
    largest: float
    shift: float
    slowest: float
    scripts: int
    sheets: int
    strangers: int


def first_visits(address: str, tokens: Sequence[str], report: Report) -> None:
    """The home feed of people who come with an empty cache, read to its end, and used."""
    if reason := services.why_missing("chromium"):
        print(f"Nothing was measured in a browser: {reason}.")
        return
    with _chromium() as browser:
        visits = [_visit(browser, address, token) for token in tokens[:NEWCOMERS]]
    how = f"Chromium, 1.6 Mbit/s, 150 ms, CPU slowed {SLOWED} times, {len(visits)} people with an empty cache"

    def add(name: str, part: str, unit: str, most: float | None = None, per: float = 1) -> None:
        values = [getattr(visit, part) / per for visit in visits]
        goal = None if most is None else Goal(most=most)
        report.add(name, statistics.median(values), unit, how, goal=goal, worst=max(values))

    add("first content of the home feed", "first", "ms", 2500)
    add("largest content of the home feed", "largest", "ms")
    add("layout shift of the home feed", "shift", "", 0.05)
    add("interaction to next paint, the slowest", "slowest", "ms", 200)
    add("JavaScript of the home feed", "scripts", "KiB", 100, 1024)
    add("CSS of the home feed", "sheets", "KiB", 40, 1024)
    add("requests to anybody else", "strangers", "", 0)


@contextmanager
def _chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=services.program("chromium"), args=flags)
        yield browser
        browser.close()


def _visit(browser: Browser, address: str, token: str) -> Visit:
    context = browser.new_context(**PHONE, locale="ru-RU")
    context.add_cookies([{"name": "session_token", "value": token, "url": address}])
    context.add_init_script(_WATCH)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    control = context.new_cdp_session(page)
    control.send("Network.enable")
    control.send("Network.emulateNetworkConditions", LINE)
    control.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    page.goto(address, wait_until="networkidle")
    _use(page)
    read = page.evaluate(_READ)
    context.close()
    ours = urlsplit(address).netloc
    return Visit(
        first=read["first"],
        largest=read["largest"],
        shift=read["shift"],
        slowest=read["slowest"],
        scripts=sum(size for path, size in read["sizes"] if path.endswith((".js", ".mjs"))),
        sheets=sum(size for path, size in read["sizes"] if path.endswith(".css")),
        strangers=sum(urlsplit(url).netloc not in ("", ours) for url in asked),
    )


def _use(page: Page) -> None:
    """Read on, like, and begin to write: each an interaction that the browser times to its next paint."""
    page.mouse.wheel(0, 1500)
    page.wait_for_load_state("networkidle")
    page.locator("article.card button.like").first.tap()
    page.wait_for_load_state("networkidle")
    page.locator("article.card a.dots").first.tap()
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Escape")
    page.locator("#composer textarea").tap()
    page.keyboard.type("Где лежит")
    page.wait_for_load_state("networkidle")
