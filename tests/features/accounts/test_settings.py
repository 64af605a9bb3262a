"""One's own settings, as a browser asks for them."""

import re
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from app.accounts import service
from app.accounts.models import ApiToken, Preference
from app.core.audit import AuditEntry
from app.core.db import db
from app.core.storage import ObjectMissing, the_storage
from app.people.models import Person
from tests import factories
from tests.support.statements import counting


@pytest.fixture
def anna(database):
    return factories.person("Анна Петрова", handle="анна.петрова")


@pytest.fixture
def me(client, anna):
    client.sign_in(anna)
    return anna


def fresh(person):
    db.session.expire_all()
    return db.session.get(Person, person.id)


def picture(size=(300, 200), kind="JPEG"):
    data = BytesIO()
    Image.new("RGB", size, "orange").save(data, kind)
    return BytesIO(data.getvalue())


@pytest.mark.parametrize(
    "address",
    ["/settings", "/settings/preferences", "/settings/password", "/settings/sessions", "/settings/tokens"],
)
def test_each_page_answers_within_its_budget(client, me, address):
    with counting() as statements:
        assert client.get(address).status_code == 200

    assert len(statements) <= 12


def test_profile_is_kept_and_shown(client, me):
    response = client.post(
        "/settings",
        data={"about": "Знаю **эквайринг**", "email": "Anna@Shop.Example", "phone": "8 916 123-45-67"},
    )

    assert response.status_code == 303
    person = fresh(me)
    assert (person.email, person.phone) == ("anna@shop.example", "+79161234567")
    assert "<strong>эквайринг</strong>" in client.get("/people/анна.петрова/about").text


def test_about_is_sanitised(client, me):
    client.post("/settings", data={"about": "<script>alert(1)</script> [x](javascript:alert(1))"})

    assert "<script>alert" not in fresh(me).about_html
    assert 'href="javascript' not in fresh(me).about_html


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "не почта"),
        ("email", "a@b"),
        ("email", "a b@shop.example"),
        ("phone", "звоните"),
        ("about", "я" * 4001),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(client, me, field, value):
    response = client.post("/settings", data={"about": "Обо мне", "email": "", "phone": "", field: value})

    assert response.status_code == 422
    assert re.search(rf'id="{field}-error-1"', response.text)
    assert value in response.text
    assert fresh(me).about == ""


def test_a_colleagues_address_is_refused(client, me):
    factories.person("Борис Иной", email="boris@shop.example", phone="+79161234567")

    response = client.post("/settings", data={"email": "Boris@shop.example", "phone": "89161234567"})

    assert response.status_code == 422
    assert fresh(me).email is None


def test_empty_contacts_take_them_away(client, me):
    client.post("/settings", data={"email": "anna@shop.example", "phone": "+79161234567"})
    client.post("/settings", data={"email": "", "phone": ""})

    assert (fresh(me).email, fresh(me).phone) == (None, None)


def test_a_photo_is_re_encoded_shown_and_removed(client, me):
    assert client.post("/settings/photo", data={"photo": (picture(), "me.jpg")}).status_code == 303
    key = fresh(me).photo_key

    photo = client.get("/people/анна.петрова/photo/thumb")
    assert photo.status_code == 200
    assert Image.open(BytesIO(photo.data)).size == (96, 96)
    assert photo.headers["Cache-Control"].startswith("private")
    assert f"/photo/thumb?v={key[-8:]}" in client.get("/people/анна.петрова/card").text

    client.post("/settings/photo/remove")
    assert client.get("/people/анна.петрова/photo/thumb").status_code == 404
    with pytest.raises(ObjectMissing):
        the_storage().open(key, "thumb")


def test_a_new_photo_replaces_the_old_one(client, me):
    client.post("/settings/photo", data={"photo": (picture(), "one.jpg")})
    first = fresh(me).photo_key
    client.post("/settings/photo", data={"photo": (picture(kind="PNG"), "two.png")})

    assert fresh(me).photo_key != first
    with pytest.raises(ObjectMissing):
        the_storage().open(first, "thumb")


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"", 422),
        (b"not a picture", 415),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", 415),
        (b"%!PS-Adobe-3.0 EPSF-3.0", 415),
    ],
)
def test_what_is_no_photo_is_refused(client, me, data, status):
    response = client.post("/settings/photo", data={"photo": (BytesIO(data), "me.png")})

    assert response.status_code == status
    assert 'aria-describedby="photo-error-1"' in response.text
    assert fresh(me).photo_key is None


def test_without_a_file_one_is_told_so(client, me):
    assert client.post("/settings/photo").status_code == 422


def test_a_photo_has_no_variant_but_ours(client, me):
    client.post("/settings/photo", data={"photo": (picture(), "me.jpg")})

    for variant in ("original", "../thumb", "thumb%2f..", "x"):
        assert client.get(f"/people/анна.петрова/photo/{variant}").status_code == 404


def test_preferences_are_kept_and_obeyed(client, me):
    wanted = {"locale": "en", "theme": "dark", "time_zone": "Asia/Omsk", "feed_order": "useful"}

    assert client.post("/settings/preferences", data=wanted).status_code == 303

    page = client.get("/settings/preferences").text
    assert '<html lang="en" data-theme="dark"' in page
    actor = service.actor_for_person(me.id)
    assert (actor.locale, actor.theme, actor.time_zone, actor.feed_order) == (
        "en",
        "dark",
        "Asia/Omsk",
        "useful",
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [("locale", "xx"), ("theme", "pink"), ("time_zone", "../etc/passwd"), ("feed_order", "x")],
)
def test_only_what_is_offered_can_be_chosen(client, me, field, value):
    wanted = {"locale": "en", "theme": "dark", "time_zone": "", "feed_order": "useful", field: value}

    assert client.post("/settings/preferences", data=wanted).status_code == 422
    assert db.session.get(Preference, me.id) is None


def test_password_change_says_what_is_wrong(client, me):
    service.choose_password(me.id, "тихий вечер в депо", by=None)
    client.sign_in(me)

    wrong = client.post("/settings/password", data={"present": "не тот", "new": "громкое утро в порту"})
    weak = client.post("/settings/password", data={"present": "тихий вечер в депо", "new": "12345678"})
    right = client.post(
        "/settings/password", data={"present": "тихий вечер в депо", "new": "громкое утро в порту"}
    )

    assert "present-error-1" in wrong.text
    assert "new-error-1" in weak.text
    assert (wrong.status_code, weak.status_code, right.status_code) == (422, 422, 303)
    assert client.get("/settings").status_code == 200  # this device stays in


def test_the_list_of_devices(client, new_client, me):
    other = new_client()
    other.set_cookie(
        "session_token",
        service.open_session(
            me.id, "Mozilla/5.0 (Linux; Android 14) AppleWebKit Chrome/140 Mobile Safari", "10.1.2.3"
        ),
    )

    page = client.get("/settings/sessions").text
    assert "Chrome · Android" in page
    assert "10.1.2.3" in page

    client.post("/settings/sessions/end")
    assert other.get("/settings").status_code == 303
    assert client.get("/settings").status_code == 200


def test_one_device_can_be_ended(client, me):
    token = service.open_session(me.id, "", "")
    session_id = service.actor_for_session(token).session_id

    client.post(f"/settings/sessions/{session_id}/end")

    assert service.actor_for_session(token) is None


def test_a_strangers_device_can_not(client, me):
    token = service.open_session(factories.person().id, "", "")
    session_id = service.actor_for_session(token).session_id

    client.post(f"/settings/sessions/{session_id}/end")

    assert service.actor_for_session(token) is not None


def test_a_token_is_shown_once_listed_and_ended(client, me):
    made = client.post("/settings/tokens", data={"name": "Отчёт"})
    token = re.search(r'value="(sf_[^"]+)"', made.text).group(1)

    assert made.status_code == 201
    assert service.actor_for_token(token).person_id == me.id
    listed = client.get("/settings/tokens").text
    assert "Отчёт" in listed
    assert token not in listed
    row = db.session.scalars(select(ApiToken)).one()
    assert token not in (row.token_hash, row.hint)

    client.post(f"/settings/tokens/{row.id}/end")
    assert service.actor_for_token(token) is None
    assert [entry.action for entry in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))] == [
        "token.created",
        "token.ended",
    ]


def test_a_token_needs_a_name(client, me):
    assert client.post("/settings/tokens", data={"name": " \u200b "}).status_code == 422


def test_a_strangers_token_can_not_be_ended(client, me):
    token = service.create_token(factories.person().id, "Чужой", by=None)

    client.post(f"/settings/tokens/{db.session.scalar(select(ApiToken.id))}/end")

    assert service.actor_for_token(token) is not None


def test_nobody_makes_tokens_without_end(anna):
    for number in range(50):
        service.create_token(anna.id, f"Токен {number}", by=None)

    with pytest.raises(service.tokens.Invalid):
        service.create_token(anna.id, "Лишний", by=None)


def test_single_letters_can_be_switched_off_and_the_list_of_keys_says_so(client, me):
    client.sign_in(me)
    settings = {"locale": "en", "theme": "auto", "time_zone": "", "feed_order": "activity"}
    assert "data-keys=off" not in client.get("/settings/preferences").text

    client.post("/settings/preferences", data=settings)
    assert "data-keys=off" in client.get("/settings/preferences").text
    assert "Single-letter shortcuts are switched off." in client.get("/keyboard").text

    client.post("/settings/preferences", data={**settings, "letter_keys": "y"})
    assert "data-keys=off" not in client.get("/settings/preferences").text
    inside = client.get("/keyboard", headers={"HX-Request": "true"}).text
    assert "Switch them off in the settings" in inside
    assert "<body" not in inside
