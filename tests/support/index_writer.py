"""A process that writes an index until it is done or killed, saying on standard output what it has acknowledged.

python -m tests.support.index_writer FOLDER apply FIRST_ID COUNT
python -m tests.support.index_writer FOLDER rebuild FIRST_ID COUNT

In place of a folder the address of a database in PostgreSQL can be given.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from app.core.fulltext.interface import Document, Put, SearchBackend
from app.core.fulltext.postgres_backend import PostgresBackend
from app.core.fulltext.whoosh_backend import WhooshBackend
from tests.support.search_documents import KINDS, document


def documents(first: int, count: int) -> Iterator[Document]:
    for id_ in range(first, first + count):
        yield document(id_, f"общее слово{id_}")


def say(number: int) -> None:
    print(number, flush=True)


def main(folder: str, what: str, first: str, count: str) -> None:
    backend: SearchBackend = (
        PostgresBackend(folder, KINDS, "search_of_a_test")
        if folder.startswith("postgresql")
        else WhooshBackend(Path(folder), KINDS)
    )
    if what == "rebuild":
        backend.rebuild(documents(int(first), int(count)), say)
        return
    for written in documents(int(first), int(count)):
        backend.apply([Put(written)])
        say(written.id)


if __name__ == "__main__":
    main(*sys.argv[1:])
