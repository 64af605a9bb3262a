"""The home feed: what is in it, in which order, and what it costs."""

import pytest

from app.content.queries import streams
from app.core import clock
from app.core.db import db
from app.core.unit_of_work import unit_of_work
from app.feed import queries
from app.people.models import RegionSubscription
from app.topics.models import Topic, TopicSubscription
from tests.factories import content, groups, people
from tests.factories.saving import saved
from tests.support.statements import counting

BUDGET = 12


def ids(stream) -> list[int]:
    return [row.id for row in stream.rows]


def test_the_personal_feed_has_what_one_belongs_or_subscribes_to(database):
    ural, volga = people.region("Урал"), people.region("Волга")
    shop, neighbour, far = people.shop(region=ural), people.shop(region=ural), people.shop(region=volga)
    me = people.person("Я Сама", shop=shop)
    friend, stranger = people.person("Фёдор Друг"), people.person("Степан Чужой")
    people.follow(me, friend)
    mine, other = (
        groups.group("Моя", members=[me, stranger]),
        groups.group("Не моя", members=[stranger, friend]),
    )
    wanted = {
        "company": content.publication(stranger),
        "my group": content.publication(stranger, place=mine),
        "a friend elsewhere": content.publication(friend, place=other),
        "my shop": content.publication(stranger, place=shop),
        "my region": content.publication(stranger, place=neighbour),
        "my page": content.publication(stranger, place=me),
        "my topic": content.publication(stranger, "О #дмс", place=other),
        "my own": content.publication(me, place=far),
    }
    unwanted = {
        "another group": content.publication(stranger, place=other),
        "another region": content.publication(stranger, place=far),
    }
    topic = db.session.query(Topic).filter_by(name="дмс").one()
    saved(TopicSubscription(topic_id=topic.id, person_id=me.id, created_at=clock.now()))
    feed = set(ids(queries.home(people.actor(me), scope="mine", order="activity")))
    assert {name for name, item in wanted.items() if item.id not in feed} == set()
    assert {name for name, item in unwanted.items() if item.id in feed} == set()
    saved(RegionSubscription(person_id=me.id, region_id=volga.id, created_at=clock.now()))
    feed = set(ids(queries.home(people.actor(me), scope="mine", order="activity")))
    assert unwanted["another region"].id in feed
    company = set(ids(queries.home(people.actor(me), scope="company", order="activity")))
    assert {item.id for item in (*wanted.values(), *unwanted.values())} <= company


def test_activity_brings_a_thread_up_and_usefulness_its_worth(database, frozen_clock):
    old = content.publication()
    frozen_clock.advance(frozen_clock.HOUR)
    new = content.publication()
    actor = people.actor(people.person())
    assert ids(queries.home(actor, scope="mine", order="activity")) == [new.id, old.id]
    frozen_clock.advance(frozen_clock.HOUR)
    content.comment(old)
    assert ids(queries.home(actor, scope="mine", order="activity")) == [old.id, new.id]
    for _ in range(3):
        content.like(new)
    assert ids(queries.home(actor, scope="mine", order="useful")) == [new.id, old.id]


def test_pages_go_on_without_gaps_or_repeats(database, frozen_clock):
    made = []
    for _ in range(47):
        made.append(content.publication().id)  # many share one moment: the id decides
    actor = people.actor(people.person())
    for order in streams.ORDERS:
        seen, before = [], None
        while True:
            page = queries.home(actor, scope="mine", order=order, before=before)
            seen += ids(page)
            if (before := page.next) is None:
                break
        assert seen == made[::-1]


@pytest.mark.parametrize(
    "query", ["before=%00", "before=abc", "order=best", "feed=theirs", "before=" + "A" * 400]
)
def test_a_bent_address_is_refused_not_broken(client, query):
    assert client.sign_in(people.person()).get(f"/?{query}").status_code == 422


def make_thread(author) -> None:
    item = content.question(author, "Текст с #темой и ещё #одной")
    first = content.answer(item)
    content.comment(item, to=first)
    content.like(item)
    with unit_of_work():
        item.version += 1


def statements_for(client, path: str) -> list[str]:
    with counting() as statements:
        assert client.get(path).status_code == 200
    return statements


@pytest.mark.slow
@pytest.mark.parametrize("warm", [False, True])
def test_the_feed_costs_the_same_for_three_cards_and_for_twenty(client, flask_app, warm):
    author, reader = people.person(), people.person()
    client.sign_in(reader)
    costs = []
    for many in (3, 20):
        for _ in range(many):
            make_thread(author)
        client.get("/")
        if not warm:
            flask_app.extensions["shopfloor_cards"].clear()
        costs.append(len(statements := statements_for(client, "/")))
        assert len(statements) <= BUDGET, "\n".join(statements)
    assert costs[0] == costs[1]


def test_the_publication_page_keeps_to_its_budget(client):
    item = content.question()
    client.sign_in(people.person())
    costs = []
    for many in (3, 30):
        for _ in range(many):
            content.answer(item)
        client.get("/")
        costs.append(len(statements := statements_for(client, f"/p/{item.public_id}")))
        assert len(statements) <= BUDGET, "\n".join(statements)
    assert costs[0] == costs[1]


def test_the_publication_page_has_one_heading_of_its_own(client):
    item = content.publication(people.person(), "Витрина пришла, собираем вечером")
    client.sign_in(people.person())
    page = client.get(f"/p/{item.public_id}").text
    assert page.count("<h1") == 1
    assert "Витрина пришла" in page.partition("<h1")[2].partition("</h1>")[0]


def test_a_card_shows_what_is_new_at_once_in_every_language(client):
    anna = people.person()
    item = content.publication(anna, "Сначала так")
    client.sign_in(anna)
    assert "Сначала так" in client.get("/").text
    client.post(f"/items/{item.public_id}/edit", data={"body": "А теперь так", "version": "1"})
    text = client.get("/").text
    assert "А теперь так" in text
    assert "Сначала так" not in text


def test_new_publications_of_others_are_counted(client, frozen_clock):
    me = people.person()
    client.sign_in(me)
    since = frozen_clock.now()
    frozen_clock.advance(1_000_000)
    content.publication(me)
    old = content.publication()
    frozen_clock.advance(1_000_000)
    content.comment(old)
    assert client.get(f"/feed/news-count?since={since}").json["count"] == 1
    assert client.get("/feed/news-count?since=x").status_code == 422


def test_what_is_personal_is_laid_over_the_shared_card(client):
    anna, boris = people.person("Анна Лайкова"), people.person("Борис Иной")
    item = content.publication()
    content.like(item, anna)
    pressed = {}
    for reader in (anna, boris):
        card = client.sign_in(reader).get(f"/p/{item.public_id}/card").text
        pressed[reader.id] = 'aria-pressed="true"' in card
        assert "\x1e" not in card
    assert pressed == {anna.id: True, boris.id: False}


@pytest.mark.parametrize("publications", [0, streams.LARGE_TOPIC])
@pytest.mark.parametrize("order", streams.ORDERS)
def test_a_topic_reads_the_same_whether_small_or_large(database, publications, order):
    author = people.person()
    about = [content.publication(author, f"О #дмс и #другом {number}") for number in range(45)]
    content.publication(author, "О #другом")
    hidden_in = groups.group(visibility="closed", owner=author)
    content.publication(author, "О #дмс", place=hidden_in)
    topic = db.session.query(Topic).filter_by(name="дмс").one()
    actor = people.actor(people.person())

    seen, before = [], None
    while page := streams.topic(actor, topic.id, order=order, before=before, publications=publications):
        seen += ids(page)
        if (before := page.next) is None:
            break

    assert sorted(seen) == [item.id for item in about]
    assert len(set(seen)) == len(seen)
