"""What a file really is, by its content and its name together, and which files are welcome.

Only what is on the list gets in; nothing on it can run in a browser or on a desk. The reasons for refusing are told
apart so that people hear what they can do instead.
"""

import os
import re
import struct
import unicodedata
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import BinaryIO

from app.lib.text import clean_line

MAX_NAME = 120
#: Bytes from the beginning that are looked at.
_HEAD = 4096
#: A text file is read this far to see whether it is text.
_TEXT_SAMPLE = 256 * 1024
#: The list of an archive's members is read whole, so it is bounded; real documents need a hundredth.
_MAX_ZIP_LIST = 2 * 1024 * 1024
_ZIP_END = struct.Struct("<4s4H2LH")
_ZIP_TAIL = _ZIP_END.size + 65_535


class Refusal(StrEnum):
    """Why a file is not accepted."""

    EMPTY = "empty"
    #: Photos of Apple phones in their own format: send as JPEG.
    HEIC = "heic"
    #: Drawings that can carry scripts.
    SVG = "svg"
    #: Pages that can carry scripts.
    WEB_PAGE = "web_page"
    PROGRAM = "program"
    #: Pack nothing: attach the files one by one.
    ARCHIVE = "archive"
    #: Word, Excel and PowerPoint from before 2007: save in today's format.
    OLD_OFFICE = "old_office"
    #: Office files with programs in them.
    MACROS = "macros"
    #: The name says one thing, the content another.
    MISMATCH = "mismatch"
    UNKNOWN = "unknown"


class FileRefused(ValueError):
    """The file is not accepted, for the given reason."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class FileType:
    """An accepted type."""

    extension: str
    media_type: str
    is_picture: bool = False


_OFFICE = "application/vnd.openxmlformats-officedocument."
_DOCUMENTS = {
    "pdf": FileType("pdf", "application/pdf"),
    "docx": FileType("docx", _OFFICE + "wordprocessingml.document"),
    "xlsx": FileType("xlsx", _OFFICE + "spreadsheetml.sheet"),
    "pptx": FileType("pptx", _OFFICE + "presentationml.presentation"),
    "odt": FileType("odt", "application/vnd.oasis.opendocument.text"),
    "ods": FileType("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    "odp": FileType("odp", "application/vnd.oasis.opendocument.presentation"),
    "txt": FileType("txt", "text/plain"),
    "csv": FileType("csv", "text/csv"),
}
_PICTURES = {
    "jpg": FileType("jpg", "image/jpeg", is_picture=True),
    "png": FileType("png", "image/png", is_picture=True),
    "gif": FileType("gif", "image/gif", is_picture=True),
    "webp": FileType("webp", "image/webp", is_picture=True),
}
ACCEPTED = {**_PICTURES, **_DOCUMENTS}

_SAME_EXTENSION = {"jpeg": "jpg", "jpe": "jpg", "jfif": "jpg", "text": "txt", "log": "txt", "md": "txt"}
_OFFICE_FOLDERS = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
_OPEN_DOCUMENTS = {_DOCUMENTS[name].media_type: name for name in ("odt", "ods", "odp")}

_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"dex\n",
    b"#!",
)
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf'\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"(\xb5/\xfd")
_HEIC_BRANDS = (b"heic", b"heix", b"heif", b"mif1", b"msf1", b"hevc", b"avif", b"avis")
_MARKUP = re.compile(
    rb"<\s*(!doctype\s+html|html|head|body|script|iframe|svg|\?xml|style|img|a\s|table|div|object|embed)",
    re.I,
)


def identify(name: str, file: BinaryIO) -> FileType:
    """The type of the file, agreed by content and name. Reads parts of it and leaves it at its beginning.

    Raises FileRefused. An accepted picture still has to be decoded to be believed.
    """
    file.seek(0)
    head = file.read(_HEAD)
    if not head:
        raise FileRefused(Refusal.EMPTY)
    extension = extension_of(name)
    try:
        found = _by_content(head, extension, file)
    finally:
        file.seek(0)
    if found in ("txt", "csv"):
        # Content cannot tell these two apart from each other, nor from other text.
        if extension not in ("txt", "csv"):
            raise FileRefused(Refusal.UNKNOWN)
        return ACCEPTED[extension]
    # A phone may call a PNG "photo.jpg"; pictures are written anew under their real type.
    if extension != found and not (found in _PICTURES and (extension in _PICTURES or not extension)):
        raise FileRefused(Refusal.MISMATCH)
    return ACCEPTED[found]


def extension_of(name: str) -> str:
    """The extension in its usual spelling, without the dot; empty when there is none."""
    extension = PurePosixPath(name.replace("\\", "/")).suffix.removeprefix(".").casefold()
    return _SAME_EXTENSION.get(extension, extension)


def clean_name(name: str) -> str:
    """A name that is safe to show and to download under: no folders, no invisible characters, not too long."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(" " if unicodedata.category(char).startswith("C") else char for char in last)
    shown = re.sub(r'[<>:"|?*]', "_", visible).strip(". ")
    stem, dot, extension = shown.rpartition(".")
    if not dot or len(extension) > 10:
        return clean_line(shown, MAX_NAME) or "file"
    return f"{clean_line(stem, MAX_NAME - len(extension) - 1) or 'file'}.{extension.rstrip()}"


def _by_content(head: bytes, extension: str, file: BinaryIO) -> str:
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        raise FileRefused(Refusal.HEIC)
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PK"):
        return _zip_content(file)
    return _text_content(head, extension, file)


def _zip_content(file: BinaryIO) -> str:
    """Office documents are ZIP archives; every other archive is refused. Nothing is unpacked but 100 bytes."""
    if not _has_short_list(file):
        raise FileRefused(Refusal.ARCHIVE)
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            mimetype = archive.open("mimetype").read(100).decode("ascii") if "mimetype" in names else ""
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise FileRefused(Refusal.MISMATCH) from error
    if any(
        name.casefold().endswith(("vbaproject.bin", ".xlm")) or name.startswith("Basic/") for name in names
    ):
        raise FileRefused(Refusal.MACROS)
    if mimetype in _OPEN_DOCUMENTS:
        return _OPEN_DOCUMENTS[mimetype]
    if "[Content_Types].xml" in names:
        for folder, extension in _OFFICE_FOLDERS.items():
            if any(name.startswith(folder) for name in names):
                return extension
    raise FileRefused(Refusal.ARCHIVE)


def _has_short_list(file: BinaryIO) -> bool:
    """Tell from the end record that listing the archive is cheap; false for anything odd, and for ZIP64."""
    size = file.seek(0, os.SEEK_END)
    start = file.seek(max(0, size - _ZIP_TAIL))
    tail = file.read(size - start)
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) - end < _ZIP_END.size or tail[max(0, end - 20) : end].startswith(b"PK\x06\x07"):
        return False
    *_, list_size, _, _ = _ZIP_END.unpack_from(tail, end)
    return bool(list_size <= _MAX_ZIP_LIST)


def _text_content(head: bytes, extension: str, file: BinaryIO) -> str:
    _refuse_known(head, extension)
    file.seek(0)
    sample = file.read(_TEXT_SAMPLE)
    if not _is_text(sample):
        raise FileRefused(Refusal.MISMATCH if extension in ACCEPTED else Refusal.UNKNOWN)
    return "txt"


def _refuse_known(head: bytes, extension: str) -> None:
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileRefused(Refusal.OLD_OFFICE)
    if head.startswith(_PROGRAMS) or extension in (
        "exe",
        "bat",
        "cmd",
        "ps1",
        "vbs",
        "js",
        "jar",
        "apk",
        "sh",
    ):
        raise FileRefused(Refusal.PROGRAM)
    if head.startswith(_ARCHIVES) or head[257:262] == b"ustar":
        raise FileRefused(Refusal.ARCHIVE)
    plain = (
        head.replace(b"\0", b"")
        .removeprefix(b"\xef\xbb\xbf")
        .removeprefix(b"\xff\xfe")
        .removeprefix(b"\xfe\xff")
    )
    if re.search(rb"<\s*svg", plain, re.I) or extension == "svg":
        raise FileRefused(Refusal.SVG)
    if _MARKUP.match(plain.lstrip()) or extension in ("html", "htm", "xhtml", "xml"):
        raise FileRefused(Refusal.WEB_PAGE)


def _is_text(sample: bytes) -> bool:
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in sample:
        return False
    else:
        # The sample may end inside a letter.
        encodings = ["utf-8", "cp1251"]
    for encoding in encodings:
        try:
            text = sample.decode(encoding, "strict")
        except UnicodeDecodeError as error:
            if len(sample) - error.start > 3:
                continue
            text = sample[: error.start].decode(encoding)
        return not any(unicodedata.category(char) == "Cc" and char not in "\t\n\r\f" for char in text)
    return False
