"""Consent: asked before anything else, kept with its version, asked anew when the text changes, and never in the way
of what somebody is writing."""

import pytest
from sqlalchemy import select

from app.accounts.service import erase
from app.core.db import db
from app.organisation.models import Consent, ConsentText
from tests import factories
from tests.support.statements import counting

DESK = "/administration/consent"


@pytest.fixture
def admin(new_client):
    return new_client().sign_in(factories.person("Наталья Щукина", roles=["administrator"]))


@pytest.fixture
def me(client):
    person = factories.person("Лиана Гареева")
    client.sign_in(person)
    return person


def ask(admin, text="Мы храним ваше имя."):
    assert admin.post(DESK, data={"text_ru": text, "text_en": ""}).status_code == 303


def agree(client, version=1, **fields):
    return client.post("/welcome/consent", data={"version": version, "agree": "1", **fields})


def test_nothing_is_asked_where_no_text_was_set(client, me):
    assert client.get("/").status_code == 200
    assert client.get("/welcome/consent").location == "/"


def test_who_never_agreed_comes_no_further(client, me, admin):
    ask(admin)

    page = client.get("/people?q=анна")
    assert page.status_code == 303
    assert page.location.startswith("/welcome/consent?next=%2Fpeople")
    assert client.post("/publications", data={"body": "Привет", "kind": "news"}).status_code == 403
    assert client.get("/notifications/menu", headers={"HX-Request": "true"}).status_code == 403
    assert client.get("/people", headers={"Accept": "application/json"}).status_code == 403
    assert "Мы храним ваше имя." in client.get("/welcome/consent").text


def test_agreeing_is_kept_with_version_day_and_language(client, me, admin, frozen_clock):
    ask(admin)
    answer = agree(client, next="/people")

    assert answer.location == "/people"
    kept = db.session.scalars(select(Consent)).one()
    assert (kept.person_id, kept.version, kept.locale) == (me.id, 1, "ru")
    assert kept.agreed_at == frozen_clock.now()
    assert client.get("/people").status_code == 200
    assert "Мы храним ваше имя." in client.get("/settings/data").text
    assert agree(client).status_code == 303  # again changes nothing
    assert len(db.session.scalars(select(Consent)).all()) == 1


def test_not_ticking_the_box_says_so(client, me, admin):
    ask(admin)
    answer = client.post("/welcome/consent", data={"version": 1})

    assert answer.status_code == 422
    assert 'id="agree-error"' in answer.text
    assert client.get("/").location == "/welcome/consent"


def test_nobody_agrees_to_what_they_have_not_read(client, me, admin):
    ask(admin)
    agree(admin)
    ask(admin, "Другое.")
    answer = agree(client, version=1)

    assert answer.status_code == 409
    assert "Другое." in answer.text
    assert db.session.scalars(select(Consent).where(Consent.person_id == me.id)).all() == []


def test_a_new_text_asks_anew_with_the_next_page_and_disturbs_nothing_that_is_open(client, me, admin):
    ask(admin)
    agree(client)
    agree(admin)
    ask(admin, "Другое.")

    assert client.post("/publications", data={"body": "Привет", "kind": "news"}).status_code == 303
    assert client.get("/notifications/menu", headers={"HX-Request": "true"}).status_code == 200
    assert client.get("/people", headers={"Sec-Fetch-Dest": "image"}).status_code == 200
    assert client.get("/").location == "/welcome/consent"
    agree(client, version=2)
    assert client.get("/").status_code == 200


def test_the_same_text_again_is_no_new_version_and_none_asks_nothing(client, me, admin):
    ask(admin)
    agree(admin)
    ask(admin)
    assert [row.version for row in db.session.scalars(select(ConsentText))] == [1]
    admin.post(DESK, data={"text_ru": "", "text_en": ""})

    assert client.get("/").status_code == 200


def test_signing_out_and_the_other_language_stay_open(client, me, admin):
    ask(admin)

    assert client.post("/language", data={"locale": "en"}).status_code == 303
    assert client.post("/sign-out").status_code == 303


def test_a_dangerous_text_is_harmless(client, me, admin):
    ask(admin, "<script>alert(1)</script> [сюда](javascript:alert(1))")
    page = client.get("/welcome/consent").text

    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_asking_costs_no_statement(client, me, admin):
    with counting() as before:
        client.get("/people")
    ask(admin)
    agree(client)
    with counting() as after:
        client.get("/people")

    assert len(after) == len(before)


def test_who_is_erased_has_agreed_to_nothing(client, me, admin):
    ask(admin)
    agree(client)
    erase(me.id, by=None)

    assert db.session.scalars(select(Consent)).all() == []
