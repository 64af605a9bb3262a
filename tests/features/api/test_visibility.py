"""What a person may not see a program of theirs does not get, and can't tell from what there is not."""

import pytest

from app.content.service.moderating import hide
from app.core.db import db
from app.core.unit_of_work import unit_of_work
from tests import factories


@pytest.fixture
def secret(database):
    """A question with an answer in a secret group."""
    keeper = factories.person("Вера Хранитель")
    group = factories.group("Тайная", visibility="secret", owner=keeper)
    asked = factories.publication(keeper, "Тайный вопрос о #слиянии", place=group, kind="question")
    return keeper, group, asked, factories.answer(asked, keeper)


def addresses(group, asked, answer):
    """Every request that names something of the secret group."""
    return [
        ("GET", f"/publications/{asked.public_id}", None),
        ("PUT", f"/publications/{asked.public_id}/like", None),
        ("DELETE", f"/publications/{asked.public_id}/like", None),
        ("DELETE", f"/publications/{asked.public_id}", None),
        ("POST", f"/publications/{asked.public_id}/comments", {"body": "Я вас вижу"}),
        ("PUT", f"/comments/{answer.public_id}/like", None),
        ("DELETE", f"/comments/{answer.public_id}/like", None),
        ("DELETE", f"/comments/{answer.public_id}", None),
        ("POST", f"/comments/{answer.public_id}/accept", {}),
        ("GET", f"/groups/{group.handle}", None),
        ("GET", f"/groups/{group.handle}/publications", None),
    ]


@pytest.mark.parametrize("roles", [(), ("moderator",), ("editor",), ("administrator",)])
def test_unseen_is_told_like_missing(program, secret, roles):
    _keeper, group, asked, answer = secret
    stranger = program(factories.person(roles=roles))
    for method, path, json in addresses(group, asked, answer):
        unseen = stranger.send(method, path, json=json)
        part = path.split("/")[2]
        missing = stranger.send(method, path.replace(part, "zzzzzzzzzzzz"), json=json)

        assert unseen.status_code == 404, path
        assert unseen.get_json() == missing.get_json()


def test_a_member_s_program_may_do_all_that(program, secret):
    keeper, group, asked, answer = secret
    member = factories.person()
    factories.join(group, member)
    for method, path, json in addresses(group, asked, answer)[:3]:
        assert program(member).send(method, path, json=json).status_code == 200
    assert program(keeper).post(f"/comments/{answer.public_id}/accept", {}).status_code == 200


def test_lists_leave_it_out(program, secret):
    keeper, _group, asked, _answer = secret
    stranger, insider = program(factories.person()), program(keeper)
    for path in (
        "/feed",
        "/feed?feed=company",
        "/questions?which=all",
        f"/people/{keeper.handle}/publications",
    ):
        assert asked.public_id not in stranger.get(path).text
    assert asked.public_id in insider.get("/feed").text
    assert stranger.get("/groups?q=Тайная").get_json()["items"] == []


def test_what_was_hidden_is_seen_by_its_author_alone(program):
    author, reader = factories.person(), factories.person()
    item = factories.publication(author)
    with unit_of_work():
        hide(db.session.merge(item), db.session.merge(item), author.id)
    path = f"/publications/{item.public_id}"

    assert program(reader).get(path).status_code == 404
    assert item.public_id not in program(reader).get("/feed").text
    assert program(author).get(path).get_json()["state"] == "hidden"
