"""Following: once, whatever is pressed how often; the counter is exact."""

import pytest
from sqlalchemy import func, select

from app.core import clock
from app.core.db import db
from app.core.errors import Invalid, NotFound
from app.people import queries, service
from app.people.models import Follow, RegionSubscription
from tests import factories
from tests.factories.saving import saved


@pytest.fixture
def me(database):
    return factories.actor(factories.person("Зоя Чтец"))


@pytest.fixture
def anna(database):
    return factories.person("Анна Петрова", handle="анна.петрова")


def test_following_twice_counts_once(me, anna):
    assert service.follow(me, "анна.петрова") == 1
    assert service.follow(me, "анна.петрова") == 1
    assert service.unfollow(me, "анна.петрова") == 0
    assert service.unfollow(me, "анна.петрова") == 0
    assert db.session.scalar(select(func.count()).select_from(Follow)) == 0


def test_each_follower_counts(me, anna):
    service.follow(me, "анна.петрова")

    assert service.follow(factories.actor(factories.person()), "анна.петрова") == 2


def test_nobody_follows_themselves_or_a_leaver(me):
    factories.person("Ушёл Давно", handle="ушел", state="left")

    for handle in (me.handle, "ушел"):
        with pytest.raises(Invalid):
            service.follow(me, handle)


def test_one_may_stop_following_a_leaver(me, anna):
    service.follow(me, "анна.петрова")
    service.mark_left(anna.id, on=clock.today())

    assert service.unfollow(me, "анна.петрова") == 0


def test_nobody_has_no_followers(me):
    with pytest.raises(NotFound):
        service.follow(me, "никто")


def test_connections_go_page_by_page(me, anna):
    for number in range(35):
        factories.follow(factories.person(f"Пётр Номер{number}"), anna)
    factories.follow(anna, factories.person("Ушёл Давно", state="left"))

    first = queries.connections(me, "анна.петрова", side="followers")
    second = queries.connections(me, "анна.петрова", side="followers", before=first.next)

    names = [row.person.name for row in (*first.people, *second.people)]
    assert len(names) == len(set(names)) == 35
    assert second.next is None
    assert queries.connections(me, "анна.петрова").people == ()


def test_suggestions_begin_with_the_own_shop_and_leave_out_the_known(database):
    shop = factories.shop()
    mine = factories.person("Зоя Чтец", shop=shop)
    near = factories.person("Близкий Коллега", shop=shop)
    known = factories.person("Знакомый Коллега", shop=shop)
    factories.person("Ушедший Коллега", shop=shop, state="left")
    famous = factories.person("Известный Всем", followers_count=900)
    factories.person("Редкий Гость", followers_count=1)
    factories.follow(mine, known)

    found = [person.name for person in queries.suggested(factories.actor(mine), limit=2)]

    assert found == [near.name, famous.name]


def test_a_region_is_subscribed_once(me):
    region = factories.region("Урал")
    for on in (True, True):
        service.subscribe_region(me, region.code, on=on)
    assert queries.subscribed_regions(me.person_id) == (region.id,)

    service.subscribe_region(me, region.code, on=False)
    assert db.session.scalars(select(RegionSubscription)).all() == []
    with pytest.raises(NotFound):
        service.subscribe_region(me, "никакой", on=True)


def test_a_manager_runs_the_shops_of_those_below(database):
    director = factories.person("Дина Директор")
    area = factories.person("Артём Район", manager=director)
    one, two = factories.person("Один", manager=area), factories.person("Два", manager=area, state="left")
    own, below = factories.shop(manager=area), factories.shop(manager=one)
    factories.shop(manager=two)
    factories.shop(manager=factories.person("Чужой"))

    assert queries.shops_below(director.id) == {own.id, below.id}
    assert queries.shops_below(one.id) == {below.id}
    assert queries.shops_below(factories.person().id) == frozenset()


def test_a_manager_runs_the_shops_in_which_those_below_work(database):
    director = factories.person("Дина Директор", shop=factories.shop())
    area = factories.person("Артём Район", manager=director)
    shop, left = factories.shop(), factories.shop()
    factories.person("Один", manager=area, shop=shop)
    factories.person("Два", manager=area, shop=left, state="left")

    assert queries.shops_below(director.id) == queries.shops_below(area.id) == {shop.id}


def test_managers_in_a_circle_end(database):
    one = factories.person("Один")
    two = factories.person("Два", manager=one)
    shop = factories.shop(manager=two)
    one.manager_id = two.id
    saved(one)

    assert queries.shops_below(one.id) == {shop.id}
