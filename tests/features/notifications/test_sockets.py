"""What a page asks about the bell as it connects."""

import pytest

from app.core import outbox
from app.core.live import socketio
from tests import factories


@pytest.fixture
def anna(database):
    return factories.person("Анна Петрова")


@pytest.fixture
def page(flask_app, client, anna):
    """Anna's open page."""
    client.sign_in(anna)
    return socketio.test_client(flask_app, flask_test_client=client)


def unread(page):
    return page.emit("unread", None, callback=True)


def test_a_page_learns_what_its_counters_should_show(page, anna):
    assert unread(page) == {"notifications": 0, "mentions": 0}

    factories.publication(body=f"@{anna.handle}, посмотри")
    outbox.run_due()

    assert unread(page) == {"notifications": 1, "mentions": 1}


def test_who_asks_too_often_is_told_nothing(page):
    answers = [unread(page) for _ in range(121)]
    assert answers[0]
    assert not answers[-1]


def test_an_ended_session_is_told_nothing_and_cut(client, page):
    client.post("/sign-out")

    assert not unread(page)
    assert not page.is_connected()
