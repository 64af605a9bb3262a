"""Pages of errors: who is signed in keeps the frame and a way on; an error of ours needs nothing that may be broken."""

import re
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import create_engine

from app.core import ratelimit
from app.core.db import db
from tests import factories
from tests.support.statements import counting


@pytest.fixture(autouse=True)
def _fresh_limits():
    ratelimit.use_storage("")
    yield
    ratelimit.use_storage("")


@pytest.fixture
def me(client):
    person = factories.person("Лиана Гареева")
    client.sign_in(person)
    return person


def is_framed(answer):
    return (
        'role="search"' in answer.text
        and 'href="/notifications"' in answer.text
        and "/sign-out" in answer.text
    )


@pytest.mark.parametrize(
    ("ask", "status"),
    [
        (lambda client: client.get("/nowhere"), 404),
        (lambda client: client.get("/p/nothing-here"), 404),
        (lambda client: client.get("/administration/people"), 403),
        (
            lambda client: client.put(
                "/drafts/publish", data=b"x" * 300_000, headers={"Accept": "text/html"}
            ),
            413,
        ),
        (lambda client: client.post("/mentions"), 405),
        (lambda client: client.post("/publications", data={"body": "Привет"}, csrf=False), 400),
    ],
)
def test_a_signed_in_reader_keeps_the_frame(client, me, ask, status):
    answer = ask(client)

    assert answer.status_code == status
    assert is_framed(answer)
    assert 'href="/"' in answer.text


def test_too_many_attempts_keep_the_frame(client, me):
    form = {"present": "not-mine-at-all", "new": "green-counter-12", "repeat": "green-counter-12"}
    for _try in range(12):
        answer = client.post("/settings/password", data=form)
        if answer.status_code == 429:
            break

    assert answer.status_code == 429
    assert is_framed(answer)
    assert "Retry-After" in answer.headers


def test_an_error_page_leads_back_where_one_came_from(client, me):
    came = client.get("/nowhere", headers={"Referer": "http://localhost/people?q=анна"})
    assert 'href="/people?q=%D0%B0%D0%BD%D0%BD%D0%B0"' in came.text or 'href="/people?q=анна"' in came.text
    foreign = client.get("/nowhere", headers={"Referer": "https://elsewhere.example/people"})
    assert "elsewhere" not in foreign.text
    assert (
        'href="/nowhere"' not in client.get("/nowhere", headers={"Referer": "http://localhost/nowhere"}).text
    )


def test_a_stranger_gets_no_frame(client):
    answer = client.get("/sign-in/nowhere")

    assert answer.status_code == 404
    assert not is_framed(answer)
    assert 'href="/sign-in"' in answer.text


def test_an_error_page_is_as_frugal_as_any_other(client, me):
    with counting() as statements:
        client.get("/nowhere")
    assert len(statements) <= 12


def test_an_error_of_ours_needs_no_database(client, me, flask_app):
    known = db.engines[None]
    flask_app.testing = False  # an unforeseen error is answered, as people see it
    db.session.remove()
    db.engines[None] = create_engine("sqlite:////nowhere/at/all.sqlite3")
    try:
        answer = client.get("/people")
    finally:
        db.session.remove()
        db.engines[None] = known
        flask_app.testing = True

    assert answer.status_code == 500
    assert "<h1>" in answer.text
    assert not is_framed(answer)
    assert "X-Reader" not in answer.headers  # or phones would take it for a sign-out and drop what they keep


@pytest.fixture
def _broken(flask_app, monkeypatch):
    """A page of ours fails for a reason that nobody foresaw."""

    def fail(*_args, **_values):
        raise RuntimeError("not foreseen")

    monkeypatch.setitem(flask_app.view_functions, "people.regions", fail)
    flask_app.testing = False
    yield
    flask_app.testing = True


@pytest.mark.usefixtures("_broken")
def test_an_error_of_ours_has_a_number_and_keeps_the_frame_that_is_well(client, me):
    answer = client.get("/regions")

    assert answer.status_code == 500
    assert is_framed(answer)
    assert re.search(r"<code>[\w-]{8,}</code>", answer.text)
    assert 'href="/regions' in answer.text  # to try again
    assert "not foreseen" not in answer.text


@pytest.mark.usefixtures("_broken")
def test_a_program_gets_the_number_too(client, me):
    answer = client.get("/regions", headers={"Accept": "application/json"})

    assert answer.status_code == 500
    assert answer.mimetype == "application/problem+json"
    assert answer.json["incident"] in answer.json["detail"]


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_when_too_many_write_at_once_one_may_try_again(flask_app, monkeypatch, real_database, accept):
    monkeypatch.setattr("app.core.db.LOCK_PATIENCE", 0)
    client = flask_app.test_client()
    client.sign_in(factories.person("Лиана Гареева"))
    db.session.commit()

    def publish():
        return client.post("/publications", data={"body": "Привет"}, headers={"Accept": accept})

    with closing(sqlite3.connect(db.engine.url.database)) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = publish()
        other.rollback()

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert "Попробуйте ещё раз" in (answer.json["detail"] if answer.is_json else answer.text)
    assert publish().status_code in (201, 303)


def test_too_many_attempts_say_when_to_try_again(client, me, frozen_clock):
    for _try in range(12):
        answer = client.post("/settings/password", data={"present": "not-mine", "new": "green-counter-12"})
    seconds = int(answer.headers["Retry-After"])
    client.post("/language", data={"locale": "en"})
    again = client.post("/settings/password", data={"present": "not-mine", "new": "green-counter-12"})

    assert again.status_code == 429
    assert f"You can try again in {seconds // 60} minutes." in again.text


def test_a_missing_page_can_be_looked_for(client, me):
    assert 'class="seek seek--page" action="/search"' in client.get("/nowhere").text
