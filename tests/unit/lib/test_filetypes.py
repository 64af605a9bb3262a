import struct
import zipfile
from io import BytesIO

import pytest
from PIL import Image

from app.lib.filetypes import MAX_NAME, FileRefused, Refusal, clean_name, identify


def archive(**members: str) -> bytes:
    """A ZIP with members named by keyword: ``__`` stands for a slash, ``_dot_`` for a dot."""
    output = BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return output.getvalue()


def office(folder: str, **more: str) -> bytes:
    return archive(**{"[Content_Types]_dot_xml": "<Types/>", f"{folder}__document_dot_xml": "<x/>", **more})


def picture(format_: str) -> bytes:
    output = BytesIO()
    Image.new("RGB", (9, 9)).save(output, format_)
    return output.getvalue()


PDF = b"%PDF-1.7\n1 0 obj\n%%EOF"
ODT = archive(mimetype="application/vnd.oasis.opendocument.text", content_dot_xml="<x/>")


@pytest.mark.parametrize(
    ("name", "content", "extension"),
    [
        ("Отчёт.PDF", PDF, "pdf"),
        ("график.xlsx", office("xl"), "xlsx"),
        ("a.docx", office("word"), "docx"),
        ("a.pptx", office("ppt"), "pptx"),
        ("a.odt", ODT, "odt"),
        ("a.txt", "Привет, смена".encode(), "txt"),
        ("a.txt", "Привет, смена".encode("cp1251"), "txt"),
        ("a.csv", "имя;сумма\n".encode("utf-16"), "csv"),
        ("a.csv", b"\xef\xbb\xbfname,sum\n", "csv"),
        ("notes.md", b"# plain", "txt"),
        ("a.jpeg", picture("JPEG"), "jpg"),
        ("a.png", picture("PNG"), "png"),
        ("a.gif", picture("GIF"), "gif"),
        ("a.webp", picture("WEBP"), "webp"),
        ("screenshot.jpg", picture("PNG"), "png"),
        ("image", picture("PNG"), "png"),
    ],
)
def test_welcome_files(name: str, content: bytes, extension: str) -> None:
    file = BytesIO(content)
    found = identify(name, file)
    assert found.extension == extension
    assert found.is_picture == (extension in ("jpg", "png", "gif", "webp"))
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.pdf", b"", Refusal.EMPTY),
        ("IMG_1.HEIC", b"\0\0\0\x18ftypheic" + bytes(50), Refusal.HEIC),
        ("IMG_1.jpg", b"\0\0\0\x18ftypmif1" + bytes(50), Refusal.HEIC),
        ("a.svg", b"<svg onload=alert(1)>", Refusal.SVG),
        ("a.png", b"<?xml version='1.0'?><!-- x --><svg/>", Refusal.SVG),
        ("a.txt", "<svg/>".encode("utf-16"), Refusal.SVG),
        ("a.html", b"hello", Refusal.WEB_PAGE),
        ("a.txt", b"  \n<!DOCTYPE html><script>", Refusal.WEB_PAGE),
        ("a.txt", b"<script>alert(1)</script>", Refusal.WEB_PAGE),
        ("a.exe", b"MZ\x90\0" + bytes(100), Refusal.PROGRAM),
        ("a.pdf", b"MZ\x90\0" + bytes(100), Refusal.PROGRAM),
        ("a.txt", b"\x7fELF" + bytes(100), Refusal.PROGRAM),
        ("a.sh", b"echo", Refusal.PROGRAM),
        ("a.txt", b"#!/bin/sh\nrm", Refusal.PROGRAM),
        ("a.zip", archive(a_dot_txt="x"), Refusal.ARCHIVE),
        ("a.jar", archive(META="x"), Refusal.ARCHIVE),
        ("a.docx", archive(a_dot_txt="x"), Refusal.ARCHIVE),
        ("a.rar", b"Rar!\x1a\x07" + bytes(50), Refusal.ARCHIVE),
        ("a.7z", b"7z\xbc\xaf'\x1c" + bytes(50), Refusal.ARCHIVE),
        ("a.gz", b"\x1f\x8b\x08" + bytes(50), Refusal.ARCHIVE),
        ("a.doc", b"\xd0\xcf\x11\xe0" + bytes(50), Refusal.OLD_OFFICE),
        ("a.docx", office("word", word__vbaProject_dot_bin="x"), Refusal.MACROS),
        ("a.xlsm", office("xl", xl__vbaProject_dot_bin="x"), Refusal.MACROS),
        ("a.pdf", picture("PNG"), Refusal.MISMATCH),
        ("a.png", PDF, Refusal.MISMATCH),
        ("a.docx", office("xl"), Refusal.MISMATCH),
        ("a.docx", b"PK\x03\x04 not an archive", Refusal.ARCHIVE),
        ("a.png", b"%!PS-Adobe-3.0 EPSF-3.0\n", Refusal.UNKNOWN),
        ("a.txt", b"abc\0def", Refusal.MISMATCH),
        ("a.txt", b"abc\x07\x08def", Refusal.MISMATCH),
        ("a.bin", bytes(range(256)), Refusal.UNKNOWN),
        ("a.bmp", picture("BMP"), Refusal.UNKNOWN),
        ("a", b"plain text", Refusal.UNKNOWN),
    ],
)
def test_unwelcome_files_and_why(name: str, content: bytes, reason: Refusal) -> None:
    with pytest.raises(FileRefused) as refused:
        identify(name, BytesIO(content))
    assert refused.value.reason is reason


def test_text_whose_sample_ends_inside_a_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.lib.filetypes._TEXT_SAMPLE", 5)
    assert identify("a.txt", BytesIO("ййййй".encode())).extension == "txt"


def test_archives_with_endless_lists_are_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, 500_000_000, 0, 0)
    listed: list[object] = []
    monkeypatch.setattr(zipfile, "ZipFile", listed.append)
    for content in (
        b"PK\3\4" + bytes(100) + end,
        b"PK\3\4"
        + bytes(100)
        + b"PK\6\7"
        + bytes(16)
        + end.replace(struct.pack("<L", 500_000_000), bytes(4)),
    ):
        with pytest.raises(FileRefused) as refused:
            identify("a.docx", BytesIO(content))
        assert refused.value.reason is Refusal.ARCHIVE
    assert listed == []


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Отчёт за май.pdf", "Отчёт за май.pdf"),
        ("C:\\Users\\anna\\photo.jpg", "photo.jpg"),
        ("../../etc/passwd", "passwd"),
        ("photo\u202egpj.exe", "photo gpj.exe"),
        ("a\0b\r\nSet-Cookie: x.txt", "a b Set-Cookie_ x.txt"),
        ('<img src="x">.png', "_img src=_x__.png"),
        ("", "file"),
        ("...", "file"),
        (".hidden", "hidden"),
        ("no extension", "no extension"),
    ],
)
def test_names_are_cleaned(given: str, shown: str) -> None:
    assert clean_name(given) == shown


def test_long_names_keep_their_extension() -> None:
    name = clean_name("ы" * 500 + ".pdf")
    assert len(name) == MAX_NAME
    assert name.endswith("ы.pdf")
    assert len(clean_name("ы" * 500)) == MAX_NAME
