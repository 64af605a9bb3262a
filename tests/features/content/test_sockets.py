"""Which publications an open page hears of."""

import flask
import pytest
from flask_socketio import rooms

from app.content.sockets import on_watch
from app.core.live import item_room, socketio
from app.groups.models import SECRET
from tests.factories import content, groups, people


@pytest.fixture
def speak(flask_app, client, database):
    """Calls a handler as if the page of `sid` had sent `wish`; the publications it hears of afterwards."""
    client.sign_in(people.person("Анна Петрова"))
    page = socketio.test_client(flask_app, flask_test_client=client)
    cookie = f"session_token={client.get_cookie('session_token').value}"

    def speaking(wish, *, sid=None):
        with flask_app.test_request_context("/", headers={"Cookie": cookie}):
            flask.request.sid = sid or socketio.server.manager.sid_from_eio_sid(page.eio_sid, "/")
            flask.request.namespace = "/"
            speaking.told = on_watch(wish)
            return {room for room in rooms() if room.startswith("item:")}

    return speaking


def test_a_page_hears_of_what_it_shows_and_may_show(speak):
    shown, next_one = content.publication(), content.publication()
    insider = people.person()
    secret = content.publication(insider, place=groups.group("Тайная", visibility=SECRET, members=[insider]))
    assert speak({"items": [shown.public_id, secret.public_id, "no-such"]}) == {item_room(shown.id)}
    assert speak({"items": [next_one.public_id]}) == {item_room(next_one.id)}


def test_a_page_learns_what_it_may_have_missed(speak):
    shown, insider = content.publication(), people.person()
    secret = content.publication(insider, place=groups.group("Тайная", visibility=SECRET, members=[insider]))
    content.comment(shown)

    speak({"items": [shown.public_id, secret.public_id, "no-such"]})

    assert speak.told == {shown.public_id: content.written(shown.public_id).version}


@pytest.mark.parametrize("wish", [None, [], {"items": "all"}, {"items": [1, None, "x" * 50]}])
def test_what_makes_no_sense_is_no_wish(speak, wish):
    assert speak(wish) == set()


def test_a_page_that_has_closed_meanwhile_hears_of_nothing(speak):
    item = content.publication()
    assert speak({"items": [item.public_id]}, sid="closed") == set()
