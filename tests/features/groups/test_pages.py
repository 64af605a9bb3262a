"""The pages of groups show what is true, keep what was typed, and stay in budget."""

from urllib.parse import unquote

import pytest
from sqlalchemy import select

from app.core.db import db
from app.groups import service
from app.groups.models import CLOSED, OPEN, SECRET, Group, GroupMember
from tests import factories
from tests.support.statements import counting

#: Statements of a whole page, with session, frame and counters.
PAGE_BUDGET = 12
FRAGMENT_BUDGET = 6

VISIBILITIES = (OPEN, CLOSED, SECRET)


@pytest.fixture
def owner(database):
    return factories.person("Вера Власова")


def form(**fields):
    return {"name": "Витрины", "description": "", "visibility": "open", "who_posts": "members", **fields}


def test_a_group_is_made_on_a_page(client, owner):
    client.sign_in(owner)
    assert client.get("/groups/new").status_code == 200
    made = client.post("/groups", data=form(idempotency_key="k"))
    again = client.post("/groups", data=form(idempotency_key="k"))

    assert made.status_code == 303
    assert made.location == again.location
    assert "Витрины" in client.get(made.location).text


def test_the_key_of_another_act_makes_a_group_all_the_same(client, owner):
    client.sign_in(owner)
    client.post("/publications", data={"body": "Открылись", "idempotency_key": "k"})
    made = client.post("/groups", data=form(idempotency_key="publish:k"))

    assert "Витрины" in client.get(made.location).text


def test_what_was_typed_stays_when_something_is_wrong(client, owner):
    response = client.sign_in(owner).post("/groups", data=form(name="", description="Фото и планограммы"))

    assert response.status_code == 422
    assert "Фото и планограммы" in response.text


def test_a_program_is_told_the_field(client, owner):
    wanted = {"Accept": "application/json"}
    response = client.sign_in(owner).post("/groups", data=form(name=""), headers=wanted)

    assert response.status_code == 422
    assert [each["field"] for each in response.json["errors"]] == ["name"]


def test_joining_and_leaving_from_a_list_comes_back_to_it(client, owner):
    group = factories.group(owner=owner)
    client.sign_in(factories.person())
    joined = client.post(f"/groups/{group.handle}/join", data={"on": "1", "next": "/groups?show=all"})
    left = client.post(f"/groups/{group.handle}/join", data={"on": "0", "next": "//evil.example"})

    assert (joined.status_code, joined.location) == (303, "/groups?show=all")
    assert (left.status_code, left.location) == (303, f"/groups/{group.handle}")
    assert db.session.scalar(select(Group.members_count)) == 1


def test_the_last_owner_reads_why_they_cannot_leave(client, owner):
    group = factories.group(owner=owner)
    answer = client.sign_in(owner).post(f"/groups/{group.handle}/leave")

    assert answer.status_code == 409
    assert "Вы единственный владелец" in answer.text
    assert "Кто-то успел раньше" not in answer.text


def test_a_moderator_lets_in_who_asks(client, new_client, owner):
    group, anna = factories.group(visibility=CLOSED, owner=owner), factories.person("Анна Петрова")
    new_client().sign_in(anna).post(f"/groups/{group.handle}/join")
    client.sign_in(owner)
    assert "Анна Петрова" in client.get(f"/groups/{group.handle}/members").text
    response = client.post(f"/groups/{group.handle}/requests/{anna.handle}", data={"on": "1"})

    assert response.status_code == 303
    assert db.session.get(GroupMember, (group.id, anna.id)) is not None


def test_who_waits_is_shown_to_moderators_alone(client, owner):
    group, anna, ivan = (
        factories.group(owner=owner),
        factories.person("Анна Петрова"),
        factories.person("Иван"),
    )
    service.invite(factories.actor(owner), group.handle, [anna.handle])
    factories.join(group, ivan)

    assert "Анна Петрова" not in client.sign_in(ivan).get(f"/groups/{group.handle}/members").text
    assert "Анна Петрова" in client.sign_in(owner).get(f"/groups/{group.handle}/members").text


def test_members_are_found_by_name_in_either_layout(client, owner):
    group = factories.group(owner=owner)
    factories.join(group, factories.person("Юлия Щукина"))
    client.sign_in(owner)

    for q in ("щук", "oer"):
        page = client.get(f"/groups/{group.handle}/members?q={q}").text
        assert "Юлия Щукина" in page


def test_an_owner_invites_and_changes(client, owner):
    group, anna = factories.group(owner=owner), factories.person("Анна Петрова")
    client.sign_in(owner)
    assert client.get(f"/groups/{group.handle}/invite").status_code == 200
    wrong = client.post(f"/groups/{group.handle}/invite", data={"people": "@нет.такого"})
    assert (wrong.status_code, "@нет.такого" in wrong.text) == (422, True)
    assert (
        client.post(f"/groups/{group.handle}/invite", data={"people": f"@{anna.handle} "}).status_code == 303
    )
    assert client.get(f"/groups/{group.handle}/settings").status_code == 200
    assert client.post(f"/groups/{group.handle}/settings", data=form(visibility="secret")).status_code == 303
    assert client.post(f"/groups/{group.handle}/settings", data=form(name="")).status_code == 422

    assert db.session.scalars(select(Group.visibility)).one() == "secret"


def test_colleagues_near_who_are_not_inside_are_invited_by_a_tap_on_their_faces(client):
    shop = factories.shop()
    keeper, near, inside = (
        factories.person(name, shop=shop) for name in ("Вера Власова", "Илья Рогов", "Анна Ким")
    )
    group = factories.group(owner=keeper)
    factories.join(group, inside)
    client.sign_in(keeper)
    page = client.get(f"/groups/{group.handle}/invite").text
    assert f'name="to" value="{near.handle}">' in page
    assert f'value="{inside.handle}"' not in page
    wrong = client.post(f"/groups/{group.handle}/invite", data={"people": "@нет.такого", "to": near.handle})
    assert f'name="to" value="{near.handle}" checked>' in wrong.text
    assert (
        client.post(f"/groups/{group.handle}/invite", data={"people": "", "to": near.handle}).status_code
        == 303
    )
    assert "Илья Рогов" in client.get(f"/groups/{group.handle}/members").text


def test_who_invites_is_told_who_was_let_in_and_who_needs_no_invitation(client, owner):
    group, asks, invited = (
        factories.group(owner=owner, visibility="closed"),
        factories.person(),
        factories.person(),
    )
    service.join(factories.actor(asks), group.handle)
    client.sign_in(owner)

    def told(*people):
        handles = ", ".join(f"@{each.handle}" for each in people)
        return client.post(
            f"/groups/{group.handle}/invite", data={"people": handles}, follow_redirects=True
        ).text

    both = told(asks, invited)
    assert "1 коллега получит приглашение." in both
    assert "1 коллега просил о вступлении и принят." in both
    assert "Новых приглашений нет" in told(asks, invited)


@pytest.mark.parametrize(
    ("visibility", "leads_to", "asks"),
    [("open", "", ""), ("closed", "", "Она закрытая"), ("secret", "/groups", "Она секретная")],
)
def test_who_leaves_is_told_and_stays_where_they_can_come_back(client, owner, visibility, leads_to, asks):
    """Before leaving what is not open one reads what coming back takes."""
    group, member = factories.group("Бегуны", owner=owner, visibility=visibility), factories.person()
    factories.join(group, member)
    client.sign_in(member)
    head = client.get(f"/groups/{group.handle}").text
    assert "Вы в группе" in head
    assert ("data-confirm" in head, asks in head) == (bool(asks), True)
    left = client.post(f"/groups/{group.handle}/leave")
    assert unquote(left.location) == (leads_to or f"/groups/{group.handle}")
    assert "Вы вышли из группы «Бегуны»." in client.get(left.location).text
    again = client.post(f"/groups/{group.handle}/leave")
    assert again.status_code == (404 if visibility == "secret" else 303)
    assert "Вы вышли" not in client.get("/groups").text


def test_who_asks_no_longer_is_told(client, owner):
    group = factories.group(owner=owner, visibility="closed")
    client.sign_in(factories.person())
    client.post(f"/groups/{group.handle}/join", data={"on": "1"})
    client.get(f"/groups/{group.handle}")
    back = client.post(f"/groups/{group.handle}/join", data={"on": "0"})
    page = client.get(back.location).text
    assert "Заявка отозвана." in page


def test_long_lists_go_on(client, owner):
    for number in range(33):
        factories.group(f"Группа {number:02}", owner=owner)
    client.sign_in(factories.person())
    first = client.get("/groups?show=all").text
    address = first.split('hx-get="')[1].split('"')[0].replace("&amp;", "&")
    rest = client.get(address, headers={"HX-Request": "true"}).text

    shown = [f"Группа {number:02}" for number in range(33)]
    assert all((name in first) != (name in rest) for name in shown)
    assert "<html" not in rest


def test_a_profile_shows_the_groups_whose_members_the_reader_may_know(client, owner):
    groups = {each: factories.group(f"Группа {each}", visibility=each, owner=owner) for each in VISIBILITIES}
    anna = factories.person("Анна Петрова")
    client.sign_in(anna)

    assert f'href="/people/{owner.handle}/groups"' in client.get(f"/people/{owner.handle}").text
    assert [each for each in groups if f"Группа {each}" in _groups_of(client, owner)] == [OPEN]
    for group in groups.values():
        factories.join(group, anna)
    assert all(f"Группа {each}" in _groups_of(client, owner) for each in groups)


def test_the_groups_of_a_profile_go_on_and_stay_in_budget(client, owner):
    factories.group("Группа", owner=owner)
    client.sign_in(factories.person())
    _groups_of(client, owner)
    with counting() as few:
        _groups_of(client, owner)
    for number in range(33):
        factories.group(f"Группа {number:02}", owner=owner)
    with counting() as many:
        first = _groups_of(client, owner)
    address = first.split('hx-get="')[1].split('"')[0].replace("&amp;", "&")
    rest = client.get(address, headers={"HX-Request": "true"}).text

    assert len(few) == len(many) <= PAGE_BUDGET
    assert all((name in first) != (name in rest) for name in [f"Группа {number:02}" for number in range(33)])


def _groups_of(client, person):
    answer = client.get(f"/people/{person.handle}/groups")
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("path", ["", "/about", "/members", "/card"])
def test_the_pages_of_a_group_stay_in_budget_however_many_members(client, owner, path):
    group = factories.group(owner=owner, members=[factories.person() for _ in range(3)])
    client.sign_in(owner)
    address = f"/groups/{group.handle}{path}"
    client.get(address)
    with counting() as few:
        assert client.get(address).status_code == 200
    for _ in range(20):
        factories.join(group, factories.person())
    with counting() as many:
        client.get(address)

    assert len(few) == len(many) <= (FRAGMENT_BUDGET if path == "/card" else PAGE_BUDGET)


@pytest.mark.parametrize("path", ["/groups?show=mine", "/groups?show=all", "/groups?q=гр"])
def test_the_lists_of_groups_stay_in_budget_however_long(client, owner, path):
    client.sign_in(owner)
    factories.group("Группа", owner=owner)
    client.get(path)
    with counting() as few:
        assert client.get(path).status_code == 200
    for _ in range(20):
        factories.group("Группа", owner=owner)
    with counting() as many:
        client.get(path)

    assert len(few) == len(many) <= PAGE_BUDGET
