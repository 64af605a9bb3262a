"""The default engine: Whoosh for what is on disk, numpy for finding and ranking. Good to about a million documents."""

import logging
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.core.fulltext import journal, nearness, searching, spelling, whoosh_writer
from app.core.fulltext.analysis import TEXT, TITLE
from app.core.fulltext.arrays import pack_key, unpack_key
from app.core.fulltext.asking import weighed
from app.core.fulltext.caching import PostingsCache
from app.core.fulltext.filters import visible
from app.core.fulltext.folder import IndexFolder
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
from app.core.fulltext.snapshot import Snapshot, latest_commit, open_snapshot

logger = logging.getLogger(__name__)

#: Beyond this many documents another engine is needed.
MOST_DOCUMENTS = 1_000_000
_CACHE_BYTES = 48 * 1024 * 1024
#: A writer may replace files while they are being opened; that many times in a row it does not.
_OPEN_RETRIES = 4
_OPEN_PAUSE_SECONDS = 0.02
#: `status` reads the postings of so many words of each field and segment.
_SAMPLE_WORDS = 300


class WhooshBackend:
    """See SearchBackend. ``kinds`` are all kinds of documents, in an order that stays the same."""

    def __init__(self, root: Path, kinds: Sequence[str]) -> None:
        self._folder = IndexFolder(root)
        self._kinds = tuple(kinds)
        self._cache = PostingsCache(_CACHE_BYTES)
        self._snapshot: Snapshot | None = None
        self._threads: tuple[Snapshot, nearness.Threads] | None = None
        self._opening = threading.Lock()

    def apply(self, batch: Sequence[Change]) -> None:
        """See SearchBackend. Holds the lane for about 10 ms, for seconds in the rare batch that merges segments."""
        if batch:
            self.apply_loaded(lambda: batch)

    def apply_loaded(self, load: Callable[[], Sequence[Change]]) -> None:
        """See SearchBackend. Raises LockTimeout when another process holds the lane for a minute."""
        self._folder.prepare()
        with self._folder.lane():
            # A rebuild may have swapped while we waited, so the generation is looked up inside.
            generation = self._sound_generation()
            batch = load()
            if self._folder.is_rebuilding():
                journal.append(self._folder.journal_path, batch)
            try:
                whoosh_writer.write_changes(generation, self._kinds, batch)
            except Exception as error:
                # Whoosh has no exception of its own for damaged files: anything may come out of them.
                raise self._damaged(error) from error

    def search(self, query: Query) -> Hits:
        snapshot = self._current_snapshot()
        try:
            return searching.search(snapshot, weighed(snapshot, query), query, self._kinds, self._cache)
        except Exception as error:
            raise self._damaged(error) from error

    def similar(self, asked: Asked) -> tuple[Near, ...]:
        snapshot = self._current_snapshot()
        try:
            meanings = nearness.meanings_of(snapshot, asked)
            return nearness.nearest(self._threads_of(snapshot), meanings, asked, self._cache)
        except Exception as error:
            raise self._damaged(error) from error

    def correct(self, words: Sequence[str], *, visible_groups: Sequence[int] = ()) -> tuple[str, ...]:
        snapshot = self._current_snapshot()
        try:
            allowed = [visible(opened, visible_groups) for opened in snapshot.segments]
            return spelling.correct(snapshot, words, allowed, self._cache)
        except Exception as error:
            raise self._damaged(error) from error

    @contextmanager
    def scratch(self) -> Iterator[SearchBackend]:
        with tempfile.TemporaryDirectory(prefix="search-") as folder:
            backend = WhooshBackend(Path(folder), self._kinds)
            backend.rebuild([])
            yield backend

    def count(self) -> int:
        return self._current_snapshot().documents

    def rebuild(self, documents: Iterable[Document], progress: Progress | None = None) -> int:
        """See SearchBackend. Takes about 0.3 ms of CPU a document and 100 MB."""
        self._folder.prepare()
        with self._folder.rebuild_lane() as ours:
            if not ours:
                raise RebuildRunning
            with self._folder.lane():
                self._folder.prune()
                self._folder.journal_path.write_text("")
                generation = self._folder.new_generation()
            whoosh_writer.create(generation, self._kinds)
            done = whoosh_writer.write_all(generation, self._kinds, documents, progress)
            with self._folder.lane():
                changes = list(journal.read(self._folder.journal_path))
                whoosh_writer.write_changes(generation, self._kinds, changes)
                self._folder.make_current(generation)
                self._folder.journal_path.unlink()
                self._folder.prune()
        return done

    def status(self) -> IndexStatus:
        """See SearchBackend. Reads a sample of the postings: about a second at 283,000 documents."""
        generation = self._folder.current()
        rebuilding = self._folder.is_rebuilding()
        try:
            snapshot = self._open(self._sound_generation())
            for opened in snapshot.segments:
                self._check_keys(opened.segment.columns["key"])
                for field in (TITLE, TEXT):
                    for word in opened.segment.sample_words(field, _SAMPLE_WORDS):
                        opened.segment.postings(field, word)
        except Exception as error:
            reason = str(error) if isinstance(error, SearchUnavailable) else repr(error)
            name = generation.name if generation else ""
            return IndexStatus(False, reason, name, 0, 0, self._folder.size_bytes(), rebuilding)
        return IndexStatus(
            healthy=True,
            reason="",
            generation=snapshot.generation.name,
            documents=snapshot.documents,
            segments=len(snapshot.segments),
            size_bytes=self._folder.size_bytes(),
            rebuilding=rebuilding,
            most_documents=MOST_DOCUMENTS,
        )

    def all_ids(self) -> Iterator[tuple[str, int, int]]:
        for opened in self._current_snapshot().segments:
            columns = opened.segment.columns
            try:
                self._check_keys(columns["key"])
            except ValueError as error:
                raise self._damaged(error) from error
            for number, (key, fingerprint) in enumerate(zip(columns["key"], columns["print"], strict=True)):
                if opened.live is None or opened.live[number]:
                    kind, id_ = unpack_key(int(key))
                    yield self._kinds[kind], id_, int(fingerprint)

    def _check_keys(self, keys: NDArray[Any]) -> None:
        """Raises ValueError for documents of no kind or without an id: what a column was cut off reads as zeros."""
        least, most = pack_key(0, 1), pack_key(len(self._kinds), 0)
        if len(keys) and not least <= int(keys.min()) <= int(keys.max()) < most:
            raise ValueError("there are documents of no kind")
        if not np.all(keys & (pack_key(1, 0) - 1)):
            raise ValueError("there are documents without an id")

    def _sound_generation(self) -> Path:
        generation = self._folder.current()
        if generation is None:
            raise SearchUnavailable("there is no index")
        if not whoosh_writer.is_readable(generation, self._kinds):
            raise SearchUnavailable("the index is of another version")
        return generation

    def _current_snapshot(self) -> Snapshot:
        """The newest commit, opened at most once per process. Costs a directory listing when nothing changed."""
        snapshot = self._snapshot
        if snapshot is None or not self._is_current(snapshot):
            with self._opening:
                # Another thread may have opened one meanwhile, and read it before the commit that we know of.
                snapshot = self._snapshot
                if snapshot is None or not self._is_current(snapshot):
                    snapshot = self._snapshot = self._open(self._sound_generation(), snapshot)
        if snapshot.is_cut_short:
            raise self._damaged(EOFError("a file was cut short while it was open"))
        return snapshot

    def _is_current(self, snapshot: Snapshot) -> bool:
        generation = snapshot.generation
        return self._folder.current() == generation and latest_commit(generation) == snapshot.commit

    def _threads_of(self, snapshot: Snapshot) -> nearness.Threads:
        known = self._threads
        if known is None or known[0] is not snapshot:
            known = self._threads = (snapshot, nearness.Threads(snapshot))
        return known[1]

    def _open(self, generation: Path, previous: Snapshot | None = None) -> Snapshot:
        for _ in range(_OPEN_RETRIES):
            try:
                return open_snapshot(generation, previous)
            except Exception:
                time.sleep(_OPEN_PAUSE_SECONDS)
                generation = self._sound_generation()
        try:
            return open_snapshot(generation, previous)
        except Exception as error:
            raise self._damaged(error) from error

    def _damaged(self, error: Exception) -> SearchUnavailable:
        logger.error("search index is damaged: %r", error)
        return SearchUnavailable(f"the index is damaged: {error!r}")
