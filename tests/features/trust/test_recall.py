"""When something official changes, what relies on it is to be checked, and who has read it is told."""

import pytest

from app.accounts.service import erase
from app.content.models import ContentLink
from app.content.schemas import Edit
from app.content.service.changing import edit
from app.core import clock, outbox
from app.core.db import db
from app.core.errors import Conflict, Forbidden
from app.core.unit_of_work import unit_of_work
from app.groups.service import leave
from app.questions.service import accept
from app.search.service import answer_found
from app.trust.models import ContentOpening
from app.trust.service import check, forget_old, make_official
from tests.factories import content, groups, people
from tests.features.trust.conftest import row, told, until
from tests.support.outbox import deliver_twice


def link(from_, to, kind="linked"):
    with unit_of_work():
        db.session.add(ContentLink(from_id=from_.id, to_id=to.id, kind=kind, created_at=clock.now()))


def answered(asker, body="Смотрите там", accepted=True):
    asked = content.question(asker, "Похожий вопрос")
    answer = content.answer(asked, people.person(), body)
    if accepted:
        accept(people.actor(asker), answer.public_id, on=True)
    return asked, answer


def reword(thread, text="Четырнадцать дней, с чеком"):
    item = content.written(thread.right.public_id)
    edit(people.actor(thread.expert), item.public_id, Edit(text, item.revision))
    outbox.run_due()


def states(*items):
    return [found.state if (found := row(each)) else None for each in items]


def test_everything_linked_is_to_be_checked(official):
    there, path = official.asker, f"/p/{official.asked.public_id}"
    linked, linked_answer = answered(there)
    duplicate, duplicate_answer = answered(there)
    original, original_answer = answered(there)
    link(linked, official.asked)
    link(duplicate, official.right, "duplicate")
    link(official.asked, original, "duplicate")
    _, writes = answered(there, f"Вот: [ответ]({path}#c-{official.right.public_id})")
    _, whole = answered(there, f"Вот: [вопрос]({path})")
    _, elsewhere = answered(there, f"Вот: [другое]({path}#c-{official.wrong.public_id})")
    _, opinion = answered(there, f"Вот: [вопрос]({path})", accepted=False)
    pointed_at, pointed_answer = answered(there)
    link(official.asked, pointed_at)
    assert states(linked_answer, writes) == [None, None]

    reword(official)
    deliver_twice("trust.follow_edit")
    deliver_twice("trust.recall")
    relying = (linked_answer, duplicate_answer, original_answer, writes, whole)
    assert states(*relying) == ["check"] * 5
    assert states(elsewhere, opinion, pointed_answer) == [None] * 3
    assert {row(each).because_id for each in relying} == {official.right.id}


def test_who_may_checks_again_and_it_counts_as_before(client, official):
    linked, answer = answered(official.asker)
    link(linked, official.asked)
    reword(official)
    page = client.sign_in(people.person()).get(f"/p/{linked.public_id}").text
    assert "answer--check" in page
    assert "Проверить заново" in page
    with pytest.raises(Forbidden):
        check(people.actor(people.person()), answer.public_id)
    client.sign_in(official.asker)
    assert "Четырнадцать дней, с чеком" in client.get(f"/items/{answer.public_id}/trust").text
    assert client.post(f"/items/{answer.public_id}/checked").status_code == 303
    assert row(answer).state == "opinion"
    assert "Принятый ответ" in client.get(f"/p/{linked.public_id}").text
    with pytest.raises(Conflict):
        check(people.actor(official.asker), answer.public_id)


def test_a_text_that_its_owner_did_not_write_is_to_be_checked_itself(official):
    reword(official)
    assert states(official.right) == ["check"]
    with pytest.raises(Forbidden):
        check(people.actor(official.asker), official.right.public_id)
    check(people.actor(official.editor), official.right.public_id)
    assert states(official.right) == ["official"]

    other = content.answer(content.question(official.asker), official.editor, "Сама пишу")
    make_official(people.actor(official.editor), other.public_id, on=True)
    edit(people.actor(official.editor), other.public_id, Edit("Сама правлю", 1))
    outbox.run_due()
    assert states(other) == ["official"]


def test_who_has_opened_it_lately_is_told_what_changed(client, official):
    early, lately, never = (people.person() for _ in range(3))
    path = f"/p/{official.asked.public_id}"
    client.sign_in(early).get(path)
    clock.advance(31 * clock.DAY)
    client.sign_in(lately).get(path)
    client.get(path)
    reword(official)
    deliver_twice("notifications.on_recall")
    assert (told(early), told(lately), told(never)) == ([], ["recalled"], [])

    bell = client.get("/notifications").text
    address = bell.split("/open")[0].rpartition('"')[2]
    changes = client.get(f"{address}/open").location
    assert changes == f"/items/{official.right.public_id}/changes?from=1"
    shown = client.get(changes).text
    assert "<del>" in shown
    assert "с чеком</ins>" in shown
    client.get(path)
    assert db.session.get(ContentOpening, (official.right.id, lately.id)).revision == 2
    assert client.get(f"/items/{official.right.public_id}/changes?from=99").status_code == 404
    assert client.get(f"/items/{official.right.public_id}/changes?from=x").status_code == 422

    # What is withdrawn or ends early is told as well; who does it is not told.
    client.sign_in(official.editor).get(path)
    until(official, "2026-05-20")
    make_official(people.actor(official.editor), official.right.public_id, on=False)
    assert told(lately) == ["recalled"] * 3
    assert "recalled" not in told(official.editor)
    assert "больше не официальный" in client.sign_in(lately).get(changes).text


def test_who_took_it_for_the_answer_while_asking_has_read_it(official):
    person = people.person()
    answer_found(people.actor(person), official.asked.public_id, "сколько дней")
    reword(official)
    assert told(person) == ["recalled"]


def test_who_unfolds_it_among_the_answers_of_a_topic_has_read_it(client, official):
    person = people.person()
    client.sign_in(person)
    address = f"/items/{official.right.public_id}/opened"
    assert f'hx-post="{address}"' in client.get("/topics/возврат/answers").text
    for _ in range(2):
        assert client.post(address).status_code == 204
    reword(official)
    assert told(person) == ["recalled"]


def test_nobody_is_told_of_what_they_may_no_longer_see(client, official):
    reader = people.person()
    group = groups.group(
        visibility="closed", owner=official.asker, members=[official.expert, official.editor, reader]
    )
    asked = content.question(official.asker, place=group)
    answer = content.answer(asked, official.expert)
    make_official(people.actor(official.editor), answer.public_id, on=True)
    client.sign_in(reader).get(f"/p/{asked.public_id}")
    leave(people.actor(reader), group.handle)
    edit(people.actor(official.expert), answer.public_id, Edit("Новое", 1))
    assert told(reader) == []


def test_openings_are_kept_for_thirty_days_and_forgotten_with_the_person(client, official):
    reader, erased = people.person(), people.person()
    for each in (reader, erased):
        client.sign_in(each).get(f"/p/{official.asked.public_id}")
    assert db.session.query(ContentOpening).count() == 2
    erase(erased.id, by=None, texts=False)
    outbox.run_due()
    deliver_twice("trust.forget_person")
    assert [each.person_id for each in db.session.query(ContentOpening)] == [reader.id]
    clock.advance(30 * clock.DAY)
    assert forget_old() == 0
    clock.advance(1)
    assert forget_old() == 1
