""" "I'll answer" and "not me", what the asker sees of it, and who may."""

import pytest

from app.core import clock, outbox
from app.core.errors import Conflict, Invalid, NotFound
from app.groups.service import leave
from app.notifications import queries as bell
from app.questions.service import accept
from app.routing.queries import for_me, standing
from app.routing.service import claim, drive, pass_on, saw
from tests import factories
from tests.features.routing.conftest import TOPIC, asks, names, way
from tests.support.outbox import deliver_twice

MINUTE = clock.MINUTE


def seen_by(person, question):
    return standing(factories.actor(person), question.public_id)


def test_i_will_answer_lets_the_others_rest(cast):
    asked = cast.ask()
    claim(factories.actor(cast.helper), asked.public_id)
    shown = seen_by(cast.asker, asked)
    assert (shown.claimed_by.name, shown.asked, shown.seen) == ("Анна Петрова", 2, 1)
    assert seen_by(cast.helper, asked).mine
    assert not seen_by(cast.neighbour, asked).mine
    with pytest.raises(Conflict):
        claim(factories.actor(cast.neighbour), asked.public_id)

    clock.advance(29 * MINUTE)
    assert drive() == 0
    clock.advance(1 * MINUTE)
    assert drive() == 1  # the promise was not kept: the next wave goes out
    assert seen_by(cast.asker, asked).claimed_by is None
    assert names(asked)[2:] == ["Игорь Знатоков"]
    claim(factories.actor(cast.neighbour), asked.public_id)
    assert seen_by(cast.asker, asked).claimed_by.name == "Борис Соседов"


def test_claiming_twice_changes_nothing(cast):
    asked = cast.ask()
    claim(factories.actor(cast.helper), asked.public_id)
    until = way(asked).claimed_until
    clock.advance(MINUTE)
    claim(factories.actor(cast.helper), asked.public_id)
    assert way(asked).claimed_until == until


def test_who_does_not_want_to_be_asked_about_a_topic_says_so_where_they_are_asked(client, cast):
    asked = cast.ask()
    client.sign_in(cast.helper)
    assert f"Больше не спрашивать меня про #{TOPIC}" in client.get(f"/p/{asked.public_id}/pass").text
    assert client.post(f"/p/{asked.public_id}/pass", data={"to": "", "hide": "1"}).status_code == 303
    assert "Анна Петрова" not in names(cast.ask("И ещё раз завис #эквайринг"))
    # Nobody has praised them for it, and still they can change their mind.
    profile = f"/people/{cast.helper.handle}/expertise"
    assert f"#{TOPIC}" in client.get(profile).text
    assert client.post(f"/expertise/{TOPIC}/hide", data={"on": "0"}).status_code == 303
    assert f"#{TOPIC}" not in client.get(profile).text
    assert "Анна Петрова" in names(cast.ask("И снова завис #эквайринг"))
    client.sign_in(cast.neighbour)
    assert f"#{TOPIC}" not in client.get(f"/p/{asked.public_id}/pass").text.partition("<form")[2]
    assert client.post(f"/expertise/{TOPIC}/hide", data={"on": "1"}).status_code == 404


def test_not_me_names_a_colleague_who_is_told_by_whom(cast):
    asked = cast.ask()
    friend = factories.person("Дина Другова")
    pass_on(factories.actor(cast.helper), asked.public_id, f"@{friend.handle}")
    pass_on(factories.actor(cast.helper), asked.public_id, f"@{friend.handle}")
    deliver_twice("notifications.on_passed")
    assert (asks(asked)["Дина Другова"].audience, asks(asked)["Дина Другова"].passed_by) == (
        "passed",
        cast.helper.id,
    )
    (line,) = bell.page(factories.actor(friend)).lines
    assert (line.reason, line.person.name, line.ask.why.colleague) == (
        "routed",
        "Анна Петрова",
        "Анна Петрова",
    )
    (mine,) = for_me(factories.actor(friend), waiting=True).lines
    assert mine.public_id == asked.public_id
    assert for_me(factories.actor(cast.helper), waiting=True).lines == ()
    assert [line.declined for line in for_me(factories.actor(cast.helper), waiting=False).lines] == [True]


def test_when_everybody_says_not_me_the_next_are_asked(cast):
    asked = cast.ask()
    pass_on(factories.actor(cast.helper), asked.public_id)
    assert drive() == 0
    pass_on(factories.actor(cast.neighbour), asked.public_id)
    assert drive() == 1
    assert names(asked)[2:] == ["Игорь Знатоков"]


def test_who_gives_a_promise_back_lets_the_next_be_asked(cast):
    asked = cast.ask()
    claim(factories.actor(cast.helper), asked.public_id)
    pass_on(factories.actor(cast.helper), asked.public_id)
    assert way(asked).claimed_by is None
    assert drive() == 1


def test_whom_it_can_not_be_passed_to(cast):
    group = factories.group(visibility="closed", owner=cast.asker, members=[cast.neighbour, cast.curator])
    asked = cast.ask(place=group)
    me = factories.actor(cast.neighbour)
    outsider, left = factories.person("Чарли Чужой"), factories.person("Ушёл Давно", state="left")
    for handle in ("нет-такого", outsider.handle, left.handle, cast.asker.handle, cast.neighbour.handle):
        with pytest.raises(Invalid) as error:
            pass_on(me, asked.public_id, handle)
        assert error.value.field == "to"
    assert asks(asked)["Борис Соседов"].declined_at is None


def test_a_colleague_who_was_asked_enough_today_is_left_alone(cast):
    friend = factories.person("Дина Другова")
    for number in range(5):
        asked = cast.ask(f"Вопрос {number} #{TOPIC}")
        pass_on(factories.actor(cast.helper), asked.public_id, friend.handle)
    other = factories.question(cast.editor, f"Ещё вопрос #{TOPIC}")
    outbox.run_due()
    clock.advance(30 * MINUTE)
    drive()
    with pytest.raises(Invalid):
        pass_on(factories.actor(cast.expert), other.public_id, friend.handle)
    clock.advance(24 * clock.HOUR)
    pass_on(factories.actor(cast.expert), other.public_id, friend.handle)
    assert "Дина Другова" in names(other)


def test_the_asker_sees_how_far_it_is_and_others_only_who_answers(cast):
    asked = cast.ask()
    saw(factories.actor(cast.neighbour), asked.id)
    mine = seen_by(cast.asker, asked)
    assert (mine.asked, mine.seen, mine.next_audience) == (2, 1, "experts")
    assert mine.next_at == clock.now() + 15 * MINUTE
    stranger = factories.person("Чарли Чужой")
    assert not seen_by(stranger, asked).shown
    claim(factories.actor(cast.helper), asked.public_id)
    shown = seen_by(stranger, asked)
    assert (shown.asked, shown.claimed_by.name) == (None, "Анна Петрова")
    factories.answer(asked, cast.helper)
    outbox.run_due()
    assert seen_by(cast.asker, asked) is None


def test_only_who_was_asked_answers_for_it(cast):
    asked = cast.ask()
    for person in (cast.asker, cast.clerk, cast.editor):
        with pytest.raises(NotFound):
            claim(factories.actor(person), asked.public_id)
        with pytest.raises(NotFound):
            pass_on(factories.actor(person), asked.public_id)
    answer = factories.answer(asked, cast.expert)
    accept(factories.actor(cast.asker), answer.public_id, on=True)
    outbox.run_due()
    with pytest.raises(Conflict):
        claim(factories.actor(cast.helper), asked.public_id)


def test_who_left_the_group_is_told_nothing_any_more(cast):
    group = factories.group(visibility="secret", owner=cast.asker)
    member = factories.join(group, cast.neighbour)
    asked = cast.ask(place=group)
    assert for_me(factories.actor(cast.neighbour), waiting=True).lines != ()
    assert member.role == "member"
    leave(factories.actor(cast.neighbour), group.handle)
    assert for_me(factories.actor(cast.neighbour), waiting=False).lines == ()
    assert bell.page(factories.actor(cast.neighbour)).lines == ()
    for act in (claim, pass_on):
        with pytest.raises(NotFound):
            act(factories.actor(cast.neighbour), asked.public_id)
