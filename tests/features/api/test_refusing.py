"""What the API refuses, with which status and in which words."""

import re

import pytest

from app.accounts.service.tokens import actor_for_token, create_token
from app.api.endpoint import LIMIT, WRITES
from tests import factories


@pytest.fixture
def mine(program):
    return program(factories.person())


def fields(response):
    """The fields a refusal names, in the reader's language."""
    body = response.get_json()
    assert (response.status_code, response.mimetype) == (422, "application/problem+json")
    assert all(re.search("[а-яё]", each["message"]) for each in body["errors"]), body["errors"]
    return {each["field"] for each in body["errors"]}


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({"body": "Текст", "role": "administrator"}, {"role"}),
        (
            {"body": "Текст", "author": 1, "published_at": "2020-01-01", "points": 5},
            {"author", "published_at", "points"},
        ),
        ({"body": 5}, {"body"}),
        ({"body": "  \u200b "}, {"body"}),
        ({"body": "x" * 20_000}, {"body"}),
        ({"body": "Текст", "kind": "poll"}, {"kind"}),
        ({"body": "Текст", "kind": "x" * 30}, {"kind"}),
        ({"body": "Текст", "title": "x" * 300}, {"title"}),
        ({"body": "Текст", "place": "group:нет-такой"}, {"place"}),
        ({"body": "Текст", "place": "moon"}, {"place"}),
        ({"body": "Текст", "place": {"kind": "group", "key": "a", "role": "owner"}}, {"place"}),
        ({"body": "Текст", "files": ["нет-такого"]}, {"files"}),
        ({"body": "Текст", "files": [7]}, {"files.0"}),
        ([], {"body"}),
    ],
)
def test_a_publication_that_breaks_a_rule_says_which(mine, body, wrong):
    assert fields(mine.post("/publications", body)) == wrong


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({"body": "Текст", "parent": "нет-такого"}, {"parent"}),
        ({"body": "Текст", "answer": "1"}, {"answer"}),
        ({"body": ""}, {"body"}),
    ],
)
def test_a_comment_that_breaks_a_rule_says_which(mine, body, wrong):
    item = factories.publication()

    assert fields(mine.post(f"/publications/{item.public_id}/comments", body)) == wrong


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("/feed?feed=theirs", "feed"),
        ("/feed?order=best", "order"),
        ("/feed?limit=0", "limit"),
        ("/feed?limit=51", "limit"),
        ("/feed?limit=many", "limit"),
        ("/feed?before=abc", "before"),
        ("/feed?person=7", "person"),
        ("/questions?which=theirs", "which"),
        ("/search", "q"),
        ("/search?q=акции&kind=secret", "kind"),
        ("/search?q=акции&page=0", "page"),
        ("/notifications?unread=perhaps", "unread"),
    ],
)
def test_a_bent_address_says_what_is_wrong(mine, path, wrong):
    assert fields(mine.get(path)) == {wrong}


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"body=text", b'{"body": "\xff"}', b'{"body": "\\ud800"}', b"{'body': 1}"]
)
def test_what_is_no_json_is_unreadable(mine, raw):
    response = mine.send("POST", "/publications", data=raw, content_type="application/json")

    assert (response.status_code, response.get_json()["status"]) == (400, 400)


def test_another_content_type_is_refused(mine):
    assert mine.send("POST", "/publications", data={"body": "Текст"}).status_code == 415
    assert (
        mine.send("POST", "/publications", data='{"body": "x"}', content_type="text/plain").status_code == 415
    )


def test_a_huge_body_is_refused(mine):
    assert mine.post("/publications", {"body": "x" * 300_000}).status_code == 413


def test_a_refusal_is_a_sentence_that_no_cache_keeps(mine):
    response = mine.get("/feed?limit=0")

    assert response.get_json()["detail"] != "invalid"
    assert response.headers["Cache-Control"] == "no-store"


def test_a_key_too_long_to_tell_apart_is_refused(mine):
    response = mine.post("/publications", {"body": "Текст"}, headers={"Idempotency-Key": "k" * 101})

    assert fields(response) == {"Idempotency-Key"}


@pytest.mark.parametrize("header", [None, "Bearer", "Bearer sf_wrong", "Basic YTpi", "sf_"])
def test_without_a_valid_token_nothing_opens(client, header):
    headers = {"Authorization": header} if header else {}

    response = client.get("/api/v1/feed", headers=headers)

    assert (response.status_code, response.mimetype) == (401, "application/problem+json")
    assert response.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_leaver_s_token_opens_nothing(client):
    leaver = factories.person()
    token = create_token(leaver.id, "Робот", by=leaver.id)
    headers = {"Authorization": f"Bearer {token}"}
    assert client.get("/api/v1/me", headers=headers).status_code == 200

    gone = factories.person(state="left")
    token = create_token(gone.id, "Робот", by=gone.id)

    assert client.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"}).status_code == 401


def test_what_is_missing_is_said_in_words(mine):
    problem = mine.get("/publications/AAAAAAAAAAAA").get_json()

    assert problem["title"] == "not-found"
    assert " " in problem["detail"]


def test_an_unknown_address_is_a_problem_too(client):
    response = client.get("/api/v1/nothing")

    assert (response.status_code, response.mimetype) == (404, "application/problem+json")


@pytest.mark.parametrize(("limit", "refused"), [(LIMIT, {"GET", "POST"}), (WRITES, {"POST"})])
def test_a_token_that_asks_too_often_waits(mine, limit, refused):
    token = str(actor_for_token(mine.token).token_id)
    while limit.hit(token):
        pass
    try:
        answers = {"GET": mine.get("/me"), "POST": mine.post("/publications", {"body": "Ещё"})}
    finally:
        limit.forget(token)

    assert {method for method, each in answers.items() if each.status_code == 429} == refused
    assert all(int(answers[method].headers["Retry-After"]) > 0 for method in refused)
