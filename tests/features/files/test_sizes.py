"""Sizes of pictures: each in the one that was asked for or the next there is, AVIF for who takes it, made once."""

from io import BytesIO

import pytest
from flask import current_app
from PIL import Image
from sqlalchemy import select

from app.core.db import db
from app.core.storage import the_storage
from app.files import service
from app.files.models import File
from tests.features.files.conftest import jpeg, png

AVIF = {"Accept": "image/avif,image/webp,*/*"}


@pytest.fixture
def browser(client, anna):
    return client.sign_in(anna)


def width(answer):
    return Image.open(BytesIO(answer.data)).width


def test_a_photo_comes_as_wide_as_asked_and_never_wider_than_it_is(browser, anna, send):
    large, small = send(anna, jpeg(2000, 1000), "фото.jpg"), send(anna, png(300, 200), "значок.png")

    def widths(photo):
        sizes = ("medium", "wide", "full", "large", "original")
        return [width(browser.get(f"/files/{photo.id}/{size}")) for size in sizes]

    assert widths(large) == [480, 720, 1080, 1600, 1600]
    assert widths(small) == [300] * 5


def test_avif_is_made_later_and_goes_to_who_takes_it(browser, new_client, anna, charlie, send):
    address = f"/files/{send(anna, jpeg(1200, 900), 'фото.jpg').id}/medium"
    before = browser.get(address, headers=AVIF)
    assert before.mimetype == "image/webp"
    assert before.vary.as_set() >= {"accept"}

    assert service.make_sizes() == 1
    assert service.make_sizes() == service.waiting() == 0

    modern, older = browser.get(address, headers=AVIF), browser.get(address)
    assert (modern.mimetype, older.mimetype) == ("image/avif", "image/webp")
    assert width(modern) == width(older) == 480
    assert modern.headers["ETag"] != older.headers["ETag"] == before.headers["ETag"]
    again = browser.get(address, headers={**AVIF, "If-None-Match": modern.headers["ETag"]})
    assert again.status_code == 304
    assert new_client().sign_in(charlie).get(address, headers=AVIF).status_code == 404
    file = db.session.scalars(select(File)).one()
    assert file.shown_size == len(older.data)


def test_the_command_goes_through_all_and_what_is_lost_stops_nothing(anna, send):
    for number in range(3):
        send(anna, jpeg(), f"{number}.jpg")
    send(anna, name="план.pdf")
    the_storage().delete(db.session.scalars(select(File.storage_key)).first())

    run = current_app.test_cli_runner().invoke
    assert "3 pictures have all their sizes now" in run(args=["files", "sizes"]).output
    assert "No picture lacks a size" in run(args=["files", "sizes"]).output
