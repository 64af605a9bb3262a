"""What is over or limited: what relies on it, who is asked to look, who is told, and what extending gives back."""

from datetime import date

import pytest

from app.content.schemas import Edit
from app.content.service.changing import edit
from app.core import clock, outbox
from app.core.errors import Invalid
from app.groups.service import leave
from app.questions.service import accept
from app.trust.jobs import watch_validity
from app.trust.schemas import Limits, SetLimits
from app.trust.service import check, extend, make_official, set_limits
from tests.factories import content, groups, people
from tests.features.trust.conftest import row, told, until
from tests.support.outbox import deliver_twice


@pytest.fixture
def relying(official):
    """An accepted answer that links to the official one, by somebody else."""
    asked = content.question(official.asker, "И ещё вопрос")
    link = f"/p/{official.asked.public_id}#c-{official.right.public_id}"
    answer = content.answer(asked, people.person("Автор Ссылки"), f"Вот: [ответ]({link})")
    accept(people.actor(official.asker), answer.public_id, on=True)
    return answer


def author_of(item):
    return people.db.session.get_one(people.Person, item.author_id)


def test_what_relies_on_something_over_is_to_be_checked_until_it_is_extended(client, official, relying):
    reader = people.person()
    client.sign_in(reader).get(f"/p/{official.asked.public_id}")
    until(official, "2026-05-10")
    deliver_twice("trust.recall")
    assert row(relying) is None, "until then it says what it said"
    assert told(reader) == ["recalled"], "that it has an end now"
    clock.advance(12 * clock.DAY)
    watch_validity()
    deliver_twice("trust.recall")
    deliver_twice("notifications.on_check_asked")
    assert (row(relying).state, row(relying).because_id) == ("check", official.right.id)
    assert told(reader) == ["recalled"], "that its day has come was known"
    assert "to_check" in told(author_of(relying))

    extend(people.actor(official.editor), official.right.public_id, 3)
    deliver_twice("trust.relieve")
    assert row(relying).state == "opinion"
    assert told(official.asker).count("to_check") == 1


def test_what_changed_meanwhile_is_still_to_be_checked(official, relying):
    until(official, "2026-05-10")
    clock.advance(12 * clock.DAY)
    watch_validity()
    outbox.run_due()
    edit(people.actor(official.expert), official.right.public_id, Edit("Двадцать дней", 1))
    outbox.run_due()
    check(people.actor(official.editor), official.right.public_id)
    extend(people.actor(official.editor), official.right.public_id, 3)
    outbox.run_due()
    assert row(relying).state == "check"


def test_who_has_read_it_is_told_that_it_is_for_fewer_people_now(client, official, relying):
    reader, ural = people.person(), people.region("Урал")
    client.sign_in(reader).get(f"/p/{official.asked.public_id}")
    until(official, None, region_ids=frozenset({ural.id}))
    assert told(reader) == ["recalled"]
    assert row(relying).state == "check"
    changes = client.get(f"/items/{official.right.public_id}/changes?from=1").text
    assert "Урал" in changes
    until(official, None)
    assert told(reader) == ["recalled"], "more people than before: nobody relied on that"


def test_an_answer_given_twice_extends_it_once(client, official):
    until(official, "2026-05-03")
    clock.advance(4 * clock.DAY)
    client.sign_in(official.editor)
    path = f"/items/{official.right.public_id}/extend"
    assert 'name="seen" value="2026-05-03"' in client.get(f"/items/{official.right.public_id}/trust").text
    for _ in range(2):
        assert client.post(path, data={"months": "1", "seen": "2026-05-03"}).status_code == 303
    assert row(official.right).valid_until == date(2026, 6, 5)


def test_in_a_closed_group_only_who_sees_it_is_asked(official):
    keeper = official.asker
    group = groups.group(visibility="closed", owner=keeper, members=[official.expert, official.editor])
    answer = content.answer(content.question(keeper, place=group), official.expert)
    outsider = people.person()
    with pytest.raises(Invalid):
        set_limits(
            people.actor(official.editor), answer.public_id, SetLimits(Limits(), f"@{outsider.handle}")
        )
    handle = official.editor.handle.upper()
    limits = SetLimits(Limits(valid_until=date(2026, 5, 3)), f"@{handle}")
    set_limits(people.actor(official.editor), answer.public_id, limits)
    assert row(answer).owner_id == official.editor.id
    make_official(people.actor(official.editor), answer.public_id, on=True)
    leave(people.actor(official.editor), group.handle)
    clock.advance(4 * clock.DAY)
    watch_validity()
    assert "still_true" not in told(official.editor)


def test_who_wrote_what_has_an_end_is_asked_before_the_editors(thread):
    mine = SetLimits(Limits(valid_until=date(2026, 5, 3)))
    set_limits(people.actor(thread.expert), thread.right.public_id, mine)
    clock.advance(4 * clock.DAY)
    watch_validity()
    assert told(thread.expert) == ["still_true"]
    assert told(thread.editor) == []
