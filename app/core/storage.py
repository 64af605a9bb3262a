"""Where uploaded bytes lie: objects under random keys, each with one or more variants.

Nobody is given a path or a key; files are served by views that ask the parent object first.
"""

import os
import re
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from app.core import clock

_KEY = re.compile(r"[0-9a-f]{32}")
_VARIANT = re.compile(r"[a-z0-9]{1,20}")
_CHUNK = 64 * 1024


class StorageError(Exception):
    """Bytes could not be written or read."""


class ObjectMissing(StorageError):
    """There is no such object or variant."""


class ObjectTooLarge(StorageError):
    """The source held more bytes than allowed; nothing was kept."""


class Storage(Protocol):
    """A place for bytes. Keys come from `new_key`; variants are lower-case words such as "original" or "thumb"."""

    def write(self, key: str, variant: str, source: BinaryIO, *, limit: int) -> int:
        """Keep everything ``source`` gives, whole or not at all; returns the bytes written.

        Raises ObjectTooLarge past ``limit`` bytes, StorageError when the disk fails; other errors of ``source``
        go through. Afterwards the bytes survive a power cut.
        """

    def open(self, key: str, variant: str) -> BinaryIO:
        """The bytes from their beginning; the caller closes. Raises ObjectMissing."""

    def size(self, key: str, variant: str) -> int | None:
        """How many bytes a variant has, or None when there is no such object or variant."""

    def delete(self, key: str) -> None:
        """Forget the object with all its variants; nothing happens when there is none."""

    def keys(self, *, older_than_seconds: float = 0.0) -> Iterator[str]:
        """Keys of the objects kept, those at least so old, for finding what no row names."""

    def clear_incoming(self, *, older_than_seconds: float) -> int:
        """Remove what killed processes left half-written; returns how many."""


def new_key() -> str:
    """A key for a new object: 128 random bits."""
    return secrets.token_hex(16)


_in_force: Storage | None = None


def use_storage(storage: Storage) -> None:
    """Keep bytes in `storage` from now on; called by the composition root."""
    global _in_force
    _in_force = storage


def the_storage() -> Storage:
    """The storage in force. Raises StorageError before one was chosen."""
    if _in_force is None:
        raise StorageError("no storage was chosen")
    return _in_force


class LocalStorage:
    """Storage in a folder outside anything that is served: ``ab/cd/KEY/VARIANT``, readable for its owner alone."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._incoming = root / "incoming"

    def write(self, key: str, variant: str, source: BinaryIO, *, limit: int) -> int:
        """See Storage. Written aside, flushed to the disk, then moved into place at once."""
        target = self._path(key, variant)
        temporary = self._incoming / secrets.token_hex(16)
        try:
            self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._incoming.mkdir(mode=0o700, exist_ok=True)
            size = _copy(source, temporary, limit)
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            temporary.replace(target)
            _sync_folder(target.parent)
        except OSError as error:
            raise StorageError(f"cannot write: {error}") from error
        finally:
            temporary.unlink(missing_ok=True)
        return size

    def open(self, key: str, variant: str) -> BinaryIO:
        """See Storage."""
        try:
            return self._path(key, variant).open("rb")
        except FileNotFoundError as error:
            raise ObjectMissing(f"{key}/{variant}") from error

    def size(self, key: str, variant: str) -> int | None:
        """See Storage."""
        try:
            return self._path(key, variant).stat().st_size
        except FileNotFoundError:
            return None

    def delete(self, key: str) -> None:
        """See Storage."""
        shutil.rmtree(self._folder(key), ignore_errors=True)

    def keys(self, *, older_than_seconds: float = 0.0) -> Iterator[str]:
        """See Storage. Walks all folders."""
        latest = clock.now() / clock.SECOND - older_than_seconds
        for folder in self._root.glob("??/??/*"):
            if _KEY.fullmatch(folder.name) and folder.stat().st_mtime <= latest:
                yield folder.name

    def clear_incoming(self, *, older_than_seconds: float) -> int:
        """Remove what killed processes left half-written; returns how many files."""
        latest = clock.now() / clock.SECOND - older_than_seconds
        left = [path for path in self._incoming.glob("*") if path.stat().st_mtime <= latest]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)

    def _folder(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ObjectMissing("not a key")
        return self._root / key[:2] / key[2:4] / key

    def _path(self, key: str, variant: str) -> Path:
        if not _VARIANT.fullmatch(variant):
            raise ObjectMissing("not a variant")
        return self._folder(key) / variant


def _copy(source: BinaryIO, target: Path, limit: int) -> int:
    size = 0
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as output:
        while chunk := source.read(_CHUNK):
            size += len(chunk)
            if size > limit:
                raise ObjectTooLarge(f"more than {limit} bytes")
            output.write(chunk)
        output.flush()
        os.fsync(output.fileno())
    return size


def _sync_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
