"""Saying thanks: who may give what, how much of it, and what comes of it."""

import pytest
from sqlalchemy import func, select

from app.badges.models import Badge, ThanksRecipient
from app.badges.queries import choices
from app.badges.schemas import SayThanks
from app.badges.service import say_thanks
from app.content.schemas import Edit, Publish
from app.content.service.changing import delete, edit
from app.content.service.moderating import hide, restore
from app.content.service.publishing import publish
from app.core import clock, outbox
from app.core.db import db
from app.core.errors import Invalid
from app.core.outbox import emit
from app.core.unit_of_work import unit_of_work
from app.notifications.models import Notification
from app.people.events import PersonChanged
from app.reputation.queries import standing
from app.reputation.service import catch_up, verify
from tests import factories
from tests.factories import content, people
from tests.support.outbox import deliver_twice


def thank(giver, *who, badge="thank_you", body="Выручил с терминалом в субботу", about="", key=None):
    command = SayThanks(tuple(f"@{each.handle}" for each in who), badge, body, about)
    return content.written(say_thanks(people.actor(giver), command, key=key).public_id)


def refused(*args, **kwargs):
    with pytest.raises(Invalid) as error:
        thank(*args, **kwargs)
    return list(error.value.errors)


def points(person):
    outbox.run_due()
    db.session.expire_all()
    assert list(verify()) == []
    return standing(person.id).points


def awards(person):
    mine = ThanksRecipient.person_id == person.id
    return db.session.scalar(select(func.count()).select_from(ThanksRecipient).where(mine))


def test_an_edited_sentence_stays_a_sentence(client, database):
    giver = people.person()
    item = thank(giver, people.person())
    client.sign_in(giver)
    address = f"/items/{item.public_id}/edit"
    typed = {"version": "1", "body": "Ж" * 1001}
    answer = client.post(address, data=typed)
    assert (answer.status_code, typed["body"] in answer.text) == (422, True)
    assert client.post(address, data={**typed, "body": "Ж" * 1000}).status_code == 303


def test_thirty_are_thanked_at_once_and_each_wears_the_badge(database):
    giver = people.person("Олеся Громова")
    team = [people.person(f"Илья {number}") for number in range(30)]
    item = thank(giver, *team)
    assert (item.kind, item.audience) == ("thanks", "company")
    assert [awards(each) for each in team] == [1] * 30
    outbox.run_due()
    told = db.session.execute(select(Notification.person_id, Notification.reason)).all()
    assert sorted(told) == [(each.id, "thanked") for each in sorted(team, key=lambda one: one.id)]


def test_colleagues_are_named_by_handle_or_by_whole_name(database):
    giver, one = people.person("Олеся Громова"), people.person("Илья Рогов")
    say_thanks(people.actor(giver), SayThanks(("Илья Рогов",), "thank_you", "За помощь"))
    assert awards(one) == 1
    people.person("Илья Рогов")
    with pytest.raises(Invalid):
        say_thanks(people.actor(giver), SayThanks(("Илья Рогов",), "thank_you", "За помощь"))


def test_what_is_refused_names_its_field(database):
    giver, other = people.person(), people.person()
    left = people.person(state="left")
    assert refused(giver) == ["people"]
    assert refused(giver, giver) == ["people"]
    assert refused(giver, left) == ["people"]
    assert refused(giver, other, body="  ") == ["body"]
    assert refused(giver, other, badge="no_such") == ["badge"]
    assert refused(giver, other, badge="first_answer") == ["badge"]
    assert refused(giver, other, about="missing") == ["about"]
    secret = content.publication(giver, place=factories.group(owner=giver, visibility="secret"))
    assert refused(giver, other, about=secret.public_id) == ["about"]
    with pytest.raises(Invalid):
        publish(people.actor(giver), Publish("thanks", "Мимо формы"))
    assert awards(other) == 0


@pytest.mark.parametrize(
    ("badge", "who"),
    [
        ("thank_you", {"employee", "manager", "above", "keeper", "editor"}),
        ("black_belt", {"manager", "above", "keeper"}),
        ("best_shop", {"editor"}),
    ],
)
def test_who_gives_which_badge(database, badge, who):
    above = people.person()
    manager = people.person(manager=above)
    keeper = people.person()
    shop = people.shop(manager=keeper)
    worker = people.person(manager=manager, shop=shop)
    other_team = people.person()
    people.person(manager=other_team)
    givers = {
        "employee": people.person(shop=shop), "manager": manager, "above": above, "keeper": keeper,
        "editor": people.person(roles=["editor"]), "other manager": other_team,
    }  # fmt: skip
    expected = who | ({"other manager"} if badge == "thank_you" else set())
    allowed = set()
    for name, giver in givers.items():
        try:
            thank(giver, worker, badge=badge)
            allowed.add(name)
        except Invalid as error:
            assert list(error.errors) == ["badge"]  # noqa: PT017
    assert allowed == expected


def test_the_months_allowance_is_kept_and_comes_back(database, frozen_clock):
    giver = people.person()
    crowd = [people.person() for _ in range(12)]
    thank(giver, *crowd[:9], badge="superhero")
    assert refused(giver, *crowd[9:11], badge="superhero") == ["badge"]
    last = thank(giver, crowd[9], badge="superhero")
    left = {each.badge.code: each.left for each in choices(people.actor(giver))}
    assert left["superhero"] == 0
    delete(people.actor(giver), last.public_id)
    thank(giver, crowd[10], badge="superhero")
    clock.advance(31 * clock.DAY)
    thank(giver, crowd[11], badge="superhero")


def test_the_same_badge_goes_to_the_same_colleague_only_so_often(database, frozen_clock):
    giver, friend = people.person(), people.person()
    thank(giver, friend, badge="superhero")
    assert refused(giver, friend, badge="superhero") == ["badge"]
    thank(giver, friend, badge="rocket")
    clock.advance(31 * clock.DAY)
    thank(giver, friend, badge="superhero")


def test_a_badge_out_of_its_time_is_not_given(database):
    giver, other = people.person(), people.person()
    for change in (
        {"active_from": clock.now() + clock.DAY},
        {"active_until": clock.now()},
        {"retired_at": 1},
    ):
        with unit_of_work():
            rocket = db.session.scalars(select(Badge).where(Badge.code == "rocket")).one()
            rocket.active_from = rocket.active_until = rocket.retired_at = None
            for name, value in change.items():
                setattr(rocket, name, value)
        assert refused(giver, other, badge="rocket") == ["badge"]
        assert "rocket" not in {each.badge.code for each in choices(people.actor(giver))}


def test_a_key_that_comes_twice_thanks_once(database):
    giver, other = people.person(), people.person()
    first = thank(giver, other, badge="superhero", key="k")
    assert thank(giver, other, badge="superhero", key="k").id == first.id
    assert awards(other) == 1


def test_thanks_pay_and_what_is_hidden_or_deleted_takes_it_back(database):
    giver, other, third = people.person(), people.person(), people.person()
    item = thank(giver, other, third)
    assert (points(giver), points(other), points(third)) == (0, 15, 15)
    with unit_of_work():
        hide(item, item, giver.id)
    assert (points(other), points(third)) == (0, 0)
    with unit_of_work():
        restore(item, item, giver.id)
    assert points(other) == 15
    delete(people.actor(giver), item.public_id)
    assert points(other) == 0


def test_catching_up_with_thanks_gives_nothing_twice(database):
    thank(people.person(), other := people.person())
    assert points(other) == 15
    assert catch_up() == 0


def test_the_sentence_can_be_changed_but_not_left_out(database):
    giver, other = people.person(), people.person()
    item = thank(giver, other)
    edit(people.actor(giver), item.public_id, Edit("Помог с переездом салона", 1))
    with pytest.raises(Invalid):
        edit(people.actor(giver), item.public_id, Edit(" ", 2))


def test_listeners_twice(database):
    thank(people.person(), other := people.person())
    deliver_twice("notifications.on_published")
    deliver_twice("reputation.settle.ContentPublished")
    assert points(other) == 15


def test_a_changed_name_is_shown_on_cards(database):
    item = thank(people.person(), other := people.person())
    version = item.version
    with unit_of_work():
        emit(PersonChanged(other.id))
    deliver_twice("badges.refresh_person", counting_up="content_items.version")
    db.session.expire_all()
    assert db.session.get_one(type(item), item.id).version > version


def test_a_key_that_comes_for_another_colleague_is_refused(database):
    giver, anna, boris = (factories.person() for _ in range(3))
    first = thank(giver, anna, key="form")

    assert thank(giver, anna, key="form").id == first.id
    assert refused(giver, boris, key="form") == ["body"]
    assert refused(giver, anna, boris, key="form") == ["body"]
    assert refused(giver, anna, badge="for_service", key="form") == ["body"]


def test_all_that_is_wrong_is_said_at_once(client, database):
    client.sign_in(factories.person())
    answer = client.post("/thanks", data={"people": "@никто", "badge": "", "body": ""})

    assert answer.status_code == 422
    assert [f'href="#{field}"' in answer.text for field in ("people", "badge", "body")] == [True] * 3
