"""Files are found by their name, by whoever may see what they hang on."""

from io import BytesIO

import pytest
from sqlalchemy import select

from app.content.policy import access_item
from app.content.schemas import AddComment, Edit, Place, Publish
from app.content.service import changing, moderating, publishing
from app.core.db import db
from app.core.storage import the_storage
from app.core.unit_of_work import unit_of_work
from app.files.models import File
from app.files.service import upload
from app.groups.models import SECRET
from app.groups.service import leave
from tests import factories

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def send(database):
    """Uploads a document of this name as a person."""
    yield lambda person, name: upload(factories.actor(person), BytesIO(PDF), name, "")
    for key in db.session.scalars(select(File.storage_key)):
        the_storage().delete(key)


def named(page):
    return ["".join(piece.text for piece in file.name) for file in page.files]


def published(person, sent, **how):
    return publishing.publish(
        factories.actor(person), Publish(kind="news", body="с файлом", file_ids=(sent.id,), **how)
    ).public_id


def test_by_any_part_of_the_name_with_the_way_to_the_text(anna, find, send):
    public_id = published(anna, send(anna, name="График_отпусков-2026.pdf"))
    on = factories.publication(anna)
    command = AddComment(body="вот", file_ids=(send(anna, name="отпуск заявление.pdf").id,))
    said = publishing.comment(factories.actor(anna), on.public_id, command)
    send(anna, name="отпуск черновик.pdf")

    page = find(anna, "график отпуск")
    assert named(page)[0] == "График_отпусков-2026.pdf"
    assert {file.url for file in page.files} == {f"/p/{public_id}", f"/p/{on.public_id}#c-{said.public_id}"}
    assert [piece.text for piece in page.files[0].name if piece.found] == ["График_отпусков-2026"]
    assert find(anna, "отпуск", kind="file").total == find(anna, "отпуск").counts["file"] == 2
    assert named(find(anna, "отпуск", kind="file", person=anna.handle, period="day")) != []


def test_what_is_taken_away_hidden_or_closed_is_found_no_more(anna, find, send):
    public_id = published(anna, send(anna, name="смета.pdf"))
    item = factories.content.written(public_id)
    assert named(find(anna, "смета")) == ["смета.pdf"]
    moderator = factories.person(roles=["moderator"])
    for act, left in ((moderating.hide, []), (moderating.restore, ["смета.pdf"])):
        with unit_of_work():
            act(*access_item(factories.actor(moderator), public_id, lock=True), moderator.id)
        assert named(find(moderator, "смета")) == left
    changing.edit(factories.actor(anna), public_id, Edit("без файла", item.revision, file_ids=()))
    page = find(anna, "смета")
    assert (page.counts, page.files) == ({}, ())


def test_what_stands_in_a_secret_group_is_for_its_members(anna, find, send):
    owner, charlie = factories.person(), factories.person("Чарли Чужой")
    group = factories.group("Планёрка", visibility=SECRET, owner=owner, members=[anna])
    published(anna, send(anna, name="выручка.pdf"), place=Place.parse(f"group:{group.handle}"))
    assert find(anna, "выручка").counts == {"file": 1}
    assert find(charlie, "выручка").counts == {}
    leave(factories.actor(anna), group.handle)
    assert find(anna, "выручка").counts == {}
