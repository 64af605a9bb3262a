"""An answer that was accepted or confirmed and is rewritten: who vouched for what it said is asked anew."""

import pytest

from app.content.schemas import Edit
from app.content.service.changing import edit
from app.core import clock, outbox
from app.core.db import db
from app.core.errors import Conflict, Forbidden
from app.core.unit_of_work import unit_of_work
from app.questions.service import accept
from app.reputation.models import Balance
from app.reputation.queries import levels, standing
from app.search.queries.worth import worth_of
from app.trust.models import ContentConfirmation
from app.trust.service import check, make_official
from tests.factories import content, people
from tests.features.trust.conftest import row, shown, told
from tests.support.outbox import deliver_twice


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
def accepted(thread):
    """The right answer, accepted by who asked."""
    accept(people.actor(thread.asker), thread.right.public_id, on=True)
    outbox.run_due()
    return thread


@pytest.fixture
def confirmed(thread, trusted):
    """The right answer, confirmed by two who may."""
    for each in trusted[:2]:
        accept(people.actor(each), thread.right.public_id, on=True)
    outbox.run_due()
    return thread


def write(thread, text, by=None):
    item = content.written(thread.right.public_id)
    edit(people.actor(by or thread.expert), item.public_id, Edit(text, item.revision))
    outbox.run_due()


def look(thread, person):
    return check(people.actor(person), thread.right.public_id)


def standing_in_search(item):
    """How search ranks an answer: 1 confirmed, 0 not."""
    return worth_of([content.written(item.public_id)])[item.id].standing


def points(thread):
    return standing(thread.expert.id).points


def test_who_accepted_it_is_shown_what_changed_and_says_that_it_is_right(client, accepted):
    had = points(accepted)
    assert standing_in_search(accepted.right) == 1
    client.sign_in(accepted.asker)
    write(accepted, "Тридцать дней")
    assert standing_in_search(accepted.right) == 0
    deliver_twice("trust.follow_edit")
    deliver_twice("notifications.on_reworded")
    assert (row(accepted.right).state, row(accepted.right).changed_from) == ("check", 1)
    assert (shown(accepted.asked), points(accepted)) == (accepted.right.id, had)
    assert told(accepted.asker).count("reworded") == 1
    assert "reworded" not in told(accepted.expert)
    page = client.get(f"/p/{accepted.asked.public_id}").text
    assert "Проверить заново" in page
    assert "Принятый ответ" not in page

    bell = client.get("/notifications").text
    assert "который вы поддержали, переписан" in bell
    address = bell.split("/open")[0].rpartition('"')[2]
    changes = client.get(f"{address}/open").location
    assert changes == f"/items/{accepted.right.public_id}/changes?from=1"
    compared = client.get(changes).text
    assert "Четырнадцать</del>" in compared
    assert f"/items/{accepted.right.public_id}/checked" in compared
    assert 'name="revision" value="2"' in compared
    write(accepted, "Сорок дней")
    looked = {"revision": "2"}
    assert client.post(f"/items/{accepted.right.public_id}/checked", data=looked).status_code == 409
    assert row(accepted.right).state == "check"
    looked = {"revision": "3"}
    assert client.post(f"/items/{accepted.right.public_id}/checked", data=looked).status_code == 303
    assert (row(accepted.right).state, standing_in_search(accepted.right)) == ("opinion", 1)
    assert "Принятый ответ" in client.get(f"/p/{accepted.asked.public_id}").text
    assert f"/items/{accepted.right.public_id}/checked" not in client.get(changes).text


def test_who_accepted_it_takes_that_back(client, accepted):
    had = points(accepted)
    write(accepted, "Тридцать дней")
    client.sign_in(accepted.asker)
    page = client.get(f"/items/{accepted.right.public_id}/trust").text
    assert "changes?from=1" in page
    assert "Нет, больше не принимаю" in page
    client.post(f"/items/{accepted.right.public_id}/accept", data={"on": "0"})
    outbox.run_due()
    assert (shown(accepted.asked), points(accepted) < had) == (None, True)


@pytest.mark.parametrize("again", [False, True])
def test_a_correction_changes_nothing_and_many_of_them_are_compared_with_what_was_vouched_for(
    accepted, again
):
    write(accepted, "Четырнадцать дней.")
    write(accepted, "«Четырнадцат» дней")
    assert row(accepted.right).state == "opinion"
    assert told(accepted.asker).count("reworded") == 0
    if again:
        write(accepted, "«Четырнадцатеро» дней")
        assert (row(accepted.right).state, row(accepted.right).changed_from) == ("check", 1)


def test_what_stood_there_before_counts_as_before(accepted):
    write(accepted, "Тридцать дней")
    write(accepted, "Сорок дней")
    assert row(accepted.right).changed_from == 1
    assert told(accepted.asker).count("reworded") == 1
    write(accepted, "Четырнадцать  дней.")
    assert (row(accepted.right).state, row(accepted.right).changed_from) == ("opinion", None)


def test_it_takes_as_many_who_may_confirm_as_before(client, confirmed, trusted):
    write(confirmed, "Тридцать дней")
    deliver_twice("trust.follow_edit")
    assert (row(confirmed.right).state, row(confirmed.right).was) == ("check", "confirmed")
    assert [told(each).count("reworded") for each in trusted] == [1, 1, 0]
    assert shown(confirmed.asked) == confirmed.right.id
    assert look(confirmed, trusted[0]) == (1, 2)
    assert look(confirmed, trusted[0]) == (1, 2)
    # It is rewritten once more: that look was at another text.
    write(confirmed, "Сорок дней")
    assert look(confirmed, trusted[1]) == (1, 2)
    page = client.sign_in(trusted[0]).get(f"/items/{confirmed.right.public_id}/trust").text
    assert "Подтвердили прежний текст" in page
    assert "1 из 2" in page
    assert look(confirmed, trusted[2]) == (2, 2)
    assert (row(confirmed.right).state, row(confirmed.right).changed_from) == ("confirmed", None)
    with pytest.raises(Conflict):
        look(confirmed, trusted[0])
    now = db.session.query(ContentConfirmation).order_by(ContentConfirmation.person_id)
    assert [each.revision for each in now] == [2, 3, 3]


def test_whose_word_counts_alone_and_whose_does_not(confirmed, trusted):
    write(confirmed, "Тридцать дней")
    for stranger in (people.person(), confirmed.expert):
        with pytest.raises(Forbidden):
            look(confirmed, stranger)
    assert look(confirmed, confirmed.asker) == (0, 0)
    assert row(confirmed.right).state == "confirmed"


def test_one_who_confirmed_takes_it_back(confirmed, trusted):
    write(confirmed, "Тридцать дней")
    accept(people.actor(trusted[0]), confirmed.right.public_id, on=False)
    assert shown(confirmed.asked) is None
    assert row(confirmed.right).was == "opinion"


def test_what_was_confirmed_before_a_change_does_not_count_towards_enough(thread, trusted):
    accept(people.actor(trusted[0]), thread.right.public_id, on=True)
    write(thread, "Тридцать дней")
    accept(people.actor(trusted[1]), thread.right.public_id, on=True)
    assert shown(thread.asked) is None
    accept(people.actor(trusted[0]), thread.right.public_id, on=True)
    assert (shown(thread.asked), row(thread.right).state) == (thread.right.id, "confirmed")


def test_who_asked_and_accepted_their_own_answer_may_rewrite_it(thread):
    own = content.answer(thread.asked, thread.asker, "Я нашла: четырнадцать")
    accept(people.actor(thread.asker), own.public_id, on=True)
    edit(people.actor(thread.asker), own.public_id, Edit("Я нашла: тридцать", 1))
    outbox.run_due()
    assert row(own).state == "opinion"


def test_what_an_official_answer_overruled_comes_back_to_be_checked_when_it_was_rewritten(thread):
    accept(people.actor(thread.asker), thread.right.public_id, on=True)
    editor = people.actor(thread.editor)
    make_official(editor, thread.wrong.public_id, on=True)
    clock.advance(clock.MINUTE)
    write(thread, "Тридцать дней")
    assert row(thread.right) is None
    make_official(editor, thread.wrong.public_id, on=False)
    assert shown(thread.asked) == thread.right.id
    assert (row(thread.right).state, row(thread.right).changed_from) == ("check", 1)
    assert told(thread.asker).count("reworded") == 1


def test_accepting_what_was_edited_before_stands_for_how_it_reads_then(thread):
    write(thread, "Тридцать дней")
    accept(people.actor(thread.asker), thread.right.public_id, on=True)
    outbox.run_due()
    deliver_twice("trust.follow_edit")
    assert row(thread.right).state == "opinion"
    write(thread, "Сорок дней")
    assert row(thread.right).changed_from == 2
    accept(people.actor(thread.asker), thread.right.public_id, on=True)
    assert (row(thread.right).state, row(thread.right).text_from) == ("opinion", 3)
