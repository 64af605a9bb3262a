"""Writing one generation. Callers make sure that nobody else writes the same generation at that time."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from app.core.fulltext import sequences, vocabulary
from app.core.fulltext.analysis import TEXT, TITLE, plain_terms, text_terms, title_terms
from app.core.fulltext.arrays import COMPANY, NOBODY, NONE, pack_key, pack_thread
from app.core.fulltext.interface import Change, Document, Progress, Put
from app.core.fulltext.whoosh_format import (
    FORMAT_VERSION,
    INDEX_NAME,
    ORDER,
    WORDS_EXT,
    Codec,
    PostingPool,
    make_schema,
)
from app.core.fulltext.whoosh_segment import read_columns, read_vocabulary

#: Documents per segment of a rebuild; bounds the memory it takes.
SEGMENT_DOCUMENTS = 100_000
#: This many segments of one size class are merged into one of the next.
MERGE_FACTOR = 8
#: Segments of this size are left alone until the next rebuild, so that no commit takes long.
MERGE_LIMIT = 20_000

_FORMAT_FILE = "format.json"
_PROGRESS_STEP = 1000


def create(generation: Path, kinds: Sequence[str]) -> None:
    """Put an empty index into the empty folder."""
    FileIndex.create(FileStorage(str(generation)), make_schema(), INDEX_NAME)
    (generation / _FORMAT_FILE).write_text(json.dumps(_format(kinds)), encoding="ascii")


def is_readable(generation: Path, kinds: Sequence[str]) -> bool:
    """Tell whether this version of the product wrote the generation, for the same kinds."""
    try:
        return bool(json.loads((generation / _FORMAT_FILE).read_text(encoding="ascii")) == _format(kinds))
    except (OSError, ValueError):
        return False


def write_all(
    generation: Path, kinds: Sequence[str], documents: Iterable[Document], progress: Progress | None = None
) -> int:
    """Add documents of which none is in the index yet, in large segments. Returns how many."""
    waiting = iter(documents)
    done = 0
    for first in waiting:
        # Large segments stay separate files, which are read in place instead of being loaded whole.
        writer = _Writer(generation, compound=False)
        try:
            for document in chain((first,), islice(waiting, SEGMENT_DOCUMENTS - 1)):
                _add(writer, kinds, document)
                done += 1
                if progress and done % _PROGRESS_STEP == 0:
                    progress(done)
        except BaseException:
            writer.cancel()
            raise
        writer.commit(merge=False)
    if progress:
        progress(done)
    return done


def write_changes(generation: Path, kinds: Sequence[str], batch: Sequence[Change]) -> None:
    """Apply changes as one small segment and tombstones, merging small segments now and then.

    Takes about 10 ms for a small batch.
    """
    latest = {_key_of(change, kinds): change for change in batch}
    if not latest:
        return
    writer = _Writer(generation, compound=True)
    try:
        _delete(writer, set(latest))
        for change in latest.values():
            if isinstance(change, Put):
                _add(writer, kinds, change.document)
    except BaseException:
        writer.cancel()
        raise
    writer.commit(mergetype=_merge_small)


class _Writer(SegmentWriter):  # type: ignore[misc]
    """Whoosh's writer, with our pool in place of its sorting on disk, and the list of words beside the segment."""

    def __init__(self, generation: Path, *, compound: bool) -> None:
        index = FileIndex(FileStorage(str(generation)), indexname=INDEX_NAME)
        # The lane replaces Whoosh's own lock.
        super().__init__(index, _lk=False, codec=Codec(), compound=compound)
        self.pool = PostingPool()
        self.words: Counter[str] = Counter()

    def _flush_segment(self) -> None:
        super()._flush_segment()
        with self.newsegment.create_file(self.storage, WORDS_EXT) as file:
            file.write(vocabulary.pack(self.words))


def _add(writer: _Writer, kinds: Sequence[str], document: Document) -> None:
    written = [plain_terms(text) for text in (document.title, *document.aliases, document.text)]
    writer.words.update(filter(vocabulary.is_word, {word for words in written for word in words}))
    writer.add_document(
        **{
            TITLE: title_terms((document.title, *document.aliases)),
            TEXT: text_terms(document.text, document.topics),
            "key": pack_key(kinds.index(document.kind), document.id),
            "created": document.created,
            "place": (document.group_id or NOBODY) if document.members_only else COMPANY,
            "group": document.group_id or NONE,
            "author": document.author_id or NONE,
            "standing": document.standing,
            "thread": pack_thread(document.role, document.thread_id),
            "print": document.fingerprint(),
            "flags": document.flags,
            "region": document.region_id or NONE,
            "format": document.format or NONE,
            "authority": document.authority,
            "until": document.valid_until or NONE,
            ORDER: sequences.pack(written),
        }
    )


def _delete(writer: _Writer, keys: set[int]) -> None:
    wanted = np.fromiter(keys, dtype=np.int64)
    for segment in writer.segments:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        try:
            stored = read_columns(reader, ("key",))["key"]
        finally:
            reader.close()
        for number in np.flatnonzero(np.isin(stored, wanted)):
            segment.delete_document(int(number))


def _merge_small(writer: _Writer, segments: list[Any]) -> list[Any]:
    """Merge policy: segments fall into size classes by powers of the factor; a full class becomes one segment."""
    kept = [segment for segment in segments if segment.doc_count()]
    limit = MERGE_FACTOR
    while limit <= MERGE_LIMIT:
        small = [segment for segment in kept if segment.doc_count_all() <= limit]
        if len(small) >= MERGE_FACTOR:
            for segment in small:
                reader = SegmentReader(writer.storage, writer.schema, segment)
                writer.add_reader(reader)
                writer.words.update(read_vocabulary(reader).frequencies())
                reader.close()
            return [segment for segment in kept if segment not in small]
        limit *= MERGE_FACTOR
    return kept


def _format(kinds: Sequence[str]) -> dict[str, Any]:
    return {"version": FORMAT_VERSION, "kinds": list(kinds)}


def _key_of(change: Change, kinds: Sequence[str]) -> int:
    subject = change.document if isinstance(change, Put) else change
    return pack_key(kinds.index(subject.kind), subject.id)
