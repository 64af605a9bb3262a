import os
import stat
from io import BytesIO, RawIOBase
from pathlib import Path

import pytest

from app.core.storage import LocalStorage, ObjectMissing, ObjectTooLarge, StorageError, new_key
from tests.support.scripts import Script


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "uploads"


@pytest.fixture
def storage(root: Path) -> LocalStorage:
    return LocalStorage(root)


def files_in(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def read(storage: LocalStorage, key: str, variant: str) -> bytes:
    with storage.open(key, variant) as source:
        return source.read()


def test_keeps_variants_of_an_object(storage: LocalStorage) -> None:
    key = new_key()
    content = os.urandom(200_000)
    assert storage.write(key, "original", BytesIO(content), limit=200_000) == 200_000
    storage.write(key, "thumb", BytesIO(b"small"), limit=10)
    assert read(storage, key, "original") == content
    assert read(storage, key, "thumb") == b"small"
    assert list(storage.keys()) == [key]


def test_writing_again_replaces(storage: LocalStorage) -> None:
    key = new_key()
    storage.write(key, "original", BytesIO(b"old"), limit=10)
    storage.write(key, "original", BytesIO(b"new"), limit=10)
    assert read(storage, key, "original") == b"new"


def test_delete_forgets_all_variants(storage: LocalStorage, root: Path) -> None:
    key, other = new_key(), new_key()
    for each in (key, other):
        storage.write(each, "original", BytesIO(b"x"), limit=10)
        storage.write(each, "thumb", BytesIO(b"x"), limit=10)
    storage.delete(key)
    storage.delete(key)
    with pytest.raises(ObjectMissing):
        storage.open(key, "original")
    assert list(storage.keys()) == [other]
    assert len(files_in(root)) == 2


def test_too_large_leaves_nothing(storage: LocalStorage, root: Path) -> None:
    with pytest.raises(ObjectTooLarge):
        storage.write(new_key(), "original", BytesIO(b"x" * 100_001), limit=100_000)
    assert files_in(root) == []
    assert list(storage.keys()) == []


class Dropped(Exception):
    """The network is gone."""


class DroppingSource(RawIOBase):
    def __init__(self) -> None:
        self.reads = 0

    def read(self, size: int = -1) -> bytes:
        self.reads += 1
        if self.reads > 3:
            raise Dropped
        return b"x" * size


def test_a_source_that_breaks_leaves_nothing(storage: LocalStorage, root: Path) -> None:
    with pytest.raises(Dropped):
        storage.write(new_key(), "original", DroppingSource(), limit=10**9)
    assert files_in(root) == []
    assert list(storage.keys()) == []


def test_a_full_disk_is_a_storage_error() -> None:
    with pytest.raises(StorageError):
        LocalStorage(Path("/proc/nowhere")).write(new_key(), "original", BytesIO(b"x"), limit=10)


@pytest.mark.parametrize(
    "key", ["", "../../etc/passwd", "a" * 31, "A" * 32, "a" * 32 + "/x", "a" * 32 + "\n"]
)
def test_keys_cannot_lead_elsewhere(storage: LocalStorage, key: str) -> None:
    for use in (lambda: storage.open(key, "original"), lambda: storage.delete(key)):
        with pytest.raises(ObjectMissing):
            use()


@pytest.mark.parametrize("variant", ["", "..", "a/b", "A", "original\n", "../x"])
def test_variants_cannot_lead_elsewhere(storage: LocalStorage, variant: str) -> None:
    with pytest.raises(ObjectMissing):
        storage.write(new_key(), variant, BytesIO(b"x"), limit=10)


def test_everything_is_private_to_its_owner(storage: LocalStorage, root: Path) -> None:
    storage.write(new_key(), "original", BytesIO(b"x"), limit=10)
    assert stat.S_IMODE(root.stat().st_mode) == 0o700
    assert [stat.S_IMODE(path.stat().st_mode) for path in files_in(root)] == [0o600]


def test_young_objects_are_not_listed_as_old(storage: LocalStorage) -> None:
    storage.write(new_key(), "original", BytesIO(b"x"), limit=10)
    assert list(storage.keys(older_than_seconds=3600)) == []
    assert len(list(storage.keys(older_than_seconds=0))) == 1


WRITER = """
import sys
from pathlib import Path
from app.core.storage import LocalStorage, new_key
class Endless:
    def read(self, size):
        print("more", flush=True)
        return b"x" * size
LocalStorage(Path(sys.argv[1])).write(new_key(), "original", Endless(), limit=10**12)
"""


@pytest.mark.slow
def test_a_killed_writer_leaves_only_what_can_be_cleared(storage: LocalStorage, root: Path) -> None:
    writer = Script(WRITER, [str(root)], dict(os.environ))
    assert [writer.stdout.readline() for _ in range(3)] == ["more\n"] * 3
    writer.kill()
    writer.communicate()
    assert list(storage.keys()) == []
    assert storage.clear_incoming(older_than_seconds=3600) == 0
    assert storage.clear_incoming(older_than_seconds=0) == 1
    assert files_in(root) == []
