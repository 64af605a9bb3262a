"""A company in which nobody can be asked."""

from app.core import clock, outbox
from app.core.clock import HOUR
from app.questions.service import accept
from app.routing.service import drive
from tests import factories
from tests.features.routing.conftest import asks, names, way


def test_when_nobody_at_all_can_be_asked_it_is_tried_again_for_days(database, frozen_clock):
    shop = factories.shop()
    lonely = factories.person("Один Одинокий", shop=shop)
    asked, other = (factories.question(lonely, f"Кто-нибудь знает {number}?") for number in range(2))
    outbox.run_due()
    assert (names(asked), way(asked).knowers, way(asked).due_at) == ([], 0, clock.now() + HOUR)
    accept(factories.actor(lonely), factories.answer(other, lonely).public_id, on=True)
    factories.person("Новая Коллега", shop=shop)
    clock.advance(HOUR)
    drive()
    assert {name: ask.reason for name, ask in asks(asked).items()} == {"Новая Коллега": "shop"}

    alone = factories.question(factories.person("Одна Одинокая"), "И это никто не знает?")
    for _hour in range(80):
        outbox.run_due()
        drive()
        clock.advance(HOUR)
    assert (names(alone), way(alone).due_at) == ([], None)
