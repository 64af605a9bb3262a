"""The leaderboards: who stands there, of which places and times, and who never does."""

import re
from urllib.parse import unquote

import pytest

from app.content.service.moderating import hide
from app.core import clock, outbox, shared
from app.core.db import db
from app.core.unit_of_work import unit_of_work
from app.people.models import LEFT
from app.reputation import queries, service
from app.reputation.models import Balance, DaySum
from app.reputation.queries.leaders import TOP
from tests.factories import content, groups, people, topics
from tests.features.reputation.standing import earn, names
from tests.support.statements import counting


def test_the_top_and_my_own_place_for_me_alone(client):
    company = [people.person(f"Коллега {number:02}") for number in range(6)]
    for number, person in enumerate(company):
        earn(person, news=min(number + 1, 5))
    first, last = company[4], company[0]
    page = client.sign_in(last).get("/reputation/leaders").text
    assert names(page) == ["Коллега 04", "Коллега 05", "Коллега 03"]
    assert "Ваше место: <b" in page
    assert last.name not in page.split('class="leader-mine"')[0].split('class="rows"')[1]
    page = client.sign_in(first).get("/reputation/leaders").text
    assert "Ваше место" not in page
    assert "leader--me" in page


def test_no_table_has_a_bottom(database):
    """Not even that of a shop: at most the upper half is shown."""
    shop = people.shop()
    staff_of_shop = [people.person(shop=shop) for _ in range(5)]
    for person in staff_of_shop:
        earn(person)
    board = queries.leaders(people.actor(staff_of_shop[-1]), "week", shop_id=shop.id)
    assert len(board.top) == 3
    assert board.mine.place == 1  # everybody has as many points
    others = [people.person() for _ in range(60)]
    with unit_of_work():
        day = clock.now() // clock.DAY
        db.session.add_all(DaySum(topic_id=0, day=day, person_id=each.id, points=1) for each in others)
    assert len(queries.leaders(people.actor(staff_of_shop[0]), "week").top) == TOP


@pytest.mark.parametrize("period", ["week", "month", "all"])
def test_a_period_counts_what_was_done_in_it(database, frozen_clock, period):
    me = people.person()
    earn(me)
    days = {"week": 6, "month": 29, "all": 400}[period]
    clock.advance(days * clock.DAY)
    assert [each.points for each in queries.leaders(people.actor(me), period).top] == [10]
    clock.advance(clock.DAY)
    assert len(queries.leaders(people.actor(me), period).top) == (1 if period == "all" else 0)


def test_places_and_topics_narrow_a_table(client):
    ural, volga = people.region("Урал"), people.region("Волга")
    shop = people.shop(region=ural)
    one, other = (
        people.person("Один Урал", shop=shop),
        people.person("Два Волга", shop=people.shop(region=volga)),
    )
    earn(one, body="Про #кассы")
    earn(other, body="Про #склад")
    client.sign_in(one)
    assert names(client.get(f"/reputation/leaders?place={ural.id}").text) == ["Один Урал"]
    assert names(client.get(f"/reputation/leaders?place={volga.id}").text) == ["Два Волга"]
    assert names(client.get("/reputation/leaders?place=shop").text) == ["Один Урал"]
    for period in queries.PERIODS:
        address = f"/reputation/leaders?topic=%23склад&period={period}"
        assert names(client.get(address).text) == ["Два Волга"]


@pytest.mark.parametrize("query", ["place=99999", "place=x", "topic=два слова", "topic=никем-не-написана"])
def test_a_filter_that_cannot_be_is_explained(client, query):
    page = client.sign_in(people.person()).get(f"/reputation/leaders?{query}")
    assert page.status_code == 422
    assert "field-error" in page.text
    assert query.split("=")[1] in page.text or query.startswith("place")


def test_a_topic_of_a_secret_looks_unwritten(client):
    keeper, me = people.person(), people.person()
    secret = groups.group(owner=keeper, visibility="secret")
    content.publication(keeper, "#канарейка", place=secret)
    outbox.run_due()
    client.sign_in(me)
    known, unwritten = (client.get(f"/reputation/leaders?topic={word}") for word in ("канарейка", "синица"))
    assert (known.status_code, unwritten.status_code) == (422, 422)
    assert words(known, "канарейка") == words(unwritten, "синица")


def test_leaders_of_a_topic_tell_nothing_of_what_is_written_in_groups(client):
    """Neither who writes there, nor who is praised for it; the points count all the same."""
    keeper, member, me = people.person(), people.person("Тайный Автор"), people.person()
    topics.priority(topics.topic("касса"))
    content.publication(keeper, "Для всех #касса")
    secret = groups.group(owner=keeper, visibility="secret")
    groups.join(secret, member)
    item = content.publication(member, "Тайна #касса", place=secret)
    content.like(content.comment(item, keeper), member)
    outbox.run_due()
    shared.forget_now()
    page = client.sign_in(me).get("/reputation/leaders?topic=касса").text
    assert "Тайный Автор" not in page
    assert re.search(
        r'class="push nums">17<', page
    )  # the keeper's news and topic, and nothing for the comment
    assert queries.standing(member.id).points > 0
    assert list(service.verify()) == []


def words(answer, topic):
    """The text of a page, without what is new in every answer, and the topic asked for."""
    text = re.sub(r'(content|nonce|value)="[^"]*"', "", unquote(answer.text))
    return text.replace(topic, "")


def test_an_unknown_period_is_not_found(client):
    assert client.sign_in(people.person()).get("/reputation/leaders?period=day").status_code == 404


def test_leavers_and_imported_people_are_left_out(database):
    me, leaver = people.person(), people.person()
    imported = people.person(source="stackexchange")
    for person in (me, leaver):
        earn(person)
    with unit_of_work():
        day = clock.now() // clock.DAY
        db.session.add(DaySum(topic_id=0, day=day, person_id=imported.id, points=900))
        db.session.add(Balance(person_id=imported.id, account="reputation", points=900))
        leaver.state = LEFT
    board = queries.leaders(people.actor(me), "week")
    assert [each.person.id for each in board.top] == [me.id]


def test_what_was_taken_back_no_longer_counts_a_minute_later(database, frozen_clock):
    me = people.person()
    item = content.publication(me, "Про #кассы")
    outbox.run_due()
    actor = people.actor(me)
    assert [each.points for each in queries.leaders(actor, "week").top] == [17]
    with unit_of_work():
        hide(item, item, people.person().id)
    outbox.run_due()
    assert len(queries.leaders(actor, "week").top) == 1
    clock.advance(clock.MINUTE)
    assert queries.leaders(actor, "week") == queries.leaders(actor, "month")
    assert queries.leaders(actor, "week").top == ()


def test_the_page_keeps_its_budget(client):
    me = people.person(shop=people.shop(region=people.region()))

    def budget():
        client.get("/reputation/leaders")
        with counting() as statements:
            assert client.get("/reputation/leaders?topic=кассы&place=shop").status_code == 200
        return statements

    earn(me, body="#кассы")
    client.sign_in(me)
    few = budget()
    for _ in range(12):
        earn(people.person(), body="#кассы")
    assert len(budget()) == len(few) <= 12
