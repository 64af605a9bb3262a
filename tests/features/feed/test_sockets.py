"""What a page asks about its feed as it connects."""

import pytest

from app.core import clock
from app.core.live import socketio
from tests import factories


@pytest.fixture
def news(flask_app, client, database):
    """Asks what is new, as Anna's open page."""
    client.sign_in(factories.person("Анна Петрова"))
    page = socketio.test_client(flask_app, flask_test_client=client)
    return lambda wish: page.emit("news", wish, callback=True)


def test_a_page_learns_what_was_published_since_it_was_made(news):
    since = clock.now()
    assert news({"feed": "mine", "since": str(since - 1)}) == 0

    factories.publication()
    insider = factories.person()
    factories.publication(insider, place=factories.group("Тайная", visibility="secret", members=[insider]))

    assert news({"feed": "mine", "since": str(since - 1)}) == 1
    assert news({"feed": "company", "since": str(since - 1)}) == 1


@pytest.mark.parametrize(
    "wish",
    [
        None,
        [],
        {"feed": "mine"},
        {"feed": "theirs", "since": "1"},
        {"feed": [], "since": "1"},
        {"feed": "mine", "since": 1},
        {"feed": "mine", "since": "-1"},
        {"feed": "mine", "since": "1" * 18},
    ],
)
def test_what_makes_no_sense_is_not_answered(news, wish):
    assert not news(wish)
