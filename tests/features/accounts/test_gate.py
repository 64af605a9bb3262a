"""The gate in front of every view: nobody gets in unasked, each kind of view has one way in, texts survive."""

import re
from urllib.parse import unquote

import pytest
from flask import Flask, request

from app.accounts import service
from app.accounts.views.cookies import set_session_cookie
from app.core import clock
from config import load
from tests import factories


@pytest.fixture
def anna(database):
    return factories.person("Анна Петрова")


def test_a_page_leads_to_the_sign_in_page_and_back(client, database):
    response = client.get("/people?q=петров&region=ural")

    assert response.status_code == 303
    assert unquote(unquote(response.location)) == "/sign-in?next=/people?q=петров&region=ural"


def test_a_fragment_leads_there_from_the_page_it_is_for(client, database):
    response = client.get(
        "/people?after=x", headers={"HX-Request": "true", "HX-Current-URL": "http://localhost/people?q=a"}
    )

    assert response.status_code == 401
    assert response.headers["HX-Redirect"] == "/sign-in?next=%2Fpeople%3Fq%3Da"


def test_a_foreign_page_is_no_way_back(client, database):
    response = client.get(
        "/people", headers={"HX-Request": "true", "HX-Current-URL": "https://evil.example/people"}
    )

    assert response.headers["HX-Redirect"] == "/sign-in"


def test_a_script_gets_a_problem(client, database):
    response = client.post("/settings/sessions/end", headers={"Accept": "application/json"})

    assert response.status_code == 401
    assert response.mimetype == "application/problem+json"
    assert response.json["status"] == 401


def test_a_fragment_that_was_sent_keeps_its_page(client, anna):
    """An htmx form is not redirected: its text stands in the page, and a message offers the way in."""
    response = client.post("/people/x/follow", headers={"HX-Request": "true"})

    assert response.status_code == 401
    assert "HX-Redirect" not in response.headers


@pytest.mark.parametrize("sent", ["", "nonsense", "IjEi.aaaa.bbbb"])
def test_an_unsafe_request_needs_the_right_token(client, anna, sent):
    client.sign_in(anna)

    response = client.post("/settings/sessions/end", csrf=False, headers={"X-CSRFToken": sent})

    assert response.status_code == 400


def test_anothers_token_does_not_fit(client, new_client, anna):
    thief = new_client()
    client.sign_in(anna)

    response = client.post("/settings/sessions/end", csrf=False, headers={"X-CSRFToken": thief.csrf_token()})

    assert response.status_code == 400


def test_the_token_may_stand_in_the_form(client, anna):
    client.sign_in(anna)

    response = client.post("/settings/sessions/end", csrf=False, data={"csrf_token": client.csrf_token()})

    assert response.status_code == 303


def test_a_session_that_has_ended_is_out_on_every_page(client, anna):
    client.sign_in(anna)
    assert client.get("/settings").status_code == 200
    service.end_all_sessions(anna.id)

    assert {client.get(address).status_code for address in ("/settings", "/people", "/settings/tokens")} == {
        303
    }


def test_a_text_that_comes_too_late_is_kept(flask_app, client, anna, frozen_clock):
    """Whoever keeps it is told whose it was, and reads it from the request."""
    kept = []
    rescues = flask_app.extensions["shopfloor_rescues"]
    rescues.append(lambda person_id: kept.append((person_id, request.form.get("body"))))
    try:
        client.sign_in(anna)
        frozen_clock.advance(15 * clock.DAY)
        client.post("/people/x/follow", data={"body": "Длинный ответ"})
        client.post("/people/x/follow", data={"body": "Подделка"}, csrf=False)
        client.get("/people")
    finally:
        rescues.pop()

    assert kept == [(anna.id, "Длинный ответ")]


def test_a_stranger_keeps_nothing(flask_app, client, database):
    kept = []
    flask_app.extensions["shopfloor_rescues"].append(kept.append)
    try:
        client.post("/people/x/follow", data={"body": "Текст"})
    finally:
        flask_app.extensions["shopfloor_rescues"].pop()

    assert kept == []


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


def test_a_token_opens_the_api_and_nothing_else(client, anna):
    token = service.create_token(anna.id, "Отчёт", by=None)

    assert client.get("/api/v1/feed", headers=bearer(token)).status_code == 200
    written = client.post("/api/v1/publications", json={"body": "Привет"}, headers=bearer(token), csrf=False)
    assert written.status_code == 201
    assert client.get("/people", headers=bearer(token)).status_code == 303


def test_a_cookie_opens_pages_and_not_the_api(client, anna):
    client.set_cookie("session_token", service.open_session(anna.id, "", ""))

    assert client.get("/people").status_code == 200
    refused = client.get("/api/v1/feed")
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"].startswith("Bearer")
    assert client.post("/api/v1/publications", json={"body": "Привет"}).status_code == 401


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Bearer x", "Basic c2Y6c2Y=", "sf_abc"])
def test_nonsense_opens_nothing(client, database, header):
    assert client.get("/api/v1/feed", headers={"Authorization": header}).status_code == 401


def test_an_ended_token_and_a_leavers_open_nothing(client, anna):
    ended, left = service.create_token(anna.id, "Один", by=None), factories.person("Ушёл Скоро")
    leavers = service.create_token(left.id, "Два", by=None)
    factories_actor = factories.actor(anna)
    service.end_token(factories_actor, service.actor_for_token(ended).token_id)
    service.leave(factories.actor(factories.person(roles=["administrator"])), left.id)

    assert client.get("/api/v1/feed", headers=bearer(ended)).status_code == 401
    assert client.get("/api/v1/feed", headers=bearer(leavers)).status_code == 401


def test_with_https_the_cookie_is_bound_to_the_host(tmp_path):
    made = Flask("https")
    made.extensions["shopfloor_config"] = load(
        {}, data_dir=str(tmp_path), public_url="https://shopfloor.example"
    )
    with made.test_request_context():
        response = made.make_response("")
        set_session_cookie(response, "token")

    assert re.fullmatch(
        r"__Host-session=token; (?:Expires=[^;]+; )?Max-Age=2592000; Secure; HttpOnly; Path=/; SameSite=Lax",
        response.headers["Set-Cookie"],
    )
