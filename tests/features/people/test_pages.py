"""Pages of people and places, as a browser asks for them."""

import re
from html import unescape
from urllib.parse import unquote

import pytest

from app.people.queries.places import PAGE
from app.people.service import staff
from tests import factories
from tests.support.statements import counting


@pytest.fixture
def anna(database):
    return factories.person("Анна Петрова", handle="анна.петрова")


@pytest.fixture
def me(client, anna):
    reader = factories.person("Зоя Чтец", handle="зоя.чтец")
    client.sign_in(reader)
    return reader


def test_the_directory(client, me, anna):
    page = client.get("/people?q=петрова")

    assert page.status_code == 200
    assert "Анна Петрова" in page.text
    assert "Зоя Чтец" not in page.text.split("<main")[1].split("</main>")[0]


def test_an_empty_result_helps_on(client, me):
    assert "/people" in client.get("/people?q=никтонезовётся").text


def test_the_profile(client, me, anna):
    for address in ("/people/анна.петрова", "/people/анна.петрова/about", "/people/анна.петрова/connections"):
        page = client.get(address)
        assert page.status_code == 200, address
        assert "Анна Петрова" in page.text


@pytest.mark.parametrize("address", ["", "/about", "/connections", "/card", "/photo/thumb"])
def test_nobody_has_no_page(client, me, address):
    assert client.get("/people/никто" + address).status_code == 404


def test_about_says_where_one_works_and_worked(client, me):
    boss = factories.person("Борис Главный")
    shop = factories.shop("У112", region=factories.region("Урал"), manager=boss)
    person = factories.person("Анна Петрова", manager=boss, email="anna@shop.example", phone="+79161234567")
    staff.move_person(person.id, staff.Workplace(factories.position("Кассир").id, shop.id))
    factories.person("Ученик Младший", manager=person)

    page = client.get(f"/people/{person.handle}/about").text

    for text in (
        "Кассир",
        "У112",
        "Урал",
        "Борис Главный",
        "anna@shop.example",
        "+79161234567",
        "Ученик Младший",
    ):
        assert text in page


def test_a_leaver_has_a_page_without_contacts(client, me):
    person = factories.person("Анна Петрова", email="anna@shop.example", state="left")

    page = client.get(f"/people/{person.handle}/about")

    assert page.status_code == 200
    assert "anna@shop.example" not in page.text


def test_a_mention_leads_to_a_person_or_a_group(client, me, anna):
    factories.group(handle="склад")

    assert client.get("/@Анна.Петрова").location.endswith(
        "/people/%D0%B0%D0%BD%D0%BD%D0%B0.%D0%BF%D0%B5%D1%82%D1%80%D0%BE%D0%B2%D0%B0"
    )
    assert client.get("/@склад").location.startswith("/groups/")
    assert client.get("/@никто", follow_redirects=True).status_code == 404


def test_following_from_a_page_and_from_a_script(client, me, anna):
    by_form = client.post("/people/анна.петрова/follow", data={"on": "1"})
    by_script = client.post(
        "/people/анна.петрова/follow", data={"on": "0"}, headers={"Accept": "application/json"}
    )

    assert by_form.status_code == 303
    assert by_script.json == {"on": False, "followers": 0}


def test_the_hover_card(client, me, anna):
    card = client.get("/people/анна.петрова/card")

    assert card.status_code == 200
    assert "Анна Петрова" in card.text
    assert "<html" not in card.text


def test_places(client, me):
    region = factories.region("Урал")
    shop = factories.shop("У112", region=region)
    department = factories.department("Логистика", parent=factories.department("Операции"))
    factories.person("Анна Петрова", shop=shop)
    factories.person("Борис Складов", department=department)

    assert "Анна Петрова" in client.get("/shops/У112/people").text
    assert "Борис Складов" in client.get(f"/departments/{department.id}/people").text
    assert "Операции" in client.get(f"/departments/{department.id}").text
    assert "У112" in client.get(f"/regions/{region.code}").text
    assert "Урал" in client.get("/regions").text
    for missing in ("/shops/никакой", "/departments/999999", "/regions/никакой"):
        assert client.get(missing).status_code == 404


def test_people_and_places_open_at_what_is_written_there(client, me, anna):
    shop, department = factories.shop("У112"), factories.department("Логистика")
    factories.publication(anna, "Где я была в отпуске")
    factories.publication(me, "Новости салона", place=shop)
    factories.publication(me, "Новости отдела", place=department)

    for address, written in (
        ("/people/анна.петрова", "Где я была в отпуске"),
        ("/shops/У112", "Новости салона"),
        (f"/departments/{department.id}", "Новости отдела"),
    ):
        page = client.get(address).text
        assert written in page
        assert re.search(r'href="[^"]+/publications" aria-current=page', page), address


@pytest.mark.parametrize(
    "address",
    [
        "/people",
        "/people?q=петрова продавец",
        "/people/анна.петрова",
        "/people/анна.петрова/connections",
        "/shops/У5",
    ],
)
def test_pages_keep_their_budget(client, me, address):
    """12 statements, and no more with thirty people than with three."""
    shop = factories.shop("У5")
    hub = factories.person("Анна Узлова", handle="узел", shop=shop)
    address = address.replace("анна.петрова", "узел")

    def people(number):
        for _one in range(number):
            factories.follow(factories.person("Пётр Петрова", shop=shop, manager=hub), hub)

    people(3)
    with counting() as few:
        assert client.get(address).status_code == 200
    people(27)
    with counting() as many:
        assert client.get(address).status_code == 200

    assert len(few) <= 12, few
    assert len(many) == len(few)


def test_namesakes_go_on_on_the_next_page(client, me):
    shop = factories.shop("У112")
    everybody = [factories.person("Анна Иванова", shop=shop).handle for _ in range(PAGE + 2)]
    as_fragment = {"HX-Request": "true"}

    first = client.get("/shops/У112/people", headers=as_fragment).text
    more = re.search(r'"(/shops/[^"]*after=[^"]*)"', first)[1]
    second = client.get(unescape(more), headers=as_fragment).text

    links = re.findall(r'class=who-name href="/people/([^"]+)"', first + second)
    assert [unquote(each) for each in links] == everybody


def test_a_region_without_shops_is_not_offered(client):
    factories.region("Заполярье")
    factories.shop(region=factories.region("Урал"))
    client.sign_in(factories.person())
    for address in ("/regions", "/people"):
        page = client.get(address).text
        assert "Урал" in page
        assert "Заполярье" not in page


@pytest.mark.parametrize(
    ("parts", "full"),
    [
        ({"first_name": "Анна", "middle_name": "Ивановна", "last_name": "Петрова"}, "Петрова Анна Ивановна"),
        ({"first_name": "Nora", "middle_name": "R", "last_name": "Whitfield"}, "Nora R Whitfield"),
    ],
)
def test_a_whole_name_stands_in_its_own_order(client, parts, full):
    person = factories.person(f"{parts['first_name']} {parts['last_name']}", **parts)
    client.sign_in(person)
    assert f">{full}<" in client.get(f"/people/{person.handle}/about").text
