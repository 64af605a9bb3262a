"""Where recognition is switched off: no badges are shown, and thanks are neither offered nor given."""

import pytest

from app.accounts.service.tokens import create_token
from app.badges.models import ThanksRecipient
from app.badges.queries import team
from app.core.db import db
from app.core.errors import Invalid, NotFound
from app.reputation.service import recognise
from tests.factories import content, people
from tests.features.badges.test_thanking import thank
from tests.support.statements import counting


@pytest.fixture
def away(database):
    """Somebody in a region whose recognition is off, whom a colleague thanked before."""
    region = people.region("Урал")
    person = people.person("Далёкий Человек", shop=people.shop(region=region))
    item = thank(people.person("Олеся Громова"), person)
    recognise(people.actor(people.person(roles=["editor"])), f"region:{region.id}", on=False)
    return person, item


def test_nothing_is_shown_and_nothing_is_lost(client, away):
    person, item = away
    client.sign_in(people.person())
    profile = client.get(f"/people/{person.handle}/about").text
    assert f"/people/{person.handle}/badges" not in profile
    assert "Сказать спасибо</a>" not in profile.split('class="head-acts"')[1].split("</div>")[0]
    assert "/thanks/new" not in client.get(f"/people/{person.handle}/card").text
    for address in (
        f"/people/{person.handle}/badges",
        f"/thanks/{item.public_id}/certificate/{person.handle}",
    ):
        assert client.get(address).status_code == 404
    token = create_token(person.id, "A test", by=person.id)
    told = client.get(f"/api/v1/people/{person.handle}", headers={"Authorization": f"Bearer {token}"})
    assert told.get_json()["badges"] == []
    assert item.excerpt in client.get(f"/p/{item.public_id}").text
    address = f"/people/{person.handle}"
    with counting() as statements:
        client.get(address)
    assert len(statements) <= 12


def test_they_are_not_thanked_and_do_not_thank(client, away):
    person, _item = away
    colleague = people.person()
    with pytest.raises(Invalid) as error:
        thank(colleague, person, people.person())
    assert list(error.value.errors) == ["people"]
    client.sign_in(person)
    asked = content.question(colleague)
    assert "/thanks/new" not in client.get("/").text
    assert "/thanks/new" not in client.get(f"/items/{asked.public_id}/menu").text
    assert "/thanks/new" not in client.get(f"/people/{colleague.handle}/about").text
    assert client.get("/thanks/new").status_code == 403
    data = {"people": f"@{colleague.handle}", "badge": "thank_you", "body": "За смену"}
    assert client.post("/thanks", data=data).status_code == 403
    assert db.session.query(ThanksRecipient).count() == 1


def test_a_team_leaves_them_out(client, away):
    person, _item = away
    manager = people.person("Старший Человек", department=people.department("Склад"))
    people.person("Ближний Человек", manager=manager)
    with pytest.raises(NotFound):
        team(people.actor(people.person()))
    person.manager_id = manager.id
    db.session.flush()
    assert [line.person.name for line in team(people.actor(manager)).people] == ["Ближний Человек"]
