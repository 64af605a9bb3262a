"""Whoosh on disk: killed writers, several processes, lost and damaged files, rebuilding while people search."""

import os
import shutil
import signal
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.fulltext.interface import (
    Document,
    Put,
    Query,
    RebuildRunning,
    Remove,
    SearchUnavailable,
)
from app.core.fulltext.locks import LockTimeout, file_lock, is_locked
from app.core.fulltext.whoosh_backend import WhooshBackend
from tests.support.scripts import Script
from tests.support.search_documents import KINDS, document, found

pytestmark = pytest.mark.slow


@pytest.fixture
def backend(index_folder: Path) -> WhooshBackend:
    """Whoosh with an empty index, whichever database the tests run on."""
    backend = WhooshBackend(index_folder, KINDS)
    backend.rebuild([])
    return backend


def start_writer(folder: Path, what: str, first: int, count: int) -> Script:
    write = "import sys; from tests.support.index_writer import main; main(*sys.argv[1:])"
    return Script(write, [str(folder), what, str(first), str(count)], dict(os.environ))


def kill_after(writer: Script, lines: int) -> list[int]:
    """Kill without warning once so many lines are read; returns all numbers the process has said."""
    said = [int(writer.stdout.readline()) for _ in range(lines)]
    writer.kill()
    rest, _ = writer.communicate()
    assert writer.returncode == -signal.SIGKILL
    return said + [int(line) for line in rest.splitlines()]


def test_killed_writers_lose_nothing_and_leave_no_lock(backend: WhooshBackend, index_folder: Path) -> None:
    acknowledged: list[int] = []
    for turn in range(4):
        acknowledged += kill_after(start_writer(index_folder, "apply", 1 + turn * 1000, 1000), 7 + turn * 4)
        assert backend.status().healthy
        assert set(acknowledged) <= set(found(backend, "общее"))
        backend.apply([Put(document(90_000 + turn, "свежее"))])
    assert found(backend, "свежее") == [90_000, 90_001, 90_002, 90_003]
    assert all(found(backend, f"слово{id_}") == [id_] for id_ in acknowledged)


def test_killed_rebuild_leaves_the_old_index_in_use(backend: WhooshBackend, index_folder: Path) -> None:
    backend.apply([Put(document(1, "прежнее"))])
    kill_after(start_writer(index_folder, "rebuild", 1, 200_000), 2)
    assert not backend.status().rebuilding
    assert found(backend, "прежнее") == [1]
    backend.apply([Put(document(2, "прежнее"))])
    assert backend.rebuild([document(3, "новое")]) == 1
    assert len(list((index_folder / "generations").iterdir())) == 1
    assert found(backend, "новое") == [3]


def test_two_processes_write_while_a_third_searches(backend: WhooshBackend, index_folder: Path) -> None:
    writers = [start_writer(index_folder, "apply", first, 25) for first in (1, 101)]
    while any(writer.poll() is None for writer in writers):
        everything = found(backend, "общее")
        assert len(everything) == len(set(everything)) <= 50
    for writer in writers:
        writer.communicate()
        assert writer.returncode == 0
    assert found(backend, "общее") == [*range(1, 26), *range(101, 126)]


def test_threads_write_and_search_together(backend: WhooshBackend) -> None:
    failures: list[BaseException] = []

    def guarded(first: int) -> None:
        try:
            for id_ in range(first, first + 12):
                backend.apply([Put(document(id_, f"общее слово{id_}"))])
                assert found(backend, f"слово{id_}") == [id_]
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=guarded, args=(first,)) for first in (1, 101, 201)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert backend.count() == 36


def test_another_process_sees_a_commit_at_once(backend: WhooshBackend, index_folder: Path) -> None:
    other = WhooshBackend(index_folder, KINDS)
    assert found(other, "тариф") == []
    backend.apply([Put(document(1, "тариф"))])
    assert found(other, "тариф") == [1]
    backend.rebuild([document(2, "тариф")])
    assert found(other, "тариф") == [2]


def test_changes_made_during_a_rebuild_are_kept(backend: WhooshBackend) -> None:
    backend.apply([Put(document(id_, "прежнее")) for id_ in (1, 2)])

    def documents() -> Iterator[Document]:
        yield document(1, "прежнее")
        backend.apply([Put(document(1, "измененное")), Remove("publication", 2)])
        assert found(backend, "измененное") == [1]
        assert backend.status().rebuilding
        # What the rebuild has read from the database may be older than the change.
        yield document(2, "прежнее")
        backend.apply([Put(document(3, "добавленное", topics=("тема",), aliases=("имя",)))])

    backend.rebuild(documents())
    assert found(backend, "прежнее") == []
    assert found(backend, "измененное") == [1]
    assert found(backend, "добавленное") == found(backend, "#тема") == found(backend, "имя") == [3]
    assert not backend.status().rebuilding


def test_only_one_rebuild_at_a_time(backend: WhooshBackend, index_folder: Path) -> None:
    other = WhooshBackend(index_folder, KINDS)

    def documents() -> Iterator[Document]:
        with pytest.raises(RebuildRunning):
            other.rebuild([])
        yield document(1, "тариф")

    backend.rebuild(documents())
    assert found(other, "тариф") == [1]


def test_failed_rebuild_leaves_the_old_index(backend: WhooshBackend) -> None:
    backend.apply([Put(document(1, "прежнее"))])

    def documents() -> Iterator[Document]:
        yield document(2, "новое")
        raise RuntimeError("database went away")

    with pytest.raises(RuntimeError, match="database went away"):
        backend.rebuild(documents())
    assert found(backend, "прежнее") == [1]
    assert found(backend, "новое") == []
    assert backend.rebuild([document(2, "новое")]) == 1


def test_missing_index_is_reported_and_rebuilt(index_folder: Path) -> None:
    backend = WhooshBackend(index_folder, KINDS)
    assert backend.status().reason == "there is no index"
    for use in (
        lambda: backend.search(Query("тариф")),
        lambda: backend.apply([Put(document(1, "тариф"))]),
        backend.count,
        lambda: list(backend.all_ids()),
    ):
        with pytest.raises(SearchUnavailable):
            use()
    backend.rebuild([document(1, "тариф")])
    assert backend.status().healthy
    assert found(backend, "тариф") == [1]


def index_files(folder: Path, pattern: str) -> list[Path]:
    return sorted((folder / "generations").glob(f"*/{pattern}"))


def delete(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    os.truncate(path, 0)


def halve(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def scramble(path: Path) -> None:
    content = bytearray(path.read_bytes())
    edge = 10 if len(content) > 30 else 0
    content[edge : len(content) - edge] = os.urandom(len(content) - 2 * edge)
    path.write_bytes(content)


@pytest.mark.parametrize("pattern", ["_MAIN_*.toc", "*.trm", "*.pst", "*.words", "*.order.col"])
@pytest.mark.parametrize("harm", [delete, empty, halve, scramble])
def test_damage_is_noticed_and_healed_by_a_rebuild(index_folder: Path, pattern: str, harm) -> None:
    WhooshBackend(index_folder, KINDS).rebuild(document(id_, f"тариф слово{id_}") for id_ in range(1, 300))
    harm(index_files(index_folder, pattern)[0])

    backend = WhooshBackend(index_folder, KINDS)
    status = backend.status()
    assert not status.healthy
    assert status.reason
    backend.rebuild(document(id_, "тариф") for id_ in range(1, 4))
    assert backend.status().healthy
    assert found(backend, "тариф") == [1, 2, 3]


def start_reader(folder: Path) -> Script:
    read = "import sys; from tests.support.index_reader import main; main(*sys.argv[1:])"
    return Script(read, [str(folder)], dict(os.environ))


def ask(reader: Script) -> list[str]:
    """What a process that has the index open finds; fails when it has ended."""
    reader.stdin.write("\n")
    reader.stdin.flush()
    answers = reader.stdout.readline().split()
    assert answers, f"the process ended: {reader.wait(timeout=10)}"
    return answers


def questions(numbers: range) -> Iterator[Document]:
    """With words enough to fill some pages of memory."""
    for id_ in numbers:
        words = " ".join(f"всякое{id_ * 100 + number}" for number in range(40))
        yield document(id_, f"общее слово разное{id_} {words}", role="asked", thread_id=id_)


def build(backend: WhooshBackend) -> None:
    """A large segment of separate files, and a small one that is a single file."""
    backend.rebuild(questions(range(1, 200)))
    backend.apply([Put(each) for each in questions(range(200, 220))])


PARTS = ("_MAIN_*.toc", "format.json", "*.trm", "*.pst", "*.words", "*.order.col", "*.key.col", "*.seg", "*")


@pytest.mark.parametrize("harm", [delete, empty, halve, scramble])
def test_a_process_that_has_the_index_open_lives_through_its_damage(
    backend: WhooshBackend, index_folder: Path, harm
) -> None:
    """Every part of the index is damaged under it; it answers or says that there is none, and another one heals it."""
    reader = start_reader(index_folder)
    for pattern in PARTS:
        build(backend)
        sound = ask(reader)
        assert sound == ["219", "219", "219", "1", "1", "1", "219", "219"], pattern
        for path in index_files(index_folder, pattern):
            harm(path)
        answers = ask(reader)
        if harm in (empty, halve) and pattern in ("*.words", "*.order.col", "*.seg", "*"):
            assert set(answers) == {"-"}, pattern
        else:
            assert all(answer == "-" or int(answer) <= 219 for answer in answers), (pattern, answers)
        assert not backend.status().healthy, pattern
    build(backend)
    assert ask(reader) == sound
    reader.kill()
    reader.communicate()


def nowhere(folder: Path) -> None:
    (folder / "current").write_text("18f-0badcafe", "ascii")


def nonsense(folder: Path) -> None:
    (folder / "current").write_bytes(b"\xff\x00" + b"f" * 5000)


def endless(folder: Path) -> None:
    (folder / "current").write_text("f" * 300 + "-0badcafe", "ascii")


def upwards(folder: Path) -> None:
    (folder / "current").write_text("..", "ascii")


def no_pointer(folder: Path) -> None:
    (folder / "current").unlink()


def no_generations(folder: Path) -> None:
    shutil.rmtree(folder / "generations")


def no_folder(folder: Path) -> None:
    shutil.rmtree(folder)


@pytest.mark.parametrize("harm", [nowhere, nonsense, endless, upwards, no_pointer, no_generations, no_folder])
def test_a_lost_index_is_missed_by_who_has_it_open(backend: WhooshBackend, index_folder: Path, harm) -> None:
    backend.apply([Put(document(1, "тариф"))])
    assert found(backend, "тариф") == [1]
    harm(index_folder)
    assert backend.status().reason == "there is no index"
    for use in (
        lambda: backend.search(Query("тариф")),
        lambda: backend.apply([Put(document(2, "тариф"))]),
        lambda: list(backend.all_ids()),
    ):
        with pytest.raises(SearchUnavailable, match="there is no index"):
            use()
    backend.rebuild([document(3, "тариф")])
    assert backend.status().healthy
    assert found(backend, "тариф") == [3]


def test_a_document_of_no_kind_is_damage(index_folder: Path) -> None:
    WhooshBackend(index_folder, KINDS).rebuild([document(1, "тариф")])
    (keys,) = index_files(index_folder, "*.key.col")
    keys.write_bytes(b"\x7f" * keys.stat().st_size)
    backend = WhooshBackend(index_folder, KINDS)
    assert not backend.status().healthy
    for use in (lambda: backend.search(Query("тариф")), lambda: list(backend.all_ids())):
        with pytest.raises(SearchUnavailable, match="damaged"):
            use()


@pytest.mark.parametrize("harm", [empty, halve])
def test_a_cut_short_permission_column_hides_instead_of_showing(index_folder: Path, harm) -> None:
    WhooshBackend(index_folder, KINDS).rebuild(
        document(id_, "тайна", group_id=5, members_only=True) for id_ in range(1, 100)
    )
    harm(index_files(index_folder, "*.place.col")[0])
    assert found(WhooshBackend(index_folder, KINDS), "тайна") == []


def test_an_index_for_other_kinds_is_not_used(backend: WhooshBackend, index_folder: Path) -> None:
    other = WhooshBackend(index_folder, ("person", "comment"))
    assert other.status().reason == "the index is of another version"
    with pytest.raises(SearchUnavailable):
        other.search(Query("тариф"))


def test_pointer_cannot_lead_outside(backend: WhooshBackend, index_folder: Path) -> None:
    (index_folder / "current").write_text("../../elsewhere")
    assert not backend.status().healthy


def test_index_is_private_to_its_owner(backend: WhooshBackend, index_folder: Path) -> None:
    for path in (index_folder, index_folder / "generations", *(index_folder / "generations").iterdir()):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700


def test_segments_stay_few(backend: WhooshBackend) -> None:
    for id_ in range(1, 150):
        backend.apply([Put(document(id_, f"общее слово{id_}"))])
    assert backend.status().segments <= 10
    assert backend.count() == 149
    assert found(backend, "слово1") == [1]
    assert found(backend, "слово149") == [149]


def test_large_rebuild_makes_several_segments(
    backend: WhooshBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.core.fulltext.whoosh_writer.SEGMENT_DOCUMENTS", 100)
    backend.rebuild(document(id_, f"общее слово{id_}") for id_ in range(1, 251))
    assert backend.status().segments == 3
    assert found(backend, "общее") == list(range(1, 251))


def test_lock_excludes_others_and_ends_with_its_holder(tmp_path: Path) -> None:
    path = tmp_path / "lane.lock"
    assert not is_locked(path)
    with file_lock(path, timeout=0):
        assert is_locked(path)
        with pytest.raises(LockTimeout), file_lock(path, timeout=0.02):
            pass
    assert not is_locked(path)
