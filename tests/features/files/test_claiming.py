"""Attaching files to texts, giving them up, and what is removed when."""

import os
import time
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import select

from app.content.schemas import AddComment, Edit, Publish
from app.content.service.changing import edit
from app.content.service.publishing import comment, publish
from app.core import clock
from app.core.db import db
from app.core.errors import Invalid
from app.core.storage import new_key, the_storage
from app.files import queries, service
from app.files.models import File
from tests import factories
from tests.factories.content import publication, written
from tests.features.files.conftest import jpeg
from tests.support.statements import counting


def of(item):
    """Names of the files of an item: (pictures, documents)."""
    pictures, documents = queries.of_content([item.id]).get(item.id, ([], []))
    return [file.name for file in pictures], [file.name for file in documents]


def publish_with(author, *files):
    made = publish(
        factories.actor(author), Publish("news", "С файлами", file_ids=tuple(file.id for file in files))
    )
    return written(made.public_id)


def test_files_stand_in_the_author_s_order(anna, send):
    first, second, third = (send(anna, name=f"{n}.pdf") for n in (1, 2, 3))
    photo = send(anna, jpeg(), "фото.jpg")

    item = publish_with(anna, third, photo, first, second)

    assert of(item) == (["фото.jpg"], ["3.pdf", "1.pdf", "2.pdf"])


def test_a_text_of_files_alone_is_a_text(anna, send):
    sent = send(anna)
    made = publish(factories.actor(anna), Publish("news", "", file_ids=(sent.id,)))

    assert of(written(made.public_id)) == ([], ["план.pdf"])


def test_comments_have_files_too(anna, bob, send):
    item = publication(anna)
    made = comment(factories.actor(bob), item.public_id, AddComment("Вот", file_ids=(send(bob).id,)))

    assert of(written(made.public_id)) == ([], ["план.pdf"])
    assert of(item) == ([], [])


@pytest.mark.parametrize("case", ["somebody else's", "already attached", "unknown", "nonsense"])
def test_what_cannot_be_attached(anna, bob, send, case):
    named = {
        "somebody else's": lambda: send(bob).id,
        "already attached": lambda: _attached(anna, send),
        "unknown": lambda: "Nothing2345678",
        "nonsense": lambda: "../" * 50,
    }[case]()

    with pytest.raises(Invalid) as refused:
        publish(factories.actor(anna), Publish("news", "Чужое", file_ids=(named,)))

    assert "files" in refused.value.errors


def _attached(anna, send):
    sent = send(anna)
    publish_with(anna, sent)
    return sent.id


def test_a_refused_publication_leaves_its_files_free(anna, bob, send):
    mine, theirs = send(anna), send(bob)
    with pytest.raises(Invalid):
        publish_with(anna, mine, theirs)

    assert of(publish_with(anna, mine)) == ([], ["план.pdf"])


def test_at_most_ten(anna, send):
    files = [send(anna, name=f"{n}.pdf") for n in range(11)]

    with pytest.raises(Invalid):
        publish_with(anna, *files)
    assert len(of(publish_with(anna, *files[:10]))[1]) == 10


def test_editing_adds_drops_and_reorders(anna, send):
    one, two, three = (send(anna, name=f"{n}.pdf") for n in (1, 2, 3))
    item = publish_with(anna, one, two)

    edit(factories.actor(anna), item.public_id, Edit("С файлами", item.revision, file_ids=(three.id, one.id)))

    assert of(item) == ([], ["3.pdf", "1.pdf"])
    given_up = db.session.scalars(select(File).where(File.public_id == two.id)).one()
    assert given_up.content_id is None


def test_editing_only_the_text_keeps_the_files(anna, send):
    item = publish_with(anna, send(anna))

    edit(factories.actor(anna), item.public_id, Edit("Иначе", item.revision, file_ids=None))

    assert of(item) == ([], ["план.pdf"])


def test_many_texts_cost_one_statement(anna, send):
    items = [publish_with(anna, send(anna)) for _ in range(5)]

    ids = [item.id for item in items]

    with counting() as statements:
        found = queries.of_content(ids)

    assert len(found) == 5
    assert len(statements) == 1
    assert queries.of_content([]) == {}


def test_uploads_nobody_claimed_are_forgotten_after_a_day(anna, send, storage, frozen_clock):
    before = storage.keys()
    item = publish_with(anna, send(anna, name="нужный.pdf"))
    waiting = send(anna, name="забытый.pdf")
    frozen_clock.advance(clock.DAY - clock.MINUTE)
    assert service.forget_unclaimed() == 0

    frozen_clock.advance(2 * clock.MINUTE)
    assert service.forget_unclaimed() == 1

    assert db.session.scalars(select(File).where(File.public_id == waiting.id)).first() is None
    assert of(item) == ([], ["нужный.pdf"])
    assert len(storage.keys() - before) == 1
    assert service.forget_unclaimed() == 0


def test_bytes_without_a_row_are_cleared(anna, send, storage):
    """A process was killed between writing the bytes and the row, or between removing the row and the bytes."""
    send(anna)
    photo_key, orphan, young = new_key(), new_key(), new_key()
    for key in (photo_key, orphan, young):
        the_storage().write(key, "original", BytesIO(b"x"), limit=1)
    factories.person("Вера Фото", photo_key=photo_key)
    _age(orphan, photo_key)

    service.forget_orphans()

    kept = storage.keys()
    assert orphan not in kept
    assert {photo_key, young} <= kept
    the_storage().open(photo_key, "original").close()


def _age(*keys: str) -> None:
    """Make objects two days old."""
    for key in keys:
        folder = Path(the_storage()._folder(key))
        moment = time.time() - 2 * 86_400
        os.utime(folder, (moment, moment))
