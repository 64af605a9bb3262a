"""The tables of an index in PostgreSQL: a schema of their own, made by the engine and thrown away with the index.

::

    state      one row: the format, the kinds of documents, and sums over all documents
    documents  one row a document: what filters and ranking ask for, and its terms as a tsvector with a GIN index
    written    one row a document: its words as they stand, for phrases
    words      one row a term: how many documents have it
    forms      one row a word as it stands: how many documents have it, and its runs of three letters
    runs       one row a run of three letters: how many forms have it
    journal    what was changed while a rebuild runs

A generation is the whole schema. A rebuild makes one under another name and renames it in the transaction that filled
it, so nobody sees half an index, and a killed rebuild leaves nothing behind.
"""

from __future__ import annotations

import re
from zlib import crc32

#: Raised when old indexes can no longer be read or would answer differently; they are then rebuilt.
FORMAT_VERSION = 1

#: In column ``place``: found by the whole company. Otherwise the group whose members alone may find it.
COMPANY = -1
#: In columns that may be without a value.
NONE = 0

_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")

#: Columns of ``documents`` with their types, in the order in which rows are written. Wide numbers come first, so that
#: nothing is lost to alignment.
COLUMNS = {
    "id": "bigint",
    "created": "bigint",
    "place": "bigint",
    "group_id": "bigint",
    "author_id": "bigint",
    "thread_id": "bigint",
    "region_id": "bigint",
    "print": "bigint",
    "flags": "integer",
    "valid_until": "integer",
    "text_length": "integer",
    "title_length": "integer",
    "kind": "smallint",
    "format": "smallint",
    "standing": "smallint",
    "authority": "smallint",
    "role": "smallint",
    "words": "tsvector",
}

_TABLES = """
CREATE SCHEMA {schema};
CREATE TABLE {schema}.state (
    format integer NOT NULL, kinds text[] NOT NULL, generation text NOT NULL,
    documents bigint NOT NULL DEFAULT 0, companywide bigint NOT NULL DEFAULT 0, heads bigint NOT NULL DEFAULT 0,
    titled bigint NOT NULL DEFAULT 0, title_words bigint NOT NULL DEFAULT 0, text_words bigint NOT NULL DEFAULT 0
);
CREATE TABLE {schema}.documents ({columns}, PRIMARY KEY (kind, id)) WITH (fillfactor = 90);
CREATE TABLE {schema}.written (
    id bigint NOT NULL, kind smallint NOT NULL, written tsvector NOT NULL, PRIMARY KEY (kind, id)
);
CREATE TABLE {schema}.words (
    anywhere integer NOT NULL, titles integer NOT NULL, texts integer NOT NULL, threads integer NOT NULL,
    word text COLLATE "C" PRIMARY KEY
) WITH (fillfactor = 80);
CREATE TABLE {schema}.forms (
    anywhere integer NOT NULL, companywide integer NOT NULL, form text COLLATE "C" PRIMARY KEY,
    runs tsvector NOT NULL
) WITH (fillfactor = 80);
CREATE TABLE {schema}.runs (forms integer NOT NULL, run text COLLATE "C" PRIMARY KEY);
CREATE TABLE {schema}.journal (id bigint NOT NULL, kind smallint NOT NULL);
ALTER TABLE {schema}.documents ALTER COLUMN words SET STATISTICS 500;
"""

_INDEXES = """
CREATE INDEX documents_words ON {schema}.documents USING gin (words) WITH (fastupdate = off);
CREATE INDEX documents_created ON {schema}.documents (created, kind, id)
    INCLUDE (place, group_id, author_id, flags, standing, valid_until);
CREATE INDEX documents_thread ON {schema}.documents (thread_id) WHERE thread_id <> 0;
CREATE INDEX documents_author ON {schema}.documents (author_id, created) WHERE author_id <> 0;
CREATE INDEX documents_group ON {schema}.documents (group_id, created) WHERE group_id <> 0;
CREATE INDEX forms_runs ON {schema}.forms USING gin (runs) WITH (fastupdate = off);
ANALYZE {schema}.documents;
ANALYZE {schema}.words;
ANALYZE {schema}.forms;
"""


class Names:
    """The names of an index in the database: its schema, and the locks that all processes and machines share."""

    def __init__(self, schema: str) -> None:
        if not _NAME.fullmatch(schema):
            raise ValueError(f"{schema!r} is no name for a schema")
        self.schema = schema
        #: Where the next generation is made, and what the one before is called until it is dropped.
        self.next = f"{schema}_next"
        self.old = f"{schema}_old"
        #: An index beside, for measuring.
        self.scratch = f"{schema}_scratch"
        #: Held while changing the current generation, for the length of a rebuild, and while measuring.
        self.lane = _lock(f"{schema} lane")
        self.measuring = _lock(f"{schema} measuring")
        self.rebuild = _lock(f"{schema} rebuild")


def tables(schema: str) -> str:
    """Statements that make empty tables."""
    columns = ", ".join(f"{name} {kind} NOT NULL" for name, kind in COLUMNS.items())
    return _TABLES.format(schema=schema, columns=columns)


def indexes(schema: str) -> str:
    """Statements that make the indexes, best after the rows."""
    return _INDEXES.format(schema=schema)


def _lock(name: str) -> int:
    """The number of an advisory lock; the upper half keeps away from locks of others."""
    return 0x53484F50 << 31 | crc32(name.encode()) >> 1
