"""What somebody with a slow phone on a slow line meets in a real browser: the feed, and a thread of 200 comments."""

from __future__ import annotations

import json
import secrets
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from bench import clients
from bench.report import Goal, Report
from bench.servers import Server
from tests.support import services

#: A slow mobile line, in bytes a second and milliseconds; a phone computes a quarter of what this machine does.
LINE = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
SLOWED = 4
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
#: Different people who come with nothing kept from before.
NEWCOMERS = 5
COMMENTS = 200
#: Milliseconds between two acts of somebody quick.
PAUSE = 700

_WATCH = """
window.seen = {shift: 0, largest: 0, ready: 0, events: []};
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) if (!each.hadRecentInput) seen.shift += each.value;
}).observe({type: "layout-shift", buffered: true});
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) seen.largest = each.startTime;
}).observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) if (each.interactionId) seen.events.push(each.duration);
}).observe({type: "event", durationThreshold: 16, buffered: true});
new MutationObserver((changes, observer) => {
  seen.ready = performance.now();
  observer.disconnect();
}).observe(document, {subtree: true, attributeFilter: ["aria-pressed"]});
"""
_READ = """() => ({
  ...seen,
  first: performance.getEntriesByName("first-contentful-paint")[0].startTime,
  sizes: performance.getEntriesByType("resource").map((each) => [new URL(each.name).pathname, each.encodedBodySize]),
})"""
_NEAR = """(element) => {
  const { top, bottom } = element.getBoundingClientRect();
  if (top < 100 || bottom > innerHeight - 100) scrollBy({ top: top - innerHeight / 2, behavior: "instant" });
}"""

#: After a frame more, for what took long is told only when it was painted.
_LONGEST = """async () => {
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  return Math.max(0, ...seen.events.splice(0));
}"""

Acts = Mapping[str, Callable[[Page], None]]


@dataclass(frozen=True)
class Visit:
    """One person's first visit; times in milliseconds, sizes in bytes as they came over the line."""

    first: float
    largest: float
    #: When the page's scripts answer.
    ready: float
    shift: float
    #: The longest of each act's events, from the touch or key to the paint that shows what came of it.
    acts: Mapping[str, float]
    scripts: int
    sheets: int
    strangers: int

    @property
    def slowest(self) -> float:
        """Of all acts of the visit."""
        return max(self.acts.values())


def first_visits(server: Server, people: Sequence[clients.Browser], report: Report) -> None:
    """Two pages of people who come with an empty cache, read and used."""
    address = f"http://127.0.0.1:{server.port}"
    if reason := services.why_missing("chromium"):
        print(f"Nothing was measured in a browser: {reason}.")
        return
    with _chromium() as browser:
        home = _Measured(
            "home feed", [_visit(browser, address, each.token, HOME) for each in people[:NEWCOMERS]]
        )
        home.times(report)
        home.weights(report)
        thread = f"{address}/p/{_talk(people)}"
        # What has just been written is still told to everybody, and would change under the first finger.
        server.rest()
        name = f"thread of {COMMENTS} comments"
        _Measured(name, [_visit(browser, thread, each.token, THREAD) for each in people[:NEWCOMERS]]).times(
            report
        )


@dataclass(frozen=True)
class _Measured:
    """The visits of a page, and how they are told."""

    page: str
    visits: Sequence[Visit]

    def times(self, report: Report) -> None:
        """What came when, and how fast it answered; beside the slowest act of a visit each act's median."""
        self._add(report, f"first content, {self.page}", "first", "ms", 2500)
        self._add(report, f"largest content, {self.page}", "largest", "ms")
        self._add(report, f"scripts answer, {self.page}", "ready", "ms")
        self._add(report, f"layout shift, {self.page}", "shift", "", 0.05)
        acts = {
            name: statistics.median(each.acts[name] for each in self.visits) for name in self.visits[0].acts
        }
        self._add(report, f"interaction to next paint, {self.page}", "slowest", "ms", 200, **acts)

    def weights(self, report: Report) -> None:
        """What it took over the line."""
        self._add(report, f"JavaScript, {self.page}", "scripts", "KiB", 100, per=1024)
        self._add(report, f"CSS, {self.page}", "sheets", "KiB", 40, per=1024)
        self._add(report, f"requests to anybody else, {self.page}", "strangers", "", 0)

    def _add(
        self,
        report: Report,
        name: str,
        part: str,
        unit: str,
        most: float | None = None,
        *,
        per: float = 1,
        **details: float,
    ) -> None:
        values = [getattr(visit, part) / per for visit in self.visits]
        goal = None if most is None else Goal(most=most)
        how = f"Chromium, 1.6 Mbit/s, 150 ms, CPU slowed {SLOWED} times, {len(values)} people with an empty cache"
        report.add(name, statistics.median(values), unit, how, goal=goal, worst=max(values), **details)


@contextmanager
def _chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=services.program("chromium"), args=flags)
        yield browser
        browser.close()


def _visit(browser: Browser, address: str, token: str, acts: Acts) -> Visit:
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(address))
    context = browser.new_context(**PHONE, locale="ru-RU")
    context.add_cookies([{"name": "session_token", "value": token, "url": origin}])
    context.add_init_script(_WATCH)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    control = context.new_cdp_session(page)
    control.send("Network.enable")
    control.send("Network.emulateNetworkConditions", LINE)
    control.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    page.goto(address, wait_until="networkidle")
    page.wait_for_function("() => seen.ready")
    taken = {name: _timed(page, act) for name, act in acts.items()}
    read = page.evaluate(_READ)
    context.close()
    return Visit(
        first=read["first"],
        largest=read["largest"],
        ready=read["ready"],
        shift=read["shift"],
        acts=taken,
        scripts=sum(size for path, size in read["sizes"] if path.endswith((".js", ".mjs"))),
        sheets=sum(size for path, size in read["sizes"] if path.endswith(".css")),
        strangers=sum(urlsplit(url).netloc not in ("", urlsplit(address).netloc) for url in asked),
    )


def _timed(page: Page, act: Callable[[Page], None]) -> float:
    """Milliseconds to the paint; 0 is less than one frame, which the browser does not tell."""
    act(page)
    page.wait_for_timeout(PAUSE)
    return float(page.evaluate(_LONGEST))


def _tap(find: Callable[[Page], Locator]) -> Callable[[Page], None]:
    """A finger on it, where it can be seen and nothing moves. The driver's own way to tap would have the page measured
    and scrolled in the same moment, which no person does."""

    def act(page: Page) -> None:
        moved = page.evaluate("seen.shift")
        find(page).evaluate(_NEAR)
        box = None
        while box is None or box != find(page).bounding_box():
            box = find(page).bounding_box()
            page.wait_for_timeout(PAUSE)
        # No finger jumps so far at once: what moves by that is not counted.
        page.evaluate("moved => { seen.events.length = 0; seen.shift = moved; }", moved)
        page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    return act


def _type(text: str) -> Callable[[Page], None]:
    return lambda page: page.keyboard.type(text)


def _close(page: Page) -> None:
    """Close the menu that was asked for, when it has come."""
    page.locator(".floating").wait_for()
    page.evaluate("seen.events.length = 0")
    page.keyboard.press("Escape")


def _press(key: str) -> Callable[[Page], None]:
    return lambda page: page.keyboard.press(key)


#: Read on, like, look into menus, begin to write to everybody and below somebody's words.
HOME: Acts = {
    "scroll": lambda page: page.mouse.wheel(0, 1500),
    "like": _tap(lambda page: page.locator("article.card button.like").nth(3)),
    "menu": _tap(lambda page: page.locator("article.card a.dots").nth(3)),
    "close": _close,
    "own_menu": _tap(lambda page: page.locator(".top details.menu > summary")),
    "close_own": _press("Escape"),
    "write": _tap(lambda page: page.locator("#composer textarea")),
    "letters": _type("Где лежит "),
    "mention": _type("@ан"),
    "choose": _press("Enter"),
    "reply": _tap(lambda page: page.locator("article.card a.talk").nth(2)),
    "reply_letters": _type("Да"),
}
#: Likes and menus in the middle of a long conversation, and a reply to one of its comments.
THREAD: Acts = {
    "scroll": lambda page: page.mouse.wheel(0, 1500),
    "like": _tap(lambda page: page.locator(".thread .comment button.like").nth(COMMENTS // 2)),
    "menu": _tap(lambda page: page.locator(".thread .comment a.dots").nth(COMMENTS // 2)),
    "close": _close,
    "reply": _tap(lambda page: page.locator(".thread .comment .meta > a[href*='reply=']").nth(COMMENTS // 2)),
    "reply_letters": _type("Да"),
}
_WORDS = (
    "Спасибо, у нас так же: проверили на трёх кассах, всё сошлось с первого раза.",
    "Где лежит новый ценник? Не нашли ни на складе, ни в офисе. Подскажите, пожалуйста, кто его получил.",
    "Да!",
    "Возвращаем так: чек, паспорт, заявление; дальше касса сама ведёт по шагам. #возврат",
    "Мы сделали иначе: сначала разобрали витрину, потом сфотографировали остатки и только тогда заказали новую партию. "
    "Получилось быстрее, чем в прошлый раз, и никто не остался после смены.",
)


def _talk(people: Sequence[clients.Browser]) -> str:
    """Publish something that 200 comments and replies are written to; its public id."""
    root = people[0].publish("Как вы оформляете возврат без чека, если покупатель платил картой? #возврат")
    first = ""
    for number, (writer, words) in enumerate(
        islice(zip(cycle(people), cycle(_WORDS), strict=False), COMMENTS)
    ):
        parent = {"parent": first} if number % 3 else {}
        said = writer.post(f"/p/{root}/comments", body=words, idempotency_key=secrets.token_hex(8), **parent)
        first = json.loads(said)["id"] if not parent else first
    return root
