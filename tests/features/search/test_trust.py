"""How far something may be trusted moves it a little, says so, and puts last what has ended."""

from datetime import date

from app.core import clock
from app.search import service
from app.trust.jobs import watch_validity
from app.trust.schemas import Limits, SetLimits
from app.trust.service import make_official, set_limits
from tests.factories import content, people


def test_official_comes_first_and_what_has_ended_last_and_both_say_so(client, find, frozen_clock):
    editor = people.person(roles=["editor"])
    east = people.person(shop=people.shop(time_zone="Asia/Vladivostok"))
    west = people.person(shop=people.shop(time_zone="Europe/Kaliningrad"))
    first, second = content.question(body="Сломалась касса"), content.question(body="Сломалась касса")
    old, new = (content.answer(each, people.person(), "Терминал мигает, ждать") for each in (first, second))

    def found(person, q):
        texts = find(person, q).texts
        return [(text.id, text.trust, text.limit) for text in texts]

    assert found(west, "терминал мигает") == [(new.id, "", ""), (old.id, "", "")]
    make_official(people.actor(editor), old.public_id, on=True)
    assert found(west, "терминал мигает") == [(old.id, "official", ""), (new.id, "", "")]
    assert found(west, "сломалась касса") == [(first.id, "official", ""), (second.id, "", "")]
    assert "state--official" in client.sign_in(west).get("/search?q=терминал").text

    # It is noon in Moscow; in Vladivostok the next day begins five hours later.
    today = date(2025, 11, 18)
    set_limits(people.actor(editor), old.public_id, SetLimits(Limits(valid_until=today)))
    clock.advance(6 * clock.HOUR)
    watch_validity()
    assert found(east, "терминал мигает") == [(new.id, "", ""), (old.id, "official", "over")]
    assert found(west, "терминал мигает") == [(old.id, "official", ""), (new.id, "", "")]
    clock.advance(8 * clock.HOUR)
    watch_validity()
    for q, last in (("терминал мигает", old), ("сломалась касса", first)):
        assert found(west, q)[-1] == (last.id, "official", "over")
    assert "Больше не действует" in client.get("/search?q=терминал").text
    # People are made by the test alone.
    assert {kind for kind, _id in service.verify(repair=False).keys} <= {"person", "topic"}
