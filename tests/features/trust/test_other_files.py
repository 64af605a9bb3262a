"""An answer whose photos are exchanged shows something else: who vouched for what it showed is asked anew."""

from io import BytesIO

import pytest
from PIL import Image

from app.content.schemas import AddComment, Edit
from app.content.service.changing import edit
from app.content.service.publishing import comment
from app.core import clock, outbox
from app.files.service import upload
from app.questions.service import accept
from app.trust.service import check, make_official
from tests.factories import content, people
from tests.features.trust.conftest import row, told
from tests.support.outbox import deliver_twice

TEXT = "Смотрите на фото"


def photo(person):
    output = BytesIO()
    Image.new("RGB", (60, 40), "teal").save(output, "JPEG")
    output.seek(0)
    return upload(people.actor(person), output, "ценник.jpg", "", most_bytes=1_000_000).id


def answered(thread, *photos):
    command = AddComment(TEXT, answer=True, file_ids=photos)
    made = comment(people.actor(thread.expert), thread.asked.public_id, command)
    return content.written(made.public_id)


def show(thread, item, *photos, text=TEXT, by=None):
    clock.advance(clock.MINUTE)
    revision = content.written(item.public_id).revision
    edit(people.actor(by or thread.expert), item.public_id, Edit(text, revision, file_ids=photos))
    outbox.run_due()
    clock.advance(clock.MINUTE)


@pytest.fixture
def accepted(thread):
    """An answer with two photos, accepted by who asked."""
    both = photo(thread.expert), photo(thread.expert)
    item = answered(thread, *both)
    accept(people.actor(thread.asker), item.public_id, on=True)
    outbox.run_due()
    return item, both


@pytest.mark.parametrize("change", ["added", "removed", "exchanged"])
def test_other_photos_are_another_answer(client, thread, accepted, change):
    item, (first, second) = accepted
    now = {
        "added": lambda: (first, second, photo(thread.expert)),
        "removed": lambda: (first,),
        "exchanged": lambda: (first, photo(thread.expert)),
    }[change]()
    show(thread, item, *now)
    deliver_twice("trust.follow_edit")
    assert (row(item).state, row(item).changed_from) == ("check", 1)
    assert told(thread.asker).count("reworded") == 1
    compared = client.sign_in(thread.asker).get(f"/items/{item.public_id}/changes?from=1").text
    assert "Изменились фотографии или файлы" in compared
    check(people.actor(thread.asker), item.public_id)
    show(thread, item, *now, text=f"{TEXT}.")
    assert row(item).state == "opinion"


def test_another_order_and_other_words_below_a_photo_change_nothing(thread, accepted):
    item, (first, second) = accepted
    show(thread, item, second, first)
    clock.advance(clock.MINUTE)
    command = Edit(TEXT, 2, file_ids=(second, first), alts={first: "Ценник"})
    edit(people.actor(thread.expert), item.public_id, command)
    outbox.run_due()
    assert row(item).state == "opinion"


def test_a_text_that_comes_back_with_other_photos_is_another_one(thread, accepted):
    item, (first, second) = accepted
    show(thread, item, first, second, text="Совсем другое")
    show(thread, item, first, text=TEXT)
    assert (row(item).state, row(item).changed_from) == ("check", 1)


def test_what_was_accepted_with_the_photos_that_it_has_now_counts(thread):
    item = answered(thread, photo(thread.expert))
    show(thread, item, photo(thread.expert))
    accept(people.actor(thread.asker), item.public_id, on=True)
    show(thread, item, text="Смотрите на фото!", by=thread.expert)
    assert row(item).changed_from == 2


def test_what_is_official_is_checked_for_its_photos_too(thread):
    item = answered(thread, photo(thread.expert))
    make_official(people.actor(thread.editor), item.public_id, on=True)
    show(thread, item)
    assert (row(item).state, row(item).was) == ("check", "official")


def test_a_question_with_another_photo_is_another_question(thread, accepted):
    item, _photos = accepted
    clock.advance(clock.MINUTE)
    shown = photo(thread.asker)
    edit(
        people.actor(thread.asker),
        thread.asked.public_id,
        Edit(thread.asked.body_source, 1, file_ids=(shown,)),
    )
    outbox.run_due()
    assert (row(item).state, row(item).because_id) == ("check", thread.asked.id)
