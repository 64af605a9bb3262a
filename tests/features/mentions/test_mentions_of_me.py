""" "Mentions of me": what names the reader or a group of theirs, as long as they may see it."""

import pytest

from app.groups import service as groups
from app.groups.models import CLOSED
from app.mentions import queries
from tests import factories
from tests.support.statements import counting

PAGE_BUDGET = 14


@pytest.fixture
def me(database):
    return factories.person("Зоя Чтец")


@pytest.fixture
def anna(database):
    return factories.person("Анна Петрова")


def listed(me):
    return [mention.url for mention in queries.mine(factories.actor(me)).mentions]


def test_publications_and_comments_that_name_me_stand_newest_first(me, anna, frozen_clock):
    first = factories.publication(anna, f"Поможет @{me.handle}, она знает.")
    frozen_clock.advance(frozen_clock.HOUR)
    thread = factories.publication(anna, "Кто знает, где ценники?")
    reply = factories.comment(thread, anna, f"@{me.handle} точно знает.")
    factories.publication(anna, "Без имён.")

    assert listed(me) == [f"/p/{thread.public_id}#c-{reply.public_id}", f"/p/{first.public_id}"]


def test_what_names_my_group_is_mine_too(me, anna):
    group = factories.group("Мерчандайзеры", owner=anna, members=[me])
    factories.publication(anna, f"Вопрос к @{group.handle}")
    (mention,) = queries.mine(factories.actor(me)).mentions
    assert mention.group == "Мерчандайзеры"

    groups.leave(factories.actor(me), group.handle)
    assert listed(me) == []


def test_what_i_wrote_is_no_mention_of_me(me, anna):
    group = factories.group(owner=anna, members=[me])
    factories.publication(me, f"Вопрос к @{group.handle}")

    assert listed(me) == []


def test_what_i_may_not_see_any_more_is_gone(me, anna):
    group = factories.group(visibility=CLOSED, owner=anna, members=[me])
    thread = factories.publication(anna, f"Только для своих: @{me.handle}", place=group)
    factories.comment(thread, anna, f"И ещё раз @{me.handle}")
    assert len(listed(me)) == 2

    groups.leave(factories.actor(me), group.handle)
    assert listed(me) == []


def test_the_page_shows_them_and_goes_on(client, me, anna, frozen_clock):
    for number in range(32):
        factories.publication(anna, f"Номер {number:02} для @{me.handle}")
        frozen_clock.advance(frozen_clock.SECOND)
    client.sign_in(me)
    first = client.get("/mentions").text
    address = first.split('hx-get="')[1].split('"')[0].replace("&amp;", "&")
    rest = client.get(address, headers={"HX-Request": "true"}).text

    assert all((f"Номер {number:02}" in first) != (f"Номер {number:02}" in rest) for number in range(32))
    assert "<html" not in rest


def test_without_mentions_the_page_says_what_will_be_here(client, me):
    page = client.sign_in(me).get("/mentions")

    assert (page.status_code, 'class="empty"' in page.text) == (200, True)


def test_the_page_stays_in_budget_however_long(client, me, anna):
    client.sign_in(me)
    factories.publication(anna, f"@{me.handle}, привет")
    client.get("/mentions")
    with counting() as few:
        assert client.get("/mentions").status_code == 200
    for _ in range(10):
        factories.publication(anna, f"@{me.handle}, привет")
    with counting() as many:
        client.get("/mentions")

    assert len(few) == len(many) <= PAGE_BUDGET
