"""The server as operators run it: one process in a fresh folder, nothing configured."""

import signal
import urllib.error
import urllib.request

import pytest

from app.core.db import db
from app.people.models import Person
from tests import factories
from tests.support.browsing import sign_in
from tests.support.live import live_server, run_flask
from tests.support.services import ServiceFailed


def status(address):
    try:
        with urllib.request.urlopen(address, timeout=60) as response:
            return response.status
    except urllib.error.HTTPError as error:
        return error.code


def test_it_says_that_it_is_well(server):
    assert status(f"{server.url}/healthz") == 200


def test_nobody_gets_in_unasked(server):
    with urllib.request.urlopen(f"{server.url}/", timeout=60) as response:
        assert response.url.startswith(f"{server.url}/sign-in")


def test_everything_it_writes_is_in_its_folder(server):
    written = {path.name for path in server.folder.iterdir()}

    assert {"shopfloor.sqlite3", "secret_key", "queue.sqlite3"} <= written


def test_its_secret_is_its_own(server):
    assert (server.folder / "secret_key").stat().st_mode & 0o077 == 0


def test_the_doctor_finds_a_fresh_company_well(server):
    assert "BAD" not in server.flask("doctor")


def test_the_doctor_says_what_is_unsafe_in_production(server):
    with pytest.raises(ServiceFailed, match="SHOPFLOOR_SECRET_KEY") as failed:
        run_flask({**server.environ, "SHOPFLOOR_ENVIRONMENT": "production"}, "doctor")
    assert "Traceback" not in str(failed.value)


def test_the_doctor_asks_redis_where_there_is_one(server):
    with pytest.raises(ServiceFailed, match=r"BAD .* redis") as failed:
        run_flask({**server.environ, "SHOPFLOOR_REDIS_URL": "redis://127.0.0.1:1"}, "doctor")
    assert "Traceback" not in str(failed.value)


@pytest.fixture(scope="module")
def nothing_yet(server, tmp_path_factory):
    """A folder that was not there before the doctor was asked, and what he said."""
    folder = tmp_path_factory.mktemp("nothing") / "new"
    with pytest.raises(ServiceFailed) as failed:
        run_flask({**server.environ, "SHOPFLOOR_DATA_DIR": str(folder)}, "doctor")
    return folder, str(failed.value)


def test_the_doctor_knows_a_database_without_tables(nothing_yet):
    _folder, said = nothing_yet
    assert "run `flask db upgrade`" in said
    assert "worker: not looked at" in said
    assert "SELECT" not in said


def test_what_it_writes_is_for_its_user_alone(nothing_yet):
    folder, _said = nothing_yet
    assert folder.stat().st_mode & 0o077 == 0


def test_it_stops_when_told_and_keeps_its_data(tmp_path):
    with live_server(tmp_path) as first:
        with first.data():
            kept = factories.person("Лиана Гареева").id
        first.process.send_signal(signal.SIGTERM)
        assert first.process.wait(timeout=60) == 0

    with live_server(tmp_path, prepare=False) as second:
        assert status(f"{second.url}/healthz") == 200
        with second.data():
            assert db.session.get(Person, kept).name == "Лиана Гареева"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_does_not_wait_for_open_pages(tmp_path, new_page, number):
    """A page holds a live socket, and the socket a thread, for as long as it is open."""
    with live_server(tmp_path) as running:
        with running.data():
            reader = factories.person(password="четыре синих кита").personnel_number
        page = new_page(locale="en-GB")
        with page.expect_websocket() as socket:
            sign_in(page, running.url, reader, "четыре синих кита")
        socket.value.wait_for_event("framereceived")

        running.process.send_signal(number)

        assert running.process.wait(timeout=60) == 0
        assert "SIGKILL" not in (tmp_path / "server.log").read_text()


def test_two_servers_live_side_by_side(server, tmp_path):
    with live_server(tmp_path) as other:
        assert status(f"{other.url}/healthz") == status(f"{server.url}/healthz") == 200
        with other.data():
            assert db.session.query(Person).count() == 0
