"""Experts as people and programs see them: on topics, profiles and cards, with the reason; hidden and away."""

import pytest

from app.core import clock, outbox
from app.core.db import db
from app.expertise import service
from app.expertise.queries.shown import away_until
from app.people.models import Person
from app.questions.service import accept
from tests import factories
from tests.conftest import NOON
from tests.support.statements import counting


@pytest.fixture(scope="module")
def connoisseur(shared_database):
    """The id of somebody whose answers about #эквайринг twelve different colleagues accepted."""
    with clock.frozen(NOON):
        person = factories.person("Илья Борисов")
        for _number in range(12):
            asker = factories.person()
            answer = factories.answer(factories.question(asker, "Как принять карту? #эквайринг"), person)
            accept(factories.actor(asker), answer.public_id, on=True)
        outbox.run_due()
        return person.id


@pytest.fixture
def ilya(connoisseur, database, frozen_clock):
    """A Connoisseur of #эквайринг."""
    return db.session.get_one(Person, connoisseur)


@pytest.fixture
def anna(client):
    person = factories.person("Анна Петрова")
    client.sign_in(person)
    return person


def test_a_topic_names_its_best_experts_and_says_why(client, ilya, anna):
    assert 'href="/topics/эквайринг/experts"' in client.get("/topics/эквайринг").text
    with counting() as statements:
        box = client.get("/topics/эквайринг/experts", headers={"HX-Request": "true"})
    assert len(statements) <= 6
    assert "Лучшие эксперты" in box.text
    assert "Знаток · #эквайринг" in box.text

    card = client.get("/topics/эквайринг/card")
    assert "Илья Борисов" in card.text
    with counting() as statements:
        listing = client.get("/topics/эквайринг/experts")
    assert len(statements) <= 12
    assert "12 принятых ответов · от 12 разных коллег" in listing.text
    assert client.get("/topics/неведомое/experts").status_code == 404


def test_the_title_stands_under_the_name_and_the_card_says_why(client, ilya, anna):
    factories.publication(ilya, "С понедельника новые терминалы.")
    feed = client.get("/")
    assert ">Илья Борисов<i>Знаток · #эквайринг</i></a>" in feed.text

    with counting() as statements:
        card = client.get(f"/people/{ilya.handle}/card")
    assert len(statements) <= 6
    assert "#эквайринг: 12 принятых ответов · от 12 разных коллег" in card.text


def test_a_profile_says_what_a_person_knows_and_why(client, ilya, anna):
    address = f"/people/{ilya.handle}/expertise"
    with counting() as statements:
        page = client.get(address)
    assert len(statements) <= 12
    assert "Знаток" in page.text
    assert "Как это складывается" in page.text
    assert "Скрыть" not in page.text

    client.sign_in(ilya)
    mine = client.get(f"/people/{ilya.handle}/expertise")
    assert "Почему я здесь эксперт?" in mine.text
    assert "Магистр: от 40" in mine.text


def test_a_hidden_topic_is_seen_by_oneself_alone(client, ilya, anna):
    client.sign_in(ilya)
    assert client.post("/expertise/эквайринг/hide", data={"on": "1"}).status_code == 303
    assert "Скрыто" in client.get(f"/people/{ilya.handle}/expertise").text
    assert client.post("/expertise/неведомое/hide", data={"on": "1"}).status_code == 404

    client.sign_in(anna)
    assert "Илья" not in client.get("/topics/эквайринг/experts").text
    outbox.run_due()
    assert "эквайринг" not in client.get(f"/people/{ilya.handle}/expertise").text


def test_away_until_a_day(client, ilya, anna):
    client.sign_in(ilya)
    wrong = client.post("/expertise/away", data={"until": "2020-01-01"})
    assert wrong.status_code == 422
    assert "Выберите день в пределах года." in wrong.text
    assert 'value="2020-01-01"' in wrong.text

    day = clock.as_datetime(clock.now() + 3 * clock.DAY).date()
    assert client.post("/expertise/away", data={"until": day.isoformat()}).status_code == 303
    assert away_until(ilya.id) > clock.now() + 3 * clock.DAY - 12 * clock.HOUR
    assert f'value="{day.isoformat()}"' in client.get(f"/people/{ilya.handle}/expertise").text
    client.sign_in(anna)
    assert "Нет на месте до" in client.get(f"/people/{ilya.handle}/card").text

    service.be_away(factories.actor(ilya), None)
    assert away_until(ilya.id) is None


def test_who_has_no_title_is_away_as_well(client, anna):
    other = factories.person("Олег Ким")
    service.be_away(factories.actor(other), clock.now() + clock.DAY)
    with counting() as statements:
        card = client.get(f"/people/{other.handle}/card")
    assert len(statements) <= 6
    assert "Нет на месте до" in card.text


def test_the_formula_is_explained_with_its_numbers(client, anna):
    page = client.get("/experts")
    assert "через 182 дня" in page.text
    assert "1 часть из 11" in page.text
