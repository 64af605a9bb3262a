"""How documents are laid out in Whoosh: two word fields, a few number columns, the words in order, nothing stored.

Together with `whoosh_writer` and `whoosh_segment` this is all that knows Whoosh; the version is pinned because
segments are read through its codec.
"""

import secrets
from array import array
from collections.abc import Iterator, Mapping
from typing import Any

from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.columns import NumericColumn, VarBytesColumn
from whoosh.fields import COLUMN, FieldType, Schema
from whoosh.formats import Existence

from app.core.fulltext.analysis import TEXT, TITLE
from app.core.fulltext.arrays import COLUMNS

INDEX_NAME = "MAIN"

#: Raised when old indexes can no longer be read or would answer differently; they are then rebuilt.
FORMAT_VERSION = 5

#: The column of the words in their order, and the file of the distinct words of a segment.
ORDER = "order"
WORDS_EXT = ".words"

_MAX_FREQUENCY = 255


class Words(FieldType):  # type: ignore[misc]
    """A field that takes ready-made terms with their frequencies; the frequency is the posting's weight."""

    def __init__(self) -> None:
        super().__init__(Existence(), analyzer=None, scorable=True)

    def index(self, value: Mapping[str, int], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        for word, frequency in value.items():
            yield word.encode("utf-8", "replace"), frequency, float(frequency), b""


class Number(COLUMN):  # type: ignore[misc]
    """A number per document that is neither indexed nor stored."""

    def __init__(self, code: str) -> None:
        super().__init__(NumericColumn(code))

    def to_column_value(self, value: int) -> int:
        return value


class Bytes(COLUMN):  # type: ignore[misc]
    """Some bytes per document that are neither indexed nor stored."""

    def __init__(self) -> None:
        super().__init__(VarBytesColumn())

    def to_column_value(self, value: bytes) -> bytes:
        return value


class Codec(W3Codec):  # type: ignore[misc]
    """Whoosh's own codec with larger blocks and without the statistics its scorer would use to skip blocks."""

    length_stats = False

    def __init__(self) -> None:
        super().__init__(blocklimit=512, compression=1)

    def new_segment(self, storage: Any, indexname: str) -> W3Segment:
        # Whoosh names segments by the global random generator; a seeded one would overwrite an earlier segment.
        return W3Segment(self, indexname, segid=secrets.token_hex(8))


class PostingPool:
    """Collects postings in memory as packed integers, in place of Whoosh's sorted temporary files.

    Costs about four bytes a posting and 200 bytes a distinct term, so callers bound the documents of a segment.
    """

    def __init__(self) -> None:
        self._fields: dict[str, dict[bytes, int | array[int]]] = {}

    def add(self, posting: tuple[str, bytes, int, float, bytes]) -> None:
        field, word, number, weight, _ = posting
        packed = number << 8 | min(int(weight), _MAX_FREQUENCY)
        words = self._fields.setdefault(field, {})
        known = words.get(word)
        if known is None:
            words[word] = packed
        elif isinstance(known, int):
            words[word] = array("I", (known, packed))
        else:
            known.append(packed)

    def iter_postings(self) -> Iterator[tuple[str, bytes, int, float, bytes]]:
        """All postings ordered by field, word and document; documents come in the order they were added."""
        for field in sorted(self._fields):
            words = self._fields[field]
            for word in sorted(words):
                known = words[word]
                for packed in (known,) if isinstance(known, int) else known:
                    yield field, word, packed >> 8, float(packed & _MAX_FREQUENCY), b""

    def cleanup(self) -> None:
        self._fields.clear()


def make_schema() -> Schema:
    """The fields of every generation of this format."""
    schema = Schema()
    for name in (TITLE, TEXT):
        schema.add(name, Words())
    for name, code in COLUMNS.items():
        schema.add(name, Number(code))
    schema.add(ORDER, Bytes())
    return schema
