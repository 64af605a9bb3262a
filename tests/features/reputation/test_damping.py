"""What passes between the same two people is worth less and less, whichever of them an act pays."""

from sqlalchemy import select

from app.core import clock, outbox
from app.core.db import db
from app.questions.service import accept
from app.reputation.models import Entry
from app.reputation.schemas import RuleChange
from app.reputation.service import catch_up, preview, verify
from tests.factories import content, people


def earned(person, rule):
    """What a rule gave somebody, act by act."""
    outbox.run_due()
    query = select(Entry.delta).where(Entry.person_id == person.id, Entry.rule == rule).order_by(Entry.id)
    assert list(verify()) == []
    return list(db.session.scalars(query))


def test_commenting_on_each_other_is_no_trade(database, frozen_clock):
    anna, boris, third = (people.person() for _ in range(3))
    mine, theirs = content.publication(anna), content.publication(boris)
    for _ in range(4):
        content.comment(theirs, anna)
        content.comment(mine, boris)
    assert earned(anna, "comment_written") == [2, 2, 1, 1]
    assert earned(boris, "comment_written") == [2, 1, 1, 1]
    content.comment(mine, third)
    assert earned(third, "comment_written") == [2], "with others all is as before"
    clock.advance(31 * clock.DAY)
    content.comment(content.publication(boris), anna)
    assert earned(anna, "comment_written")[-1] == 2


def test_a_question_its_answer_and_its_acceptance_are_one_exchange(database, frozen_clock):
    asker, helper = people.person(), people.person()
    for _ in range(4):
        reply = content.answer(content.question(asker), helper)
        clock.advance(clock.MINUTE)
        accept(people.actor(asker), reply.public_id, on=True)
        clock.advance(clock.DAY)
    assert earned(helper, "answer_written") == [4, 4, 4, 2]
    assert earned(helper, "answer_accepted") == [25, 25, 25, 13]
    assert earned(asker, "answer_chosen") == [2, 2, 2, 1]
    content.comment(content.publication(helper), asker)
    assert earned(asker, "comment_written") == [1], "whoever of the two it is, and whatever they do"


def test_catching_up_damps_as_settling_does(database, frozen_clock):
    anna, boris = people.person(), people.person()
    item = content.publication(boris)
    for _ in range(5):
        content.comment(item, anna)
    catch_up()
    outbox.run_due()
    assert earned(anna, "comment_written") == [2, 2, 2, 1, 1]


def test_the_preview_damps_too(database, frozen_clock):
    anna, boris = people.person(), people.person()
    item = content.publication(boris)
    for _ in range(5):
        content.comment(item, anna)
    outbox.run_due()
    change = RuleChange(4, None, 100, False, "reputation", None, None)
    shown = preview(people.actor(people.person(roles=["editor"])), "comment_written", change)
    assert (shown.before, shown.after) == (8, 16)
