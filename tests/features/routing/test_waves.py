"""The whole schedule, driven by a fake clock: who is asked, when, and what ends it."""

import pytest
from sqlalchemy import select, update

from app.content.models import ContentItem
from app.content.service.changing import delete
from app.content.service.moderating import hide, restore
from app.core import clock, outbox
from app.core.db import db
from app.core.errors import Invalid
from app.core.unit_of_work import unit_of_work
from app.expertise.models import Absence, Expertise, HiddenExpertise
from app.notifications.models import Notification
from app.people.models import Department, Shop
from app.people.service import erase_person, mark_left
from app.questions.service import accept
from app.routing.models import ENDED, OPEN, Ask, Routing
from app.routing.queries import candidates, on_duty, workers_of
from app.routing.schemas import DEFAULT_PLAN, CareForm, Plan, Terms, Wave
from app.routing.service import drive, pass_on, set_care, set_terms
from app.topics.models import Topic
from tests import factories
from tests.features.routing.conftest import TOPIC, asks, names, way
from tests.support.outbox import deliver_twice

HOUR, MINUTE = clock.HOUR, clock.MINUTE


def told():
    """How many were told that a question is put to them."""
    return len(db.session.scalars(select(Notification.id).where(Notification.reason == "routed")).all())


def test_the_whole_schedule(cast):
    noon = clock.now()
    asked = cast.ask()
    assert sorted(names(asked)) == ["Анна Петрова", "Борис Соседов"]  # on duty: the helper, and the same shop
    assert {name: (ask.audience, ask.reason, ask.number) for name, ask in asks(asked).items()} == {
        "Анна Петрова": ("near", "answered", 1),
        "Борис Соседов": ("near", "shop", 0),
    }
    assert way(asked).due_at == noon + 15 * MINUTE
    assert told() == 2

    clock.advance(15 * MINUTE - 1)
    assert drive() == 0
    clock.advance(1)
    assert drive() == 1
    assert names(asked)[2:] == ["Игорь Знатоков"]
    # Kamchatka opens at 22:00 UTC, thirteen hours after noon in Moscow; its half hour counts from then.
    assert way(asked).due_at == noon + 13 * HOUR + 30 * MINUTE

    clock.advance(way(asked).due_at - clock.now())
    assert drive() == 1
    assert names(asked)[3:] == ["Вера Кураторова"]
    # It is night in Moscow: an hour of the curator's working time is over at ten in the morning.
    assert way(asked).due_at == noon + 22 * HOUR

    clock.advance(way(asked).due_at - clock.now())
    assert drive() == 1
    assert names(asked)[4:] == ["Олег Банков"]
    assert asks(asked)["Олег Банков"].reason == "owns"
    assert (way(asked).state, way(asked).due_at) == (OPEN, None)

    clock.advance(100 * HOUR)
    assert drive() == 0
    outbox.run_due()
    assert told() == len(asks(asked)) == 5


@pytest.mark.parametrize("end", ["answer", "acceptance", "deletion"])
def test_what_ends_the_waves(cast, end):
    asked = cast.ask()
    if end == "deletion":
        delete(factories.actor(cast.asker), asked.public_id)
    else:
        answer = factories.answer(asked, cast.helper)
        if end == "acceptance":
            accept(factories.actor(cast.asker), answer.public_id, on=True)
    outbox.run_due()
    assert (way(asked).state, way(asked).due_at) == (ENDED, None)
    clock.advance(100 * HOUR)
    assert drive() == 0
    assert len(asks(asked)) == 2


def test_a_question_whose_only_answer_goes_waits_again(cast):
    asked = cast.ask()
    answer = factories.answer(asked, cast.helper)
    outbox.run_due()
    delete(factories.actor(cast.helper), answer.public_id)
    outbox.run_due()
    assert way(asked).state == OPEN
    assert drive() == 1
    assert names(asked)[2:] == ["Игорь Знатоков"]


def test_an_answer_that_the_worker_has_not_heard_of_ends_them_too(cast):
    """The job looks at the question, not only at what was delivered."""
    asked = cast.ask()
    factories.answer(asked, cast.helper)
    clock.advance(HOUR)
    assert drive() == 1
    assert way(asked).state == ENDED
    assert len(asks(asked)) == 2


def test_nobody_is_asked_who_may_not_see_the_place(cast):
    group = factories.group(visibility="secret", owner=cast.asker, members=[cast.neighbour, cast.clerk])
    asked = cast.ask(place=group)
    for _step in range(8):
        clock.advance(24 * HOUR)
        drive()
    assert sorted(names(asked)) == ["Борис Соседов", "Олег Банков"]


def test_leavers_are_not_asked(cast):
    mark_left(cast.helper.id, on=clock.today())
    assert names(cast.ask()) == ["Борис Соседов"]


def test_hours_of_a_shop_say_who_is_on_duty(cast):
    neighbour = workers_of([cast.neighbour.id])[cast.neighbour.id]
    assert on_duty(neighbour, clock.now())
    with unit_of_work():
        db.session.execute(update(Shop).values(opening_hours="Sa-Su 10:00-12:00"))
    neighbour = workers_of([cast.neighbour.id])[cast.neighbour.id]
    assert not on_duty(neighbour, clock.now())
    asked = cast.ask()
    # Nobody is on duty, so that the first wave finds nobody and the second goes out at once.
    assert sorted(names(asked)) == ["Анна Петрова", "Игорь Знатоков"]


def test_at_most_so_many_questions_a_day_and_a_new_day_begins_at_home(cast):
    set_terms(factories.actor(cast.editor), Terms(a_day=2))
    for number in range(3):
        last = cast.ask(f"Вопрос {number} #{TOPIC}")
    assert cast.neighbour.name not in names(last)
    slots = db.session.scalars(select(Ask.slot).where(Ask.person_id == cast.neighbour.id)).all()
    assert sorted(slots) == [1, 2]
    clock.advance(22 * HOUR)  # noon in the Urals, the next day
    assert cast.neighbour.name in names(cast.ask(f"Завтра #{TOPIC}"))


def test_a_topic_may_have_a_plan_of_its_own(cast):
    plan = Plan((Wave("curators", 0, 3), Wave("near", 20, 1)))
    set_care(factories.actor(cast.editor), TOPIC, CareForm((cast.curator.handle,), None, plan))
    asked = cast.ask()
    assert names(asked) == ["Вера Кураторова"]
    assert way(asked).due_at == clock.now() + 20 * MINUTE
    clock.advance(20 * MINUTE)
    drive()
    assert names(asked)[1:] == ["Анна Петрова"]


def test_who_is_away_or_hides_the_topic_is_left_alone(cast):
    topic_id = db.session.scalars(select(Topic.id).where(Topic.name == TOPIC)).one()
    with unit_of_work():
        db.session.add(Absence(person_id=cast.neighbour.id, until=clock.now() + HOUR))
        db.session.add(HiddenExpertise(person_id=cast.helper.id, topic_id=topic_id, since=clock.now()))
    asked = cast.ask()
    assert names(asked) == ["Игорь Знатоков"]  # nobody is left who is on duty
    with pytest.raises(Invalid):
        pass_on(factories.actor(cast.expert), asked.public_id, cast.neighbour.handle)
    clock.advance(2 * HOUR)
    pass_on(factories.actor(cast.expert), asked.public_id, cast.neighbour.handle)
    assert names(asked)[-1] == "Борис Соседов"


def test_the_best_experts_are_asked_before_others_who_can_help(cast):
    topic_id = db.session.scalars(select(Topic.id).where(Topic.name == TOPIC)).one()
    known = factories.person("Магистр Магистров")
    with unit_of_work():
        db.session.add(
            Expertise(person_id=known.id, topic_id=topic_id, strength=9.0, givers=3, acts={}, title=3)
        )
    plan = Plan((Wave("experts", 0, 2),))
    set_care(factories.actor(cast.editor), TOPIC, CareForm((), None, plan))
    asked = cast.ask()
    assert {name: ask.reason for name, ask in asks(asked).items()} == {
        "Магистр Магистров": "expert",
        "Анна Петрова": "answered",
    }


def test_news_and_old_questions_go_nowhere(cast):
    factories.publication(cast.asker, f"Новости про #{TOPIC}")
    outbox.run_due()
    assert db.session.scalars(select(Routing.content_id)).all() == []


def test_erasing_a_person_keeps_the_question_on_its_way(cast):
    asked = cast.ask()
    erase_person(cast.helper.id, by=None)
    deliver_twice("routing.forget_person")
    assert names(asked) == ["Борис Соседов"]
    clock.advance(24 * HOUR)
    assert drive() == 1


def test_every_listener_can_run_twice(cast):
    asked = cast.ask()
    deliver_twice("routing.start")
    deliver_twice("routing.hint")
    deliver_twice("notifications.on_routed")
    answer = factories.answer(asked, cast.helper)
    deliver_twice("routing.answered")
    accept(factories.actor(cast.asker), answer.public_id, on=True)
    deliver_twice("routing.accepted")
    accept(factories.actor(cast.asker), answer.public_id, on=False)
    deliver_twice("routing.unaccepted")
    delete(factories.actor(cast.helper), answer.public_id)
    deliver_twice("routing.deleted")
    assert way(asked).state == OPEN


def test_a_question_that_is_hidden_rests_until_it_is_restored(cast):
    asked = cast.ask()
    moderator = factories.person("Мира Модератор", roles=["moderator"])
    with unit_of_work():
        row = db.session.get_one(ContentItem, asked.id)
        hide(row, row, moderator.id)
    deliver_twice("routing.hidden")
    assert way(asked).state == ENDED
    with unit_of_work():
        row = db.session.get_one(ContentItem, asked.id)
        restore(row, row, moderator.id)
    deliver_twice("routing.restored")
    assert way(asked).state == OPEN
    assert drive() == 1


def test_who_knows_most_in_a_very_large_department_is_asked(cast, monkeypatch):
    monkeypatch.setattr(candidates, "MOST_LOOKED_AT", 2)
    bank = db.session.get_one(Department, cast.clerk.department_id)
    for name in ("Второй", "Третий", "Знающий"):
        last = factories.person(f"{name} Банков", department=bank)
    factories.answer(factories.question(cast.curator, f"Ещё вопрос #{TOPIC}"), last)
    outbox.run_due()
    plan = Plan((Wave("department", 0, 1),))
    set_care(factories.actor(cast.editor), TOPIC, CareForm((), bank.id, plan))
    assert names(cast.ask()) == ["Знающий Банков"]


def test_the_usual_plan_is_that_of_the_product():
    assert [wave.audience for wave in DEFAULT_PLAN.waves] == ["near", "experts", "curators", "department"]
    assert Plan.from_stored(DEFAULT_PLAN.stored()) == DEFAULT_PLAN
