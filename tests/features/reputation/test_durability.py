"""Nothing is paid twice or lost, whoever dies in the middle and however many act at once."""

import pytest
from sqlalchemy import func, select

from app.content.models import ContentItem
from app.content.service.reactions import like
from app.core import clock, outbox
from app.core.db import db
from app.core.outbox import OutboxDelivery
from app.questions.service import accept
from app.reputation.models import Entry
from app.reputation.queries import standing
from app.reputation.service import catch_up, verify
from tests.factories import content, people
from tests.support.scripts import start_script

pytestmark = pytest.mark.slow

#: Delivers everything that is due, and says so after each delivery.
WORKER = """
from app import create_app
from app.core import outbox

with create_app().app_context():
    for delivery in outbox.due(100_000):
        outbox.deliver(delivery)
        print(delivery, flush=True)
"""

#: Likes and unlikes a text, or accepts an answer and takes it back, again and again, and delivers what is due between.
CROWD = """
import sys
from app import create_app
from app.accounts.service.sessions import actor_for_person
from app.content.service.reactions import like
from app.core import outbox
from app.questions.service import accept

person, times, *ids = sys.argv[1:]
with create_app().app_context():
    me = actor_for_person(int(person))
    print("ready", flush=True)
    sys.stdin.readline()
    for step in range(int(times)):
        for public_id in ids:
            like(me, public_id, on=step % 2 == 0)
            if step % 3 == 2:
                accept(me, public_id, on=step % 2 == 0)
        for delivery in outbox.due(10):
            outbox.deliver(delivery)
    print("done", flush=True)
"""


@pytest.fixture
def start(real_database, tmp_path):
    """Starts a process that runs a script."""
    started = []

    def run(script, *arguments):
        process = start_script(script, *arguments, database=real_database, folder=tmp_path)
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()
        process.stdin.close()


def settle():
    """Deliver what is left, also what was put off because it failed once."""
    db.session.rollback()
    with clock.frozen(clock.now() + clock.HOUR):
        outbox.run_due()
    waiting = select(func.count()).where(OutboxDelivery.delivered_at.is_(None))
    assert db.session.scalar(waiting) == 0


def test_a_worker_that_is_killed_pays_nothing_twice_and_loses_nothing(start):
    author, helper, reader = people.person(), people.person(), people.person()
    for number in range(8):
        asked = content.question(author, f"Вопрос {number} про #акции?")
        reply = content.answer(asked, helper)
        accept(people.actor(author), reply.public_id, on=True)
        content.like(reply, reader)
    waiting = len(outbox.due(100_000))

    for _ in range(2):
        worker = start(WORKER)
        for _ in range(15):
            assert worker.stdout.readline()
        worker.kill()
        worker.wait()
        db.session.rollback()
        assert [each for each in verify() if each.kind != "missing"] == []
    assert 0 < len(outbox.due(100_000)) < waiting  # it was killed in the middle

    settle()
    assert list(verify()) == []
    # Eight answers, of which a day pays no more than the limit; they, acceptances and likes fade between the same two.
    assert standing(helper.id).points == (3 * 4 + 3 * 2 + 2 * 1) + (3 * 25 + 3 * 13 + 2 * 6) + (3 * 1 + 3 * 1)
    twice = select(Entry.fact).group_by(Entry.fact, Entry.rule, Entry.person_id).having(func.count() > 1)
    assert db.session.scalars(twice).all() == []


def test_many_who_act_at_once_leave_a_sound_ledger(start):
    """Three people and their deliveries race in three processes over the same two answers of the same person."""
    helper = people.person()
    crowd = [people.person(roles=["editor"]) for _ in range(3)]
    asked = content.question(people.person())
    replies = [content.answer(asked, helper).public_id for _ in range(2)]
    outbox.run_due()

    racers = [start(CROWD, each.id, 9, *replies) for each in crowd]
    for racer in racers:
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        racer.stdin.write("go\n")
        racer.stdin.flush()
    assert [racer.stdout.readline() for racer in racers] == ["done\n"] * 3

    settle()
    assert list(verify()) == []
    assert db.session.scalar(select(func.count()).select_from(Entry)) > 10
    # All three like both in the end.
    likes = db.session.scalar(
        select(func.sum(ContentItem.likes_count)).where(ContentItem.public_id.in_(replies))
    )
    paid = db.session.scalar(select(func.sum(Entry.delta)).where(Entry.rule == "useful_like"))
    assert likes == 6
    assert paid == 6


def test_catching_up_while_news_is_on_its_way_pays_once(real_database):
    author, reader = people.person(), people.person()
    for number in range(5):
        content.like(content.publication(author, f"Новость {number}"), reader)
    for delivery in outbox.due(100_000)[:20]:
        outbox.deliver(delivery)

    assert catch_up() > 0
    assert list(verify()) == []
    settle()
    assert list(verify()) == []
    assert catch_up() == 0
    assert standing(author.id).points == 50 + 3 + 2


def test_what_is_taken_back_while_one_catches_up_is_settled_again(real_database):
    author, reader = people.person(), people.person()
    item = content.publication(author)
    content.like(item, reader)

    def meanwhile(_number):
        like(people.actor(reader), item.public_id, on=False)
        outbox.run_due()

    catch_up(meanwhile)
    settle()
    assert list(verify()) == []
    assert standing(author.id).points == 10
