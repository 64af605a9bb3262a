"""The directory finds people however their names are typed, and shows each page once."""

import pytest
from sqlalchemy import insert, select

from app.core.db import db
from app.core.unit_of_work import unit_of_work
from app.people import queries
from app.people import service as people
from app.people.models import Person, PersonWord
from app.people.schemas import DirectoryFilter, Naming
from tests import factories


@pytest.fixture
def me(database):
    return factories.actor(factories.person("Зоя Чтец"))


def found(me, q="", **wanted):
    return {row.person.name for row in queries.directory(me, DirectoryFilter(q=q, **wanted)).people}


@pytest.mark.parametrize(
    "q",
    [
        "Юлия Щукина",
        "щукина юлия",
        "ЩУК",
        "юл щ",
        "Yuliya",
        "shchukina",
        "oerbyf",  # "щукина" with the keyboard left in English
        "ююю.щукина",
        "U-771",
        "кассир",
        "rfccbh",  # "кассир" with the keyboard left in English
        "кас щук",
        "У771",
        "e771",  # "у771" with the keyboard left in English
    ],
)
def test_a_person_is_found(me, q):
    factories.person(
        "Юлия Щукина",
        handle="ююю.щукина",
        personnel_number="U-771",
        position=factories.position("Старший кассир"),
        shop=factories.shop("У771"),
    )
    factories.person("Пётр Иванов")

    assert found(me, q) == {"Юлия Щукина"}


@pytest.mark.parametrize(
    "q",
    [
        "Санкт-Петербург",
        "петербург",
        "gtnth,ehu",  # "петербург" with the keyboard left in English
        "Peterb",
        "Королёва",
        "наб. королева 44",
        "кассир петербург",
        "юлия королева",
    ],
)
def test_a_person_is_found_by_the_town_and_address_of_their_shop(me, q):
    shop = factories.shop("П12", city="Санкт-Петербург", address="наб. Королёва, д. 44")
    factories.person("Юлия Щукина", position=factories.position("Кассир"), shop=shop)
    factories.person("Пётр Иванов", shop=factories.shop("У14", city="Уфа", address="ул. Ленина, 4"))

    assert found(me, q) == {"Юлия Щукина"}


def test_people_of_that_name_come_before_those_of_that_street(me):
    shop = factories.shop("В1", city="Владимир", address="проспект Мира, 3")
    for name in ("Анна Белова", "Борис Ветров", "Вера Глинка"):
        factories.person(name, shop=shop)
    factories.person("Мира Яшина")
    factories.person("Мира Юдина")

    page = queries.directory(me, DirectoryFilter(q="мира"))
    assert [row.person.name for row in page.people] == [
        "Мира Юдина", "Мира Яшина", "Анна Белова", "Борис Ветров", "Вера Глинка",
    ]  # fmt: skip
    rest = queries.directory(me, DirectoryFilter(q="мира"), after=page.people[1].person.handle)
    assert [row.person.name for row in rest.people] == ["Анна Белова", "Борис Ветров", "Вера Глинка"]


@pytest.mark.parametrize("q", ["Shevchenko", "шевченко", "Шевч", "Ырумсрутлщ"])
def test_a_latin_name_is_found_in_cyrillic(me, q):
    factories.person("Taras Shevchenko")

    assert found(me, q) == {"Taras Shevchenko"}


def test_e_and_yo_are_one_letter(me):
    factories.person("Алёна Фёдорова")

    assert found(me, "алена федорова") == {"Алёна Фёдорова"}


@pytest.mark.parametrize("q", ["%", "_", "щ%а", "\\", "'", '"; drop', "%%%" * 60])
def test_signs_of_the_query_language_mean_themselves(me, q):
    factories.person("Юлия Щукина")

    assert found(me, q) == set()


def test_a_part_inside_a_word_finds_nobody(me):
    factories.person("Юлия Щукина")

    assert found(me, "укина") == set()


def test_filters_narrow(me):
    ural, volga = factories.region("Урал"), factories.region("Волга")
    seller = factories.position("Продавец")
    sales = factories.department("Продажи")
    shop = factories.shop("У112", region=ural)
    factories.person("Анна Первая", shop=shop, position=seller)
    factories.person("Анна Вторая", shop=factories.shop(region=volga))
    factories.person("Анна Третья", department=sales)

    assert found(me, "анна", region=ural.code) == {"Анна Первая"}
    assert found(me, "анна", shop="у112") == {"Анна Первая"}
    assert found(me, "анна", position=seller.id) == {"Анна Первая"}
    assert found(me, "анна", department=sales.id) == {"Анна Третья"}
    assert found(me, "анна", region=ural.code, department=sales.id) == set()


def test_leavers_are_not_in_it(me):
    factories.person("Юлия Щукина", state="left")

    assert found(me, "щукина") == set()


def test_pages_follow_each_other_without_gap_or_repeat(me):
    for number in range(70):
        factories.person(f"Анна Петрова{number % 7}")

    seen, after = [], ""
    while after is not None:
        page = queries.directory(me, DirectoryFilter(q="петрова"), after=after)
        seen += [row.person.handle for row in page.people]
        after = page.next

    assert len(seen) == len(set(seen)) == 70


def test_it_says_whom_i_follow(me):
    anna, boris = factories.person("Анна Своя"), factories.person("Борис Чужой")
    factories.follow(factories.person(), boris)
    with_me = factories.actor(reader := factories.person())
    factories.follow(reader, anna)

    followed = {row.person.name: row.followed for row in queries.directory(with_me, DirectoryFilter()).people}

    assert followed["Анна Своя"] is True
    assert followed["Борис Чужой"] is False


def words_of(person):
    return set(db.session.scalars(select(PersonWord.word).where(PersonWord.person_id == person.id)))


def test_the_words_follow_every_way_of_writing_people(database):
    person = factories.person("Юлия Щукина", handle="ю.щ")
    with unit_of_work():
        rows = [{column.key: getattr(person, column.key) for column in Person.__table__.columns}]
        rows[0] |= {"id": 77, "personnel_number": "77", "handle": "б.о", "sort_name": 'о\'нил "бо" ли'}
        del rows[0]["latin_name"]
        db.session.execute(insert(Person), rows)
    assert words_of(person) == {"щукина", "юлия", "shchukina", "yuliya", "ю.щ"}
    assert set(db.session.scalars(select(PersonWord.word).where(PersonWord.person_id == 77))) == {
        "о'нил", '"бо"', "ли", "o'nil", '"bo"', "li", "б.о",
    }  # fmt: skip

    people.rename_person(person.id, Naming("Юлия", "Ким"))
    assert words_of(person) == {"ким", "юлия", "kim", "yuliya", "ю.щ"}


def test_words_of_any_length_and_sign_can_be_kept(database):
    person = people.new_person("1", Naming("Ъ" * 120, "a\\b\t" + "щ" * 100))

    assert max(len(word) for word in words_of(person)) == 80
    assert found(factories.actor(factories.person()), "щ" * 90) == {person.name}
    assert found(factories.actor(factories.person()), "Ъ" * 100) == {person.name}
