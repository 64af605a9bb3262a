"""The tables of an index in PostgreSQL: a schema of their own, made by the engine and thrown away with the index.

::

    state      one row: the format, the kinds of documents, sums over all documents, and how far what is packed goes
    documents  one row a document: what filters and ranking ask for, and its terms as a tsvector with a GIN index
    written    one row a document: its words as they stand, also in their order
    gone       the slots whose documents were changed or removed
    chunks     one row for some thousand slots: the columns of `documents` as arrays
    postings   one row a term and chunk: the slots that have it
    words      one row a term: how many documents have it
    forms      one row a word as it stands: how many documents have it, and its runs of three letters
    runs       one row a run of three letters: how many forms have it
    journal    what was changed while a rebuild runs

Whatever is written gets a *slot*, the next number; a document that is changed gets a new one. So slots that are packed
never change, and whoever has read them only has to know which are gone and what came since.

A generation is the whole schema. A rebuild makes one under another name and renames it in the transaction that filled
it, so nobody sees half an index, and a killed rebuild leaves nothing behind.
"""

from __future__ import annotations

import re
from zlib import crc32

#: Raised when old indexes can no longer be read or would answer differently; they are then rebuilt.
FORMAT_VERSION = 2

_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")

#: Columns of ``documents`` with their types, in the order in which rows are written. Wide numbers come first, so that
#: nothing is lost to alignment.
COLUMNS = {
    "slot": "integer",
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

#: The row of sums. Columns are named, as PostgreSQL keeps what was prepared for a table that is replaced.
STATE = (
    "SELECT format, kinds, generation, slots, packed, clock, documents, companywide, title_words, text_words "
    "FROM {schema}.state"
)

_TABLES = """
CREATE SCHEMA {schema};
CREATE TABLE {schema}.state (
    format integer NOT NULL, kinds text[] NOT NULL, generation text NOT NULL,
    slots integer NOT NULL DEFAULT 0, packed integer NOT NULL DEFAULT 0, clock bigint NOT NULL DEFAULT 0,
    documents bigint NOT NULL DEFAULT 0, companywide bigint NOT NULL DEFAULT 0, heads bigint NOT NULL DEFAULT 0,
    titled bigint NOT NULL DEFAULT 0, title_words bigint NOT NULL DEFAULT 0, text_words bigint NOT NULL DEFAULT 0
);
CREATE TABLE {schema}.documents ({columns}, PRIMARY KEY (kind, id)) WITH (fillfactor = 90);
CREATE TABLE {schema}.written (
    id bigint NOT NULL, kind smallint NOT NULL, written tsvector NOT NULL, ordered bytea NOT NULL,
    PRIMARY KEY (kind, id)
);
CREATE TABLE {schema}.gone (clock bigint NOT NULL, slot integer NOT NULL, PRIMARY KEY (clock, slot));
CREATE TABLE {schema}.chunks (
    first integer PRIMARY KEY, size integer NOT NULL, columns bytea NOT NULL, ordered bytea NOT NULL
);
CREATE TABLE {schema}.postings (
    first integer NOT NULL, word text COLLATE "C" NOT NULL, titles bytea NOT NULL, texts bytea NOT NULL
);
ALTER TABLE {schema}.chunks ALTER COLUMN columns SET STORAGE EXTERNAL, ALTER COLUMN ordered SET STORAGE EXTERNAL;
ALTER TABLE {schema}.postings ALTER COLUMN titles SET STORAGE EXTERNAL, ALTER COLUMN texts SET STORAGE EXTERNAL;
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
"""

_INDEXES = """
CREATE INDEX documents_words ON {schema}.documents USING gin (words) WITH (fastupdate = off);
CREATE UNIQUE INDEX documents_slot ON {schema}.documents (slot);
CREATE UNIQUE INDEX postings_word ON {schema}.postings (word, first);
CREATE INDEX forms_runs ON {schema}.forms USING gin (runs) WITH (fastupdate = off);
ANALYZE {schema}.documents;
ANALYZE {schema}.postings;
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
