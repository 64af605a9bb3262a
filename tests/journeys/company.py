"""The people of a journey, and what they do at their pages, in the words that stand on the buttons."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, Route, expect

from app.accounts.service.sessions import open_session
from app.core.db import db
from app.people.models import Person
from tests import factories
from tests.support.client import SESSION_COOKIE
from tests.support.live import LiveServer

PASSWORD = "четыре синих кита"

#: How long is waited for anything: `make bench` measures how soon it comes, on a machine that is not busy.
PATIENCE = 20_000


@dataclass(frozen=True)
class Employee:
    """Somebody who works here, as a journey remembers them."""

    id: int
    name: str
    handle: str
    number: str
    token: str


class Company:
    """Employs people and seats them at browsers.

    `employ` makes somebody with a session; `seat` opens a page for them, signed in; everything else they do there.
    """

    def __init__(self, server: LiveServer, new_page: Callable[..., Page]) -> None:
        self.server = server
        self._new_page = new_page

    @contextmanager
    def data(self) -> Iterator[None]:
        """Work on the company's database with factories."""
        with self.server.data():
            yield

    def person(self, who: Employee) -> Person:
        """The row of somebody, inside `data`."""
        return db.session.get_one(Person, who.id)

    def employ(self, *names: str, **columns: Any) -> list[Employee]:
        """Make people; `columns` are those of `factories.person`."""
        with self.data():
            return [employed(factories.person(name, **columns)) for name in names]

    def seat(self, who: Employee, *device: Any, at: str = "/", **options: Any) -> Page:
        """Open a page for somebody who is signed in, on a phone or at a desk; it hears of what others do."""
        page = self._new_page(*device, base_url=self.server.url, **options)
        self.admit(page, who)
        page.goto(at)
        if options.get("java_script_enabled", True):
            live(page)
        return page

    def admit(self, page: Page, who: Employee) -> None:
        """Give the page's browser somebody's session."""
        page.context.add_cookies([{"name": SESSION_COOKIE, "value": who.token, "url": self.server.url}])

    def hand_over(self, page: Page, who: Employee) -> None:
        """Have somebody sign in at the page's browser whose session has ended by itself; its page was closed before.

        A page that is still open would make a secret for forms with each request, and the last one counts.
        """
        page.goto("about:blank")
        page.context.clear_cookies()
        self.admit(page, who)


def employed(person: Person) -> Employee:
    """Somebody of the database, with a session of their own."""
    token = open_session(person.id, "A browser in a journey", "127.0.0.1")
    return Employee(person.id, person.name, person.handle, person.personnel_number, token)


def composer(page: Page) -> Locator:
    """The form for new publications."""
    return page.get_by_role("form", name="New publication")


def write(page: Page, text: str, *, question: bool = False) -> Locator:
    """Open the composer and write into it, without sending."""
    form = composer(page)
    form.get_by_role("textbox", name="Text", exact=True).click()
    if question:
        form.get_by_text("Question", exact=True).click()
    form.get_by_role("textbox", name="Text", exact=True).fill(text)
    return form


def publish(page: Page, text: str, *, question: bool = False) -> Locator:
    """Publish from the page's composer; the new card, which stands on top."""
    form = write(page, text, question=question)
    form.get_by_role("button", name="Ask" if question else "Publish", exact=True).click()
    made = page.get_by_role("article").first
    expect(made).to_contain_text(text[:60])
    return made


def card(page: Page, text: str) -> Locator:
    """The publication that says `text`."""
    return page.get_by_role("article").filter(has_text=text)


def live(page: Page) -> None:
    """Wait until the page hears of what others do."""
    expect(page.locator("body")).to_have_attribute("data-live", "on")


def hold(page: Page, address: str) -> Callable[[], None]:
    """Keep the page's requests to `address` waiting; what is returned lets them go, and all that come later."""
    held: list[Route] = []
    is_open = False

    def take(route: Route) -> None:
        if is_open:
            route.continue_()
        else:
            held.append(route)

    def let_go() -> None:
        nonlocal is_open
        is_open = True
        for route in held:
            route.continue_()

    page.route(address, take)
    return let_go


def reply(page: Page, on: Locator, text: str, *, link: str = "Reply") -> None:
    """Write a comment, or an answer, in the field that a card opens."""
    on.get_by_role("link", name=link).first.click()
    on.get_by_role("textbox").fill(text)
    on.get_by_role("button", name="Send", exact=True).click()
    expect(on.locator(".comment").filter(has_text=text)).to_be_visible()
