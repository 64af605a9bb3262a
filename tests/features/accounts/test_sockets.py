"""Open sockets go with the session they belong to."""

import pytest

from app.accounts import service
from app.core import clock, outbox
from app.core.live import socketio
from app.people import service as people
from tests import factories


@pytest.fixture
def anna(database):
    return factories.person("Анна Петрова")


@pytest.fixture
def socket(flask_app, client, anna):
    """Anna's open page."""
    client.sign_in(anna)
    opened = socketio.test_client(flask_app, flask_test_client=client)
    assert opened.is_connected()
    return opened


def session_of(client):
    return service.actor_for_session(client.get_cookie("session_token").value).session_id


def signals(socket):
    return [message["args"][0]["signal"] for message in socket.get_received() if message["name"] == "hint"]


def test_nobody_connects_without_a_session(flask_app, client, database):
    client.set_cookie("session_token", "made-up")

    assert not socketio.test_client(flask_app, flask_test_client=client).is_connected()


def test_signing_out_cuts_it(client, socket):
    service.end_session(session_of(client))
    outbox.run_due()

    assert not socket.is_connected()


def test_leaving_cuts_it(anna, socket):
    people.mark_left(anna.id, on=clock.today())
    outbox.run_due()

    assert not socket.is_connected()


def test_another_session_of_the_same_person_stays(client, anna, socket):
    other = service.open_session(anna.id, "", "")
    service.end_session(service.actor_for_session(other).session_id)
    outbox.run_due()

    assert socket.is_connected()
    assert signals(socket) == []


def test_a_new_role_cuts_it(anna, socket):
    service.grant_role(anna.id, "editor", by=None)
    outbox.run_due()

    assert not socket.is_connected()
