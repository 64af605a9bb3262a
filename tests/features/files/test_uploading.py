"""What gets in, what is said to what does not, and that nothing is left of what failed."""

import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import func, select

from app.core import ratelimit
from app.core.db import db
from app.core.errors import TooMany
from app.core.storage import LocalStorage, the_storage, use_storage
from app.files import service
from app.files.models import File
from app.files.service import uploading
from tests import factories
from tests.features.files.conftest import PDF, jpeg, png
from tests.support.statements import counting


@pytest.fixture
def post(client, anna, storage):
    """Sends a file over HTTP as Anna."""
    client.sign_in(anna)

    def post(data, name, **fields):
        form = {"file": (BytesIO(data), name), **fields}
        return client.post("/files", data=form, headers={"Accept": "application/json"})

    return post


def rows() -> int:
    return db.session.scalar(select(func.count()).select_from(File)) or 0


def zipped(*names: str) -> bytes:
    output = BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return output.getvalue()


def png_bomb() -> bytes:
    """A PNG of 100 bytes that says it is 60,000 by 60,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def test_a_photo_is_answered_with_its_addresses(post):
    answer = post(jpeg(), "фото с витрины.JPG", alt="Витрина")

    assert answer.status_code == 201
    sent = answer.json
    assert sent["kind"] == "picture"
    assert sent["name"] == "фото с витрины.JPG"
    assert sent["size"] == len(jpeg())
    assert sent["thumb_url"] == f"/files/{sent['id']}/thumb"
    assert sent["url"] == f"/files/{sent['id']}/full"
    file = db.session.scalars(select(File)).one()
    assert (file.width, file.height, file.alt, file.media_type) == (800, 600, "Витрина", "image/webp")


def test_a_document_is_kept_byte_for_byte(post, client):
    sent = post(PDF, "план.pdf").json

    assert sent["kind"] == "document"
    assert sent["thumb_url"] is None
    assert client.get(sent["url"]).data == PDF


@pytest.mark.parametrize(
    ("name", "data", "status"),
    [
        ("пусто.jpg", b"", 422),
        ("пусто.pdf", b"", 422),
        ("фото.heic", b"\0\0\0\x18ftypheic" + b"\0" * 30, 415),
        ("схема.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", 415),
        ("схема.png", b"<svg onload='alert(1)'/>", 415),
        ("страница.html", b"<!doctype html><script>alert(1)</script>", 415),
        ("страница.txt", b"<html><script>alert(1)</script>", 415),
        ("игра.exe", b"MZ" + b"\0" * 100, 415),
        ("отчёт.pdf", b"MZ" + b"\0" * 100, 415),
        ("архив.zip", zipped("a.txt"), 415),
        ("отчёт.docm", zipped("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), 415),
        ("отчёт.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, 415),
        ("отчёт.pdf", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, 415),
        ("фото.png", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n", 415),
        ("данные.bin", bytes(range(256)), 415),
        ("битое.jpg", jpeg()[:400], 422),
        ("бомба.png", png_bomb(), 422),
    ],
)
def test_what_is_refused_is_told_why_and_leaves_nothing(post, storage, name, data, status):
    before = storage.keys()

    answer = post(data, name)

    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert answer.json["field"] == "file"
    assert len(answer.json["detail"]) > 20
    assert storage.keys() == before
    assert rows() == 0


def test_a_file_over_the_limit_is_too_large(post):
    answer = post(PDF + b" " * (25 * 1024 * 1024), "план.pdf")

    assert answer.status_code == 413
    assert "25" in answer.json["detail"]
    assert rows() == 0


def test_a_body_far_over_the_limit_is_not_even_read(post):
    answer = post(b"\0" * (27 * 1024 * 1024), "план.pdf")

    assert answer.status_code == 413
    assert answer.mimetype == "application/problem+json"


def test_a_request_larger_than_any_file_hears_how_large_one_may_be(post, client):
    answer = post(bytes(27 * 1024 * 1024), "видео.pdf")

    assert answer.status_code == 413
    assert answer.json["type"] == "about:blank"
    assert "25" in answer.json["detail"]
    page = client.post("/files", data={"file": (BytesIO(bytes(27 * 1024 * 1024)), "видео.pdf")})
    assert (page.status_code, "25 МБ" in page.text) == (413, True)


@pytest.mark.parametrize("form", [{}, {"file": "text, not a file"}, {"file": (BytesIO(b""), "")}])
def test_no_file_at_all(client, anna, form):
    client.sign_in(anna)

    answer = client.post("/files", data=form, headers={"Accept": "application/json"})

    assert answer.status_code == 422
    assert answer.json["field"] == "file"


def test_a_connection_that_breaks_leaves_nothing(flask_app, client, anna, storage):
    """The browser promised more bytes than it sent before the network went away."""
    client.sign_in(anna)
    whole = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
        + jpeg()
        + b"\r\n--x--\r\n"
    )
    before = storage.keys()

    answer = client.post(
        "/files",
        input_stream=BytesIO(whole[:3000]),
        content_type="multipart/form-data; boundary=x",
        content_length=len(whole),
        headers={"Accept": "application/json"},
    )

    assert answer.status_code == 422
    assert storage.keys() == before
    assert rows() == 0


def test_a_broken_disk_leaves_nothing_and_says_so(post, storage):
    usual = the_storage()
    use_storage(LocalStorage(Path("/proc/nowhere")))
    try:
        answer = post(PDF, "план.pdf")
    finally:
        use_storage(usual)

    assert answer.status_code == 503
    assert answer.json["field"] == "file"
    assert rows() == 0


def test_location_and_camera_are_gone_from_every_size(post, client):
    original = jpeg(2400, 1800, located=True)
    assert Image.open(BytesIO(original)).getexif().get_ifd(0x8825), "the test's own photo must carry a place"

    sent = post(original, "с телефона.jpg").json

    for variant in ("thumb", "medium", "full", "original"):
        data = client.get(f"/files/{sent['id']}/{variant}").data
        picture = Image.open(BytesIO(data))
        assert not picture.getexif()
        assert not {"exif", "xmp", "icc_profile"} & set(picture.info)
        assert b"Camera of Anna" not in data


def test_a_photo_taken_sideways_stands_upright(post, client):
    sent = post(jpeg(800, 600, turned=6), "боком.jpg").json

    assert Image.open(BytesIO(client.get(sent["url"]).data)).size == (600, 800)


def test_a_name_cannot_lead_elsewhere(send, client, anna):
    sent = send(anna, PDF, "../../etc/<b>план\u202e</b>\r\nX-Evil: 1.pdf")

    assert not set("/<>\r\n\u202e") & set(sent.name)
    header = client.sign_in(anna).get(sent.url).headers["Content-Disposition"]
    assert header.startswith("attachment")
    assert "\n" not in header


def test_a_description_is_one_tidy_line(post):
    post(png(), "a.png", alt="  Ценник\n\n\x00с ошибкой  " + "я" * 400)

    alt = db.session.scalars(select(File.alt)).one()
    assert alt.startswith("Ценник с ошибкой ")
    assert len(alt) <= 300


def test_somebody_who_sends_without_end_is_slowed_down(anna, send):
    ratelimit.use_storage("")
    limit = uploading.PER_PERSON
    while not limit.is_used_up(str(anna.id)):
        limit.hit(str(anna.id))

    with pytest.raises(TooMany):
        send(anna)

    limit.forget(str(anna.id))
    assert send(anna).id


def test_signed_out_people_send_nothing(client, storage):
    answer = client.post(
        "/files", data={"file": (BytesIO(PDF), "план.pdf")}, headers={"Accept": "application/json"}
    )

    assert answer.status_code == 401
    assert rows() == 0


def test_a_foreign_page_sends_nothing(client, anna):
    client.sign_in(anna)

    assert client.post("/files", data={"file": (BytesIO(PDF), "план.pdf")}, csrf=False).status_code == 400
    assert rows() == 0


def test_uploading_is_one_insert(anna, storage):
    me = factories.actor(anna)

    with counting() as statements:
        service.upload(me, BytesIO(PDF), "план.pdf")

    assert len(statements) == 1
