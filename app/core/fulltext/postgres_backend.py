"""The engine for several machines: PostgreSQL's full-text search beside the data it finds.

Every machine reads and writes the same index. Locks are PostgreSQL's advisory locks, which end with the connection that
holds them, so a killed process leaves none behind.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from app.core.db import WRITES, prepare_engine
from app.core.fulltext import nearness, postgres_packing, postgres_writer, searching
from app.core.fulltext.asking import clauses_of, helped, weighed
from app.core.fulltext.filters import words_needed
from app.core.fulltext.interface import (
    Asked,
    Change,
    Document,
    Hits,
    IndexStatus,
    Near,
    Progress,
    Query,
    RebuildRunning,
    SearchBackend,
    SearchUnavailable,
)
from app.core.fulltext.locks import LockTimeout
from app.core.fulltext.postgres_lexicon import Lexicon, correct
from app.core.fulltext.postgres_reader import Moved, PostgresSnapshot, Reader
from app.core.fulltext.postgres_tables import FORMAT_VERSION, STATE, Names
from app.core.fulltext.scoring import words_of

logger = logging.getLogger(__name__)

Answer = TypeVar("Answer")

#: So many changes are read as they stand in the tables, then they are packed.
MOST_FRESH = 4_000
_RETRIES = 3
#: How long changes wait for each other.
_LANE_SECONDS = 60
#: Keys read at once when everything is compared.
_PAGE = 20_000
#: PostgreSQL's words for a schema or table that is not there, a column, and a lock that did not come in time.
_MISSING = ("3F000", "42P01")
_OTHER_COLUMNS = "42703"
_TOO_LATE = "55P03"

#: Planning for the words that are asked pays. To read whole tables, to compile plans and to share one search among
#: several processes does not: a search is a matter of milliseconds, and many are made at once.
_OPTIONS = (
    "-c jit=off -c default_transaction_read_only=on -c plan_cache_mode=force_custom_plan "
    "-c random_page_cost=1.1 -c work_mem=32MB -c enable_seqscan=off -c max_parallel_workers_per_gather=0"
)
#: A rebuild reads everything.
_REBUILDING = ("SET LOCAL maintenance_work_mem = '128MB'", "SET LOCAL enable_seqscan = on")


class PostgresBackend:
    """See SearchBackend. ``kinds`` are all kinds of documents, in an order that stays the same."""

    def __init__(
        self,
        address: str,
        kinds: Sequence[str],
        schema: str = "shopfloor_search",
        *,
        most_fresh: int = MOST_FRESH,
    ) -> None:
        self._address = address
        self._kinds = tuple(kinds)
        self._names = Names(schema)
        self._most_fresh = most_fresh
        self._reader = Reader(schema, kinds, self._reading)
        self._threads: tuple[PostgresSnapshot, nearness.Threads] | None = None
        # Connections of its own: a request holds one of the others while it searches, and must not wait for a second.
        self._engine: Engine = create_engine(
            address,
            pool_size=4,
            max_overflow=12,
            pool_use_lifo=True,
            connect_args={"prepare_threshold": 3, "options": _OPTIONS},
        )
        prepare_engine(self._engine, synchronous="FULL")

    def close(self) -> None:
        """Give up all connections; the next call makes new ones."""
        self._engine.dispose()

    def apply(self, batch: Sequence[Change]) -> None:
        """See SearchBackend. One statement inside the lane: some milliseconds for a small batch."""
        if batch:
            self.apply_loaded(lambda: batch)

    def apply_loaded(self, load: Callable[[], Sequence[Change]]) -> None:
        """See SearchBackend. Raises LockTimeout when another process or machine holds the lane for a minute."""
        with self._writing() as connection:
            self._enter_lane(connection)
            self._check(connection)
            batch = load()
            if self._is_rebuilding(connection):
                postgres_writer.note(connection, self._names.schema, self._kinds, batch)
            postgres_writer.write_changes(connection, self._names.schema, self._kinds, batch)
            postgres_packing.fold(connection, self._names.schema, self._most_fresh)

    def search(self, query: Query) -> Hits:
        return self._retrying(lambda: self._search(query))

    def similar(self, asked: Asked) -> tuple[Near, ...]:
        return self._retrying(lambda: self._similar(asked))

    def correct(self, words: Sequence[str], *, visible_groups: Sequence[int] = ()) -> tuple[str, ...]:
        with self._reading() as connection:
            size = self._check(connection).companywide
            return correct(Lexicon(connection, self._names.schema, size, visible_groups), words)

    @contextmanager
    def scratch(self) -> Iterator[SearchBackend]:
        """See SearchBackend. One at a time; what a killed process leaves is dropped by the next rebuild.

        Raises RebuildRunning when another is in use.
        """
        own = PostgresBackend(self._address, self._kinds, self._names.scratch)
        with self._writing() as connection:
            if not _try_lock(connection, self._names.measuring):
                raise RebuildRunning
            try:
                own.rebuild([])
                yield own
            finally:
                own.drop()
                own.close()

    def _search(self, query: Query) -> Hits:
        """Two statements or three, four more for words that are nearly the same. The arrays need no connection."""
        with self._reading() as connection:
            snapshot = self._reader.current(connection)
            lexicon = self._lexicon(connection, snapshot, query.visible_groups)
            lexicon.learn(term.word for clause in clauses_of(query) for term in clause.terms)
            lexicon.learn_alike(helped(lexicon, query))
            clauses = weighed(lexicon, query)
            self._reader.fetch(connection, snapshot, words_of(clauses) | words_needed(query))
        return searching.search(snapshot, clauses, query, self._kinds, self._reader.cache)

    def _similar(self, asked: Asked) -> tuple[Near, ...]:
        with self._reading() as connection:
            snapshot = self._reader.current(connection)
            lexicon = self._lexicon(connection, snapshot, asked.visible_groups)
            lexicon.learn(nearness.words_asked(asked))
            meanings = nearness.meanings_of(lexicon, asked)
            words = {word for meaning in meanings for way in meaning.ways for word in way}
            self._reader.fetch(connection, snapshot, words)
        return nearness.nearest(self._threads_of(snapshot), meanings, asked, self._reader.cache)

    def _lexicon(self, connection: Connection, snapshot: PostgresSnapshot, groups: Sequence[int]) -> Lexicon:
        return Lexicon(connection, self._names.schema, snapshot.state.companywide, groups)

    def _threads_of(self, snapshot: PostgresSnapshot) -> nearness.Threads:
        known = self._threads
        if known is None or known[0] is not snapshot:
            known = self._threads = (snapshot, nearness.Threads(snapshot))
        return known[1]

    def _retrying(self, ask: Callable[[], Answer]) -> Answer:
        """Ask again when a rebuild ended meanwhile."""
        for _ in range(_RETRIES):
            try:
                return ask()
            except Moved:
                continue
            except (ValueError, IndexError) as error:
                logger.error("search index is damaged: %r", error)
                raise SearchUnavailable(f"the index is damaged: {error!r}") from error
        raise SearchUnavailable("the index is being replaced over and over")

    def count(self) -> int:
        with self._reading() as connection:
            return int(self._check(connection).documents)

    def rebuild(self, documents: Iterable[Document], progress: Progress | None = None) -> int:
        """See SearchBackend. One transaction, so that a rebuild that fails or is killed leaves nothing behind."""
        names = self._names
        with self._writing() as connection:
            taken = connection.exec_driver_sql(
                "SELECT pg_try_advisory_xact_lock(%s)", (names.rebuild,)
            ).scalar()
            if not taken:
                raise RebuildRunning
            self._begin_journal()
            for setting in _REBUILDING:
                connection.exec_driver_sql(setting)
            postgres_writer.create(connection, names.next, self._kinds, secrets.token_hex(8))
            done = postgres_writer.write_all(connection, names.next, self._kinds, documents, progress)
            self._enter_lane(connection)
            if self._is_sound(connection):
                postgres_writer.take_over(connection, names.next, names.schema)
            self._swap(connection)
        self._drop(names.old)
        self._drop_left_over()
        return done

    def status(self) -> IndexStatus:
        """See SearchBackend. Counts the documents and looks whether the indexes are whole."""
        try:
            with self._engine.connect() as connection:
                rebuilding = self._is_rebuilding(connection)
                return self._status(connection, rebuilding=rebuilding)
        except SQLAlchemyError as error:
            return IndexStatus(False, _in_words(error), "", 0, 0, 0, False)

    def all_ids(self) -> Iterator[tuple[str, int, int]]:
        at = (-1, 0)
        statement = (
            f"SELECT kind, id, print FROM {self._names.schema}.documents WHERE (kind, id) > (%s, %s) "  # noqa: S608
            f"ORDER BY kind, id LIMIT {_PAGE}"
        )
        while True:
            with self._reading() as connection:
                rows = connection.exec_driver_sql(statement, at).all()
            for row in rows:
                yield self._kinds[row.kind], row.id, row.print
            if len(rows) < _PAGE:
                return
            at = (rows[-1].kind, rows[-1].id)

    def drop(self) -> None:
        """Throw the index away."""
        self._drop(self._names.schema)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """A connection that reads, each statement as of its own moment."""
        try:
            with self._engine.connect() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise self._unavailable(error) from error

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A transaction that writes the index."""
        try:
            with self._engine.execution_options(**{WRITES: True}).begin() as connection:
                yield connection
        except (SQLAlchemyError, self._engine.dialect.loaded_dbapi.Error) as error:
            if _code(error) == _TOO_LATE:
                raise LockTimeout(self._names.schema) from error
            raise self._unavailable(error) from error

    def _enter_lane(self, connection: Connection) -> None:
        """Be the only one who changes the current generation until the transaction ends."""
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_LANE_SECONDS}s'")
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (self._names.lane,))

    def _begin_journal(self) -> None:
        """Have changes written down from now on: whoever changes something later sees that a rebuild runs."""
        with self._writing() as connection:
            self._enter_lane(connection)
            if self._is_sound(connection):
                connection.exec_driver_sql(f"DELETE FROM {self._names.schema}.journal")  # noqa: S608

    def _swap(self, connection: Connection) -> None:
        """Let the next generation take the place of the current one. Renaming waits for no reader."""
        names = self._names
        connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {names.old} CASCADE")
        if _exists(connection, names.schema):
            connection.exec_driver_sql(f"ALTER SCHEMA {names.schema} RENAME TO {names.old}")
        connection.exec_driver_sql(f"ALTER SCHEMA {names.next} RENAME TO {names.schema}")

    def _drop(self, schema: str) -> None:
        """Drop a generation once nobody reads it; the next rebuild does when that takes too long."""
        try:
            with self._engine.execution_options(**{WRITES: True}).begin() as connection:
                connection.exec_driver_sql("SET LOCAL lock_timeout = '10s'")
                connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
        except DBAPIError as error:
            logger.warning("the search index before could not be dropped yet: %s", _in_words(error))

    def _drop_left_over(self) -> None:
        """Drop what a killed process left that measured something."""
        with self._writing() as connection:
            left = _exists(connection, self._names.scratch)
            if left and _try_lock(connection, self._names.measuring):
                connection.exec_driver_sql(f"DROP SCHEMA {self._names.scratch} CASCADE")

    def _is_rebuilding(self, connection: Connection) -> bool:
        found = connection.exec_driver_sql(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1 "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
            "AND classid::bigint << 32 | objid::bigint = %s)",
            (self._names.rebuild,),
        )
        return bool(found.scalar())

    def _check(self, connection: Connection) -> Any:
        """The row of sums. Raises `SearchUnavailable` when there is no index of this version."""
        if not _exists(connection, self._names.schema):
            raise SearchUnavailable("there is no index")
        state = connection.exec_driver_sql(STATE.format(schema=self._names.schema)).one_or_none()
        if state is None or (state.format, state.kinds) != (FORMAT_VERSION, list(self._kinds)):
            raise SearchUnavailable("the index is of another version")
        return state

    def _is_sound(self, connection: Connection) -> bool:
        """Whether there is a current generation that can be changed."""
        try:
            with connection.begin_nested():
                self._check(connection)
        except (SearchUnavailable, DBAPIError):
            return False
        return True

    def _status(self, connection: Connection, *, rebuilding: bool) -> IndexStatus:
        schema = self._names.schema
        reason, generation, documents = "", "", 0
        try:
            state = self._check(connection)
            generation, documents = state.generation, state.documents
            counted = connection.exec_driver_sql(
                f"SELECT (SELECT count(*) FROM {schema}.documents), (SELECT count(*) FROM {schema}.written), "  # noqa: S608
                f"(SELECT count(*) FROM {schema}.words), (SELECT count(*) FROM {schema}.forms), "
                f"(SELECT coalesce(sum(size), 0) FROM {schema}.chunks), "
                f"(SELECT count(*) FROM (SELECT FROM {schema}.postings LIMIT 1) AS sample), "
                "(SELECT count(*) FROM pg_index JOIN pg_class ON pg_class.oid = indrelid "
                "WHERE relnamespace = %s::regnamespace AND indisvalid)",
                (schema,),
            ).one()
            whole = counted[:2] == (documents, documents) and counted[4] == state.packed
            if not whole or counted[5] < min(1, state.packed) or counted[6] < _INDEXES:
                reason = "the index is damaged: rows or indexes are missing"
            elif state.slots > postgres_packing.MOST_SLOTS * _WORN:
                reason = "the index is worn out by changes"
        except SearchUnavailable as error:
            reason = str(error)
        except DBAPIError as error:
            reason = f"the index is damaged: {_in_words(error)}"
        size = connection.exec_driver_sql(
            "SELECT coalesce(sum(pg_total_relation_size(oid)), 0) FROM pg_class "
            "WHERE relkind = 'r' AND relnamespace = to_regnamespace(%s)",
            (schema,),
        ).scalar()
        return IndexStatus(
            healthy=not reason,
            reason=reason,
            generation=generation,
            documents=0 if reason else documents,
            segments=0 if reason else 1,
            size_bytes=int(size or 0),
            rebuilding=rebuilding,
        )

    def _unavailable(self, error: Exception) -> SearchUnavailable:
        if _code(error) in _MISSING:
            return SearchUnavailable("there is no index")
        if _code(error) == _OTHER_COLUMNS:
            return SearchUnavailable("the index is of another version")
        logger.error("search in the database failed: %s", _in_words(error))
        return SearchUnavailable(f"the database did not answer: {_in_words(error)}")


#: Indexes of a generation, primary keys included.
_INDEXES = 11
#: The share of slots after which it is time for new ones.
_WORN = 0.8


def _try_lock(connection: Connection, number: int) -> bool:
    """Take a lock until the transaction ends, unless somebody has it."""
    return bool(connection.exec_driver_sql("SELECT pg_try_advisory_xact_lock(%s)", (number,)).scalar())


def _exists(connection: Connection, schema: str) -> bool:
    return connection.exec_driver_sql("SELECT to_regnamespace(%s)", (schema,)).scalar() is not None


def _code(error: Exception) -> str:
    """PostgreSQL's code for an error, raised by its driver or passed on by SQLAlchemy."""
    return str(getattr(getattr(error, "orig", error), "sqlstate", "") or "")


def _in_words(error: Exception) -> str:
    """What went wrong, without what was searched for."""
    return f"{type(error).__name__} {_code(error)}".strip()
