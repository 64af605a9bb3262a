"""An article made of a thread takes its photos and files along, as copies of its own."""

from io import BytesIO

import pytest

from app.content.models import ContentItem
from app.content.service.changing import delete
from app.core import clock
from app.core.db import db
from app.files import queries as files
from app.files import service
from app.files.models import File
from tests import factories
from tests.features.articles.test_pages import form
from tests.features.files.conftest import PDF, jpeg


def attached(item, person, name, data, alt=""):
    """Attach a file of the person's to their text."""
    actor = factories.actor(person)
    kept = service.upload(actor, BytesIO(data), name, alt)
    service.claim(actor, [kept.id], item.id)
    return kept.id


@pytest.fixture
def thread(database, storage):
    """A question with a photo; an answer with a document, and one that nobody chose with a photo."""
    asker, knower = factories.person("Анна Петрова"), factories.person("Борис Орлов")
    asked = factories.question(asker, "Куда ставить ценник?")
    good, other = (factories.answer(asked, knower, body) for body in ("Слева", "Справа"))
    photo = attached(asked, asker, "shelf.jpg", jpeg(), "Полка без ценников")
    plan = attached(good, knower, "plan.pdf", PDF)
    unchosen = attached(other, knower, "right.jpg", jpeg())
    return asked, good, photo, plan, unchosen


def made(answer) -> ContentItem:
    public_id = answer.location.rpartition("/")[2]
    return db.session.query(ContentItem).filter_by(public_id=public_id).one()


def test_the_editor_opens_with_the_files_of_what_was_chosen(client, thread):
    asked, good, photo, plan, unchosen = thread
    client.sign_in(factories.person())
    page = client.get(f"/articles/new?from={asked.public_id}&chosen=1&answer={good.public_id}").text
    assert photo in page
    assert plan in page
    assert "Полка без ценников" in page
    assert unchosen not in page
    # What is refused comes back with them.
    wanted = form(title="", source=asked.public_id, answer=good.public_id, files=[photo, plan])
    refused = client.post("/articles", data=wanted)
    assert refused.status_code == 422
    assert photo in refused.text
    assert plan in refused.text


def test_the_article_has_copies_that_stay_when_the_thread_goes(client, thread, frozen_clock):
    asked, good, photo, plan, _unchosen = thread
    writer = factories.person()
    client.sign_in(writer)
    sent = form(source=asked.public_id, answer=good.public_id, files=[plan, photo])
    item = made(client.post("/articles", data=sent | {f"alt-{photo}": "Полка, на которой нет ценников"}))
    shown = files.attached(item.id)
    assert [each.name for each in shown] == ["plan.pdf", "shelf.jpg"]
    assert not {photo, plan} & {each.id for each in shown}
    assert shown[1].alt == "Полка, на которой нет ценников"
    assert {each.id for each in files.attached(asked.id, good.id)} == {photo, plan}
    assert {each.owner_id for each in db.session.query(File).filter_by(content_id=item.id)} == {writer.id}

    delete(factories.actor(db.session.get(type(writer), asked.author_id)), asked.public_id)
    service.give_up(asked.id)
    db.session.commit()
    clock.advance(2 * clock.DAY)
    service.forget_unclaimed()
    service.forget_orphans()
    for each in shown:
        assert client.get(each.url).status_code == 200
        assert each.thumb_url is None or client.get(each.thumb_url).status_code == 200


def test_only_files_of_what_was_chosen_and_may_be_seen_are_taken(client, thread):
    asked, good, _photo, _plan, unchosen = thread
    stranger = factories.person()
    elsewhere = attached(factories.publication(stranger, "Другое"), stranger, "other.pdf", PDF)
    client.sign_in(factories.person())
    before = db.session.query(File).count()
    for each in (unchosen, elsewhere):
        sent = form(source=asked.public_id, answer=good.public_id, files=[each])
        assert client.post("/articles", data=sent).status_code == 422
    assert client.post("/articles", data=form(files=[elsewhere])).status_code == 422
    assert db.session.query(File).count() == before

    keeper = factories.person()
    group = factories.group(visibility="secret", owner=keeper)
    inside = factories.publication(keeper, "Внутри", place=group)
    hidden = attached(inside, keeper, "secret.pdf", PDF)
    sent = form(source=inside.public_id, files=[hidden])
    refused = client.post("/articles", data=sent)
    assert refused.status_code == 422
    assert db.session.query(File).filter_by(name="secret.pdf").count() == 1
