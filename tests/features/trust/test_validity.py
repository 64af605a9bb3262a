"""Until when and for whom: by the midnight of the reader's shop, and asked once when it ends."""

from datetime import UTC, date, datetime

import pytest

from app.core import clock, outbox
from app.core.errors import Forbidden, Invalid
from app.trust import policy
from app.trust.jobs import watch_validity
from app.trust.schemas import (
    ELSEWHERE,
    NOT_YET,
    OVER,
    VALID,
    Limits,
    SetLimits,
    Where,
    limits_in,
    months_after,
)
from app.trust.service import extend, set_limits
from tests.factories import content, people
from tests.features.trust.conftest import row, told, until
from tests.support.outbox import deliver_twice


def at(*moment):
    return clock.as_moment(datetime(*moment, tzinfo=UTC))


def test_limits_are_judged_and_written_down():
    today, ural = Where(date(2026, 5, 3), 1, "flagship", 7), Limits(region_ids=frozenset({1, 2}))
    assert Limits().judge(today) == ural.judge(today) == VALID
    assert Limits(valid_until=date(2026, 5, 3)).judge(today) == VALID
    assert Limits(valid_until=date(2026, 5, 2)).judge(today) == OVER
    assert Limits(valid_from=date(2026, 5, 4)).judge(today) == NOT_YET
    assert Limits(region_ids=frozenset({3})).judge(today) == ELSEWHERE
    # Alternatives of one sort; every sort must be met.
    both = Limits(None, date(2026, 5, 9), frozenset({1, 3}), frozenset({"island"}), frozenset({7}))
    assert both.judge(today) == ELSEWHERE
    assert both.judge(Where(today.today, 3, "island", 7)) == VALID
    assert limits_in(both.code()) == both
    assert (Limits().code(), bool(Limits()), bool(both)) == ("", False, True)
    assert months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_after(date(2026, 12, 5), 12) == date(2027, 12, 5)


def test_it_ends_at_midnight_where_the_readers_shop_is(client, official):
    east = people.shop(time_zone="Asia/Vladivostok")  # UTC+10
    west = people.shop(time_zone="Europe/Kaliningrad")  # UTC+2
    until(official, "2026-05-03")
    page = f"/p/{official.asked.public_id}"
    readers = {zone: people.person(shop=shop) for zone, shop in (("east", east), ("west", west))}
    # Whoever reads in another time zone than their shop's goes by the shop.
    office = people.person()

    def seen(reader):
        text = client.sign_in(reader).get(page).text
        assert ("is-beyond" in text) == ("Действовало до 3 мая" in text)
        return "is-beyond" in text

    with clock.frozen(at(2026, 5, 3, 13, 59)):
        assert [seen(each) for each in (readers["east"], office, readers["west"])] == [False, False, False]
        assert "Действует до 3 мая" in client.get(page).text
    with clock.frozen(at(2026, 5, 3, 14, 0)):
        assert [seen(each) for each in (readers["east"], office, readers["west"])] == [True, False, False]
    with clock.frozen(at(2026, 5, 3, 21, 0)):
        assert [seen(each) for each in (readers["east"], office, readers["west"])] == [True, True, False]
    with clock.frozen(at(2026, 5, 3, 22, 0)):
        assert seen(readers["west"])


def test_who_works_elsewhere_is_told_so(client, official):
    ural, volga = people.region("Урал"), people.region("Поволжье")
    cashier = people.position("Кассир")
    until(official, None, region_ids=frozenset({ural.id}), position_ids=frozenset({cashier.id}))
    path = f"/p/{official.asked.public_id}"
    mine = people.person(shop=people.shop(region=ural), position=cashier)
    assert "Только для: Урал\xa0· Кассир" in client.sign_in(mine).get(path).text
    assert "is-beyond" not in client.get(path).text
    for other in (
        people.person(shop=people.shop(region=volga), position=cashier), people.person(shop=people.shop(region=ural)),
    ):  # fmt: skip
        seen = client.sign_in(other).get(path).text
        assert "is-beyond" in seen
        assert "Не действует там, где вы работаете" in seen
        assert "Урал\xa0· Кассир" in client.get(f"/items/{official.right.public_id}/trust").text


def test_its_owner_is_asked_once_in_the_first_shop_and_it_drops_after_the_last(official):
    people.shop(time_zone="Asia/Vladivostok")
    people.shop(time_zone="Europe/Kaliningrad")
    version = official.asked.version
    until(official, "2026-05-03")
    assert row(official.right).owner_id is None
    with clock.frozen(at(2026, 5, 3, 13, 59)):
        assert watch_validity() == 0
    with clock.frozen(at(2026, 5, 3, 14, 0)):
        assert [watch_validity(), watch_validity()] == [1, 0]
        assert told(official.editor) == ["still_true"]
        assert row(official.right).expired_at is None
    with clock.frozen(at(2026, 5, 3, 22, 0)):
        assert [watch_validity(), watch_validity()] == [1, 0]
        assert row(official.right).expired_at == clock.now()
        assert told(official.editor) == ["still_true"]
        deliver_twice("notifications.on_still_true")
        assert told(official.editor) == ["still_true"]
    assert content.written(official.asked.public_id).version > version + 1


def test_the_answer_yes_extends_it_and_the_next_end_asks_again(client, official):
    until(official, "2026-05-03")
    with clock.frozen(at(2026, 5, 5)):
        watch_validity()
        outbox.run_due()
        client.sign_in(official.editor)
        page = client.get(f"/items/{official.right.public_id}/trust").text
        assert "Ещё верно?" in page
        line = client.get("/notifications").text
        address = line.split("/open")[0].rpartition('"')[2]
        assert client.get(f"{address}/open").location == f"/items/{official.right.public_id}/trust"
        client.post(f"/items/{official.right.public_id}/extend", data={"months": "3"})
        kept = row(official.right)
        assert (kept.valid_until, kept.asked_at, kept.expired_at) == (date(2026, 8, 5), None, None)
        assert (
            client.post(f"/items/{official.right.public_id}/extend", data={"months": "7"}).status_code == 422
        )
    with clock.frozen(at(2026, 8, 6, 12)):
        assert watch_validity() == 1
        assert told(official.editor) == ["still_true", "still_true"]


def test_who_is_asked_when_nobody_answers_for_it(thread, monkeypatch):
    monkeypatch.setattr(policy, "_owner_people", [])
    keeper, gone = people.person(), people.person(state="left")
    policy.register_owner_people(lambda topic_ids: [gone.id, keeper.id] if topic_ids else [])
    set_limits(
        people.actor(thread.expert), thread.right.public_id, SetLimits(Limits(valid_until=date(2026, 5, 2)))
    )
    other = content.answer(content.question(thread.asker, "Без темы"), thread.expert)
    mine = SetLimits(Limits(valid_until=date(2026, 5, 2)), f"@{thread.expert.handle}")
    set_limits(people.actor(thread.expert), other.public_id, mine)
    with clock.frozen(at(2026, 5, 9)):
        assert watch_validity() == 2
        assert told(keeper) == told(thread.expert) == ["still_true"]
        assert told(thread.editor) == []


def test_who_may_limit_and_extend(thread, official):
    author, asker = people.actor(thread.expert), people.actor(thread.asker)
    with pytest.raises(Forbidden):  # official now
        set_limits(author, thread.right.public_id, SetLimits(Limits()))
    set_limits(
        people.actor(db_person(thread.wrong)),
        thread.wrong.public_id,
        SetLimits(Limits(valid_until=date(2026, 6, 1))),
    )
    for stranger in (asker, author):
        with pytest.raises(Forbidden):
            extend(stranger, thread.wrong.public_id, 1)
    assert extend(people.actor(thread.editor), thread.wrong.public_id, 1) == date(2026, 7, 1)
    bad = SetLimits(Limits(date(2026, 6, 2), date(2026, 6, 1)))
    for wrong in (bad, SetLimits(Limits(region_ids=frozenset({999}))), SetLimits(Limits(), "никого")):
        with pytest.raises(Invalid):
            set_limits(people.actor(thread.editor), thread.wrong.public_id, wrong)
    assert row(thread.wrong).valid_until == date(2026, 7, 1)


def db_person(item):
    return people.db.session.get_one(people.Person, item.author_id)
