"""Official overrules what was accepted, points follow, and withdrawing gives everything back."""

import pytest
from sqlalchemy import select

from app.content import policy as content_policy
from app.content.service import changing, moderating
from app.core import clock, outbox, settings
from app.core.audit import AuditEntry
from app.core.db import db
from app.core.errors import Conflict, Forbidden
from app.core.unit_of_work import unit_of_work
from app.questions.service import accept
from app.reputation.models import Balance
from app.reputation.queries import levels
from app.reputation.service import verify
from app.trust import policy
from app.trust.service import make_official
from tests.factories import content, groups, people
from tests.features.trust.conftest import row, shown, told
from tests.support.outbox import deliver_twice


def points(person):
    outbox.run_due()
    found = db.session.get(Balance, (person.id, "reputation"), populate_existing=True)
    return found.points if found else 0


def test_official_overrules_a_wrong_accepted_answer_and_points_follow(thread):
    asker, editor = people.actor(thread.asker), people.actor(thread.editor)
    wrong_by = db.session.get_one(people.Person, thread.wrong.author_id)
    before = points(wrong_by), points(thread.expert), points(thread.asker)
    accept(asker, thread.wrong.public_id, on=True)
    accepted = points(wrong_by), points(thread.expert), points(thread.asker)
    assert accepted == (before[0] + 25, before[1], before[2] + 2)

    for _again in range(2):
        make_official(editor, thread.right.public_id, on=True)
    assert shown(thread.asked) == thread.right.id
    assert row(thread.right).state == "official"
    assert (points(wrong_by), points(thread.expert), points(thread.asker)) == (
        before[0], before[1] + 40, before[2],
    )  # fmt: skip
    assert told(thread.expert) == ["official", "level"]
    assert list(verify()) == []

    for answer in (thread.wrong, thread.right):
        with pytest.raises(Conflict):
            accept(asker, answer.public_id, on=answer is thread.wrong)

    clock.advance(clock.HOUR)
    for _again in range(2):
        make_official(editor, thread.right.public_id, on=False)
    assert shown(thread.asked) == thread.wrong.id
    assert (points(wrong_by), points(thread.expert), points(thread.asker)) == accepted
    assert list(verify()) == []
    done = select(AuditEntry.action).where(AuditEntry.subject == f"item:{thread.right.public_id}")
    assert db.session.scalars(done.order_by(AuditEntry.id)).all() == ["trust.official", "trust.withdrawn"]


def test_what_the_asker_accepted_and_was_made_official_stays_accepted(thread):
    accept(people.actor(thread.asker), thread.right.public_id, on=True)
    before = points(thread.expert)
    make_official(people.actor(thread.editor), thread.right.public_id, on=True)
    assert points(thread.expert) == before + 40
    make_official(people.actor(thread.editor), thread.right.public_id, on=False)
    assert shown(thread.asked) == thread.right.id
    assert points(thread.expert) == before


def test_another_official_answer_takes_the_place_of_the_first(official):
    accepted = content.answer(official.asked, people.person())
    make_official(people.actor(official.editor), accepted.public_id, on=True)
    assert shown(official.asked) == accepted.id
    assert row(official.right).state == "opinion"
    make_official(people.actor(official.editor), accepted.public_id, on=False)
    assert shown(official.asked) is None
    outbox.run_due()
    assert list(verify()) == []


def test_what_is_deleted_or_hidden_is_official_no_more(thread):
    accept(people.actor(thread.asker), thread.wrong.public_id, on=True)
    make_official(people.actor(thread.editor), thread.right.public_id, on=True)
    with unit_of_work():
        moderating.hide(thread.right, thread.asked, thread.editor.id)
    deliver_twice("trust.follow_hidden")
    deliver_twice("search.accepted")
    deliver_twice("search.unaccepted")
    assert shown(thread.asked) == thread.wrong.id
    with unit_of_work():
        moderating.restore(content.written(thread.right.public_id), thread.asked, thread.editor.id)
    assert row(thread.right).state == "opinion"

    make_official(people.actor(thread.editor), thread.right.public_id, on=True)
    changing.delete(people.actor(thread.expert), thread.right.public_id)
    deliver_twice("trust.follow_deleted")
    deliver_twice("notifications.on_official")
    deliver_twice("reputation.settle.TrustChanged")
    deliver_twice("search.trusted")
    deliver_twice("trust.hint")
    assert shown(thread.asked) == thread.wrong.id
    assert row(thread.right).state == "opinion"
    assert list(verify()) == []


@pytest.mark.parametrize(
    "role", ["asker", "answerer", "moderator", "manager", "owner", "editor", "administrator"]
)
def test_who_makes_official(thread, monkeypatch, role):
    monkeypatch.setattr(policy, "_owners", [])
    own = {"asker": thread.asker, "answerer": thread.expert}.get(role)
    who = own or people.person(roles=[role] if role in ("moderator", "editor", "administrator") else [])
    if role == "manager":
        people.person(manager=who)
    if role == "owner":
        policy.register_owners(lambda actor, root_id: (actor.person_id, root_id) == (who.id, thread.asked.id))
    may = role in ("owner", "editor", "administrator")
    other = content.answer(content.question(thread.asker, "Без темы"), thread.expert)
    if role == "owner":  # of a topic of this publication alone
        with pytest.raises(Forbidden):
            make_official(people.actor(who), other.public_id, on=True)
    if not may:
        with pytest.raises(Forbidden):
            make_official(people.actor(who), thread.right.public_id, on=True)
        return
    make_official(people.actor(who), thread.right.public_id, on=True)
    assert row(thread.right).official_by == who.id


def test_what_one_may_not_see_is_not_there(client, thread):
    group = groups.group(visibility="secret", members=[thread.asker, thread.expert])
    hidden = content.answer(content.question(thread.asker, place=group), thread.expert)
    client.sign_in(thread.editor)
    nothing = client.get("/items/nothing/trust")
    for path in (f"/items/{hidden.public_id}/trust", f"/items/{hidden.public_id}/changes"):
        seen = client.get(path)
        assert (seen.status_code, len(seen.text)) == (404, len(nothing.text))
    for path in ("official", "checked", "extend", "limits"):
        assert client.post(f"/items/{hidden.public_id}/{path}", data={"months": "1"}).status_code == 404
    assert client.get(f"/items/{thread.asked.public_id}/trust").status_code == 404


# Confirming -------------------------------------------------------------------------------------------------------


@pytest.fixture
def trusted(thread):
    """Three people who have earned to confirm."""
    found = [people.person() for _ in range(3)]
    with unit_of_work():
        db.session.add_all(
            Balance(person_id=each.id, account="reputation", points=levels()[4]) for each in found
        )
    return [people.actor(each) for each in found]


def test_two_colleagues_confirm_an_answer_together(thread, trusted):
    first, second, third = trusted
    accept(first, thread.right.public_id, on=True)
    accept(first, thread.right.public_id, on=True)
    assert (shown(thread.asked), row(thread.right)) == (None, None)
    accept(second, thread.right.public_id, on=True)
    assert (shown(thread.asked), row(thread.right).state) == (thread.right.id, "confirmed")
    accept(third, thread.right.public_id, on=True)
    with pytest.raises(Conflict):
        accept(third, thread.wrong.public_id, on=True)
    accept(second, thread.right.public_id, on=False)
    assert shown(thread.asked) == thread.right.id
    accept(first, thread.right.public_id, on=False)
    assert (shown(thread.asked), row(thread.right).state) == (None, "opinion")
    outbox.run_due()
    # The points by which they have earned it were made up.
    assert {each.kind for each in verify()} == {"balance"}


def test_who_confirms_first_is_told_how_many_are_needed(client, thread, trusted):
    client.sign_in(db.session.get_one(people.Person, trusted[0].person_id))
    client.post(f"/items/{thread.right.public_id}/accept", data={"on": "1"})
    assert "Учтено. Подтверждений: 1 из 2." in client.get("/questions").text
    assert "1 из 2" in client.get(f"/items/{thread.right.public_id}/trust").text
    assert "Отозвать подтверждение" in client.get(f"/items/{thread.right.public_id}/menu").text


def test_the_number_is_set_and_experts_confirm_what_they_know(thread, monkeypatch):
    expert = people.actor(people.person())
    with pytest.raises(Forbidden):
        accept(expert, thread.right.public_id, on=True)
    monkeypatch.setattr(content_policy, "_confirmers", [])
    policy.register_confirmers(lambda actor, answer, question: actor.person_id == expert.person_id)
    with unit_of_work():
        settings.put("trust.confirmations", 1)
    accept(expert, thread.right.public_id, on=True)
    assert (shown(thread.asked), row(thread.right).state) == (thread.right.id, "confirmed")
    # Who asked has the last word.
    accept(people.actor(thread.asker), thread.wrong.public_id, on=True)
    assert shown(thread.asked) == thread.wrong.id
