"""Changing the photos and files of a text when it is edited: what is named stays, and nothing is lost on the way."""

import pytest
from sqlalchemy import func, select

from app.content.models import Revision
from app.content.queries import files as lists
from app.content.schemas import AddComment
from app.content.service import drafts
from app.content.service.publishing import comment
from app.core import clock, outbox
from app.core.db import db
from app.files import queries
from app.reputation.queries import standing
from app.reputation.service import verify
from tests import factories
from tests.factories.content import written


def names(item):
    return [each.name for each in queries.attached(item.id)]


def form(item, *files, body="Новая полка", version=None):
    """What the form sends when these files stand in it."""
    db.session.refresh(item)
    return {
        "body": body, "title": "", "files_shown": "1", "files": [each.id for each in files],
        "version": item.revision if version is None else version,
    }  # fmt: skip


def save(client, item, *files, **typed):
    return client.post(f"/items/{item.public_id}/edit", data=form(item, *files, **typed))


def test_photos_and_files_are_added_and_removed(client, anna, send, item, photo):
    client.sign_in(anna)
    shown = client.get(f"/items/{item.public_id}/edit").text
    assert "полка.jpg" in shown
    assert f'value="{photo.id}" checked' in shown

    plan = send(anna, name="план.pdf")
    assert save(client, item, photo, plan).status_code == 303
    assert names(item) == ["полка.jpg", "план.pdf"]
    page = client.get(f"/p/{item.public_id}").text
    assert photo.id in page
    assert "план.pdf" in page
    found = lists.by_person(factories.actor(anna), anna.id).lines
    assert {each.name for each in found} == {"полка.jpg", "план.pdf"}

    assert save(client, item, plan).status_code == 303
    assert names(item) == ["план.pdf"]
    assert photo.id not in client.get(f"/p/{item.public_id}").text
    assert save(client, item).status_code == 303
    assert names(item) == []
    assert db.session.scalar(select(func.count()).select_from(Revision)) == 0, "the text was never another"


def test_a_comment_s_files_change_too(client, anna, bob, send, item):
    sent = send(bob)
    made = comment(factories.actor(bob), item.public_id, AddComment("Вот", file_ids=(sent.id,)))
    reply = written(made.public_id)
    client.sign_in(bob)
    assert save(client, reply, body="Вот").status_code == 303
    assert names(reply) == []
    assert save(client, reply, body="").status_code == 422


def test_points_for_a_photo_come_and_go_with_it(client, anna, send, item, photo):
    client.sign_in(anna)
    outbox.run_due()
    with_photo = standing(anna.id).points
    save(client, item)
    outbox.run_due()
    assert standing(anna.id).points == with_photo - 5
    save(client, item, photo)
    outbox.run_due()
    assert standing(anna.id).points == with_photo
    assert list(verify()) == []


def test_a_form_that_comes_twice_changes_once(client, anna, send, item, photo):
    client.sign_in(anna)
    data = form(item, photo, send(anna), body="Другая полка")
    assert [client.post(f"/items/{item.public_id}/edit", data=data).status_code for _ in "12"] == [303, 303]
    db.session.refresh(item)
    assert item.revision == 2


def test_who_was_slower_loses_neither_text_nor_files(client, anna, send, item, photo):
    client.sign_in(anna)
    plan, list_ = send(anna, name="план.pdf"), send(anna, name="список.pdf")
    old = form(item, photo, list_, body="Моя полка")
    save(client, item, plan, body="Чужая полка")

    answer = client.post(f"/items/{item.public_id}/edit", data=old)
    assert answer.status_code == 409
    for part in ("Моя полка", "Чужая полка", "полка.jpg", "список.pdf", "план.pdf"):
        assert part in answer.text
    assert f'value="{plan.id}"' not in answer.text
    assert save(client, item, photo, list_, body="Моя полка").status_code == 303
    assert names(item) == ["полка.jpg", "список.pdf"]


@pytest.mark.parametrize("wrong", ["theirs", "gone", "too many"])
def test_what_can_t_be_attached_is_refused_and_the_rest_stays(client, anna, bob, send, item, photo, wrong):
    client.sign_in(anna)
    mine = send(anna, name="мой.pdf")
    bad = {
        "theirs": lambda: [send(bob, name="чужой.pdf")],
        "gone": lambda: [type(mine)("Nothing2345678", "x", "document", 1, None, "")],
        "too many": lambda: [send(anna, name=f"{number}.pdf") for number in range(10)],
    }[wrong]()
    answer = save(client, item, photo, mine, *bad, body="Исправлено")
    assert answer.status_code == 422
    assert "Исправлено" in answer.text
    assert "мой.pdf" in answer.text
    assert "чужой.pdf" not in answer.text
    assert names(item) == ["полка.jpg"]


def test_drafts_keep_the_files_and_older_ones_leave_them(client, anna, send, item, photo):
    client.sign_in(anna)
    plan = send(anna, name="план.pdf")
    key, address = f"edit-{item.public_id}", f"/items/{item.public_id}/edit?draft"
    client.put(f"/drafts/{key}", json={"body": "Пишу", "version": "1"})
    assert f'value="{photo.id}" checked' in client.get(address).text
    kept = {"id": plan.id, "name": plan.name, "thumb_url": None}
    client.put(f"/drafts/{key}", json={"body": "Пишу", "version": "1", "kind": "edit", "files": [kept]})
    shown = client.get(address).text
    assert f'value="{plan.id}" checked' in shown
    assert f'value="{photo.id}"' not in shown


def test_a_session_that_ends_keeps_what_was_chosen(client, frozen_clock, anna, send, item, photo):
    client.sign_in(anna)
    plan = send(anna, name="план.pdf")
    clock.advance(15 * clock.DAY)
    answer = save(client, item, plan, photo, body="Долго писала")
    assert "sign-in" in answer.location
    kept = drafts.find(anna.id, f"edit-{item.public_id}")
    assert [each["id"] for each in kept["files"]] == [plan.id, photo.id]


def test_nobody_else_changes_them(client, bob, item, photo):
    client.sign_in(bob)
    assert save(client, item).status_code == 403
    assert names(item) == ["полка.jpg"]
