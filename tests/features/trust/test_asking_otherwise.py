"""A question that is rewritten: who vouched for an answer to what it asked before is asked anew."""

import pytest

from app.content.schemas import Edit
from app.content.service.changing import edit
from app.core import clock, outbox
from app.core.db import db
from app.core.errors import Conflict
from app.core.unit_of_work import unit_of_work
from app.questions.service import accept
from app.reputation.models import Balance
from app.reputation.queries import levels, standing
from app.trust.models import ContentConfirmation
from app.trust.schemas import Seen
from app.trust.service import check, make_official
from tests.factories import content, people
from tests.features.trust.conftest import row, shown, told
from tests.support.outbox import deliver_twice

ASKED = "Сколько дней на возврат? #возврат"
OTHER = "Сколько дней на обмен? #возврат"


@pytest.fixture
def trusted(thread):
    """Three people who have earned to confirm."""
    found = [people.person() for _ in range(3)]
    with unit_of_work():
        db.session.add_all(
            Balance(person_id=each.id, account="reputation", points=levels()[4]) for each in found
        )
    return found


@pytest.fixture
def confirmed(thread, trusted):
    """The right answer, confirmed by two who may."""
    for each in trusted[:2]:
        accept(people.actor(each), thread.right.public_id, on=True)
    outbox.run_due()
    return thread


def accepted(thread):
    accept(people.actor(thread.asker), thread.right.public_id, on=True)
    outbox.run_due()


def ask(thread, text):
    """The asker rewrites the question, a minute after whatever was done before."""
    clock.advance(clock.MINUTE)
    item = content.written(thread.asked.public_id)
    edit(people.actor(thread.asker), item.public_id, Edit(text, item.revision))
    outbox.run_due()
    clock.advance(clock.MINUTE)


def write(thread, text):
    clock.advance(clock.MINUTE)
    item = content.written(thread.right.public_id)
    edit(people.actor(thread.expert), item.public_id, Edit(text, item.revision))
    outbox.run_due()
    clock.advance(clock.MINUTE)


def look(thread, person, seen=None):
    return check(people.actor(person), thread.right.public_id, seen=seen)


def confirmations(thread):
    rows = db.session.query(ContentConfirmation).filter_by(content_id=thread.right.id)
    return [each.revision for each in rows.order_by(ContentConfirmation.person_id)]


def test_who_asked_and_accepted_sees_at_once_that_it_is_to_be_said_again(client, thread):
    accepted(thread)
    had = standing(thread.expert.id).points
    ask(thread, OTHER)
    deliver_twice("questions.follow_edit")
    mine = row(thread.right)
    assert (mine.state, mine.because_id, mine.changed_from) == ("check", thread.asked.id, 1)
    assert (shown(thread.asked), standing(thread.expert.id).points) == (thread.right.id, had)
    # Nobody else vouched for it, and who rewrote it has just seen it.
    assert "reworded" not in told(thread.asker) + told(thread.expert) + told(thread.editor)
    page = client.sign_in(thread.asker).get(f"/p/{thread.asked.public_id}").text
    address = f"/items/{thread.right.public_id}/checked?revision=1"
    assert (address in page, "Ответ в силе" in page) == (True, True)
    assert address not in client.sign_in(people.person()).get(f"/p/{thread.asked.public_id}").text
    client.sign_in(thread.asker)
    assert client.post(address).status_code == 303
    assert row(thread.right).state == "opinion"
    page = client.get(f"/p/{thread.asked.public_id}").text
    assert (address in page, "Принятый ответ" in page) == (False, True)
    # What was looked at is what it asks now: a correction, or the same event again, asks nobody.
    deliver_twice("questions.follow_edit")
    ask(thread, OTHER.replace("?", " ?"))
    assert row(thread.right).state == "opinion"


def test_who_confirmed_is_shown_what_was_asked_before(client, confirmed, trusted):
    ask(confirmed, OTHER)
    deliver_twice("questions.follow_edit")
    deliver_twice("notifications.on_reworded")
    assert (row(confirmed.right).state, row(confirmed.right).was) == ("check", "confirmed")
    assert [told(each).count("reworded") for each in trusted] == [1, 1, 0]
    bell = client.sign_in(trusted[0]).get("/notifications").text
    assert "вопрос, ответ на который вы поддержали, изменён" in bell
    address = bell.split("/open")[0].rpartition('"')[2]
    changes = client.get(f"{address}/open").location
    assert changes == f"/items/{confirmed.right.public_id}/changes?question=1"
    compared = client.get(changes).text
    assert all(words in compared for words in ("возврат</del>", "обмен</ins>", "Четырнадцать дней"))
    assert 'name="question_revision" value="2"' in compared
    page = client.get(f"/items/{confirmed.right.public_id}/trust").text
    assert (changes in page, "Вопрос изменили" in page) == (True, True)
    assert client.get(f"/items/{confirmed.right.public_id}/changes?question=9").status_code == 404
    assert client.get(f"/items/{confirmed.asked.public_id}/changes?question=1").status_code == 404


def test_it_takes_as_many_who_confirm_it_as_the_answer_to_what_is_asked_now(confirmed, trusted):
    ask(confirmed, OTHER)
    assert confirmations(confirmed) == [-1, -1]
    with pytest.raises(Conflict) as refused:
        look(confirmed, trusted[0], Seen(1, 1))
    assert refused.value.field == "question_revision"
    assert look(confirmed, trusted[0], Seen(1, 2)) == (1, 2)
    # It is rewritten once more: that look was at another question.
    ask(confirmed, "Сколько дней на ремонт? #возврат")
    assert look(confirmed, trusted[1]) == (1, 2)
    assert look(confirmed, trusted[2]) == (2, 2)
    assert (row(confirmed.right).state, confirmations(confirmed)) == ("confirmed", [-1, 1, 1])
    assert row(confirmed.right).because_id is None
    deliver_twice("questions.follow_edit")
    assert row(confirmed.right).state == "confirmed"


def test_corrections_pass_and_many_of_them_are_compared_with_what_was_vouched_for(thread):
    accepted(thread)
    ask(thread, "сколько дней на возвра, #возврат")
    assert row(thread.right) is None
    ask(thread, "Сколько дней на возвр #возврат")
    assert row(thread.right).state == "check"


def test_the_question_that_was_answered_comes_back(confirmed):
    ask(confirmed, OTHER)
    ask(confirmed, ASKED)
    assert (row(confirmed.right).state, confirmations(confirmed)) == ("confirmed", [1, 1])
    # Not when the answer says something else by then: that is to be checked.
    ask(confirmed, OTHER)
    write(confirmed, "Тридцать дней")
    ask(confirmed, ASKED)
    mine = row(confirmed.right)
    assert (mine.state, mine.because_id, mine.changed_from) == ("check", None, 1)


def test_an_answer_that_comes_back_does_not_answer_another_question(confirmed):
    write(confirmed, "Тридцать дней")
    ask(confirmed, OTHER)
    assert row(confirmed.right).because_id is None
    write(confirmed, "Четырнадцать дней")
    mine = row(confirmed.right)
    assert (mine.state, mine.because_id, mine.changed_from) == ("check", confirmed.asked.id, 1)


def test_who_made_it_official_is_asked(official):
    ask(official, OTHER)
    deliver_twice("questions.follow_edit")
    assert (row(official.right).state, row(official.right).was) == ("check", "official")
    assert told(official.editor).count("reworded") == 1
    assert look(official, official.editor) == (0, 0)
    assert row(official.right).state == "official"


def test_what_nobody_vouches_for_stays_and_first_confirmations_do_not_count(thread, trusted):
    accept(people.actor(trusted[0]), thread.right.public_id, on=True)
    ask(thread, OTHER)
    assert row(thread.right) is None or row(thread.right).state == "opinion"
    accept(people.actor(trusted[1]), thread.right.public_id, on=True)
    assert shown(thread.asked) is None
    accept(people.actor(trusted[0]), thread.right.public_id, on=True)
    assert shown(thread.asked) == thread.right.id


def test_what_was_accepted_before_the_consequence_came_is_an_answer_to_what_is_asked_now(thread):
    clock.advance(clock.MINUTE)
    edit(people.actor(thread.asker), thread.asked.public_id, Edit(OTHER, 1))
    clock.advance(clock.MINUTE)
    accept(people.actor(thread.asker), thread.right.public_id, on=True)
    outbox.run_due()
    assert row(thread.right) is None


def test_an_acceptance_that_was_overruled_comes_back_to_be_checked(thread):
    accepted(thread)
    make_official(people.actor(thread.editor), thread.wrong.public_id, on=True)
    ask(thread, OTHER)
    make_official(people.actor(thread.editor), thread.wrong.public_id, on=False)
    mine = row(thread.right)
    assert (shown(thread.asked), mine.state, mine.because_id) == (thread.right.id, "check", thread.asked.id)


def test_nobody_vouches_for_what_they_have_not_read(thread):
    write(thread, "Тридцать дней")
    asker, editor = people.actor(thread.asker), people.actor(thread.editor)
    for vouch, who in ((accept, asker), (make_official, editor)):
        for seen, field in ((Seen(1), "revision"), (Seen(2, 2), "question_revision")):
            with pytest.raises(Conflict) as refused:
                vouch(who, thread.right.public_id, on=True, seen=seen)
            assert refused.value.field == field
        vouch(who, thread.right.public_id, on=True, seen=Seen(2, 1))
        # Taking it back needs no look.
        vouch(who, thread.right.public_id, on=False, seen=Seen(1))


def test_pages_say_what_was_read_on_them(client, thread):
    card, item = f"/p/{thread.asked.public_id}", f"/items/{thread.right.public_id}"
    offered = client.sign_in(thread.asker).get(card).text
    assert f"{item}/accept?revision=1" in offered
    write(thread, "Тридцать дней")
    refused = client.post(f"{item}/accept?revision=1", data={"on": "1"})
    assert (refused.status_code, "Посмотрите снова" in refused.text) == (409, True)
    assert shown(thread.asked) is None
    assert f"{item}/accept?revision=2" in client.get(card).text
    page = client.sign_in(thread.editor).get(f"{item}/trust").text
    assert all(f'name="{name}" value' in page for name in ("revision", "question_revision"))
    stale = {"on": "1", "revision": "2", "question_revision": "2"}
    assert client.post(f"{item}/official", data=stale).status_code == 409
    assert client.post(f"{item}/official", data={**stale, "question_revision": "1"}).status_code == 303
