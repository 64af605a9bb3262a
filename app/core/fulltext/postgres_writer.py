"""Writing an index in PostgreSQL: changes in one statement, whole indexes by COPY.

Callers hold the lane, or write a generation that nobody else sees yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection

from app.core.fulltext.arrays import COMPANY, NONE
from app.core.fulltext.interface import ROLES, Change, Document, Progress, Put
from app.core.fulltext.postgres_packing import CHUNK, Chunk, Packed, numbers
from app.core.fulltext.postgres_tables import COLUMNS, FORMAT_VERSION, indexes, tables
from app.core.fulltext.postgres_words import Vectors

#: Rows of a rebuild that are analysed before they are sent.
_STEP = 2000
_TYPES = {
    **{name: kind for name, kind in COLUMNS.items() if name != "slot"},
    "written": "tsvector",
    "ordered": "bytea",
}

#: What is to stand there, as rows of `_TYPES`, and the keys that are touched: given by Python.
_GIVEN = (
    "SELECT "  # noqa: S608 -- our own names
    + ", ".join(f"{name}::{kind}" for name, kind in _TYPES.items())
    + " FROM unnest("
    + ", ".join(f"%({name})s::{'text' if kind == 'tsvector' else kind}[]" for name, kind in _TYPES.items())
    + f") AS given({', '.join(_TYPES)})"
)
_TOUCHED = (
    "SELECT * FROM unnest(%(touched_kinds)s::smallint[], %(touched_ids)s::bigint[]) AS touched(kind, id)"
)

#: The same, taken from the current generation for what its journal names.
_JOURNALED = "SELECT DISTINCT kind, id FROM {other}.journal"
_AS_IN_THE_OTHER = (
    f"SELECT {', '.join(_TYPES)} "  # noqa: S608 -- our own names
    "FROM {other}.documents JOIN {other}.written USING (kind, id) "
    "JOIN touched USING (kind, id)"
)

#: One statement, so that every part sees the index as it was before.
_CHANGE = """
WITH touched AS MATERIALIZED ({touched}),
given AS MATERIALIZED (
    SELECT (state.slots + row_number() OVER () - 1)::integer AS slot, coming.*
    FROM ({given}) AS coming, {schema}.state
),
gone AS MATERIALIZED (
    SELECT documents.*, written.written
    FROM touched JOIN {schema}.documents USING (kind, id) JOIN {schema}.written USING (kind, id)
),
both_ways AS (
    SELECT -1 AS sign, place, role, title_length, text_length, words, written FROM gone
    UNION ALL SELECT 1, place, role, title_length, text_length, words, written FROM given
),
sums AS (SELECT {sums} FROM both_ways),
summed AS (
    UPDATE {schema}.state SET
        documents = state.documents + sums.documents, companywide = state.companywide + sums.companywide,
        heads = state.heads + sums.heads, titled = state.titled + sums.titled,
        title_words = state.title_words + sums.title_words, text_words = state.text_words + sums.text_words,
        slots = state.slots + (SELECT count(*) FROM given), clock = state.clock + 1
    FROM sums
),
emptied AS (
    INSERT INTO {schema}.gone (clock, slot) SELECT state.clock + 1, gone.slot FROM gone, {schema}.state
),
words_changed AS (
    INSERT INTO {schema}.words (anywhere, titles, texts, threads, word)
    SELECT * FROM ({words}) AS changed WHERE (anywhere, titles, texts, threads) <> (0, 0, 0, 0)
    ON CONFLICT (word) DO UPDATE SET
        anywhere = words.anywhere + excluded.anywhere, titles = words.titles + excluded.titles,
        texts = words.texts + excluded.texts, threads = words.threads + excluded.threads
),
forms_changed AS (
    INSERT INTO {schema}.forms (anywhere, companywide, form, runs)
    SELECT anywhere, companywide, form, {runs} FROM ({forms}) AS changed WHERE (anywhere, companywide) <> (0, 0)
    ON CONFLICT (form) DO UPDATE SET
        anywhere = forms.anywhere + excluded.anywhere, companywide = forms.companywide + excluded.companywide
),
removed AS (
    DELETE FROM {schema}.documents USING touched
    WHERE (documents.kind, documents.id) = (touched.kind, touched.id)
    AND NOT EXISTS (SELECT FROM given WHERE (given.kind, given.id) = (touched.kind, touched.id))
),
unwritten AS (
    DELETE FROM {schema}.written USING touched
    WHERE (written.kind, written.id) = (touched.kind, touched.id)
    AND NOT EXISTS (SELECT FROM given WHERE (given.kind, given.id) = (touched.kind, touched.id))
),
rewritten AS (
    INSERT INTO {schema}.written (kind, id, written, ordered) SELECT kind, id, written, ordered FROM given
    ON CONFLICT (kind, id) DO UPDATE SET written = excluded.written, ordered = excluded.ordered
    WHERE written.ordered <> excluded.ordered OR written.written <> excluded.written
)
INSERT INTO {schema}.documents ({columns}) SELECT {columns} FROM given
ON CONFLICT (kind, id) DO UPDATE SET {overwritten}
"""

#: Statistics are those of what the whole company may see, so that closed groups shift nothing for others.
_SUMS = """
    coalesce(sum(sign), 0) AS documents,
    coalesce(sum(sign) FILTER (WHERE place = -1), 0) AS companywide,
    coalesce(sum(sign) FILTER (WHERE place = -1 AND role IN (1, 3)), 0) AS heads,
    coalesce(sum(sign) FILTER (WHERE place = -1 AND title_length > 0), 0) AS titled,
    coalesce(sum(sign * title_length) FILTER (WHERE place = -1), 0) AS title_words,
    coalesce(sum(sign * text_length) FILTER (WHERE place = -1), 0) AS text_words
"""
_WORDS = """
    SELECT sum(sign) AS anywhere,
        coalesce(sum(sign) FILTER (WHERE place = -1 AND 'A' = ANY (weights)), 0) AS titles,
        coalesce(sum(sign) FILTER (WHERE place = -1 AND 'D' = ANY (weights)), 0) AS texts,
        coalesce(sum(sign) FILTER (WHERE place = -1 AND role > 0), 0) AS threads,
        lexeme AS word
    FROM both_ways, unnest(words) GROUP BY lexeme
"""
_FORMS = """
    SELECT sum(sign) AS anywhere, coalesce(sum(sign) FILTER (WHERE place = -1), 0) AS companywide, lexeme AS form
    FROM both_ways, unnest(written) WHERE NOT 'C' = ANY (weights) GROUP BY lexeme
"""
#: The runs of three letters of a form, its two ends included.
_RUNS = (
    "array_to_tsvector(ARRAY(SELECT DISTINCT substr(' ' || form || ' ', at, 3) "
    "FROM generate_series(1, length(form)) AS at))"
)

_FILL = """
WITH both_ways AS (SELECT 1 AS sign, place, role, words FROM {schema}.documents)
INSERT INTO {schema}.words (anywhere, titles, texts, threads, word) {words};
WITH both_ways AS (
    SELECT 1 AS sign, place, written FROM {schema}.documents JOIN {schema}.written USING (kind, id)
)
INSERT INTO {schema}.forms (anywhere, companywide, form, runs)
SELECT anywhere, companywide, form, {runs} FROM ({forms}) AS counted;
INSERT INTO {schema}.runs (run, forms) SELECT lexeme, count(*) FROM {schema}.forms, unnest(runs) GROUP BY lexeme;
WITH both_ways AS (SELECT 1 AS sign, place, role, title_length, text_length FROM {schema}.documents),
sums AS (SELECT {sums} FROM both_ways)
UPDATE {schema}.state SET
    documents = sums.documents, companywide = sums.companywide, heads = sums.heads, titled = sums.titled,
    title_words = sums.title_words, text_words = sums.text_words
FROM sums;
"""


def create(connection: Connection, schema: str, kinds: Sequence[str], generation: str) -> None:
    """Make empty tables in a schema of this name, without their indexes."""
    _run(connection, tables(schema))
    connection.exec_driver_sql(
        f"INSERT INTO {schema}.state (format, kinds, generation) VALUES (%s, %s, %s)",  # noqa: S608
        (FORMAT_VERSION, list(kinds), generation),
    )


def write_all(
    connection: Connection,
    schema: str,
    kinds: Sequence[str],
    documents: Iterable[Document],
    progress: Progress | None = None,
) -> int:
    """Fill the tables that `create` has made, and index them. Returns how many documents there are.

    The tables have to be made in the same transaction: then PostgreSQL needs neither freeze nor vacuum them later.
    """
    waiting = enumerate(documents)
    done = 0
    chunk = Chunk(0)
    cursor: Any = connection.connection.cursor()
    while some := list(islice(waiting, _STEP)):
        rows = []
        for slot, document in some:
            vectors = Vectors(document)
            rows.append({"slot": slot, **_row(document, vectors, kinds)})
            chunk.add(Packed(slot, numbers(rows[-1]), vectors.ordered, vectors.counts))
        _copy(cursor, f"{schema}.documents", [*COLUMNS], rows)
        _copy(cursor, f"{schema}.written", ["kind", "id", "written", "ordered"], rows)
        done += len(rows)
        if chunk.size >= CHUNK:
            chunk.write(connection, schema)
            chunk = Chunk(done)
        if progress:
            progress(done)
    cursor.close()
    if chunk.size:
        chunk.write(connection, schema)
    connection.exec_driver_sql(f"UPDATE {schema}.state SET slots = %s, packed = %s", (done, done))  # noqa: S608
    _run(connection, _FILL.format(schema=schema, words=_WORDS, forms=_FORMS, sums=_SUMS, runs=_RUNS))
    _run(connection, indexes(schema))
    if progress:
        progress(done)
    return done


def write_changes(connection: Connection, schema: str, kinds: Sequence[str], batch: Sequence[Change]) -> None:
    """Apply changes, the last one of a document. One statement: some milliseconds for a small batch."""
    latest = {_key(change, kinds): change for change in batch}
    if not latest:
        return
    documents = [change.document for change in latest.values() if isinstance(change, Put)]
    rows = [_row(document, Vectors(document), kinds) for document in documents]
    given: dict[str, Any] = {name: [row[name] for row in rows] for name in _TYPES}
    given["touched_kinds"], given["touched_ids"] = map(list, zip(*latest, strict=True))
    connection.exec_driver_sql(_change(schema, given=_GIVEN, touched=_TOUCHED), given)


def note(connection: Connection, schema: str, kinds: Sequence[str], batch: Sequence[Change]) -> None:
    """Write down which documents were changed, for the generation that is being built."""
    keys = list(dict.fromkeys(_key(change, kinds) for change in batch))
    if keys:
        numbers, ids = zip(*keys, strict=True)
        connection.exec_driver_sql(
            f"INSERT INTO {schema}.journal (kind, id) SELECT * FROM unnest(%s::smallint[], %s::bigint[])",  # noqa: S608
            (list(numbers), list(ids)),
        )


def take_over(connection: Connection, schema: str, other: str) -> None:
    """Bring a generation up to date with what was changed in the other one, as its journal says."""
    touched, given = _JOURNALED.format(other=other), _AS_IN_THE_OTHER.format(other=other)
    connection.exec_driver_sql(_change(schema, given=given, touched=touched))


def _change(schema: str, *, given: str, touched: str) -> str:
    return _CHANGE.format(
        schema=schema,
        given=given,
        touched=touched,
        sums=_SUMS,
        words=_WORDS,
        forms=_FORMS,
        runs=_RUNS,
        columns=", ".join(COLUMNS),
        overwritten=", ".join(f"{name} = excluded.{name}" for name in COLUMNS if name not in ("kind", "id")),
    )


def _run(connection: Connection, script: str) -> None:
    """Run several statements, which PostgreSQL does not prepare together."""
    cursor: Any = connection.connection.cursor()
    cursor.execute(script, prepare=False)
    cursor.close()


def _copy(cursor: Any, table: str, columns: Sequence[str], rows: Sequence[dict[str, Any]]) -> None:
    with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN (FREEZE)") as copy:
        for row in rows:
            copy.write_row([row[name] for name in columns])


def _row(document: Document, vectors: Vectors, kinds: Sequence[str]) -> dict[str, Any]:
    return {
        "id": document.id,
        "created": document.created,
        # No group has this number, so a wrong place hides.
        "place": (document.group_id or NONE) if document.members_only else COMPANY,
        "group_id": document.group_id or NONE,
        "author_id": document.author_id or NONE,
        "thread_id": document.thread_id or NONE,
        "region_id": document.region_id or NONE,
        "print": document.fingerprint(),
        "flags": document.flags,
        "valid_until": document.valid_until or NONE,
        "text_length": vectors.text_length,
        "title_length": vectors.title_length,
        "kind": kinds.index(document.kind),
        "format": document.format or NONE,
        "standing": document.standing,
        "authority": document.authority,
        "role": ROLES.index(document.role) + 1 if document.role else NONE,
        "words": vectors.words,
        "written": vectors.written,
        "ordered": vectors.ordered,
    }


def _key(change: Change, kinds: Sequence[str]) -> tuple[int, int]:
    subject = change.document if isinstance(change, Put) else change
    return kinds.index(subject.kind), subject.id
