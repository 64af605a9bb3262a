import pytest
from sqlalchemy import select, update

from app.content.models import ContentItem
from app.core import outbox
from app.core.db import db
from app.core.fulltext.engine import engine
from app.core.fulltext.interface import Put, Query, Remove
from app.core.unit_of_work import unit_of_work
from app.search import jobs, service
from app.search.models import SearchPending
from app.search.queries import documents
from app.search.service import indexing
from app.topics import service as topics
from tests import factories
from tests.support.outbox import deliver_twice


def pending():
    return [(row.kind, row.document_id) for row in db.session.scalars(select(SearchPending))]


def indexed(kind):
    return sorted(id_ for found, id_, _ in engine().all_ids() if found == kind)


def test_events_are_applied_and_crossed_out(anna, index):
    news = factories.publication(anna, "тариф #тарифы")
    outbox.run_due()
    assert pending() == []
    assert news.id in indexed("publication")
    assert len(indexed("topic")) == 1


def test_what_the_index_could_not_take_waits(anna, index):
    (index / "current").unlink()
    news = factories.publication(anna, "тариф")
    outbox.run_due()
    assert ("publication", news.id) in pending()
    service.rebuild()
    assert pending() == []
    assert indexed("publication") == [news.id]


def test_a_row_marked_again_while_it_is_read_is_not_crossed_out(anna, index, monkeypatch):
    news = factories.publication(anna, "тариф")
    outbox.run_due()
    apply = engine().apply_loaded

    def apply_and_mark_again(load):
        apply(load)
        monkeypatch.undo()
        with unit_of_work():
            db.session.execute(update(SearchPending).values(event_id=SearchPending.event_id + 1))

    with unit_of_work():
        db.session.add(SearchPending(kind="publication", document_id=news.id, event_id=5))
    monkeypatch.setattr(engine(), "apply_loaded", apply_and_mark_again)
    service.drain()
    assert pending() == [("publication", news.id)]
    service.drain()
    assert pending() == []


def test_an_old_event_delivered_late_marks_nothing_back(anna, index, monkeypatch):
    monkeypatch.setattr(indexing, "drain", lambda: 0)
    for event_id in (7, 3):
        with unit_of_work():
            service.mark([("person", anna.id)], event_id)
    assert [row.event_id for row in db.session.scalars(select(SearchPending))] == [7]


def test_more_marks_than_a_batch(anna, index, monkeypatch):
    monkeypatch.setattr(indexing, "BATCH", 3)
    for number in range(8):
        factories.publication(anna, f"тариф {number}")
    outbox.run_due()
    assert pending() == []
    assert len(indexed("publication")) == 8


def test_rebuild_reads_everything_in_batches(anna, index, monkeypatch):
    news = factories.publication(anna, "тариф #тарифы")
    factories.comment(news)
    factories.group()
    expected = {(d.kind, d.id, d.fingerprint()) for d in documents.everything()}
    assert {kind for kind, _, _ in expected} == {"person", "publication", "comment", "topic", "group"}
    service.rebuild()
    assert set(engine().all_ids()) == expected


def test_verify_finds_and_repairs_every_drift(anna, index):
    kept, lost, changed = (factories.publication(anna, f"тариф {number}") for number in range(3))
    outbox.run_due()
    assert service.verify().keys == ()
    stale = documents.load("publication", [kept.id])[0]
    engine().apply([Remove("publication", lost.id)])
    with unit_of_work():
        db.session.execute(update(ContentItem).where(ContentItem.id == changed.id).values(body_html="иное"))
    extra = type(stale)(kind="comment", id=999_999, title="", text="лишнее", created=1)
    engine().apply([Put(extra)])

    drift = service.verify(repair=False)
    assert drift.missing == (("publication", lost.id),)
    assert drift.outdated == (("publication", changed.id),)
    assert drift.left_over == (("comment", 999_999),)
    assert service.verify().keys == drift.keys
    assert service.verify().keys == ()
    assert engine().search(Query("иное")).total == 1


def test_commands(anna, index, flask_app):
    factories.publication(anna, "тариф")
    outbox.run_due()
    run = flask_app.test_cli_runner().invoke
    assert run(args=["search", "verify"]).exit_code == 0
    engine().apply([Remove("person", anna.id)])
    found = run(args=["search", "verify"])
    assert found.exit_code == 1
    assert "1 missing from the index: person" in found.output
    assert run(args=["search", "verify"]).exit_code == 0
    service.rebuild()
    (words,) = index.glob("generations/*/*.pst")
    words.write_bytes(words.read_bytes()[::-1])
    damaged = run(args=["search", "verify"])
    assert damaged.exit_code == 1
    assert "search rebuild" in damaged.output
    (index / "current").unlink()
    assert run(args=["search", "verify"]).exit_code == 1
    rebuilt = run(args=["search", "rebuild"])
    assert rebuilt.exit_code == 0
    assert "2 documents indexed." in rebuilt.output
    assert service.status().healthy


def test_a_lost_index_is_rebuilt_by_the_job(anna, index, monkeypatch):
    started = []
    monkeypatch.setattr(jobs, "run_beside", lambda name, act: started.append(name) or act())
    jobs.heal()
    assert started == []
    (index / "current").unlink()
    assert not service.status().healthy
    jobs.heal()
    assert started == ["search rebuild"]
    assert service.status().healthy
    assert indexed("person") == [anna.id]


def test_jobs_survive_a_missing_index_and_begin_a_new_one(anna, index, monkeypatch):
    started = []
    monkeypatch.setattr(jobs, "run_beside", lambda name, act: started.append(name))
    jobs.drain()
    assert started == []
    (index / "current").unlink()
    jobs.verify()
    assert not service.status().healthy
    assert started == []
    jobs.drain()
    assert started == ["search rebuild"]


def test_content_listeners_twice(anna, index):
    from app.content.schemas import Edit
    from app.content.service import changing

    actor = factories.actor(anna)
    news = factories.publication(anna, "тариф #тарифы")
    deliver_twice("search.published")
    deliver_twice("search.topic_created")
    changing.add_topics(actor, news.public_id, "акции")
    deliver_twice("search.topics_added")
    comment = factories.comment(news, anna)
    deliver_twice("search.commented")
    changing.edit(actor, news.public_id, Edit("новое", news.revision))
    deliver_twice("search.edited")
    changing.delete(actor, comment.public_id)
    deliver_twice("search.deleted")
    assert indexed("publication") == [news.id]
    assert indexed("comment") == []
    assert service.verify().keys == ()


def test_moderation_listeners_twice(anna, index):
    from app.content.service import moderating

    news = factories.publication(anna, "тариф")
    for act, name, left in ((moderating.hide, "hidden", []), (moderating.restore, "restored", [news.id])):
        with unit_of_work():
            row = db.session.get_one(ContentItem, news.id)
            act(row, row, anna.id)
        outbox.run_due()
        assert indexed("publication") == left, name
    deliver_twice("search.hidden")
    deliver_twice("search.restored")


@pytest.mark.parametrize("number", range(5))
def test_people_listeners_twice(anna, index, number):
    from app.people import events

    with unit_of_work():
        for event in (
            events.PersonJoined(anna.id),
            events.PersonChanged(anna.id),
            events.PersonMoved(anna.id, None, None, None, None),
            events.PersonLeft(anna.id),
            events.PersonReturned(anna.id),
        )[number : number + 1]:
            outbox.emit(event)
    if number == 0:
        deliver_twice("search.person_joined")
    elif number == 1:
        deliver_twice("search.person_changed")
    elif number == 2:
        deliver_twice("search.person_moved")
    elif number == 3:
        deliver_twice("search.person_left")
    else:
        deliver_twice("search.person_returned")
    assert indexed("person") == [anna.id]


def test_who_leaves_is_found_no_more(anna, index):
    from app.people.events import PersonLeft

    with unit_of_work():
        db.session.get_one(type(anna), anna.id).state = "left"
        outbox.emit(PersonLeft(anna.id))
    outbox.run_due()
    assert indexed("person") == []


def test_topic_and_group_listeners_twice(anna, index):
    from app.groups.events import GroupChanged, GroupCreated, GroupVisibilityChanged
    from app.topics.events import MandatoryRulesChanged, TopicChanged

    topic, group = factories.topic("Отпуск"), factories.group("Планёрка", owner=anna)
    factories.publication(anna, "про #отпуск", place=group)
    with unit_of_work():
        outbox.emit(TopicChanged(topic.id, anna.id))
        outbox.emit(MandatoryRulesChanged(topic.id, None, None))
        outbox.emit(MandatoryRulesChanged(None, group.id, None))
        outbox.emit(GroupCreated(group.id, anna.id))
        outbox.emit(GroupChanged(group.id, anna.id))
        outbox.emit(GroupVisibilityChanged(group.id, anna.id, "open", "secret"))
    deliver_twice("search.topic_changed")
    deliver_twice("search.topic_mandatory")
    deliver_twice("search.group_created")
    deliver_twice("search.group_changed")
    deliver_twice("search.group_opened_or_closed")
    assert indexed("group") == [group.id]
    assert service.verify().keys == ()


def test_closing_a_group_closes_what_stands_in_it(anna, index, close_silently):
    from app.groups.events import GroupVisibilityChanged

    group = factories.group("Планёрка", owner=anna)
    news = factories.publication(anna, "тариф #тайна", place=group)
    factories.comment(news, anna, "тариф")
    outbox.run_due()
    assert engine().search(Query("тариф")).total == 2
    close_silently(group)
    with unit_of_work():
        outbox.emit(GroupVisibilityChanged(group.id, anna.id, "open", "secret"))
    outbox.run_due()
    assert engine().search(Query("тариф")).total == 0
    assert engine().search(Query("тариф", visible_groups=(group.id,))).total == 2


def test_a_merged_topic_is_found_by_either_name(anna, find):
    news = factories.publication(anna, "Новые ценники #акция")
    outbox.run_due()
    topics.merge(factories.actor(factories.person(roles=["editor"])), "акция", "промо")
    for q in ("#акция", "#промо"):
        found = find(anna, q)
        assert [text.url for text in found.texts] == [f"/p/{news.public_id}"], q
    for q in ("акция", "промо"):
        assert [topic.key for topic in find(anna, q).topics] == ["промо"], q
    assert [key for key in service.verify().keys if key[0] != "person"] == []
