"""Editors make and retire badges; managers see their team; rules give badges; comms see who thanks whom."""

import pytest
from sqlalchemy import select

from app.badges.models import Badge, EarnedBadge
from app.badges.queries import cabinet, choices, concentration, team
from app.badges.service import award, recompute, retire_badge
from app.content.models import ContentItem
from app.core import clock, outbox
from app.core.audit import AuditEntry
from app.core.db import db
from app.core.errors import NotFound
from app.core.unit_of_work import unit_of_work
from app.notifications.models import Notification
from app.questions.service import accept
from app.reputation.models import Entry
from app.reputation.queries import standing
from app.reputation.service import catch_up, recognise_shop, verify
from app.topics.models import Topic
from tests.factories import content, groups, people
from tests.features.badges.test_thanking import thank
from tests.support.outbox import deliver_twice
from tests.support.statements import counting

FORM = {
    "name_ru": "Маяк", "name_en": "Lighthouse", "description_ru": "", "description_en": "", "picture": "rocket",
    "given_by": "anyone", "allowance": "3", "pair_limit": "", "active_from": "", "active_until": "",
}  # fmt: skip

TERMS = {"points": "9", "daily_cap": "", "priority_percent": "100", "account": "reputation"}


def badge(code):
    return db.session.scalars(select(Badge).where(Badge.code == code)).one()


@pytest.fixture
def desk(client, database):
    return client.sign_in(people.person(roles=["editor"]))


@pytest.mark.parametrize("roles", [[], ["manager"], ["moderator"]])
def test_only_editors_decide(client, database, roles):
    client.sign_in(people.person(roles=roles))
    for address in ("/desk/badges", "/desk/badges/new", "/desk/badges/1", "/desk/thanks"):
        assert client.get(address).status_code == 403
    for address in ("/desk/badges", "/desk/badges/1", "/desk/badges/1/retire"):
        assert client.post(address, data={**FORM, "on": "1"}).status_code == 403


def test_a_badge_is_made_changed_and_retired(desk):
    assert desk.post("/desk/badges", data=FORM).status_code == 303
    made = db.session.scalars(select(Badge).where(Badge.name_en == "Lighthouse")).one()
    giver, other = people.person(), people.person()
    item = thank(giver, other, badge=made.code)
    version = item.version
    changed = {**FORM, "name_en": "Beacon", "active_until": "2030-01-01"}
    assert desk.post(f"/desk/badges/{made.id}", data=changed).status_code == 303
    assert (
        "Beacon" in desk.get("/desk/badges", headers={"Accept-Language": "en"}).text
        or made.name_en == "Beacon"
    )
    db.session.expire_all()
    assert db.session.get_one(ContentItem, item.id).version > version
    assert 'value="2030-01-01"' in desk.get(f"/desk/badges/{made.id}").text
    desk.post(f"/desk/badges/{made.id}/retire", data={"on": "1"})
    db.session.expire_all()
    assert made.code not in {each.badge.code for each in choices(people.actor(giver))}
    assert [each.count for each in cabinet(other.id, None).worn] == [1]
    actions = set(db.session.scalars(select(AuditEntry.action).where(AuditEntry.action.startswith("badge."))))
    assert actions == {"badge.made", "badge.changed", "badge.retired"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name_ru", " "), ("name_en", "x" * 61), ("picture", "../secret"), ("given_by", "rules"), ("allowance", "many"),
        ("allowance", "0"), ("pair_limit", "9999"), ("active_from", "завтра"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_what_was_typed_stays(desk, field, value):
    number = len(db.session.scalars(select(Badge.id)).all())
    page = desk.post("/desk/badges", data={**FORM, "description_en": "Typed before", field: value})
    assert (page.status_code, "Typed before" in page.text) == (422, True)
    program = desk.post("/desk/badges", data={**FORM, field: value}, headers={"Accept": "application/json"})
    assert [each["field"] for each in program.json["errors"]] == [field]
    assert len(db.session.scalars(select(Badge.id)).all()) == number


def test_rules_give_once_and_what_they_gave_can_be_worked_out_again(database):
    asker, helper = people.person(), people.person()
    replies = [content.answer(content.question(asker, "Про #акции?"), helper) for _ in range(11)]
    for reply in replies:
        accept(people.actor(asker), reply.public_id, on=True)
    assert award() == 2
    assert award() == 0
    ten = db.session.scalars(select(EarnedBadge).where(EarnedBadge.badge_id == badge("ten_answers").id)).one()
    assert (ten.person_id, ten.subject_id > 0) == (helper.id, True)
    for reply in replies[:2]:
        accept(people.actor(asker), reply.public_id, on=False)
    assert award() == 0
    assert recompute() == (0, 1)
    accept(people.actor(asker), replies[0].public_id, on=True)
    assert recompute() == (1, 0)
    retire_badge(people.actor(people.person(roles=["editor"])), badge("ten_answers").id, on=True)
    accept(people.actor(asker), replies[0].public_id, on=False)
    assert recompute() == (0, 0)  # who has it keeps it


def test_no_badge_names_a_topic_of_a_secret_group(database):
    asker, helper = people.person(), people.person()
    secret = groups.group(owner=asker, visibility="secret", members=[helper])
    for _ in range(10):
        asked = content.question(asker, "Про #сделку?", place=secret)
        accept(people.actor(asker), content.answer(asked, helper).public_id, on=True)
    assert award() == 1
    topic = db.session.scalars(select(Topic).where(Topic.name == "сделку")).one()
    with unit_of_work():  # as if it had been earned before the group became a secret
        ten = badge("ten_answers").id
        row = EarnedBadge(person_id=helper.id, badge_id=ten, subject_id=topic.id, awarded_at=clock.now())
        db.session.add(row)
    assert {(each.badge.code, each.topics) for each in cabinet(helper.id, None).worn} == {
        ("first_answer", ()),
        ("ten_answers", ()),
    }


def test_a_year_is_counted_from_the_first_day(database, frozen_clock):
    today = clock.today()
    one = people.person(hired_on=today.replace(year=today.year - 1))
    people.person(hired_on=today.replace(year=today.year - 1, day=today.day + 1))
    assert award() == 1
    assert [each.badge.code for each in cabinet(one.id, None).worn] == ["year_with_us"]


def test_a_manager_sees_their_own_people_longest_without_thanks_first(client, database, frozen_clock):
    manager = people.person()
    shop = people.shop(manager=manager)
    forgotten, thanked = people.person(manager=manager), people.person("Анна Ангина", manager=manager)
    seller = people.person(shop=shop)
    thank(seller, thanked)
    found = team(people.actor(manager))
    assert [each.person.id for each in found.people][-1] == thanked.id
    assert {each.person.id for each in found.people} == {forgotten.id, thanked.id, seller.id}
    assert [each.long for each in found.people] == [True, True, False]
    assert [(each.badge.code, each.number) for each in found.badges] == [("thank_you", 1)]
    with pytest.raises(NotFound):
        team(people.actor(seller))
    area = people.person()
    manager.manager_id = area.id
    db.session.flush()
    assert {each.person.id for each in team(people.actor(area)).people} == {
        manager.id, forgotten.id, thanked.id, seller.id
    }  # fmt: skip
    client.sign_in(manager)
    with counting() as statements:
        assert client.get("/thanks/team").status_code == 200
    assert len(statements) <= 12
    chosen = client.get(f"/thanks/new?to={forgotten.handle}&to={seller.handle}").text
    assert all(f'name="to" value="{each.handle}" checked>' in chosen for each in (forgotten, seller))


def test_comms_see_pairs_and_circles(database):
    editor = people.actor(people.person(roles=["editor"]))
    one, other, third, fourth, fifth, sixth = (people.person() for _ in range(6))
    for badge_code in ("thank_you", "rocket"):
        thank(one, other, badge=badge_code)
        thank(other, one, badge=badge_code)
    thank(third, fourth)
    thank(fourth, fifth)
    thank(fifth, third)
    thank(sixth, one)
    thank(sixth, third)  # what comes from outside does not open a circle
    found = concentration(editor)
    assert (found.total, found.givers) == (9, 6)
    assert [(pair.there, pair.back, pair.percent) for pair in found.pairs] == [(2, 2, 100)]
    assert [{each.id for each in circle.people} for circle in found.circles] == [
        {third.id, fourth.id, fifth.id}
    ]
    thank(fifth, sixth)
    assert [len(circle.people) for circle in concentration(editor).circles] == []


# Points of a badge ------------------------------------------------------------------------------------------------


def test_a_badge_with_points_of_its_own_pays_them_from_then_on(desk, frozen_clock):
    giver, other = people.person(), people.person()

    def earned(code):
        before = standing(other.id).points
        thank(people.person(), other, badge=code)
        outbox.run_due()
        return standing(other.id).points - before

    assert desk.post("/desk/badges", data={**FORM, "points": "40"}).status_code == 303
    made = db.session.scalars(select(Badge).where(Badge.name_en == "Lighthouse")).one()
    assert (earned("thank_you"), earned(made.code)) == (15, 40)
    assert earned(made.code) == 20  # the limit of a day that thanks have
    assert 'value="40"' in desk.get(f"/desk/badges/{made.id}").text
    assert "значком «Маяк»" in desk.get("/reputation").text
    clock.advance(clock.DAY)
    assert desk.post(f"/desk/badges/{made.id}", data={**FORM, "points": "5"}).status_code == 303
    clock.advance(clock.HOUR)
    assert earned(made.code) == 5
    assert desk.post(f"/desk/rules/badge_{made.code}/preview", data=TERMS).status_code == 200
    desk.post(f"/desk/badges/{made.id}", data=FORM)
    clock.advance(clock.HOUR)
    assert earned(made.code) == 15
    assert [thank(giver, other, badge=made.code) for _time in range(3)]
    outbox.run_due()
    assert list(verify()) == []
    given = (
        select(Entry.delta).where(Entry.actor_id == giver.id, Entry.person_id == other.id).order_by(Entry.id)
    )
    assert db.session.scalars(given).all() == [15, 15, 15]
    for wrong in ("-1", "201", "много"):
        refused = desk.post("/desk/badges", data={**FORM, "points": wrong})
        assert refused.status_code == 422
        assert 'id="points-error-1"' in refused.text


def test_a_retired_badge_is_explained_to_nobody(desk, frozen_clock):
    desk.post("/desk/badges", data={**FORM, "points": "40"})
    made = db.session.scalars(select(Badge).where(Badge.name_en == "Lighthouse")).one()
    assert "значком «Маяк»" in desk.get("/reputation").text
    for on, explained in (("1", False), ("0", True)):
        desk.post(f"/desk/badges/{made.id}/retire", data={"on": on})
        assert ("значком «Маяк»" in desk.get("/reputation").text) is explained
    with unit_of_work():
        made.active_until = clock.now()
    assert "значком «Маяк»" not in desk.get("/reputation").text


def test_who_earned_a_badge_just_now_is_told(client, database, frozen_clock):
    today = clock.today()
    fresh = people.person(hired_on=today.replace(year=today.year - 1))
    people.person(hired_on=today.replace(year=today.year - 3))
    away = people.person(hired_on=today.replace(year=today.year - 1), shop=people.shop("ДАЛЬ-1"))
    recognise_shop(people.actor(people.person(roles=["editor"])), "ДАЛЬ-1", on=False)
    assert award() == 3
    outbox.run_due()
    told = db.session.scalars(select(Notification)).all()
    assert [(each.person_id, each.reason) for each in told] == [(fresh.id, "badge")], away.id
    deliver_twice("notifications.on_badge")
    client.sign_in(fresh)
    page = client.get("/notifications").text
    assert "Вы заслужили значок" in page
    assert "Год с нами" in page
    opened = client.get(f"/notifications/{told[0].id}/open")
    assert opened.location.endswith("/badges")
    assert "Год с нами" in client.get(opened.location).text


def test_catching_up_gives_what_settling_gives_for_badges_of_their_own(desk, frozen_clock):
    desk.post("/desk/badges", data={**FORM, "points": "40"})
    made = db.session.scalars(select(Badge).where(Badge.name_en == "Lighthouse")).one()
    clock.advance(clock.HOUR)
    other = people.person()
    thank(people.person(), other, badge=made.code)
    assert catch_up() == 1
    outbox.run_due()
    assert standing(other.id).points == 40
    assert list(verify()) == []
