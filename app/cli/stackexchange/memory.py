"""What earlier imports of a source wrote, so that the next one knows what is new there and what was changed here.

Every remembered thing has a key ("post:12", "vote:7") and fields: a fingerprint of what was brought in, or the row
itself where nothing else keeps it. The unique key (source, key) makes repeating harmless.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from app.cli.bulk import in_chunks, insert_rows
from app.content.models import ImportedRecord
from app.core.db import db, table_of

Fields = Mapping[str, Any]


def fingerprint(*parts: object) -> str:
    """A short digest that differs when any of the parts does."""
    digest = hashlib.blake2b(digest_size=12)
    for part in parts:
        digest.update(str(part).encode("utf-8", "surrogatepass"))
        digest.update(b"\x00")
    return digest.hexdigest()


class Memory:
    """The remembered things of one source whose keys begin with one prefix, such as "post:"."""

    def __init__(self, source_id: int, prefix: str) -> None:
        """Loads everything under `prefix`: one SELECT."""
        self._source_id = source_id
        rows = db.session.execute(
            select(ImportedRecord.key, ImportedRecord.fields).where(
                ImportedRecord.source_id == source_id, ImportedRecord.key.startswith(prefix, autoescape=True)
            )
        )
        self._known: dict[str, Fields] = dict(rows.all())

    def __contains__(self, key: str) -> bool:
        return key in self._known

    def __getitem__(self, key: str) -> Fields:
        """The fields under `key`; none for something new."""
        return self._known.get(key, {})

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._known))

    def remember(self, things: Mapping[str, Fields]) -> None:
        """Write what is new or different, in the open unit of work: at most two statements."""
        new = {key: fields for key, fields in things.items() if key not in self._known}
        other = {
            key: fields for key, fields in things.items() if key in self._known and self._known[key] != fields
        }
        insert_rows(
            ImportedRecord,
            [{"source_id": self._source_id, "key": key, "fields": fields} for key, fields in new.items()],
        )
        if other:
            table = table_of(ImportedRecord)
            statement = (
                update(table)
                .where(table.c.source_id == self._source_id, table.c.key == bindparam("known_key"))
                .values(fields=bindparam("new_fields"))
            )
            db.session.connection().execute(
                statement, [{"known_key": key, "new_fields": fields} for key, fields in other.items()]
            )
        self._known.update(new)
        self._known.update(other)

    def forget(self, keys: Iterable[str]) -> None:
        """Remove what is remembered under `keys`, in the open unit of work."""
        for chunk in in_chunks(keys):
            db.session.execute(
                delete(ImportedRecord).where(
                    ImportedRecord.source_id == self._source_id, ImportedRecord.key.in_(chunk)
                )
            )
            for key in chunk:
                self._known.pop(key, None)
