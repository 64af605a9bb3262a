"""Reports and decisions: what they change, what they keep, and what they tell."""

import pytest
from sqlalchemy import select

from app.content.events import ContentHidden, ContentRestored
from app.content.models import HIDDEN, PUBLISHED, ContentItem
from app.content.queries.cards import publication_page
from app.content.schemas import Edit
from app.content.service.changing import delete, edit
from app.core import outbox
from app.core.audit import AuditEntry
from app.core.db import db
from app.core.errors import Forbidden, Invalid
from app.moderation import queries, service
from app.moderation.models import Decision, Report
from app.questions.service import accept
from tests import factories
from tests.factories.content import answer, comment, like, publication, question
from tests.support.outbox import deliver_twice
from tests.support.statements import counting

COUNTERS = ("likes_count", "comments_count", "answers_count", "usefulness", "activity_at", "last_liker_id")


@pytest.fixture
def mara(cast):
    return factories.actor(cast.mara)


def counters(item):
    db.session.expire_all()
    return {name: getattr(item, name) for name in COUNTERS}


def states():
    return db.session.scalars(select(Report.state).order_by(Report.id)).all()


def told(item):
    return [event for event in _events() if event.content_id == item.id]


def _events():
    rows = db.session.scalars(select(outbox.OutboxEvent).order_by(outbox.OutboxEvent.id))
    kinds = {"ContentHidden": ContentHidden, "ContentRestored": ContentRestored}
    return [kinds[row.name].from_payload(row.payload) for row in rows if row.name in kinds]


@pytest.fixture
def busy_thread(cast):
    """A question with an accepted answer, another answer, a comment with a reply, and likes."""
    asked = question(cast.anna)
    good, other = answer(asked, cast.bob), answer(asked, cast.charlie)
    talk = comment(asked, cast.charlie)
    reply = comment(asked, cast.bob, to=talk)
    for item in (asked, good, talk):
        like(item, cast.edgar)
        like(item, cast.gleb)
    accept(factories.actor(cast.anna), good.public_id, on=True)
    return {"question": asked, "accepted": good, "answer": other, "comment": talk, "reply": reply}


@pytest.mark.parametrize("which", ["question", "accepted", "answer", "comment", "reply"])
def test_hiding_and_restoring_changes_no_counter(busy_thread, mara, which):
    item, root = busy_thread[which], busy_thread["question"]
    before = counters(root), counters(item)

    assert service.hide(mara, item.public_id, "Грубо")
    assert service.restore(mara, item.public_id, "Разобрались")

    assert (counters(root), counters(item)) == before
    assert item.state == PUBLISHED


@pytest.mark.parametrize(
    ("which", "comments", "answers"), [("answer", 3, 1), ("comment", 3, 2), ("reply", 3, 2)]
)
def test_a_hidden_comment_is_not_counted(busy_thread, mara, which, comments, answers):
    service.hide(mara, busy_thread[which].public_id, "Грубо")

    root = busy_thread["question"]
    db.session.expire_all()
    assert (root.comments_count, root.answers_count) == (comments, answers)


def test_deciding_twice_is_deciding_once(cast, mara):
    item = publication(cast.anna)

    assert service.hide(mara, item.public_id, "Грубо")
    assert not service.hide(factories.actor(cast.ada), item.public_id, "Тоже грубо")
    assert service.restore(mara, item.public_id, "Ошибка")
    assert not service.restore(mara, item.public_id, "Ошибка")

    assert db.session.scalars(select(Decision.action).order_by(Decision.id)).all() == ["hide", "restore"]
    assert [type(event) for event in told(item)] == [ContentHidden, ContentRestored]


def test_hiding_raises_the_version_that_caches_are_keyed_by(cast, mara):
    root = publication(cast.anna)
    talk = comment(root, cast.bob)
    before = root.version

    service.hide(mara, talk.public_id, "Грубо")

    db.session.expire_all()
    assert root.version == before + 1


def test_the_audit_log_keeps_who_and_why(cast, mara):
    item = publication(cast.anna)
    service.report(factories.actor(cast.bob), item.public_id, "rude")
    service.keep(mara, item.public_id)
    service.hide(mara, item.public_id, "Всё-таки грубо")
    service.restore(mara, item.public_id, "Автор исправил")

    entries = db.session.scalars(
        select(AuditEntry).where(AuditEntry.subject == f"item:{item.public_id}").order_by(AuditEntry.id)
    ).all()

    assert [(entry.action, entry.details["reason"]) for entry in entries] == [
        ("reports.dismissed", ""),
        ("content.hidden", "Всё-таки грубо"),
        ("content.restored", "Автор исправил"),
    ]
    assert {entry.actor_id for entry in entries} == {cast.mara.id}
    assert {entry.details["author_id"] for entry in entries} == {cast.anna.id}


def test_the_author_reads_the_latest_reason(cast, mara):
    item, other = publication(cast.anna), publication(cast.anna)
    service.hide(mara, item.public_id, "Первая причина")
    service.restore(mara, item.public_id, "Ошибка")
    service.hide(mara, item.public_id, "Вторая причина")
    service.hide(mara, other.public_id, "Другая")

    ids = [item.id, other.id]

    with counting() as statements:
        found = queries.hidden_reasons(ids)

    assert found == {item.id: "Вторая причина", other.id: "Другая"}
    assert len(statements) == 1
    card, _thread = publication_page(factories.actor(cast.anna), item.public_id)
    assert card.hidden_reason == "Вторая причина"
    assert queries.hidden_reasons([]) == {}


@pytest.mark.parametrize(
    ("reader", "seen"), [("bob", False), ("charlie", True), ("mara", True), ("anna", False)]
)
def test_a_hidden_comment_is_seen_by_its_author_and_moderators_alone(cast, mara, reader, seen):
    """Not even the author of the publication sees what a moderator hid in their thread."""
    root = publication(cast.anna)
    talk = comment(root, cast.charlie, "Скрытые слова")
    reply = comment(root, cast.bob, "Ответ на них", to=talk)
    service.hide(mara, talk.public_id, "Грубо")

    _card, thread = publication_page(factories.actor(getattr(cast, reader)), root.public_id)

    shown = {each.id for top in thread for each in (top, *top.replies)}
    assert (talk.id in shown) is seen
    assert reply.id in shown


@pytest.mark.parametrize("reason", ["", "   \n ", "\u200b\u2060", "я" * 1001])
def test_a_decision_needs_a_reason(cast, mara, reason):
    item = publication(cast.anna)
    for act in (service.hide, service.restore):
        with pytest.raises(Invalid) as refused:
            act(mara, item.public_id, reason)
        assert "reason" in refused.value.errors
    assert item.state == PUBLISHED


@pytest.mark.parametrize(
    ("reason", "note", "field"),
    [("", "", "reason"), ("bad", "", "reason"), ("other", "  ", "note"), ("rude", "я" * 1001, "note")],
)
def test_a_report_says_what_is_wrong(cast, reason, note, field):
    item = publication(cast.anna)

    with pytest.raises(Invalid) as refused:
        service.report(factories.actor(cast.bob), item.public_id, reason, note)

    assert field in refused.value.errors
    assert states() == []


def test_reporting_is_once_per_person_and_text(cast):
    item, other = publication(cast.anna), publication(cast.anna)
    bob, charlie = factories.actor(cast.bob), factories.actor(cast.charlie)

    assert service.report(bob, item.public_id, "rude", "Смотрите\x1e\r\nвторую строку")
    assert not service.report(bob, item.public_id, "spam")
    assert service.report(charlie, item.public_id, "spam")
    assert service.report(bob, other.public_id, "rude")

    assert states() == ["open"] * 3
    assert db.session.scalars(select(Report.note).order_by(Report.id)).first() == "Смотрите\nвторую строку"


def test_hiding_upholds_keeping_dismisses(cast, mara):
    bob, charlie = factories.actor(cast.bob), factories.actor(cast.charlie)
    hidden, kept, waiting = (publication(cast.anna) for _ in range(3))
    for item in (hidden, kept, waiting):
        service.report(bob, item.public_id, "rude")
    service.report(charlie, kept.public_id, "spam")

    service.hide(mara, hidden.public_id, "Грубо")
    assert service.keep(mara, kept.public_id) == 2
    assert service.keep(mara, kept.public_id) == 0

    assert states() == ["upheld", "dismissed", "open", "dismissed"]
    assert (
        db.session.scalars(select(Report.handled_by).where(Report.state != "open")).all()
        == [cast.mara.id] * 3
    )
    db.session.expire_all()
    assert kept.state == PUBLISHED
    assert hidden.state == HIDDEN


def test_the_queue_groups_reports_and_puts_the_oldest_first(cast, mara, frozen_clock):
    first, second = publication(cast.anna, "Первый текст"), publication(cast.anna, "Второй текст")
    readers = [factories.actor(person) for person in (cast.bob, cast.charlie, cast.edgar)]
    service.report(readers[0], second.public_id, "rude", "Грубит")
    frozen_clock.advance(1_000_000)
    for reader in readers:
        service.report(reader, first.public_id, "customer_data")
        frozen_clock.advance(1_000_000)

    found = queries.queue(mara)

    assert [case.item.public_id for case in found.cases] == [second.public_id, first.public_id]
    assert [case.waiting for case in found.cases] == [1, 3]
    assert found.waiting == 2
    assert [line.reporter.name for line in found.cases[1].reports] == [each.name for each in readers]
    assert found.cases[0].reports[0].note == "Грубит"
    assert found.cases[0].item.excerpt == "Второй текст"


def test_the_queue_costs_the_same_for_many(cast, mara):
    def fill(times):
        for _ in range(times):
            service.report(factories.actor(cast.bob), publication(cast.anna).public_id, "rude")

    def cost():
        with counting() as statements:
            assert queries.queue(mara).cases
        return len(statements)

    fill(3)
    few = cost()
    fill(30)
    assert cost() == few <= 4
    assert len(queries.queue(mara).cases) < queries.open_count(mara) == 33


def test_decisions_go_on_page_by_page(cast, mara):
    items = [publication(cast.anna) for _ in range(35)]
    for item in items:
        service.hide(mara, item.public_id, "Грубо")

    first = queries.decided(mara)
    with counting() as statements:
        second = queries.decided(mara, first.next)

    listed = [line.item.public_id for line in (*first.lines, *second.lines)]
    assert listed == [item.public_id for item in reversed(items)]
    assert second.next is None
    assert len(statements) <= 4


def test_an_author_who_deletes_it_closes_its_reports(cast, mara):
    root = publication(cast.anna)
    talk = comment(root, cast.charlie)
    other = publication(cast.anna)
    for item in (root, talk, other):
        service.report(factories.actor(cast.bob), item.public_id, "rude")

    delete(factories.actor(cast.anna), root.public_id)
    assert queries.open_count(mara) == 1
    outbox.run_due()

    assert states() == ["gone", "gone", "open"]


def test_the_listener_may_run_twice(cast):
    root = publication(cast.anna)
    service.report(factories.actor(cast.bob), root.public_id, "rude")
    delete(factories.actor(cast.anna), root.public_id)

    deliver_twice("moderation.close_reports")

    assert states() == ["gone"]


def test_an_edit_after_hiding_is_not_possible_but_deleting_is(cast, mara):
    item = publication(cast.anna)
    service.hide(mara, item.public_id, "Грубо")
    anna = factories.actor(cast.anna)

    with pytest.raises(Forbidden):
        edit(anna, item.public_id, Edit("Исправлено", item.revision))

    delete(anna, item.public_id)
    assert db.session.get_one(ContentItem, item.id).state == "deleted"
