"""Who gets a file, and how it is sent. Charlie must get nothing."""

import pytest
from sqlalchemy import select

from app.content.schemas import AddComment, Place, Publish
from app.content.service.changing import delete
from app.content.service.publishing import comment, publish
from app.core.db import db
from app.core.storage import the_storage
from app.files.models import File
from app.moderation import service as moderation
from tests import factories
from tests.factories.content import publication
from tests.features.files.conftest import PDF, jpeg
from tests.support.statements import counting

COMPANY = Place()
VARIANTS = ("thumb", "medium", "full", "original")


@pytest.fixture
def browsers(new_client, anna, bob, charlie):
    """A signed-in browser for each of the cast."""
    return {person.name.split()[0]: new_client().sign_in(person) for person in (anna, bob, charlie)}


@pytest.fixture
def secret(anna, bob):
    return factories.group("Секретная", visibility="secret", owner=anna, members=[bob])


def attach(author, sent, place=COMPANY):
    return publish(factories.actor(author), Publish("news", "Вот", place, file_ids=(sent.id,)))


def statuses(browser, sent):
    return {browser.get(f"/files/{sent.id}/{variant}").status_code for variant in VARIANTS}


def test_an_upload_is_its_sender_s_until_it_is_attached(browsers, anna, send):
    sent = send(anna, jpeg(), "фото.jpg")

    assert statuses(browsers["Анна"], sent) == {200}
    assert statuses(browsers["Борис"], sent) == {404}

    attach(anna, sent)
    assert statuses(browsers["Борис"], sent) == {200}


@pytest.mark.parametrize("visibility", ["secret", "closed"])
def test_files_of_a_group_are_its_members_(browsers, anna, bob, send, visibility):
    group = factories.group(visibility=visibility, owner=anna, members=[bob])
    sent = send(anna, jpeg(), "фото.jpg")
    attach(anna, sent, Place("group", group.handle))

    assert statuses(browsers["Анна"], sent) == {200}
    assert statuses(browsers["Борис"], sent) == {200}
    assert statuses(browsers["Чарли"], sent) == {404}


def test_files_of_comments_follow_the_publication(browsers, anna, bob, secret, send):
    root = publication(anna, place=secret)
    sent = send(bob, jpeg(), "фото.jpg")
    comment(factories.actor(bob), root.public_id, AddComment("Вот", file_ids=(sent.id,)))

    assert statuses(browsers["Анна"], sent) == {200}
    assert statuses(browsers["Чарли"], sent) == {404}


def test_unseen_and_missing_answer_alike(browsers, anna, secret, send):
    sent = send(anna, jpeg(), "фото.jpg")
    attach(anna, sent, Place("group", secret.handle))
    browser = browsers["Чарли"]

    as_program = {"Accept": "application/json"}
    unseen = browser.get(f"/files/{sent.id}/full", headers=as_program)
    missing = browser.get("/files/Nothing2345678/full", headers=as_program)

    assert unseen.status_code == missing.status_code == 404
    assert unseen.json == missing.json
    assert set(unseen.headers.keys()) == set(missing.headers.keys())


def test_a_known_tag_opens_nothing(browsers, anna, secret, send):
    """Somebody who was in the group kept the tag: it must not tell that the file is still there."""
    sent = send(anna, jpeg(), "фото.jpg")
    attach(anna, sent, Place("group", secret.handle))
    tag = browsers["Борис"].get(f"/files/{sent.id}/full").headers["ETag"]

    assert browsers["Борис"].get(f"/files/{sent.id}/full", headers={"If-None-Match": tag}).status_code == 304
    assert browsers["Чарли"].get(f"/files/{sent.id}/full", headers={"If-None-Match": tag}).status_code == 404


def test_hidden_and_deleted_content_takes_its_files_along(browsers, anna, bob, send):
    moderator = factories.actor(factories.person("Мария Модератор", roles=["moderator"]))
    sent = send(anna, jpeg(), "фото.jpg")
    made = attach(anna, sent)

    moderation.hide(moderator, made.public_id, "Видны данные покупателя")
    assert statuses(browsers["Анна"], sent) == {200}
    assert statuses(browsers["Борис"], sent) == {404}

    delete(factories.actor(anna), made.public_id)
    assert statuses(browsers["Анна"], sent) == {404}


def test_signed_out_people_get_nothing(client, anna, send):
    sent = send(anna, jpeg(), "фото.jpg")
    attach(anna, sent)

    assert client.get(f"/files/{sent.id}/full").status_code in (302, 303, 401)


def test_pictures_are_shown_documents_are_downloads(browsers, anna, send):
    photo, plan = send(anna, jpeg(), "фото.jpg"), send(anna, PDF, "план на май.pdf")
    browser = browsers["Анна"]

    shown = browser.get(f"/files/{photo.id}/medium")
    assert shown.mimetype == "image/webp"
    assert "attachment" not in shown.headers.get("Content-Disposition", "")

    kept = browser.get(f"/files/{photo.id}/original").headers["Content-Disposition"]
    assert kept.startswith("attachment")
    assert ".webp" in kept

    download = browser.get(f"/files/{plan.id}/original")
    assert download.mimetype == "application/pdf"
    assert download.headers["Content-Disposition"].startswith("attachment")

    # What the browser shows alone it may fit to the window; nothing else, and nothing that was not encoded here.
    policies = [answer.headers["Content-Security-Policy"] for answer in (shown, download)]
    assert policies == [
        "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        "default-src 'none'; sandbox",
    ]
    for answer in (shown, download):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"].startswith("private, max-age=")
        assert answer.content_length == len(answer.data)


def test_there_are_no_other_variants(browsers, anna, send):
    photo, plan = send(anna, jpeg(), "фото.jpg"), send(anna)
    for address in (f"{photo.id}/huge", f"{photo.id}/..", f"{plan.id}/thumb", f"{plan.id}/full"):
        assert browsers["Анна"].get(f"/files/{address}").status_code == 404


def test_a_part_can_be_asked_for(browsers, anna, send):
    sent = send(anna)

    part = browsers["Анна"].get(sent.url, headers={"Range": "bytes=5-9"})

    assert part.status_code == 206
    assert part.data == PDF[5:10]
    assert part.headers["Content-Range"] == f"bytes 5-9/{len(PDF)}"


def test_neither_key_nor_path_is_told(browsers, anna, send):
    sent = send(anna, jpeg(), "фото.jpg")
    key = db.session.scalars(select(File.storage_key)).one()

    answer = browsers["Анна"].get(f"/files/{sent.id}/full")

    assert key not in str(answer.headers)


def test_lost_bytes_are_missing_not_an_error(browsers, anna, send):
    sent = send(anna)
    the_storage().delete(db.session.scalars(select(File.storage_key)).one())

    assert browsers["Анна"].get(sent.url).status_code == 404


def test_a_picture_costs_few_statements(browsers, anna, send):
    sent = send(anna, jpeg(), "фото.jpg")
    attach(anna, sent)

    with counting() as statements:
        browsers["Борис"].get(f"/files/{sent.id}/thumb")

    assert len(statements) <= 6
