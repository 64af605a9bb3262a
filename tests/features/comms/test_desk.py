"""The desk: editors decide there, everyone else finds it closed, and what was typed wrong stays to be corrected."""

import pytest
from sqlalchemy import select

from app.comms import forms
from app.core import clock
from app.core.db import db
from app.core.errors import Invalid
from app.topics.models import MandatorySubscription, PriorityTopic
from tests import factories
from tests.support.statements import counting

PAGE_BUDGET = 12


@pytest.fixture
def desk(client, database, frozen_clock):
    return client.sign_in(factories.person("Вера Власова", roles=["editor"]))


@pytest.mark.parametrize("roles", [[], ["manager"], ["moderator"]])
def test_the_desk_is_for_editors(client, database, roles):
    client.sign_in(factories.person(roles=roles))

    assert client.get("/desk").status_code == 403
    for path in ("/desk/priority", "/desk/mandatory", "/desk/mandatory/1/end", "/desk/priority/акции/remove"):
        data = {"topic": "акции", "subject": "#акции", "up": "1"}
        assert client.post(path, data=data).status_code == 403


def test_priority_topics_are_chosen_ordered_and_removed(desk):
    for written in ("#акции ", "касса"):
        assert desk.post("/desk/priority", data={"topic": written, "until": ""}).status_code == 303
    desk.post("/desk/priority/касса/move", data={"up": "1"})
    page = desk.get("/desk").text
    assert page.index("#касса") < page.index("#акции")

    desk.post("/desk/priority/касса/remove")
    assert "#касса" not in desk.get("/desk").text


def test_the_last_day_counts_in_the_editors_time_zone(desk):
    """12:00 in Moscow on 18 November; the day named is over at midnight there."""
    desk.post("/desk/priority", data={"topic": "акции", "until": "2025-11-18"})

    until = db.session.scalars(select(PriorityTopic.until)).one()
    assert until == clock.now() + 12 * clock.HOUR
    assert 'value="2025-11-18"' in desk.get("/desk").text

    desk.post("/desk/priority/акции/until", data={"until": ""})
    assert db.session.scalars(select(PriorityTopic.until)).one() is None


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        ({"topic": "два слова!", "until": "2026-01-01"}, "два слова!"),
        ({"topic": "акции", "until": "завтра"}, "завтра"),
        ({"topic": "акции", "until": "2025-11-17"}, "2025-11-17"),
        ({"topic": "акции", "until": "9999-12-31"}, "9999-12-31"),
    ],
)
def test_what_was_typed_stays_when_something_is_wrong(desk, data, kept):
    response = desk.post("/desk/priority", data=data)

    assert (response.status_code, kept in response.text) == (422, True)
    assert db.session.scalars(select(PriorityTopic)).all() == []


def test_a_wrong_last_day_stands_beside_its_topic(desk):
    for written in ("акции", "касса"):
        desk.post("/desk/priority", data={"topic": written})
    response = desk.post("/desk/priority/Касса/until", data={"until": "2025-11-17"})

    assert response.status_code == 422
    rows = {name: row for row in response.text.split("<tr>") for name in ("#акции", "#касса") if name in row}
    assert ["field-error" in rows[name] for name in ("#акции", "#касса")] == [False, True]
    assert 'value="2025-11-17"' in rows["#касса"]
    assert response.text.count("2025-11-17") == 1


def test_topics_and_groups_are_made_mandatory_and_let_go(desk):
    region = factories.region("Урал")
    group = factories.group("Охрана труда", owner=factories.person())
    assert desk.post("/desk/mandatory", data={"subject": "#новости", "region": ""}).status_code == 303
    named = {"subject": f"@{group.handle}", "region": str(region.id)}
    assert desk.post("/desk/mandatory", data=named).status_code == 303
    page = desk.get("/desk").text
    assert all(word in page for word in ("#новости", "Охрана труда", "Урал"))

    for rule in db.session.scalars(select(MandatorySubscription.id)).all():
        assert desk.post(f"/desk/mandatory/{rule}/end").status_code == 303
    assert db.session.scalars(select(MandatorySubscription)).all() == []


@pytest.mark.parametrize(
    "data",
    [
        {"subject": "", "region": ""},
        {"subject": "@нет-такой", "region": ""},
        {"subject": "#2024", "region": ""},
        {"subject": "#новости", "region": "x"},
        {"subject": "#новости", "region": "987654"},
    ],
)
def test_a_rule_that_cannot_be_made_is_explained(desk, data):
    page = desk.post("/desk/mandatory", data=data)
    program = desk.post("/desk/mandatory", data=data, headers={"Accept": "application/json"})

    assert page.status_code == 422
    assert program.status_code in (404, 422)
    assert db.session.scalars(select(MandatorySubscription)).all() == []


def test_the_desk_stays_in_budget_however_much_is_on_it(desk):
    desk.post("/desk/priority", data={"topic": "акции", "until": ""})
    desk.post("/desk/mandatory", data={"subject": "#акции", "region": ""})
    desk.get("/desk")
    with counting() as few:
        assert desk.get("/desk").status_code == 200
    for number in range(6):
        desk.post("/desk/priority", data={"topic": f"тема-{number}", "until": ""})
        desk.post("/desk/mandatory", data={"subject": f"#тема-{number}", "region": ""})
    desk.get("/desk")
    with counting() as many:
        desk.get("/desk")

    assert len(few) == len(many) <= PAGE_BUDGET


@pytest.mark.parametrize("zone", ["Europe/Moscow", "Asia/Kamchatka", "Europe/Kaliningrad", "UTC"])
def test_a_day_is_read_back_as_it_was_written(zone):
    for day in ("2026-03-14", "2024-02-29", "2025-12-31"):
        assert forms.last_day(forms.end_of_day(day, zone), zone) == day
    assert forms.last_day(forms.end_of_day(" ", zone), zone) == ""


@pytest.mark.parametrize("written", ["14.03.2026", "9999-12-31", "2026-13-01", "x"])
def test_what_is_no_day_is_refused(written):
    with pytest.raises(Invalid) as caught:
        forms.end_of_day(written, "Europe/Moscow")
    assert caught.value.field == "until"


@pytest.mark.parametrize(
    ("written", "kind", "name"),
    [("#акции", "topic", "акции"), ("акции ", "topic", "акции"), ("@касса", "group", "касса")],
)
def test_a_subject_is_a_topic_or_a_group(written, kind, name):
    assert forms.subject(written) == forms.Subject(kind, name)
