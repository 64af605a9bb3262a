"""Where people stand: the widget with its steps, the level on profiles, opting out, switching off."""

import re

import pytest

from app.accounts.schemas import Preferences
from app.accounts.service.preferences import save_preferences
from app.content.service.moderating import hide
from app.core import clock, outbox, shared
from app.core.audit import AuditEntry
from app.core.db import db
from app.core.unit_of_work import unit_of_work
from app.questions.service import accept
from app.reputation import queries, service
from app.reputation.models import Balance
from app.reputation.queries.chances import chances, current_rules, earned
from app.reputation.queries.steps import choose
from app.topics.queries import priority
from tests.factories import content, groups, people, topics
from tests.features.badges.test_thanking import thank
from tests.features.reputation.standing import earn, names
from tests.support.statements import counting


def steps(person):
    outbox.run_due()
    shared.forget_now()
    return {step.chance.act: step for step in _all_steps(person)}


def _all_steps(person):
    actor = people.actor(person)
    return choose(current_rules(), earned(person.id)[1], chances(actor, priority()), most=20)


# The widget -------------------------------------------------------------------------------------------------------


def test_the_widget_says_where_i_stand_and_what_to_do_next(client):
    me = people.person()
    earn(me, news=3)
    page = client.sign_in(me).get("/reputation/widget").text
    assert 'aria-valuetext="Уровень 2, баллов: 30 из 60"' in page
    assert re.search(r"<b data-points>30</b> / 60", page)
    assert page.count('class="rep-step"') == 2
    assert 'href="/reputation"' in page
    assert 'href="/reputation/points"' in page


def test_the_widget_speaks_english(client):
    me = people.person()
    save_preferences(people.actor(me), Preferences("en", "auto", "", "activity"))
    page = client.sign_in(me).get("/reputation/widget").text
    assert "20 points to level 2" in page


@pytest.mark.slow
def test_the_widget_keeps_its_budget_however_much_is_there(client):
    me, other = people.person(), people.person()
    topic = topics.topic("касса")
    topics.subscribe(me, topic)
    topics.priority(topics.topic("акция"))
    client.sign_in(me)

    def day(times):
        for _ in range(times):
            content.question(other, "Про #касса?")
            content.publication(other, "Про #акция")
            content.answer(content.question(me), other)
        outbox.run_due()
        client.get("/reputation/widget")
        with counting() as statements:
            assert client.get("/reputation/widget").status_code == 200
        return statements

    few = day(2)
    many = day(8)
    assert len(many) == len(few) <= 6, many


def test_every_page_asks_for_the_widget_and_a_phone_where_my_own_profile_begins(client):
    me, other = people.person(), people.person()
    client.sign_in(me)
    asks = 'hx-get="/reputation/widget"'
    assert client.get("/").text.count(asks) == 1
    assert client.get(f"/people/{other.handle}/about").text.count(asks) == 1
    assert client.get(f"/people/{me.handle}/about").text.count(asks) == 1
    mine = client.get(f"/people/{me.handle}").text
    assert mine.count(asks) == 2
    assert '<details class="panel rep-fold">' in mine


# Next steps -------------------------------------------------------------------------------------------------------


def test_a_question_in_a_topic_i_read_leads_straight_to_it(database):
    me, other = people.person(), people.person()
    topics.subscribe(me, topics.topic("касса"))
    asked = content.question(other, "Как закрыть смену? #касса")
    content.question(other, "О чём-то другом #склад")
    step = steps(me)["answered"]
    assert (step.chance.url, step.chance.topic, step.points) == (f"/p/{asked.public_id}#reply", "касса", 4)
    assert step.later == 25
    content.answer(asked, me)
    assert "answered" not in steps(me)


def test_what_i_may_not_see_is_never_suggested(database):
    me, keeper = people.person(), people.person()
    topics.subscribe(me, topics.topic("касса"))
    topics.priority(topics.topic("акция"))
    content.publication(keeper, "#касса #акция")  # both are known
    secret = groups.group(owner=keeper, visibility="secret")
    hidden = content.question(keeper, "Для всех? #касса")
    content.question(keeper, "Тайна? #касса", place=secret)
    with unit_of_work():
        hide(hidden, hidden, people.person().id)
    assert "answered" not in steps(me)
    assert content.publication(keeper, "Тайна #акция", place=secret).public_id not in str(steps(me))


def test_fresh_news_of_a_priority_topic_that_i_have_not_commented(database, frozen_clock):
    me, other = people.person(), people.person()
    topics.priority(topics.topic("акция"))
    news = content.publication(other, "Новая #акция")
    step = steps(me)["commented"]
    assert (step.chance.url, step.points) == (f"/p/{news.public_id}#reply", 3)
    content.comment(news, me)
    assert "commented" not in steps(me)
    content.publication(other, "Ещё одна #акция")
    clock.advance(8 * clock.DAY)
    assert "commented" not in steps(me)


def test_my_question_that_was_answered_by_somebody_else(database):
    me, other = people.person(), people.person()
    asked = content.question(me)
    content.answer(asked, me)
    assert "accepted" not in steps(me)
    reply = content.answer(asked, other)
    assert steps(me)["accepted"].chance.url == f"/p/{asked.public_id}"
    accept(people.actor(me), reply.public_id, on=True)
    assert "accepted" not in steps(me)


def test_topics_are_given_to_my_own_or_by_who_may(client):
    me, other = people.person(), people.person()
    mine = content.publication(me, "Без темы")
    theirs = content.publication(other, "И здесь без темы")
    assert steps(me)["topic_given"].chance.url == f"/items/{mine.public_id}/topics"
    assert steps(people.person(roles=["manager"]))["topic_given"].chance.url in {
        f"/items/{each.public_id}/topics" for each in (mine, theirs)
    }
    assert "topic_given" not in steps(people.person())
    thankful = people.person()
    thank(thankful, other)
    assert "topic_given" not in steps(thankful)
    risen = people.person()
    with unit_of_work():
        db.session.add(Balance(person_id=risen.id, account="reputation", points=60))
    page = client.sign_in(risen).get("/reputation/widget").text
    assert (
        f'href="/items/{theirs.public_id}/topics"' in page or f'href="/items/{mine.public_id}/topics"' in page
    )


def test_a_used_up_day_is_not_suggested_until_tomorrow(database, frozen_clock):
    me = people.person()
    earn(me, news=5)
    assert "published" not in steps(me)
    clock.advance(clock.DAY)
    assert steps(me)["published"].points == 10


def test_every_step_leads_to_a_page(client):
    me, other = people.person(), people.person()
    topics.subscribe(me, topics.topic("касса"))
    topics.priority(topics.topic("акция"))
    content.question(other, "Как закрыть смену? #касса")
    content.publication(other, "Новая #акция")
    content.answer(content.question(me), other)
    client.sign_in(me)
    found = steps(me)
    written = {"published", "asked", "article", "photo"}
    assert set(found) == {"answered", "commented", "accepted", "topic_given", *written}
    for step in found.values():
        assert client.get(step.chance.url.split("#")[0]).status_code == 200, step
    assert "#акция" in client.get(found["published"].chance.url.split("#")[0]).text


# Profiles ---------------------------------------------------------------------------------------------------------


def test_a_profile_shows_the_level(client):
    me, other = people.person(), people.person()
    earn(other, news=3)
    page = client.sign_in(me).get(f"/people/{other.handle}").text
    assert "<b>Уровень 2</b> · 30 баллов" in page
    assert "Уровень" not in client.get(f"/people/{me.handle}/about").text


# Opting out and switching off -------------------------------------------------------------------------------------


def test_who_opts_out_is_not_shown_and_others_move_up(client):
    me, other = people.person("Скромный Человек"), people.person("Второй Человек")
    earn(me, news=2)
    earn(other)
    client.sign_in(me)
    assert 'value="1" checked' in client.get("/settings/recognition").text
    for _ in range(2):
        assert client.post("/settings/recognition", data={"on": "0"}).status_code == 303
    assert 'value="0" checked' in client.get("/settings/recognition").text
    page = client.get("/reputation/leaders").text
    assert names(page) == ["Второй Человек"]
    assert "Вас не показывают среди лидеров" in page
    assert "Ваше место" not in page
    assert "Уровень" in client.get("/reputation/widget").text
    client.post("/settings/recognition", data={"on": "1"})
    assert names(client.get("/reputation/leaders").text) == ["Скромный Человек"]


@pytest.mark.parametrize("kind", ["region", "department"])
def test_where_recognition_is_off_nobody_is_shown(client, kind):
    region, above = people.region("Урал"), people.department("Сервис")
    below = people.department("Ремонт", parent=above)
    away = (
        people.person("Далёкий Человек", shop=people.shop(region=region))
        if kind == "region"
        else people.person("Далёкий Человек", department=below)
    )
    here = people.person("Здешний Человек", department=people.department("Склад"))
    earn(away, news=3)
    earn(here)
    unit = f"region:{region.id}" if kind == "region" else f"department:{above.id}"
    client.sign_in(people.person(roles=["editor"]))
    assert client.post("/desk/recognition", data={"unit": unit, "on": "0"}).status_code == 303
    assert "Включить снова" in client.get("/desk").text
    assert names(client.get("/reputation/leaders").text) == ["Здешний Человек"]
    assert "Уровень" not in client.get(f"/people/{away.handle}").text
    client.sign_in(away)
    assert "rep-step" not in client.get("/reputation/widget").text
    assert "признание отключено" in client.get("/reputation/leaders").text
    for address in ("/reputation", "/reputation/points"):
        assert "points-level" not in client.get(address).text
    service.recognise(people.actor(people.person(roles=["editor"])), unit, on=True)
    shared.forget_now()
    assert "rep-step" in client.get("/reputation/widget").text
    assert "points-level" in client.get("/reputation").text
    noted = [entry.action for entry in db.session.query(AuditEntry).order_by(AuditEntry.id)]
    assert noted == ["recognition.switched_off", "recognition.switched_on"]


@pytest.mark.parametrize("roles", [[], ["manager"], ["moderator"]])
def test_only_editors_switch_recognition(client, roles):
    region = people.region()
    client.sign_in(people.person(roles=roles))
    answer = client.post("/desk/recognition", data={"unit": f"region:{region.id}", "on": "0"})
    assert answer.status_code == 403
    assert not any(unit.off for unit in queries.units())


@pytest.mark.parametrize("unit", ["", "region:", "region:99999", "shop:1", "department:x", "region:-1"])
def test_a_unit_that_does_not_exist_is_explained(client, unit):
    client.sign_in(people.person(roles=["editor"]))
    page = client.post("/desk/recognition", data={"unit": unit, "on": "0"})
    assert page.status_code == 422
    assert "field-error" in page.text
