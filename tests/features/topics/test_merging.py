"""Merging topics: one name stands for the other, and nothing about either is lost."""

import pytest
from sqlalchemy import func, select

from app.badges.models import Badge, EarnedBadge
from app.content.models import ContentItem, ContentTopic, TopicGiver
from app.content.service.changing import add_topics
from app.core import clock, outbox
from app.core.audit import AuditEntry
from app.core.db import db
from app.core.errors import Forbidden, Invalid
from app.core.unit_of_work import unit_of_work
from app.reputation import queries as reputation
from app.reputation.models import Balance
from app.reputation.service import verify
from app.topics import queries, service
from app.topics.models import MandatorySubscription, PriorityTopic, Topic, TopicSubscription
from app.topics.policy import can_merge
from tests import factories
from tests.support.outbox import deliver_twice
from tests.support.statements import counting


@pytest.fixture
def editor(database, frozen_clock):
    return factories.actor(factories.person("Вера Власова", roles=["editor"]))


def topics_of(item):
    named = select(Topic.name).join(ContentTopic, ContentTopic.topic_id == Topic.id)
    return set(db.session.scalars(named.where(ContentTopic.content_id == item.id)))


def one(name):
    return db.session.scalars(select(Topic).where(Topic.name == name)).one()


def total(table):
    return db.session.scalar(select(func.count()).select_from(table))


def test_what_was_about_the_one_is_about_the_other(editor):
    anna, boris, reader = (factories.person() for _ in range(3))
    first, both = (
        factories.publication(anna, "Новая полка #акция"),
        factories.publication(boris, "Ещё полка #акция #акции"),
    )
    other = factories.publication(boris, "Цены #акции")
    outbox.run_due()
    for person, name in ((anna, "акция"), (reader, "акция"), (reader, "акции")):
        service.subscribe(factories.actor(person), name)
    version = first.version

    assert service.merge(editor, "акция", "#Акции") == "акции"
    outbox.run_due()

    assert [topics_of(each) for each in (first, both, other)] == [{"акции"}] * 3
    assert db.session.get_one(ContentItem, first.id, populate_existing=True).version > version
    head = queries.head(editor, "акция")
    assert (head.key, head.publications, head.subscribers) == ("акции", 3, 2)
    assert (one("акция").publications_count, one("акция").subscribers_count) == (0, 0)
    assert [line.key for line in queries.complete(editor, "акция")] == ["акции"]
    assert [line.key for line in queries.directory(editor, q="акция").topics] == ["акции"]
    noted = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "topic.merged")).one()
    assert (noted.details["name"], noted.details["into_name"]) == ("акция", "акции")


def test_the_old_name_means_the_other_from_then_on(editor):
    anna = factories.person()
    factories.publication(anna, "Полка #акции")
    service.merge(editor, "скидка", "акции")

    later = factories.publication(anna, "Снова #скидка и #акции")
    assert topics_of(later) == {"акции"}
    service.subscribe(factories.actor(anna), "скидка")
    assert [line.key for line in queries.mine(factories.actor(anna)).topics] == ["акции"]
    service.choose(editor, "скидка")
    assert [line.key for line in queries.priority()] == ["акции"]
    assert total(Topic) == 2


def test_names_of_names_stand_for_the_last(editor):
    service.merge(editor, "скидка", "акция")
    service.merge(editor, "акция", "акции")
    assert queries.head(editor, "скидка").key == "акции"
    for name, into in (("скидка", "акции"), ("акции", "скидка"), ("акция", "касса"), ("касса", "касса")):
        with pytest.raises(Invalid) as caught:
            service.merge(editor, name, into)
        assert caught.value.field == "into"
    with pytest.raises(Invalid):
        service.merge(editor, "касса", "две темы")


def test_points_stay_and_the_ledger_is_sound(editor):
    """Two colleagues gave one publication what is one topic now: each of them did give it a topic."""
    author, anna, boris = (factories.person(roles=["manager"]) for _ in range(3))
    item = factories.publication(author, "Полка")
    add_topics(factories.actor(anna), item.public_id, "#акция")
    clock.advance(clock.MINUTE)
    add_topics(factories.actor(boris), item.public_id, "#акции")
    factories.publication(author, "Ещё #акция #акции")
    service.choose(editor, "акция")
    outbox.run_due()
    before = dict(db.session.execute(select(Balance.person_id, Balance.points)).all())
    assert before[anna.id] > 0

    service.merge(editor, "акция", "акции")
    service.merge(editor, "акции", "скидки")
    outbox.run_due()
    add_topics(factories.actor(boris), item.public_id, "#витрина")  # has the item settled again
    outbox.run_due()

    assert dict(db.session.execute(select(Balance.person_id, Balance.points)).all()) == before
    assert list(verify()) == []
    assert total(TopicGiver) == 1
    topic = one("скидки").id
    board = reputation.leaders(editor, "all", topic_id=topic)
    assert {leader.person.id for leader in board.top} & {author.id, anna.id, boris.id}


def test_what_editors_decided_goes_with_the_topic(editor):
    region = factories.region()
    reader = factories.person(shop=factories.shop(region=region))
    for name in ("касса", "акция", "акции"):
        factories.topic(name)
    service.choose(editor, "акция")
    service.choose(editor, "касса")
    service.make_topic_mandatory(editor, "акция", region.id)
    service.make_topic_mandatory(editor, "касса", region.id)
    outbox.run_due()
    service.merge(editor, "акция", "акции")
    outbox.run_due()
    assert [line.key for line in queries.priority()] == ["акции", "касса"]
    assert queries.head(factories.actor(reader), "акции").mandatory

    service.merge(editor, "акции", "касса")
    outbox.run_due()
    assert [line.key for line in queries.priority()] == ["касса"]
    assert db.session.scalars(select(PriorityTopic.position)).all() == [1]
    assert db.session.scalars(select(MandatorySubscription.topic_id)).all() == [one("касса").id]
    assert total(TopicSubscription) == 1


def test_a_badge_for_a_topic_is_one_for_the_other(editor):
    anna, boris = factories.person(), factories.person()
    old, new = factories.topic("акция"), factories.topic("акции")
    badge = db.session.scalars(select(Badge.id).where(Badge.code == "ten_answers")).one()
    with unit_of_work():
        for person, topic in ((anna, old), (anna, new), (boris, old)):
            row = {"person_id": person.id, "badge_id": badge, "subject_id": topic.id, "awarded_at": 1}
            db.session.add(EarnedBadge(**row))
    service.merge(editor, "акция", "акции")
    deliver_twice("badges.topics_merged")
    deliver_twice("search.topics_merged")
    earned = db.session.execute(select(EarnedBadge.person_id, EarnedBadge.subject_id)).all()
    assert sorted(map(tuple, earned)) == sorted([(anna.id, new.id), (boris.id, new.id)])


@pytest.mark.parametrize(
    ("roles", "points", "may"),
    [([], 0, False), (["manager"], 0, False), (["moderator"], 0, False), ([], 899, False), ([], 900, True),
     (["editor"], 0, True), (["administrator"], 0, True)],
)  # fmt: skip
def test_editors_merge_and_who_has_reached_the_level(database, roles, points, may):
    person = factories.person(roles=roles)
    with unit_of_work():
        db.session.add(Balance(person_id=person.id, account="reputation", points=points))
    me = factories.actor(person)
    anna = factories.person()
    factories.publication(anna, "Полка #акции"), factories.publication(anna, "Полка #акция")
    outbox.run_due()
    assert can_merge(me) is may
    if may:
        assert service.merge(me, "акция", "акции") == "акции"
    else:
        with pytest.raises(Forbidden):
            service.merge(me, "акция", "акции")


@pytest.mark.parametrize(("points", "may"), [(0, False), (5000, True)])
def test_who_has_reached_the_level_is_led_there(client, database, points, may):
    anna = factories.person()
    factories.publication(anna, "Полка #акция")
    db.session.add(Balance(person_id=anna.id, account="reputation", points=points))
    db.session.commit()
    client.sign_in(anna)
    box = client.get("/topics/акция/experts", headers={"HX-Request": "true"}).text
    assert ("/merge" in box) is may


def test_a_level_undoes_no_decision_and_swallows_nothing_large(editor):
    person, anna = factories.person(), factories.person()
    with unit_of_work():
        db.session.add(Balance(person_id=person.id, account="reputation", points=5000))
    me = factories.actor(person)
    for body in ("#акции", "#акция", "#акция ещё", "#касса"):
        factories.publication(anna, body)
    outbox.run_due()
    service.choose(editor, "касса")
    for name, into in (("акция", "акции"), ("касса", "акция"), ("акции", "никто"), ("никто", "акции")):
        with pytest.raises(Invalid) as caught:
            service.merge(me, name, into)
        assert caught.value.field == "into"
    assert service.merge(me, "акции", "акция") == "акция"


def test_the_page_says_what_would_happen_and_does_it(client, editor):
    anna = factories.person()
    factories.publication(anna, "Полка #акция"), factories.publication(anna, "Полка #акции")
    outbox.run_due()
    service.subscribe(factories.actor(anna), "акция")
    client.sign_in(anna)
    assert "/merge" not in client.get("/topics/акция").text
    assert client.get("/topics/акция/merge").status_code == 403

    client.sign_in(db.session.get_one(type(anna), editor.person_id))
    assert "/merge" in client.get("/topics/акция").text
    with counting() as statements:
        page = client.get("/topics/акция/merge?into=%23акции").text
    assert len(statements) <= 12
    assert "ещё 1 человек" in page.lower()
    assert "1 публикация" in page
    wrong = client.get("/topics/акция/merge?into=две+темы")
    assert (wrong.status_code, "две темы" in wrong.text) == (422, True)
    assert client.post("/topics/акция/merge", data={"into": "акция"}).status_code == 422

    done = client.post("/topics/акция/merge", data={"into": "акции"})
    assert (done.status_code, done.location.rpartition("/")[0]) == (303, "/topics")
    old = client.get("/topics/акция")
    assert (old.status_code, old.location) == (303, done.location)
    assert "#акции" in client.get(old.location).text
