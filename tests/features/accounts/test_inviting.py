"""Inviting colleagues who have never signed in: who may, when it counts, what comes of it."""

from urllib.parse import quote

import pytest

from app.accounts.models import Arrival
from app.accounts.policy import INVITATION_COUNTS, MOST_INVITATIONS
from app.accounts.service import erase, invite, open_session
from app.core import clock, outbox
from app.core.db import db
from app.core.errors import Conflict, NotFound
from app.reputation.queries import bonus_balance, standing
from app.reputation.service import catch_up, verify
from tests.factories import content, people
from tests.support.outbox import deliver_twice
from tests.support.statements import counting


def arrive(person):
    open_session(person.id, "A browser", "127.0.0.1")
    outbox.run_due()


def points(person):
    return standing(person.id).points


def test_a_colleague_who_comes_by_an_invitation_is_worth_forty_points_once(client):
    me, guest = people.person(), people.person("Илья Громов")
    client.sign_in(me)
    profile = client.get(f"/people/{guest.handle}/about").text
    assert f'href="/people/{guest.handle}/invitation"' in profile
    assert client.post(f"/people/{guest.handle}/invitation").status_code == 303
    assert "Ваше приглашение действует до" in client.get(f"/people/{guest.handle}/invitation").text
    outbox.run_due()
    assert points(me) == 0

    arrive(guest)
    deliver_twice("reputation.settle.InvitationTaken")
    deliver_twice("notifications.on_came")
    assert (points(me), points(guest)) == (40, 0)
    arrive(guest)
    assert catch_up() == 0
    assert points(me) == 40
    assert list(verify()) == []

    mine = client.get("/reputation/points").text
    assert "Коллега пришёл по вашему приглашению" in mine
    assert f'href="/people/{guest.handle}" dir="auto">Илья Громов' in mine
    assert "по вашему приглашению" in client.get("/notifications").text
    assert "invitation" not in client.get(f"/people/{guest.handle}/about").text
    assert client.get(f"/people/{guest.handle}/invitation").location == f"/people/{quote(guest.handle)}"


def test_verify_and_catching_up_know_invitations(database):
    me, guest = people.actor(people.person()), people.person()
    invite(me, guest.handle)
    open_session(guest.id, "A browser", "127.0.0.1")
    assert [(each.kind, each.expected) for each in verify()] == [("missing", 40)]
    assert catch_up() == 1
    outbox.run_due()
    assert list(verify()) == []
    assert standing(me.person_id).points == 40


def test_who_is_erased_leaves_what_was_paid(database):
    me, guest, other = people.person(), people.person(), people.person()
    invite(people.actor(me), guest.handle)
    invite(people.actor(me), other.handle)
    arrive(guest)
    erase(me.id, by=None)
    arrive(other)
    erase(guest.id, by=None)
    outbox.run_due()
    assert points(me) == 40
    assert list(verify()) == []


def test_nobody_is_paid_for_who_comes_late_or_has_been_here(database, frozen_clock):
    me, late, here = people.actor(people.person()), people.person(), people.person()
    invite(me, late.handle)
    arrive(here)
    with pytest.raises(Conflict):
        invite(me, here.handle)
    clock.advance(INVITATION_COUNTS)
    arrive(late)
    assert standing(me.person_id).points == 0
    assert db.session.get_one(Arrival, late.id, populate_existing=True).invited_by is None


def test_the_first_invitation_counts_until_it_is_over(database, frozen_clock):
    one, other, guest = people.actor(people.person()), people.actor(people.person()), people.person()
    invite(one, guest.handle)
    invite(one, guest.handle)
    with pytest.raises(Conflict):
        invite(other, guest.handle)
    clock.advance(INVITATION_COUNTS)
    invite(other, guest.handle)
    arrive(guest)
    assert (standing(one.person_id).points, standing(other.person_id).points) == (0, 40)


def test_who_invites_nobody(client):
    """Newcomers; who waits for many already; and nobody invites themselves, leavers, or accounts of other sites."""
    newcomer = people.actor(people.person(created_at=clock.now() - clock.HOUR))
    with pytest.raises(Conflict):
        invite(newcomer, people.person().handle)
    person = people.person()
    me, guests = people.actor(person), [people.person() for _ in range(MOST_INVITATIONS + 1)]
    for guest in guests[:-1]:
        invite(me, guest.handle)
    client.sign_in(person)
    answer = client.post(f"/people/{guests[-1].handle}/invitation")
    assert answer.status_code == 409
    assert "Вы ждёте уже" in answer.text
    arrive(guests[0])
    invite(me, guests[-1].handle)
    for nobody in (person, people.person(state="left"), people.person(source="stackexchange")):
        with pytest.raises(NotFound):
            invite(me, nobody.handle)


def test_inviting_somebody_of_ones_shop_is_a_next_step(client):
    shop = people.shop()
    me, guest = people.person(shop=shop), people.person("Илья Громов", shop=shop)
    people.person("Чужой Коллега", shop=people.shop())
    client.sign_in(me)
    for text in ("Новость", "#акция"):
        content.publication(me, text)
    content.question(me)
    outbox.run_due()
    page = client.get("/reputation/widget").text
    assert f'href="/people/{guest.handle}/invitation"' in page
    assert "+40" in page
    with counting() as statements:
        assert "Пригласить коллегу" in client.get(f"/people/{guest.handle}/invitation").text
    assert len(statements) <= 12
    invite(people.actor(me), guest.handle)
    assert "invitation" not in client.get("/reputation/widget").text


def test_administrators_see_who_waits_for_a_first_password(client):
    guest = people.person("Илья Громов")
    invite(people.actor(people.person()), guest.handle)
    client.sign_in(people.person("Наталья Щукина", roles=["administrator"]))
    page = client.get("/administration/people").text
    assert (
        page.index("Приглашены, но ещё не заходили")
        < page.index("Илья Громов")
        < page.index("Наталья Щукина</a>")
    )
    assert client.get("/administration/people?q=Громов").text.count('class="who-name"') == 1
    arrive(guest)
    assert "Илья Громов" not in client.get("/administration/people").text
    assert client.sign_in(guest).get("/administration/people").status_code == 403


def test_editors_set_what_an_invitation_is_worth(client):
    """As with every rule: another amount, or bonus points besides; and what the last month would have been."""
    me, guest, editor = people.person(), people.person("Илья Громов"), people.person(roles=["editor"])
    invite(people.actor(me), guest.handle)
    terms = {"points": "60", "daily_cap": "", "priority_percent": "100", "account": "bonus"}
    client.sign_in(editor)
    made = client.post("/desk/rules", data={"title": "Приведи друга", "what": "invited:doer", **terms})
    assert made.status_code == 303
    arrive(guest)
    tried = client.post("/desk/rules/colleague_invited/preview", data={**terms, "account": "reputation"}).text
    assert "40 → 60" in tried
    client.sign_in(me)
    assert "Приведи друга" in client.get("/reputation").text
    assert "Коллега пришёл по вашему приглашению" in client.get("/rewards/points").text
    assert (points(me), bonus_balance(me.id)) == (40, 60)
    assert list(verify()) == []
