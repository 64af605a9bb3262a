"""A manager's page: everybody below them at whatever distance, in pages."""

from app.badges.queries import team
from app.reputation.service import recognise_shop
from tests.factories import people
from tests.features.badges.test_thanking import thank
from tests.support.statements import counting


def names(page):
    return [each.person.name for each in page.people]


def test_everybody_below_is_there_at_whatever_distance(database):
    top = people.person("Ада Верхняя")
    regional = people.person("Борис Региональный", manager=top)
    area = people.person("Вера Зональная", manager=regional)
    keeper = people.person("Глеб Старший", manager=area)
    shop = people.shop(manager=keeper)
    people.person("Дина Продавец", shop=shop)
    people.person("Егор Чужой", manager=people.person("Жанна Чужая"))
    thank(people.person(), regional)
    found = team(people.actor(top))
    assert names(found) == ["Вера Зональная", "Дина Продавец", "Глеб Старший", "Борис Региональный"]
    assert (found.number, found.next) == (4, None)
    assert [each.number for each in found.badges] == [1]

    top.manager_id = keeper.id  # a ring ends too
    recognise_shop(people.actor(people.person(roles=["editor"])), f" {shop.code.lower()} ", on=False)
    assert names(team(people.actor(top))) == ["Вера Зональная", "Глеб Старший", "Борис Региональный"]


def test_many_come_in_pages(client, database):
    manager = people.person()
    everybody = [people.person(f"Имя Фамилия{number:02}", manager=manager) for number in range(53)]
    thank(people.person(), everybody[0])
    client.sign_in(manager)
    with counting() as statements:
        shown = client.get("/thanks/team").text
    assert len(statements) <= 12
    assert shown.count('name="to"') == 50
    assert "53 человека" in shown
    more = team(people.actor(manager)).next
    with counting() as statements:
        rest = client.get(f"/thanks/team?before={more}", headers={"HX-Request": "true"}).text
    assert len(statements) <= 6
    assert rest.count('name="to"') == 3
    assert everybody[0].name in rest
    assert everybody[52].name in rest
    assert client.get(f"/thanks/team?before={more}").status_code == 200
    assert client.get("/thanks/team?before=nonsense").status_code == 422
