"""A secret group leaks nowhere: to who is not in it, every way in answers as for a group that does not exist."""

import pytest

from app.groups import service
from app.groups.models import SECRET
from tests import factories

SECRET_NAME = "Сделка года"


@pytest.fixture
def owner(database):
    return factories.person("Вера Власова")


@pytest.fixture
def group(owner):
    return factories.group(SECRET_NAME, visibility=SECRET, owner=owner, handle="сделка-4f7k2m9p")


@pytest.fixture
def outsider(client, database):
    return client.sign_in(factories.person("Пётр Любопытный", roles=["administrator"]))


def without_names(response, handle):
    """The answer with what the reader typed themselves taken out, and what is new in every answer."""
    head = {
        name: value
        for name, value in response.headers
        if name in ("Content-Type", "Cache-Control", "Location")
    }
    return response.status_code, head, response.get_data(as_text=True).count(handle)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", ""),
        ("get", "/about"),
        ("get", "/members"),
        ("get", "/settings"),
        ("get", "/invite"),
        ("get", "/card"),
        ("post", "/join"),
        ("post", "/leave"),
        ("post", "/settings"),
        ("post", "/invite"),
        ("post", "/invitation"),
        ("post", "/members/anna/role"),
        ("post", "/members/anna/remove"),
        ("post", "/requests/anna"),
        ("post", "/invitations/anna/cancel"),
    ],
)
def test_a_secret_group_answers_like_a_missing_one(outsider, group, method, path):
    data = {"name": "а", "visibility": "open", "who_posts": "members", "role": "owner", "people": "a.b"}
    asked = {
        handle: getattr(outsider, method)(
            f"/groups/{handle}{path}", **({"data": data} if method == "post" else {})
        )
        for handle in (group.handle, "сделка-q7w2e9r4")
    }

    secret, missing = (without_names(response, handle) for handle, response in asked.items())
    assert secret == missing
    assert secret[0] == 404
    assert all(SECRET_NAME not in response.get_data(as_text=True) for response in asked.values())


@pytest.mark.parametrize(
    "path",
    ["/groups?show=all", "/groups?q=сделка", "/groups", "/completion/mentions?q=сделка", "/people", "/desk"],
)
def test_lists_and_completion_keep_silent(outsider, group, path):
    response = outsider.get(path)

    assert response.status_code == 200
    assert SECRET_NAME not in response.get_data(as_text=True)
    assert group.handle not in response.get_data(as_text=True)


def test_members_find_it(client, owner, group):
    client.sign_in(owner)

    for path in (
        "/groups?show=mine",
        "/groups?show=all",
        "/groups?q=сделка",
        f"/groups/{group.handle}/members",
    ):
        assert SECRET_NAME in client.get(path).get_data(as_text=True)
    completion = client.get(f"/completion/mentions?q=сделка&place=group:{group.handle}")
    assert [each["handle"] for each in completion.json] == [group.handle]


def test_an_invited_person_sees_the_head_and_nothing_inside(client, owner, group):
    anna = factories.person("Анна Петрова")
    service.invite(factories.actor(owner), group.handle, [anna.handle])
    client.sign_in(anna)

    page = client.get(f"/groups/{group.handle}/about")
    assert page.status_code == 200
    assert SECRET_NAME in page.text
    assert client.get(f"/groups/{group.handle}/members").status_code == 404
    assert client.get(f"/groups/{group.handle}/card").status_code == 404
    assert client.get("/completion/mentions?q=сделка").json == []
    assert f'action="/groups/{group.handle}/invitation"' in page.text

    assert client.post(f"/groups/{group.handle}/invitation", data={"on": "0"}).status_code == 303
    assert client.get(f"/groups/{group.handle}/about").status_code == 404


def test_of_a_closed_group_everyone_sees_the_head_and_members_the_rest(client, owner):
    group = factories.group("Бухгалтерия", visibility="closed", owner=owner)
    client.sign_in(factories.person("Пётр Любопытный"))

    page = client.get(f"/groups/{group.handle}/about")
    assert (page.status_code, "Бухгалтерия" in page.text) == (200, True)
    assert "Вера Власова" not in page.text
    assert client.get(f"/groups/{group.handle}/members").status_code == 404
