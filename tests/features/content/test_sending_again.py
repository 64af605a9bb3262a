"""What a bad line makes a phone send twice: done once, whoever is faster, whenever a process dies, whoever asks."""

from io import BytesIO

import pytest
from sqlalchemy import delete, select

from app.content.models import DELETED, ContentItem, Reaction
from app.content.schemas import AddComment, Edit, Place, Publish
from app.content.service import drafts
from app.content.service.changing import edit
from app.content.service.publishing import comment, publish
from app.content.service.reactions import like
from app.core import clock, idempotency
from app.core.db import db
from app.core.errors import Invalid
from app.files import service as files
from app.files.models import File
from app.groups.models import GroupMember
from tests import factories
from tests.features.content.stored import count
from tests.features.files.conftest import PDF
from tests.support.scripts import start_script
from tests.support.statements import counting

#: Sends the acts of one phone: a file, a publication with it, a comment and a like. With "dies" the process ends
#: right after each commit, before anything is answered.
PHONE = """
import os, sys
from io import BytesIO
from app import create_app
from app.content.schemas import AddComment, Publish
from app.content.service.publishing import comment, publish
from app.content.service.reactions import like
from app.core.unit_of_work import after_commit, unit_of_work
from app.files import service as files
from app.people.models import Person
from tests.factories import actor
from app.core.db import db

person_id, root, manner = int(sys.argv[1]), sys.argv[2], sys.argv[3]
with create_app().app_context():
    me = actor(db.session.get(Person, person_id))
    db.session.rollback()
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(1 if manner == "dies" else 4):
        kept = files.upload(me, BytesIO(b"name;shift\\n1;2\\n"), "plan.csv", key=f"file {number}").id
        with unit_of_work():
            if manner == "dies":
                after_commit(lambda: os._exit(9))
            made = publish(me, Publish("news", "Plan", file_ids=(kept,)), key=f"post {number}").public_id
            said = comment(me, root, AddComment("Mine"), key=f"comment {number}").public_id
            like(me, root, on=True, key=f"like {number}")
        print(kept, made, said, flush=True)
"""


@pytest.fixture
def phone(real_database, tmp_path):
    """Starts a phone of the person; `(start, publication they comment on)`."""
    me, root = factories.person(), factories.publication()
    db.session.commit()
    started = []

    def start(manner):
        started.append(
            start_script(PHONE, me.id, root.public_id, manner, database=real_database, folder=tmp_path)
        )
        assert started[-1].stdout.readline() == "ready\n"
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def go(process):
    process.stdin.write("go\n")
    process.stdin.flush()


@pytest.mark.slow
def test_sends_that_race_do_it_once_and_hear_the_same(phone):
    racers = [phone("races") for _ in range(3)]
    for racer in racers:
        go(racer)
    heard = {racer.communicate(timeout=150)[0] for racer in racers}

    assert len(heard) == 1
    assert len(heard.pop().split()) == 12
    db.session.rollback()
    assert (count(File), count(ContentItem), count(Reaction)) == (4, 1 + 4 + 4, 1)


@pytest.mark.slow
def test_a_process_killed_before_it_answered_has_done_it(phone):
    dying = phone("dies")
    go(dying)
    assert dying.communicate(timeout=150)[0] == ""
    assert dying.returncode == 9
    again = phone("sends again")
    go(again)
    said = again.communicate(timeout=150)[0].splitlines()

    db.session.rollback()
    names = set(db.session.scalars(select(ContentItem.public_id)))
    assert set(said[0].split()[1:]) <= names
    assert (count(File), count(ContentItem), count(Reaction)) == (4, 1 + 4 + 4, 1)


def test_a_file_is_kept_once_per_key_and_person(database):
    anna, boris = factories.actor(factories.person()), factories.actor(factories.person())

    def send(me, key="file"):
        return files.upload(me, BytesIO(PDF), "план.pdf", key=key).id

    first = send(anna)
    with counting() as statements:
        assert send(anna) == first
    assert len(statements) <= 2
    assert len({first, send(boris), send(anna, "another")}) == 3

    # Nobody attached it in time: the key stands for it no more, and the photo on the phone is sent anew.
    db.session.delete(db.session.scalars(select(File).where(File.public_id == first)).one())
    db.session.commit()
    anew = send(anna)
    assert anew not in ("", first)
    assert send(anna) == anew


def test_a_like_that_comes_again_late_changes_nothing_any_more(database):
    me, item = factories.actor(factories.person()), factories.publication()
    like(me, item.public_id, on=True, key="tap-1")
    like(me, item.public_id, on=False, key="tap-2")

    assert like(me, item.public_id, on=True, key="tap-1")[1] == 0
    assert like(factories.actor(factories.person()), item.public_id, on=True, key="tap-1")[1] == 1
    assert like(me, factories.publication().public_id, on=True, key="tap-1")[1] == 1


def test_a_phone_in_a_locker_over_a_holiday_is_known(database, frozen_clock):
    me = factories.actor(factories.person())
    made = publish(me, Publish("news", "С пятницы"), key="friday")
    frozen_clock.advance(29 * clock.DAY)
    idempotency.forget_old()

    assert publish(me, Publish("news", "С пятницы"), key="friday").public_id == made.public_id


def test_what_waited_takes_no_draft_away(database):
    person = factories.person()
    me, root, changed = (
        factories.actor(person),
        factories.publication(),
        factories.publication(person, "Было"),
    )
    for key in ("publish", f"comment-{root.public_id}"):
        drafts.save(person.id, key, {"body": "Пишу уже другое"})
    publish(me, Publish("news", "Написано в подвале", late=True))
    comment(me, root.public_id, AddComment("И это", late=True))
    drafts.save(person.id, f"edit-{changed.public_id}", {"body": "Правлю ещё", "version": "1"})
    edit(me, changed.public_id, Edit("Стало", 1, late=True))
    assert drafts.find(person.id, f"edit-{changed.public_id}")
    assert drafts.find(person.id, "publish")
    assert drafts.find(person.id, f"comment-{root.public_id}")

    publish(me, Publish("news", "Написано сейчас"))
    assert not drafts.find(person.id, "publish")


def test_a_comment_sent_again_is_answered_though_its_thread_has_gone(client):
    person, root = factories.person(), factories.publication()
    client.sign_in(person)

    def send():
        return client.post(
            f"/p/{root.public_id}/comments",
            data={"body": "Дошло", "late": "1"},
            headers={"Accept": "application/json", "Idempotency-Key": "comment"},
        )

    first = send()
    root.state = DELETED
    db.session.commit()
    again = send()

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json == again.json
    assert first.json["id"]


def test_an_old_page_learns_whose_session_it_is_and_gets_a_token(client, new_client):
    asked = {"Accept": "application/json"}
    assert client.get("/session", headers=asked).status_code == 401
    anna, item = factories.person(), factories.publication()
    client.sign_in(anna)
    now = client.get("/session", headers=asked)
    assert now.json["person"] == anna.handle
    assert "no-store" in now.headers["Cache-Control"]

    def like_with(browser, token):
        headers = {**asked, "X-CSRFToken": token}
        return browser.post(f"/items/{item.public_id}/like", csrf=False, headers=headers).status_code

    assert like_with(client, now.json["token"]) == 200
    # A token is worth nothing in anybody else's session.
    assert like_with(new_client().sign_in(factories.person()), now.json["token"]) == 400


def is_another_text(error):
    return list(error.errors) == ["body"]


def test_a_key_shows_nobody_what_they_may_see_no_more(client):
    person, owner = factories.person(), factories.person()
    group = factories.group(visibility="closed", owner=owner, members=[person])
    client.sign_in(person)

    def send():
        data = {"body": "Отчёт за смену", "place": f"group:{group.handle}"}
        return client.post(
            "/publications", data=data, headers={"HX-Request": "1", "Idempotency-Key": "report"}
        )

    assert send().status_code == 201
    made = db.session.scalars(select(ContentItem)).one()
    db.session.execute(delete(GroupMember).where(GroupMember.person_id == person.id))
    db.session.commit()
    factories.comment(made, owner, "Сказано, когда его уже не было")

    again = send()
    assert again.status_code == 404
    assert "Сказано" not in again.text


def test_a_key_that_comes_with_the_same_text_for_another_place_is_refused(database):
    person = factories.person()
    group = factories.group(visibility="closed")
    membership = factories.join(group, person)
    me = factories.actor(person)
    root, other = factories.publication(), factories.publication()
    said = factories.comment(root)
    here, shop = Place("group", group.handle), factories.shop("У112")
    made = publish(me, Publish("news", "Привет", here), key="hello")
    comment(me, root.public_id, AddComment("Привет"), key="hello")

    for kind, place in (("news", Place()), ("news", Place("shop", shop.code)), ("question", here)):
        with pytest.raises(Invalid, check=is_another_text):
            publish(me, Publish(kind, "Привет", place), key="hello")
    for on, parent in ((other, ""), (root, said.public_id)):
        with pytest.raises(Invalid, check=is_another_text):
            comment(me, on.public_id, AddComment("Привет", parent), key="hello")
    db.session.delete(membership)
    db.session.commit()
    again = publish(factories.actor(person), Publish("news", "Привет", here), key="hello")
    assert (again.public_id, again.fresh) == (made.public_id, False)


def test_a_key_that_comes_with_another_photo_is_refused(database):
    me = factories.actor(factories.person())
    one, other = (files.upload(me, BytesIO(PDF), "план.pdf").id for _ in range(2))
    publish(me, Publish("news", "", file_ids=(one,)), key="plan")

    assert not publish(me, Publish("news", "", file_ids=(one,)), key="plan").fresh
    with pytest.raises(Invalid, check=is_another_text):
        publish(me, Publish("news", "", file_ids=(other,)), key="plan")


def test_a_form_that_is_sent_twice_brings_its_photo_once_and_another_photo_is_not_lost(client):
    person = factories.person()
    client.sign_in(person)

    def send(content):
        data = {"body": "План", "idempotency_key": "form", "upload": (BytesIO(content), "план.pdf")}
        sent = client.post("/publications", data=data, headers={"Accept": "application/json"})
        return sent.status_code, sent.json.get("id")

    first = send(PDF)
    assert first[0] == 201
    assert send(PDF) == first
    assert count(File) == 1
    assert send(PDF + b"% another") == (422, None)
    assert count(File) == 2
