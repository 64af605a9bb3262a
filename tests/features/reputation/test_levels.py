"""Reaching a level: one is told once, and may do more."""

import pytest
from sqlalchemy import select

from app.content.policy import can_add_topics
from app.content.service.changing import add_topics
from app.content.service.moderating import hide, restore
from app.core import outbox, settings, shared
from app.core.db import db
from app.core.errors import Forbidden, NotFound
from app.core.outbox import emit
from app.core.unit_of_work import unit_of_work
from app.notifications.models import Notification
from app.reputation.events import PointsChanged
from app.reputation.models import Balance
from app.reputation.service import recognise
from tests.factories import content, groups, people
from tests.support.outbox import deliver_twice
from tests.support.statements import counting

FRAGMENT_BUDGET = 6


def told(person):
    """The levels somebody was told of, in order."""
    outbox.run_due()
    query = select(Notification.group_key).where(
        Notification.person_id == person.id, Notification.reason == "level"
    )
    return sorted(key.removeprefix("level:") for key in db.session.scalars(query))


def raise_to(person, points):
    """Give somebody points, and say so, as settling does."""
    with unit_of_work():
        balance = db.session.merge(Balance(person_id=person.id, account="reputation"))
        before, balance.points = balance.points or 0, points
        emit(PointsChanged(person.id, before, points))


def test_who_reaches_a_level_is_told(client, database):
    author = people.person()
    content.publication(author)
    assert told(author) == []
    content.publication(author)
    assert told(author) == ["2"]
    client.sign_in(author)
    page = client.get("/notifications").text
    assert "Вы достигли уровня 2" in page
    line = db.session.scalars(select(Notification).where(Notification.reason == "level")).one()
    assert client.get(f"/notifications/{line.id}/open").location == "/reputation"
    deliver_twice("notifications.on_level")


def test_falling_and_rising_again_is_told_once(database):
    author, moderator = people.person(), people.person()
    content.publication(author)
    item = content.publication(author)
    assert told(author) == ["2"]
    for _ in range(3):
        for change in (hide, restore):
            with unit_of_work():
                change(item, item, moderator.id)
            outbox.run_due()
    assert told(author) == ["2"]


def test_of_a_leap_over_several_levels_the_highest_is_told(database):
    person = people.person()
    raise_to(person, 200)
    assert told(person) == ["4"]


def test_a_level_that_is_lost_before_the_news_comes_is_not_told(database):
    person = people.person()
    raise_to(person, 25)
    raise_to(person, 5)
    assert told(person) == []


def test_points_within_a_level_and_losses_are_not_told(database):
    person = people.person()
    raise_to(person, 25)
    raise_to(person, 59)
    raise_to(person, 21)
    assert told(person) == ["2"]


def test_imported_people_are_told_nothing(database):
    person = people.person(source="stackexchange")
    raise_to(person, 100)
    assert told(person) == []


def test_where_recognition_is_off_nobody_is_told(database):
    region = people.region()
    person = people.person(shop=people.shop(region=region))
    recognise(people.actor(people.person(roles=["editor"])), f"region:{region.id}", on=False)
    raise_to(person, 100)
    assert told(person) == []


@pytest.mark.parametrize(("points", "allowed"), [(59, False), (60, True)])
def test_from_a_level_on_one_adds_topics_to_what_others_published(database, points, allowed):
    person, item = people.person(), content.publication(people.person())
    raise_to(person, points)
    me = people.actor(person)
    assert can_add_topics(me, item) is allowed
    if allowed:
        assert add_topics(me, item.public_id, "#витрина") == 1
    else:
        with pytest.raises(Forbidden):
            add_topics(me, item.public_id, "#витрина")


def test_editors_of_rules_choose_the_level(database):
    person, item = people.person(), content.publication(people.person())
    raise_to(person, 25)
    with unit_of_work():
        settings.put("reputation.rights", {"add_topics": 2})
        shared.forget()
    assert can_add_topics(people.actor(person), item)


def test_a_level_opens_no_closed_door(database):
    person, owner = people.person(), people.person()
    raise_to(person, 5000)
    item = content.publication(owner, place=groups.group(owner=owner, visibility="secret"))
    with pytest.raises(NotFound):
        add_topics(people.actor(person), item.public_id, "#витрина")
    spoken = content.comment(content.publication(owner), owner)
    assert not can_add_topics(people.actor(person), spoken)


def test_the_menu_offers_it(client, database):
    person, item = people.person(), content.publication(people.person())
    client.sign_in(person)
    address, offer = f"/items/{item.public_id}/menu", f"/items/{item.public_id}/topics"
    as_fragment = {"HX-Request": "true"}
    assert offer not in client.get(address, headers=as_fragment).text
    raise_to(person, 60)
    assert offer in client.get(address, headers=as_fragment).text
    with counting() as statements:
        client.get(address, headers=as_fragment)
    assert len(statements) <= FRAGMENT_BUDGET
