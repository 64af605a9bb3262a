"""Typing "@": near people first, found however the name is typed; in a closed place its members alone."""

import pytest

from app.core.errors import NotFound
from app.groups.models import CLOSED, OPEN, SECRET
from app.mentions import queries
from tests import factories
from tests.support.statements import counting

#: Session and completion together.
FRAGMENT_BUDGET = 8


@pytest.fixture
def shop(database):
    return factories.shop("У771", city="Казань")


@pytest.fixture
def me(shop):
    return factories.person("Зоя Чтец", shop=shop)


def people(me, q, **where):
    return [person.name for person in queries.complete(factories.actor(me), q, **where).people]


def groups(me, q, **where):
    return [each.name for each in queries.complete(factories.actor(me), q, **where).groups]


@pytest.mark.parametrize(
    "q",
    [
        "Юл",
        "щук",
        "@щук",
        "ЩУКИНА",
        "oer",
        "shchuk",
        "юлия.щук",
        "юлия щук",
        "кассир",
        "rfccbh",
        "У88",
        "e88",
        "пермь",
    ],
)
def test_a_colleague_is_found_by_name_handle_position_shop_and_town(me, q):
    there = factories.shop("У881", city="Пермь")
    factories.person("Юлия Щукина", shop=there, position=factories.position("Старший кассир"))
    factories.person("Иван Петров")

    assert people(me, q) == ["Юлия Щукина"]


@pytest.mark.parametrize("q", ["%", "_", "\\", "\x00", "ъъъ", "'\""])
def test_signs_mean_themselves(me, q):
    factories.person("Иван Петров")

    assert (people(me, q), groups(me, q)) == ([], [])


def test_near_people_come_first(me, shop):
    for name in ("Анна Абрамова", "Анна Лескова", "Анна Следова", "Анна Яшина"):
        factories.person(name)
    beside = factories.person("Анна Юрина", shop=shop)
    followed = factories.person("Анна Щедрина")
    factories.follow(me, followed)
    writer = factories.person("Анна Эткина")
    thread = factories.publication(writer)

    found = people(me, "анна", root=thread.public_id)
    assert found[:3] == [writer.name, followed.name, beside.name]
    assert found[3:] == ["Анна Абрамова", "Анна Лескова", "Анна Следова", "Анна Яшина"]


def test_before_anything_is_typed_near_people_are_offered(me, shop):
    factories.person("Иван Далёкий")
    factories.person("Анна Юрина", shop=shop)

    assert people(me, "") == ["Анна Юрина"]


def test_neither_oneself_nor_leavers_are_offered(me, shop):
    factories.person("Зоя Ушедшая", shop=shop, state="left")

    assert people(me, "зоя") == []


@pytest.mark.parametrize(("visibility", "offered"), [(OPEN, True), (CLOSED, True), (SECRET, False)])
def test_groups_are_offered_to_who_may_know_of_them(me, visibility, offered):
    factories.group("Казначейство", visibility=visibility, owner=factories.person())

    assert groups(me, "казн") == (["Казначейство"] if offered else [])
    assert groups(me, "rfpy") == (["Казначейство"] if offered else [])


@pytest.mark.parametrize("visibility", [CLOSED, SECRET])
def test_in_a_closed_place_only_members_and_the_group_itself_are_offered(me, shop, visibility):
    inside, outside = factories.person("Анна Внутри"), factories.person("Анна Снаружи", shop=shop)
    group = factories.group("Анналы", visibility=visibility, owner=me, members=[inside])
    factories.group("Аннотации", owner=outside)
    thread = factories.publication(me, place=group)

    for where in ({"root": thread.public_id}, {"place": f"group:{group.handle}"}):
        assert people(me, "анна", **where) == ["Анна Внутри"]
        assert people(me, "", **where) == ["Анна Внутри"]
        assert groups(me, "анн", **where) == ["Анналы"]


def test_a_place_that_may_not_be_seen_looks_missing(me):
    owner = factories.person()
    group = factories.group(visibility=SECRET, owner=owner)
    thread = factories.publication(owner, place=group)
    for where in (
        {"root": thread.public_id},
        {"root": "missing"},
        {"place": f"group:{group.handle}"},
        {"place": "group:x"},
    ):
        with pytest.raises(NotFound):
            people(me, "а", **where)


def test_the_answer_is_what_the_field_needs(client, me, shop):
    anna = factories.person("Анна Юрина", shop=shop, position=factories.position("Кассир"))
    factories.group("Анналы", owner=anna)
    person, group = client.sign_in(me).get("/completion/mentions?q=анн").json

    assert (person["handle"], person["kind"], person["initials"]) == (anna.handle, "person", "АЮ")
    assert person["detail"] == "Кассир · У771, Казань"
    assert (group["name"], group["kind"], group["photo_url"]) == ("Анналы", "group", None)


def test_completion_stays_in_budget(client, me):
    group = factories.group(visibility=CLOSED, owner=me)
    thread = factories.publication(me, place=group)
    client.sign_in(me)
    for path in (f"/completion/mentions?q=нет&root={thread.public_id}", "/completion/mentions?q=нет"):
        with counting() as statements:
            assert client.get(path).status_code == 200
        assert len(statements) <= FRAGMENT_BUDGET
