"""Requests that no page of ours makes: refused in words, never by an error of ours."""

import json

import pytest

from tests import factories

#: Larger than any column holds.
HUGE = 9_999_999_999_999_999_999_999


@pytest.fixture
def me(client):
    person = factories.person(roles=["administrator"])
    client.sign_in(person)
    return person


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("get", f"/departments/{HUGE}"),
        ("get", f"/people?department={HUGE}&position={HUGE}"),
        ("get", f"/notifications/{HUGE}/open"),
        ("get", f"/administration/people/{HUGE}"),
        ("post", f"/administration/people/{HUGE}/sessions/end"),
        ("post", f"/settings/sessions/{HUGE}/end"),
        ("post", f"/settings/tokens/{HUGE}/end"),
        ("post", f"/desk/mandatory/{HUGE}/end"),
    ],
)
def test_a_number_too_large_names_nothing(client, me, method, address):
    answer = getattr(client, method)(address)

    assert answer.status_code in (200, 303, 404, 422)


@pytest.mark.parametrize("header", ["Referer", "HX-Current-URL"])
@pytest.mark.parametrize(
    "address", ["http://[", "http://[::1", "//", "\\", "javascript:x", "http://evil.example/p/x"]
)
def test_a_stranger_from_anywhere_is_asked_to_sign_in(client, header, address):
    headers = {header: address, "HX-Request": "true"}

    assert client.get("/", headers=headers).headers["HX-Redirect"] == "/sign-in"
    assert client.post("/publications", headers={header: address}).location == "/sign-in"


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example", "javascript:alert(1)",
        "/p/x\n", "/p/x\r\nX-Evil: 1", "/\t/evil.example", "/ /evil.example", "/p/\x00", " //evil.example", "",
    ],
)  # fmt: skip
def test_nobody_is_sent_elsewhere_after_signing_in(client, me, wanted):
    assert client.get("/sign-in", query_string={"next": wanted}).location == "/"


def test_the_way_back_is_kept(client, me):
    assert client.get("/sign-in?next=/p/x?a=1%26b=2").location == "/p/x?a=1&b=2"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"[" * 100_000 + b"]" * 100_000, 422),
        (b'{"body": ' + b'{"a":' * 20_000 + b"1" + b"}" * 20_001, 422),
        (b'"text"', 422),
        (b"", 422),
        (b"\xff\xfe", 422),
        (b'{"body": "' + b"a" * 300_000 + b'"}', 413),
        (b'{"body": "' + b"a" * 20_001 + b'"}', 422),
    ],
)
def test_a_draft_that_is_none_is_refused(client, me, body, status):
    answer = client.put("/drafts/publish", data=body, content_type="application/json")

    assert answer.status_code == status


def test_a_draft_with_odd_characters_is_kept_and_comes_back_as_text(client, me):
    typed = json.dumps({"body": "Привет \ud800\x00 и \U0001f600", "title": "\udfff"})
    assert client.put("/drafts/publish", data=typed, content_type="application/json").status_code == 200

    assert client.get("/drafts/publish").json == {"body": "Привет \ufffd и \U0001f600", "title": "\ufffd"}


def test_a_publication_drowned_in_text_is_refused(client, me):
    answer = client.post("/publications", data={"body": "я" * 1_000_000})

    assert answer.status_code in (413, 422)
    assert client.post("/publications", data={"body": "x" * 10_000_000}).status_code in (413, 422)


@pytest.mark.parametrize(
    "name", ["role", "roles", "author_id", "state", "is_administrator", "points", "published_at"]
)
def test_nobody_gives_themselves_what_no_form_asks(client, name):
    person = factories.person()
    client.sign_in(person)
    sent = {"about": "Обо мне", name: "administrator"}

    assert client.post("/settings", data=sent).status_code == 303
    client.post(
        "/settings/preferences", data={"theme": "dark", "feed_order": "activity", name: "administrator"}
    )
    client.post("/publications", data={"body": "Привет", name: "1"})
    assert factories.actor(person).roles == frozenset()
    assert client.get("/administration/people").status_code == 403
