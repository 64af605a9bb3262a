"""A session lives on the server: five things end it, and the next request of any page knows."""

import pytest
from sqlalchemy import select

from app.accounts import service
from app.accounts.models import Session
from app.accounts.service import sessions
from app.core import clock
from app.core.db import db
from app.people import service as people
from tests import factories
from tests.support.outbox import deliver_twice
from tests.support.statements import counting

pytestmark = pytest.mark.usefixtures("frozen_clock")


@pytest.fixture
def anna(database):
    return factories.person("Анна Петрова")


@pytest.fixture
def administrator(database):
    return factories.actor(factories.person("Ада Главная", roles=["administrator"]))


def opened(person):
    return service.open_session(person.id, "Mozilla/5.0 (Windows NT 10.0) Chrome/140", "10.0.0.1")


def is_in(token):
    return service.actor_for_session(token) is not None


def visit_daily(token, days):
    for _day in range(days):
        clock.advance(clock.DAY)
        service.actor_for_session(token)


def test_a_session_acts_for_its_person(anna):
    actor = service.actor_for_session(opened(anna))

    assert (actor.person_id, actor.handle, actor.name) == (anna.id, anna.handle, "Анна Петрова")


def test_the_actor_carries_what_rights_depend_on(database):
    region = factories.region()
    shop = factories.shop(region=region, time_zone="Asia/Omsk")
    person = factories.person(roles=["editor", "moderator"], shop=shop, department=factories.department())
    own, other = factories.group(owner=person), factories.group(members=[person])
    factories.group()

    actor = service.actor_for_session(opened(person))

    assert actor.roles == {"editor", "moderator"}
    assert (actor.shop_id, actor.region_id, actor.department_id) == (shop.id, region.id, person.department_id)
    assert set(actor.group_ids) == {own.id, other.id}
    assert actor.moderated_group_ids == {own.id}
    assert actor.time_zone == "Asia/Omsk"


def test_the_token_is_nowhere_in_the_database(anna):
    token = opened(anna)

    stored = db.session.scalars(select(Session)).one()

    assert token not in repr(vars(stored))
    assert stored.token_hash == sessions.hash_token(token)
    assert len(token) >= 22  # 128 bits, base64


@pytest.mark.parametrize("token", ["", "x", "\udcff", "a" * 10_000, "' OR 1=1 --"])
def test_a_made_up_token_is_nobody(anna, token):
    opened(anna)

    assert not is_in(token)
    assert service.person_of_dead_session(token) is None


def test_it_costs_one_statement_and_now_and_then_a_second(anna):
    token = opened(anna)
    with counting() as first:
        service.actor_for_session(token)
    clock.advance(6 * clock.MINUTE)
    with counting() as later:
        service.actor_for_session(token)
    with counting() as soon_after:
        service.actor_for_session(token)

    assert (len(first), len(later), len(soon_after)) == (1, 2, 1)


def test_two_weeks_without_a_visit_end_it(anna):
    token = opened(anna)

    clock.advance(14 * clock.DAY - clock.SECOND)
    assert is_in(token)
    clock.advance(14 * clock.DAY)
    assert not is_in(token)


def test_thirty_days_end_it_in_any_case(anna):
    token = opened(anna)

    visit_daily(token, 29)
    assert is_in(token)
    visit_daily(token, 1)
    assert not is_in(token)


def test_an_administrators_ends_after_twelve_hours(database):
    token = opened(factories.person(roles=["administrator"]))

    for _hour in range(11):
        clock.advance(clock.HOUR)
        assert is_in(token)
    clock.advance(clock.HOUR)
    assert not is_in(token)


def test_signing_out_ends_it(anna):
    token, other = opened(anna), opened(anna)

    service.end_session(service.actor_for_session(token).session_id)

    assert (is_in(token), is_in(other)) == (False, True)


def test_a_new_password_ends_all_others(anna):
    service.choose_password(anna.id, "тихий вечер в депо", by=None)
    here, elsewhere = opened(anna), opened(anna)

    service.change_password(service.actor_for_session(here), "тихий вечер в депо", "громкое утро в порту")

    assert (is_in(here), is_in(elsewhere)) == (True, False)


def test_a_one_time_password_ends_all(anna, administrator):
    token = opened(anna)

    service.reset_password(administrator, anna.id)

    assert not is_in(token)


def test_a_new_role_ends_all(anna, administrator):
    token = opened(anna)
    service.grant(administrator, anna.id, "editor")
    assert not is_in(token)

    token = opened(anna)
    service.revoke(administrator, anna.id, "editor")
    assert not is_in(token)


def test_a_role_that_was_there_already_ends_nothing(anna, administrator):
    service.grant(administrator, anna.id, "editor")
    token = opened(anna)

    assert service.grant(administrator, anna.id, "editor") is False
    assert is_in(token)


def test_leaving_ends_all_at_once_and_returning_brings_none_back(anna, administrator):
    token, bearer = opened(anna), service.create_token(anna.id, "Отчёт", by=None)

    service.leave(administrator, anna.id)
    assert (is_in(token), service.actor_for_token(bearer)) == (False, None)

    service.come_back(administrator, anna.id)
    assert (is_in(token), service.actor_for_token(bearer)) == (False, None)
    assert is_in(opened(anna))


def test_a_leaver_is_out_before_any_listener_has_run(anna):
    """However they were marked: importers don't pass through accounts."""
    token = opened(anna)

    people.mark_left(anna.id, on=clock.today())

    assert not is_in(token)
    assert service.actor_for_person(anna.id) is None


def test_nobody_ends_a_strangers_session(anna):
    token = opened(anna)
    stranger = factories.actor(factories.person())

    service.end_own_session(stranger, service.actor_for_session(token).session_id)

    assert is_in(token)


def test_a_dead_session_still_tells_whose_text_it_was(anna, administrator):
    expired, ended = opened(anna), opened(anna)
    service.end_session(service.actor_for_session(ended).session_id)
    clock.advance(15 * clock.DAY)

    assert service.actor_for_session(expired) is None
    assert service.person_of_dead_session(expired) == service.person_of_dead_session(ended) == anna.id

    service.leave(administrator, anna.id)
    assert service.person_of_dead_session(expired) is None


def test_a_session_long_dead_tells_nothing(anna):
    token = opened(anna)
    clock.advance(70 * clock.DAY)

    assert service.person_of_dead_session(token) is None


def test_what_has_run_out_is_ended_for_open_sockets_too(anna, database):
    idle, administrators = opened(anna), opened(factories.person(roles=["administrator"]))
    clock.advance(13 * clock.HOUR)
    fresh = opened(anna)

    assert service.end_expired_sessions() == 1
    assert (is_in(idle), is_in(administrators), is_in(fresh)) == (True, False, True)

    clock.advance(14 * clock.DAY)
    assert service.end_expired_sessions() == 2
    assert service.end_expired_sessions() == 0


def test_old_sessions_are_forgotten(anna):
    opened(anna)
    clock.advance(61 * clock.DAY)
    running = opened(anna)

    assert service.forget_old_sessions() == 1
    assert is_in(running)


def test_ended_sessions_are_cut_twice_without_harm(anna):
    token = opened(anna)
    service.end_session(service.actor_for_session(token).session_id)

    deliver_twice("accounts.cut_sessions")

    assert not is_in(token)


def test_a_leaver_is_cut_twice_without_harm(anna):
    token, bearer = opened(anna), service.create_token(anna.id, "Отчёт", by=None)
    people.mark_left(anna.id, on=clock.today())

    deliver_twice("accounts.cut_person")

    assert db.session.scalars(
        select(Session.ended_at).where(Session.token_hash == sessions.hash_token(token))
    ).one()
    assert service.actor_for_token(bearer) is None
