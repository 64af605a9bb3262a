"""Erasing a person: nothing says any more who it was, and nothing of anybody else breaks."""

from types import SimpleNamespace

import pytest
from sqlalchemy import select

from app.accounts.models import Credential, Preference, RoleGrant, Session
from app.accounts.service import erase, open_session
from app.content.models import Draft, Revision
from app.content.schemas import Edit
from app.content.service import changing, drafts
from app.core import outbox
from app.core.audit import AuditEntry
from app.core.db import db
from app.core.errors import Invalid
from app.core.unit_of_work import unit_of_work
from app.notifications.models import Notification
from app.people.models import Follow, Handle, Person
from app.people.service import mark_returned
from app.questions.service import accept
from app.reputation.queries import standing
from app.reputation.service import show_in_leaders, verify
from app.topics.models import Topic, TopicSubscription
from app.topics.service import subscribe
from tests.factories import content, people
from tests.support.kept import keys_of, read
from tests.support.outbox import deliver_twice, every_row, undelivered

SECRETS = ("Иволгин", "иволгин", "ivolgin", "orlan@", "79991234567", "Т-4711", "Люблю")


@pytest.fixture(scope="module")
def made_known(shared_database):
    """Somebody of whom the network knows everything there is to know, and who was mentioned."""
    manager, other = people.person("Вера Котова"), people.person("Илья Рогов")
    person = people.person(
        "Гавриил Иволгин", manager=manager, password="совершенно тайно", roles=["editor"],
        email="orlan@example.ru", phone="+79991234567", personnel_number="Т-4711", about="Люблю витрины",
        about_html="<p>Люблю витрины</p>", shop=people.shop(manager=manager), latin_name="ivolgin gavriil",
    )  # fmt: skip
    actor = people.actor(person)
    open_session(person.id, "Иволгин's phone", "10.0.0.7")
    people.follow(person, other)
    people.follow(other, person)
    with unit_of_work():
        other.followers_count = person.followers_count = 1
        other.manager_id = person.id
    drafts.save(person.id, "publish", {"body": "Люблю черновики"})
    publication = content.publication(
        other, f"Спасибо @{person.handle} за #витрины и (@{person.handle.upper()})"
    )
    changing.edit(
        people.actor(other), publication.public_id, Edit(publication.body_source + "!", publication.revision)
    )
    subscribe(actor, "витрины")
    asked = content.question(other)
    answer = content.answer(asked, person)
    accept(people.actor(other), answer.public_id, on=True)
    content.like(publication, person)
    show_in_leaders(actor, on=False)
    outbox.run_due()
    return keys_of(
        SimpleNamespace(person=person, other=other, asked=asked, answer=answer, publication=publication)
    )


@pytest.fixture
def known(made_known, database):
    return tuple(read(made_known).values())


def everything():
    """Every row but the audit's, and but those that the outbox forgets by itself."""
    return repr({name: rows for name, rows in every_row().items() if name != "audit_entries"})


def test_nothing_says_who_it_was_and_what_others_have_stays(client, known):
    person, other, asked, answer, publication = known
    handle, points, theirs = person.handle, standing(person.id), standing(other.id)
    assert all(secret in everything() for secret in SECRETS)
    assert [erase(person.id, by=other.id) for _time in range(2)] == [True, False]
    outbox.run_due()
    assert undelivered() == []
    assert [secret for secret in (*SECRETS, handle) if secret in everything()] == []

    db.session.expire_all()
    assert (person.name, person.state, person.erased_at is not None) == ("Бывший сотрудник", "left", True)
    for table in (Credential, Session, RoleGrant, Preference, Draft, Notification, TopicSubscription):
        assert db.session.query(table).filter_by(person_id=person.id).count() == 0
    assert db.session.query(Follow).count() == 0
    assert (other.followers_count, other.manager_id) == (0, None)
    assert db.session.scalar(select(Topic.subscribers_count)) == 0
    assert db.session.get(Handle, handle) is None
    assert f"@{person.handle}" in publication.body_source
    assert "Бывший сотрудник" in publication.body_html

    assert (standing(person.id), standing(other.id)) == (points, theirs)
    assert list(verify()) == []
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "person.erased")).one()
    assert (entry.actor_id, entry.subject, entry.details) == (
        other.id,
        f"person:{person.id}",
        {"texts": False},
    )
    with pytest.raises(Invalid):
        mark_returned(person.id)

    client.sign_in(other)
    page = client.get(f"/p/{asked.public_id}").text
    assert answer.excerpt in page
    assert "Бывший сотрудник" in page
    assert client.get(f"/people/{handle}").status_code == 404
    about = client.get(f"/people/{person.handle}/about")
    assert about.status_code == 200
    assert person.personnel_number not in about.text


def test_texts_go_too_when_that_is_asked(client, known):
    person, other, asked, answer, _publication = known
    alone = content.publication(person, "Люблю тишину")
    mine = content.publication(person, "Люблю споры")
    reply = content.comment(mine, other, "А я нет")
    own = content.comment(asked, person, "Люблю отвечать")
    outbox.run_due()
    erase(person.id, by=None, texts=True)
    outbox.run_due()
    db.session.expire_all()
    assert [each.state for each in (alone, own, answer)] == ["deleted"] * 3
    assert (mine.state, reply.state, asked.comments_count) == ("published", "published", 0)
    assert "Люблю" not in everything()
    assert db.session.query(Revision).filter(Revision.edited_by == person.id).count() == 0
    assert standing(person.id).points < 20
    assert list(verify()) == []
    client.sign_in(other)
    page = client.get(f"/p/{mine.public_id}").text
    assert "Этот текст удалён вместе с учётной записью автора." in page
    assert "А я нет" in page


def test_forgetting_twice_is_forgetting_once(known):
    person = known[0]
    erase(person.id, by=None, texts=True)
    deliver_twice("content.forget_person", counting_up="content_items.version")
    deliver_twice("topics.forget_person")
    deliver_twice("notifications.on_erased")
    deliver_twice("reputation.forget_person")


def test_only_an_administrator_erases_and_says_whom(client, known):
    person = known[0]
    address = f"/administration/people/{person.id}/erase"
    boss = people.person(roles=["administrator"], personnel_number="1")
    for other in (people.person(roles=["moderator", "editor"]), person):
        client.sign_in(other)
        assert client.post(address, data={"number": "Т-4711"}).status_code == 403
    client.sign_in(boss)
    assert client.post(f"/administration/people/{boss.id}/erase", data={"number": "1"}).status_code == 403
    wrong = client.post(address, data={"number": "4711", "texts": "1"})
    assert wrong.status_code == 422
    assert 'id="number-error-1"' in wrong.text
    assert 'value="4711"' in wrong.text
    assert client.post(address, data={"number": "Т-4711"}).status_code == 303
    page = client.get(f"/administration/people/{person.id}").text
    assert "Данные стёрты" in page
    assert "Отметить" not in page
    assert client.post(address, data={"number": "Т-4711"}).status_code == 422


def test_the_command_asks_first(flask_app, known):
    runner = flask_app.test_cli_runner()
    assert "Aborted" in runner.invoke(args=["person", "erase", "Т-4711"], input="n\n").output
    assert db.session.query(Person).filter(Person.erased_at.is_not(None)).count() == 0
    done = runner.invoke(args=["person", "erase", "Т-4711", "--with-texts", "--yes"])
    assert (done.exit_code, done.output) == (
        0,
        "The person was erased. What others wrote, and every point, stays.\n",
    )
    assert runner.invoke(args=["person", "erase", "Т-4711", "--yes"]).exit_code == 1
