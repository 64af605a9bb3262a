"""Fixtures of the journeys: a person at a real browser, in front of a real server."""

import re

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.journeys.company import PATIENCE, Company
from tests.support import services
from tests.support.live import live_server

expect.set_options(timeout=PATIENCE)

#: The phone in a shop assistant's hand, and the desk of an editor.
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESK = {"viewport": {"width": 1280, "height": 900}}

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    # Painting by a GPU that is imitated takes longer than everything else a page does.
    "--disable-software-rasterizer",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """Shopfloor with an empty database, one for all journeys; each makes its own people.

    It speaks English to who has chosen no language, so that journeys find things by the words of the code.
    """
    with live_server(tmp_path_factory.mktemp("server"), default_locale="en") as running:
        yield running


@pytest.fixture(scope="session")
def demo_server(tmp_path_factory):
    """Shopfloor with the small demo company."""
    with live_server(tmp_path_factory.mktemp("demo")) as running:
        running.flask("demo", "load", "--size", "small")
        yield running


@pytest.fixture(scope="session")
def browser():
    """Chromium without a window."""
    if reason := services.why_missing("chromium"):
        pytest.skip(reason)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=services.program("chromium"), headless=True, args=CHROMIUM_FLAGS
        )
        yield launched
        launched.close()


@pytest.fixture
def new_page(browser, request, tmp_path):
    """Makes pages, each in a browser profile of its own: `new_page(PHONE)`, `new_page(locale="ru-RU")`.

    The test fails at its end when a page had an error in its scripts or broke the content security policy. When a
    test fails, what its pages showed is kept in its temporary folder.
    """
    contexts, complaints = [], []

    def make(device=DESK, *, locale="en-GB", **options):
        # Frames of an animation that nobody sees cost more than the page; and what a page asks for is seen by
        # `page.route` only when no service worker asks in its place.
        still = {"reduced_motion": "reduce", "service_workers": "block", **options}
        context = browser.new_context(**device, locale=locale, **still)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda message: complaints.extend(_complaint(page, message)))
        if options.get("java_script_enabled", True):
            _look_before_acting(page)
        return page

    failed_before = request.session.testsfailed
    yield make
    for number, context in enumerate(contexts):
        if request.session.testsfailed > failed_before or complaints:
            for page in context.pages:
                page.screenshot(path=tmp_path / f"page{number}.png", full_page=True)
        context.close()
    assert complaints == []


@pytest.fixture
def page(new_page):
    """A page on a desk."""
    return new_page()


@pytest.fixture
def phone(new_page):
    """A page on a phone."""
    return new_page(PHONE)


@pytest.fixture
def company(server, new_page):
    """The people of the server's company, each at a page of their own: see `Company`."""
    return Company(server, new_page)


def _look_before_acting(page):
    """Have `goto` and `reload` wait for the scripts of the shell; without them a link is a link, as it should be."""

    def patient(act):
        def go(*args, **options):
            response = act(*args, **options)
            if page.locator("body[data-controller~=shell]").count():
                wait_for_scripts(page)
            return response

        return go

    page.goto, page.reload = patient(page.goto), patient(page.reload)


def wait_for_scripts(page):
    """After a click that brought a new page: wait until the scripts of its shell are running."""
    page.locator("#completion").wait_for(state="attached")


#: What the browser itself says of requests that journeys let fail: refused ones, and those without a network.
EXPECTED = re.compile(r"^Failed to load resource|^WebSocket connection to")


def _complaint(page, message):
    if message.type == "error" and not EXPECTED.search(message.text):
        yield f"{page.url}: {message.text}"
