"""Finding the tables of a dump: in a 7z archive or in a folder, whatever the case of the file names."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePosixPath, PureWindowsPath

import py7zr


class Table(StrEnum):
    """The files of a dump, under the names they are published with."""

    USERS = "Users.xml"
    POSTS = "Posts.xml"
    COMMENTS = "Comments.xml"
    VOTES = "Votes.xml"
    TAGS = "Tags.xml"
    POST_LINKS = "PostLinks.xml"
    POST_HISTORY = "PostHistory.xml"
    BADGES = "Badges.xml"


#: Without these two there is nothing to bring in.
REQUIRED = (Table.USERS, Table.POSTS)

_BY_FOLDED_NAME = {table.value.casefold(): table for table in Table}

#: Sites that do not live under stackexchange.com; each may have sites below it (ru., meta.).
_OTHER_DOMAINS = (
    "stackoverflow.com",
    "serverfault.com",
    "superuser.com",
    "askubuntu.com",
    "stackapps.com",
    "mathoverflow.net",
)
_SITE_IN_NAME = re.compile(
    r"(?:[a-z0-9-]+\.)+stackexchange\.com|(?:[a-z0-9-]+\.)*(?:"
    + "|".join(map(re.escape, _OTHER_DOMAINS))
    + ")"
)
_HOST = re.compile(r"(?=.{3,45}\Z)(?!-)[a-z0-9-]+(?:\.[a-z0-9-]+)+")

#: Room left free on the disk beside what an archive unpacks to.
_DISK_RESERVE_BYTES = 64 * 1024 * 1024


class DumpUnreadable(Exception):
    """The archive or folder as a whole cannot be used; the message says what to do."""


@dataclass(frozen=True)
class Dump:
    """One site at one moment: its host name and the tables that are there, as files on disk."""

    site: str
    files: dict[Table, Path] = field(default_factory=dict)

    @property
    def missing(self) -> tuple[Table, ...]:
        """Tables that this dump does not have."""
        return tuple(table for table in Table if table not in self.files)


@contextmanager
def open_dump(path: Path, site: str | None = None) -> Iterator[Dump]:
    """Make the tables under `path`, an archive or a folder, readable as files for the length of the block.

    Of an archive only the known tables are unpacked, into a temporary folder that is removed afterwards.
    Raises `DumpUnreadable` when the path, the archive or the site's name is not usable.
    """
    host = _site_name(path, site)
    if path.is_dir():
        yield _checked(Dump(host, _tables_in(path)), path)
    elif path.is_file():
        with tempfile.TemporaryDirectory(prefix="shopfloor-dump-") as folder:
            _unpack(path, Path(folder))
            yield _checked(Dump(host, _tables_in(Path(folder))), path)
    else:
        raise DumpUnreadable(f"{path} is neither a file nor a folder.")


def _site_name(path: Path, given: str | None) -> str:
    if given:
        host = given.strip().casefold().removeprefix("https://").removeprefix("http://").rstrip("/")
        if not _HOST.fullmatch(host):
            raise DumpUnreadable(f"{given!r} is not a site name; write it like beer.stackexchange.com.")
        return host
    found = _SITE_IN_NAME.match(path.resolve().name.casefold())
    if found is None:
        raise DumpUnreadable(f"The name {path.name!r} does not say which site this is; add --site HOST.")
    return found.group()


def _checked(dump: Dump, path: Path) -> Dump:
    absent = [table.value for table in REQUIRED if table not in dump.files]
    if absent:
        raise DumpUnreadable(f"{path} has no {' and no '.join(absent)}; this is not a Stack Exchange dump.")
    return dump


def _tables_in(folder: Path) -> dict[Table, Path]:
    """The tables in `folder` or, when there are none at its top, in the first folder below that has them."""
    for place in (folder, *sorted(entry for entry in folder.iterdir() if entry.is_dir())):
        found: dict[Table, Path] = {}
        for entry in sorted(place.iterdir()):
            table = _BY_FOLDED_NAME.get(entry.name.casefold())
            if table is None or not entry.is_file():
                continue
            if table in found:
                raise DumpUnreadable(
                    f"{place} has both {found[table].name} and {entry.name}; keep one of them."
                )
            found[table] = entry
        if found:
            return found
    return {}


def _unpack(archive: Path, folder: Path) -> None:
    """Unpack the known tables of `archive` into `folder`, after looking at every name in it."""
    try:
        with py7zr.SevenZipFile(archive) as opened:
            if opened.needs_password():
                raise DumpUnreadable(f"{archive.name} is protected by a password.")
            members = opened.list()
            for member in members:
                _refuse_unsafe(archive, member.filename, is_link=member.is_symlink)
            tables = [member for member in members if _is_table(member.filename) and member.is_file]
            _refuse_too_large(archive, folder, sum(member.uncompressed or 0 for member in tables))
            if tables:
                opened.extract(path=folder, targets=[member.filename for member in tables])
    except DumpUnreadable:
        raise
    # A damaged archive makes the unpacker fail with whatever its parsing stumbles over.
    except Exception as error:
        reason = str(error) or type(error).__name__
        raise DumpUnreadable(f"{archive.name} cannot be unpacked: {reason}.") from error


def _is_table(member: str) -> bool:
    return PurePosixPath(member).name.casefold() in _BY_FOLDED_NAME


def _refuse_too_large(archive: Path, folder: Path, unpacked_bytes: int) -> None:
    free_bytes = shutil.disk_usage(folder).free - _DISK_RESERVE_BYTES
    if unpacked_bytes > free_bytes:
        raise DumpUnreadable(
            f"{archive.name} unpacks to {unpacked_bytes // 2**20} MB,"
            f" but {folder.parent} has only {max(free_bytes, 0) // 2**20} MB free."
        )


def _refuse_unsafe(archive: Path, member: str, *, is_link: bool) -> None:
    """Refuse the whole archive when a member points outside the folder that it is unpacked into."""
    as_windows = PureWindowsPath(member)
    outside = as_windows.drive or as_windows.root or ".." in as_windows.parts
    if outside or is_link:
        raise DumpUnreadable(f"{archive.name} is not safe to unpack: it contains {member!r}.")
