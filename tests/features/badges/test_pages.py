"""Pages of thanks: the form, the card, the cabinet, the certificate; and what each costs."""

import json
import re
from io import BytesIO

import pytest

from app.content.service.moderating import hide
from app.core import outbox
from app.core.unit_of_work import unit_of_work
from tests.factories import content, groups, people
from tests.features.badges.test_thanking import thank
from tests.features.files.conftest import png
from tests.support.statements import counting

PAGE_BUDGET = 12


@pytest.fixture
def giver(database):
    return people.person("Олеся Громова")


@pytest.fixture
def other(database):
    return people.person("Илья Рогов")


def test_thanks_go_from_the_form_to_the_feed(client, giver, other):
    client.sign_in(giver)
    form = client.get(f"/thanks/new?to={other.handle}").text
    assert f'name="to" value="{other.handle}" checked>' in form
    data = {"people": f"@{other.handle}", "badge": "rocket", "body": "Быстрее всех привёз терминал"}
    answer = client.post("/thanks", data=data)
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert "Быстрее всех" in page
    assert "badges/rocket.svg" in page
    assert '▸ <a href="/people/' in page
    assert "badges/rocket.svg" in client.get("/").text


def test_colleagues_are_thanked_by_a_tap_on_their_faces(client, giver, other):
    client.sign_in(giver)
    face = f'name="to" value="{other.handle}"'
    assert f"{face}>" in client.get("/thanks/new").text
    wrong = client.post("/thanks", data={"to": other.handle, "badge": "rocket", "body": ""})
    assert wrong.status_code == 422
    assert f"{face} checked>" in wrong.text
    both = {"people": f"@{other.handle}", "to": other.handle, "badge": "rocket", "body": "За скорость"}
    page = client.get(client.post("/thanks", data=both).location).text
    assert page.count(">Илья Рогов</a>") == 1


def test_who_is_thanked_is_told_with_the_badge(client, giver, other):
    thank(giver, other, badge="rocket")
    thank(giver, other, badge="teacher")
    outbox.run_due()
    client.sign_in(other)
    with counting() as statements:
        told = client.get("/notifications").text
    assert len(statements) <= PAGE_BUDGET
    assert told.count("говорит вам спасибо · ") == 2
    assert ["rocket" in told, "teacher" in told] == [True, True]
    shown = [
        ("Учитель" in each, "badges/teacher.svg" in each)
        for each in re.findall(r'<li class="note.*?</li>', told, re.S)
        if "говорит вам спасибо" in each
    ]
    assert shown == [(True, True), (False, False)]
    assert "badges/teacher.svg" in client.get("/notifications/menu").text


def test_who_has_no_face_to_tap_is_named_in_the_field(client, other):
    """Scripts make a chip of each: they are given the names and faces of all who are chosen or can be."""
    shop = people.shop()
    for number in range(8):
        people.person(f"Сосед Номер{number}", shop=shop)
    client.sign_in(people.person("Олеся Громова", shop=shop))
    form = client.get(f"/thanks/new?to={other.handle}&to=нет.такого").text
    assert f">\n@{other.handle}, @нет.такого</textarea>" in form
    assert f'name="to" value="{other.handle}"' not in form
    known = json.loads(re.search(r"<template data-known[^>]*>(.*?)</template>", form)[1])
    assert len(known) == 9
    assert (known[0]["handle"], known[0]["name"]) == (other.handle, other.name)
    assert known[0].keys() == client.get("/completion/mentions?q=сосед").json[0].keys() - {"detail", "kind"}


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(client, giver):
    client.sign_in(giver)
    typed = {"people": "Никто Никакой", "badge": "rocket", "body": "За быстроту"}
    page = client.post("/thanks", data=typed)
    assert page.status_code == 422
    assert all(word in page.text for word in ("Никто Никакой", "За быстроту", 'id="people-error-1"'))
    assert 'value="rocket" required checked' in page.text
    program = client.post("/thanks", data=typed, headers={"Accept": "application/json"})
    assert program.json["errors"][0]["field"] == "people"


def test_thanks_that_waited_on_a_phone_are_said_once_and_to_nobody_on_another_page(client, giver, other):
    client.sign_in(giver)
    typed = {"people": f"@{other.handle}", "badge": "rocket", "body": "За быстроту", "late": "1"}
    sent = [
        client.post(
            "/thanks",
            data=typed,
            headers={"Accept": "application/json", "Idempotency-Key": "from-the-basement"},
        )
        for _ in range(2)
    ]

    assert [answer.status_code for answer in sent] == [201, 201]
    assert sent[0].json == sent[1].json
    assert sent[0].json["unreached"] == []
    assert 'class="toast"' not in client.get("/people").text
    assert client.get("/").text.count("За быстроту") == 1


def test_thanks_for_an_answer_lead_to_it(client, giver, other):
    asked = content.question(giver)
    reply = content.answer(asked, other)
    client.sign_in(giver)
    form = client.get(f"/thanks/new?about={reply.public_id}").text
    assert f'name="to" value="{other.handle}" checked>' in form
    data = {"people": f"@{other.handle}", "badge": "teacher", "body": "Объяснил", "about": reply.public_id}
    page = client.get(client.post("/thanks", data=data).location).text
    assert f"/p/{asked.public_id}#c-{reply.public_id}" in page
    with unit_of_work():
        hide(reply, asked, giver.id)


def test_a_photo_goes_with_the_thanks_and_stays_when_something_else_is_wrong(client, giver, other, storage):
    client.sign_in(giver)
    sent = client.post(
        "/files", data={"file": (BytesIO(png()), "смена.png")}, headers={"Accept": "application/json"}
    )
    about = content.publication(other, "Смену закрыли")
    data = {
        "people": f"@{other.handle}", "badge": "rocket", "body": " ", "about": about.public_id,
        "files": sent.json["id"],
    }  # fmt: skip
    again = client.post("/thanks", data=data)
    assert again.status_code == 422
    assert sent.json["id"] in again.text
    page = client.get(client.post("/thanks", data={**data, "body": "За смену"}).location).text
    assert f"/files/{sent.json['id']}" in page
    assert f'href="/p/{about.public_id}"' in page


def test_the_composer_leads_to_thanks_and_a_group_does_not(client, giver):
    client.sign_in(giver)
    group = groups.group(members=[giver])
    assert "data-thanks" in client.get("/").text
    assert "data-thanks" not in client.get(f"/groups/{group.handle}").text


def test_the_cabinet_shows_what_stands(client, giver, other):
    reader = people.person()
    client.sign_in(reader)
    assert f"/people/{other.handle}/badges" not in client.get(f"/people/{other.handle}/about").text
    first, second = thank(giver, other), thank(giver, other, badge="rocket", body="За субботу")
    page = client.get(f"/people/{other.handle}/badges").text
    assert "badges/rocket.svg" in page and "За субботу" in page  # noqa: PT018
    printed = client.get(f"/thanks/{first.public_id}/certificate/{other.handle}")
    assert "Илья Рогов" in printed.text
    assert client.get(f"/thanks/{first.public_id}/certificate/{giver.handle}").status_code == 404
    with unit_of_work():
        hide(second, second, giver.id)
    assert "За субботу" not in client.get(f"/people/{other.handle}/badges").text
    assert client.get(f"/thanks/{second.public_id}/certificate/{other.handle}").status_code == 404


def test_pages_do_not_pay_per_row(client, giver):
    team = [people.person() for _ in range(8)]
    for each in team:
        if each.id % 2:
            thank(giver, *team[:6], body=f"За {each.id}")
    asked = content.question(giver)
    client.sign_in(team[0])
    client.get("/")
    for address in (
        f"/people/{team[0].handle}/badges", f"/thanks/new?about={asked.public_id}", "/", f"/people/{team[1].handle}",
    ):  # fmt: skip
        client.application.extensions["shopfloor_cards"].clear()
        with counting() as statements:
            assert client.get(address).status_code == 200
        assert len(statements) <= PAGE_BUDGET, address
