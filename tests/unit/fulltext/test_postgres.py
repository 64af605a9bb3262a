"""The engine in PostgreSQL: several processes, killed ones, rebuilding meanwhile, what is lost, and how it is asked."""

import os
import random
import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import create_engine, text

from app.core.fulltext.interface import (
    Asked,
    Document,
    Put,
    Query,
    RebuildRunning,
    Remove,
    SearchUnavailable,
)
from app.core.fulltext.postgres_backend import PostgresBackend
from tests.support.scripts import Script
from tests.support.search_documents import KINDS, document, found

pytestmark = pytest.mark.only_on("postgresql")

SCHEMA = "search_of_a_test"


@pytest.fixture
def address(flask_app: Flask) -> str:
    return str(flask_app.extensions["shopfloor_config"].database_address)


@pytest.fixture
def other(address: str) -> Iterator[PostgresBackend]:
    """The same index, as another process has it open."""
    other = PostgresBackend(address, KINDS, SCHEMA)
    yield other
    other.close()


def run(address: str, *statements: str) -> None:
    engine = create_engine(address)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def schemas(address: str) -> list[str]:
    engine = create_engine(address)
    with engine.connect() as connection:
        names = connection.execute(text("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'search_of%'"))
        found = sorted(names.scalars())
    engine.dispose()
    return found


def start_writer(address: str, what: str, first: int, count: int) -> Script:
    write = "import sys; from tests.support.index_writer import main; main(*sys.argv[1:])"
    return Script(write, [address, what, str(first), str(count)], dict(os.environ))


def kill_after(writer: Script, lines: int) -> list[int]:
    """Kill without warning once so many lines are read; returns all numbers the process has said."""
    said = [int(writer.stdout.readline()) for _ in range(lines)]
    writer.kill()
    rest, _ = writer.communicate()
    return said + [int(line) for line in rest.splitlines()]


@pytest.mark.slow
def test_killed_writers_lose_nothing_and_leave_no_lock(backend: PostgresBackend, address: str) -> None:
    acknowledged = kill_after(start_writer(address, "apply", 1, 1000), 7)
    backend.apply([Put(document(90_000, "свежее"))])
    assert set(acknowledged) <= set(found(backend, "общее"))
    assert found(backend, "свежее") == [90_000]
    assert backend.status().healthy


@pytest.mark.slow
def test_a_killed_rebuild_leaves_the_old_index_and_nothing_else(
    backend: PostgresBackend, address: str
) -> None:
    backend.apply([Put(document(1, "прежнее"))])
    kill_after(start_writer(address, "rebuild", 1, 200_000), 2)
    assert found(backend, "прежнее") == [1]
    backend.apply([Put(document(2, "прежнее"))])
    assert backend.rebuild([document(3, "новое")]) == 1
    assert schemas(address) == [SCHEMA]
    assert not backend.status().rebuilding
    assert found(backend, "новое") == [3]


def test_what_one_machine_writes_the_other_finds_at_once(
    backend: PostgresBackend, other: PostgresBackend
) -> None:
    backend.apply([Put(document(1, "тариф"))])
    assert found(other, "тариф") == [1]
    backend.rebuild([document(2, "тариф")])
    assert found(other, "тариф") == [2]
    other.apply([Remove("publication", 2)])
    assert found(backend, "тариф") == []


def test_changes_made_during_a_rebuild_are_kept(backend: PostgresBackend, other: PostgresBackend) -> None:
    backend.apply([Put(document(id_, "прежнее")) for id_ in (1, 2)])

    def documents() -> Iterator[Document]:
        yield document(1, "прежнее")
        other.apply([Put(document(1, "измененное")), Remove("publication", 2)])
        assert found(other, "измененное") == [1]
        assert other.status().rebuilding
        # What the rebuild has read from the database may be older than the change.
        yield document(2, "прежнее")
        other.apply([Put(document(3, "добавленное", topics=("тема",), aliases=("имя",)))])

    backend.rebuild(documents())
    assert found(backend, "прежнее") == []
    assert found(backend, "измененное") == [1]
    assert found(backend, "добавленное") == found(backend, "#тема") == found(backend, "имя") == [3]
    status = backend.status()
    assert status.healthy
    assert not status.rebuilding


def test_only_one_rebuild_at_a_time_and_a_failed_one_changes_nothing(
    backend: PostgresBackend, other: PostgresBackend
) -> None:
    def documents() -> Iterator[Document]:
        with pytest.raises(RebuildRunning):
            other.rebuild([])
        yield document(2, "новое")
        raise RuntimeError("database went away")

    backend.apply([Put(document(1, "прежнее"))])
    with pytest.raises(RuntimeError, match="database went away"):
        backend.rebuild(documents())
    assert found(other, "прежнее") == [1]
    assert other.rebuild([document(2, "новое")]) == 1


def test_a_batch_is_read_after_what_was_applied_before(
    backend: PostgresBackend, other: PostgresBackend
) -> None:
    """Across machines: who waits for the lane reads when it is its turn."""
    row = {"text": "старое"}
    inside, go_on = threading.Event(), threading.Event()

    def slow() -> list[Put]:
        inside.set()
        assert go_on.wait(20)
        return [Put(document(1, row["text"]))]

    first = threading.Thread(target=backend.apply_loaded, args=(slow,))
    second = threading.Thread(
        target=other.apply_loaded, args=(lambda: [Put(document(1, row["text"])), Put(document(2, "второе"))],)
    )
    first.start()
    assert inside.wait(20)
    second.start()
    row["text"] = "новое"
    go_on.set()
    first.join()
    second.join()
    assert found(backend, "новое") == [1]
    assert found(backend, "второе") == [2]


def test_a_missing_or_foreign_index_is_reported_and_rebuilt(backend: PostgresBackend, address: str) -> None:
    backend.drop()
    assert backend.status().reason == "there is no index"
    for use in (
        lambda: backend.search(Query("тариф")),
        lambda: backend.similar(Asked("тариф")),
        lambda: backend.correct(["тариф"]),
        lambda: backend.apply([Put(document(1, "тариф"))]),
        backend.count,
        lambda: list(backend.all_ids()),
    ):
        with pytest.raises(SearchUnavailable, match="there is no index"):
            use()
    backend.rebuild([document(1, "тариф")])
    assert backend.status().healthy
    stranger = PostgresBackend(address, ("person", "comment"), SCHEMA)
    assert stranger.status().reason == "the index is of another version"
    with pytest.raises(SearchUnavailable, match="another version"):
        stranger.search(Query("тариф"))
    stranger.close()


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM {0}.documents WHERE id = 7",
        "TRUNCATE {0}.written",
        "DROP TABLE {0}.words",
        "DROP INDEX {0}.documents_words",
        "DELETE FROM {0}.state",
        "DELETE FROM {0}.chunks",
        "DELETE FROM {0}.postings",
    ],
)
def test_damage_is_noticed_and_healed_by_a_rebuild(backend: PostgresBackend, address: str, harm: str) -> None:
    backend.rebuild(document(id_, f"тариф слово{id_}") for id_ in range(1, 10))
    backend.apply([Put(document(id_, f"тариф слово{id_}")) for id_ in range(10, 20)])
    run(address, harm.format(SCHEMA))
    status = backend.status()
    assert not status.healthy
    assert status.reason
    backend.rebuild([document(1, "тариф")])
    assert backend.status().healthy
    assert found(backend, "тариф") == [1]


def test_frequencies_are_the_same_however_the_index_was_written(
    backend: PostgresBackend, address: str
) -> None:
    """Rarity decides the order, so counting on and off must end where counting anew does."""
    documents = [document(n, f"тариф слово{n % 3}", title="Имя" * (n % 2)) for n in range(1, 9)]
    backend.apply([Put(document(n, "прежнее тариф", group_id=1, members_only=True)) for n in range(5, 12)])
    backend.apply([Remove("publication", n) for n in range(9, 12)])
    backend.apply([Put(each) for each in documents])
    piecemeal = statistics(address)
    backend.rebuild(documents)
    assert statistics(address) == piecemeal


def statistics(address: str) -> list[list[object]]:
    engine = create_engine(address)
    with engine.connect() as connection:
        found = [
            [tuple(row) for row in connection.execute(text(statement.format(SCHEMA)))]
            for statement in (
                "SELECT documents, companywide, heads, titled, title_words, text_words FROM {}.state",
                "SELECT word, anywhere, titles, texts, threads FROM {}.words WHERE anywhere > 0 ORDER BY 1",
                "SELECT form, anywhere, companywide FROM {}.forms WHERE anywhere > 0 ORDER BY 1",
            )
        ]
    engine.dispose()
    return found


def test_what_is_packed_and_what_came_since_are_found_alike(backend: PostgresBackend, address: str) -> None:
    """Whoever has followed every change, whoever comes late and who reads what a rebuild made: all see the same."""
    chance = random.Random(1)
    following, packing = (PostgresBackend(address, KINDS, SCHEMA, most_fresh=most) for most in (4000, 3))
    now: dict[int, Document] = {}
    packs = set()
    for step in range(24):
        id_ = chance.randrange(1, 9)
        if step % 5 == 4 and id_ in now:
            del now[id_]
            packing.apply([Remove("publication", id_)])
        else:
            words = " ".join(
                chance.choices(["касса", "возврат", "чек", "не", "пробит"], k=chance.randint(1, 9))
            )
            now[id_] = document(
                id_, words, title=f"Возврат {step}", group_id=step % 3 + 1, members_only=step % 2 == 0
            )
            packing.apply([Put(now[id_])])
        assert answers(following) == answers(packing)
        packs.add(sums(address)[1])
    assert len(packs) > 3
    assert answers(PostgresBackend(address, KINDS, SCHEMA)) == answers(following)
    before = answers(following)
    backend.rebuild(now.values())
    assert sums(address) == (len(now), len(now))
    assert answers(following) == before
    following.close()
    packing.close()


def answers(backend: PostgresBackend) -> list[object]:
    """What some questions find, with the scores."""
    queries = (
        Query("возвраты чека кассы", visible_groups=(1, 2)),
        Query("касса", without=("чек",), visible_groups=(3,)),
        Query("", phrases=("чек не пробит",)),
        Query("возвр", prefix=True, visible_groups=(1,)),
    )
    return [backend.search(query) for query in queries]


def sums(address: str) -> tuple[int, int]:
    """How many slots there are, and how many are packed."""
    engine = create_engine(address)
    with engine.connect() as connection:
        row = connection.execute(text(f"SELECT slots, packed FROM {SCHEMA}.state")).one()
    engine.dispose()
    return row.slots, row.packed


def test_whoever_reads_while_the_index_is_replaced_finds_all_the_same(
    backend: PostgresBackend, other: PostgresBackend
) -> None:
    """Postings are read later than the documents they speak of; those of another generation would find anything."""
    done = threading.Event()

    def replace() -> None:
        try:
            for more in range(1, 5):
                backend.rebuild(
                    [*(document(n, "иное") for n in range(10, 10 + more)), document(1, f"тариф слово{more}")]
                )
        finally:
            done.set()

    backend.rebuild([document(1, "тариф")])
    replacing = threading.Thread(target=replace)
    replacing.start()
    at = 0
    while not done.is_set():
        at += 1
        assert found(other, f"тариф слово{at % 5}") == [1]
        assert other.search(Query("", phrases=("тариф",))).total == 1
    replacing.join()
    assert found(other, "слово4") == [1]


def test_closed_groups_change_the_order_of_nobody_elses_results(backend: PostgresBackend) -> None:
    backend.apply(
        [Put(document(1, "возврат терминала")), Put(document(2, "возврат")), Put(document(3, "склад"))]
    )
    before = backend.search(Query("возврат терминала тайна", fuzzy=True))
    secret = [document(n, "терминал тайна тайная", group_id=5, members_only=True) for n in range(10, 40)]
    backend.apply([Put(each) for each in secret])
    assert backend.search(Query("возврат терминала тайна", fuzzy=True)) == before
    assert backend.search(Query("тайна", visible_groups=(5,))).total == 30


@pytest.mark.parametrize("word", ["'", "\\", "a'b", "к\\'", "№", "x:*", "&", "|!"])
def test_no_text_breaks_out_of_its_quotes(backend: PostgresBackend, word: str) -> None:
    backend.apply([Put(document(1, f"тариф {word}", title=word, topics=(word, "тема"), aliases=(word,)))])
    assert found(backend, "тариф") == [1]
    for query in (
        Query(word, fuzzy=True),
        Query("тариф", topics=(word,)),
        Query(f"тариф #{word}", prefix=True),
        Query("тариф", phrases=(word, f"тариф {word}"), without=(f"иное {word}",)),
    ):
        assert backend.search(query).total <= 1
    backend.correct([word])
