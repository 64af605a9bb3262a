"""The index folder: generations side by side, the pointer to the one in use, and the two lanes.

::

    current            name of the generation in use, replaced atomically
    generations/NAME/  one complete index each
    journal.jsonl      changes made while a rebuild runs, for the generation being built
    lane.lock          held while changing the current generation
    rebuild.lock       held for the length of a rebuild
"""

import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.core import clock
from app.core.fulltext.locks import LockTimeout, file_lock, is_locked

_LANE_SECONDS = 60.0
_REBUILD_SECONDS = 0.2
#: What generations are called; whatever else the pointer says leads nowhere.
_GENERATION = re.compile(r"[0-9a-f]{1,16}-[0-9a-f]{8}")


class IndexFolder:
    """Paths, pointer and locks of one index; it knows nothing of what is inside a generation."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._pointer = root / "current"
        self._generations = root / "generations"
        self._lane = root / "lane.lock"
        self._rebuild = root / "rebuild.lock"
        self.journal_path = root / "journal.jsonl"

    def prepare(self) -> None:
        """Create the folder, readable for its owner alone: index files are pickles, trusted when they are read."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.root.chmod(0o700)
        self._generations.mkdir(mode=0o700, exist_ok=True)

    def current(self) -> Path | None:
        """The generation in use, or None when there never was one or it is gone."""
        try:
            name = self._pointer.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return None
        path = self._generations / name
        return path if _GENERATION.fullmatch(name) and path.is_dir() else None

    def new_generation(self) -> Path:
        """An empty folder for an index to be built."""
        path = self._generations / f"{clock.now():x}-{secrets.token_hex(4)}"
        path.mkdir(mode=0o700)
        return path

    def make_current(self, generation: Path) -> None:
        """Swap: whoever looks sees either the old generation or the new one, also after a power cut."""
        for path in generation.iterdir():
            if path.is_file():
                _sync(path)
        _sync(generation)
        temporary = self._pointer.with_suffix(".new")
        temporary.write_text(generation.name, encoding="ascii")
        _sync(temporary)
        temporary.replace(self._pointer)
        _sync(self.root)

    def prune(self) -> None:
        """Delete every generation but the current one. Open readers keep what they have mapped."""
        current = self.current()
        for path in self._generations.iterdir():
            if path != current:
                shutil.rmtree(path, ignore_errors=True)

    @contextmanager
    def lane(self) -> Iterator[None]:
        """Be the only one who changes the current generation, across threads and processes."""
        with file_lock(self._lane, timeout=_LANE_SECONDS):
            yield

    @contextmanager
    def rebuild_lane(self) -> Iterator[bool]:
        """Yield True while holding the right to rebuild, False when another rebuild runs."""
        try:
            with file_lock(self._rebuild, timeout=_REBUILD_SECONDS):
                yield True
        except LockTimeout:
            yield False

    def is_rebuilding(self) -> bool:
        return is_locked(self._rebuild)

    def size_bytes(self) -> int:
        total = 0
        for path in self.root.rglob("*"):
            # A rebuild that ends meanwhile takes files away.
            with suppress(OSError):
                total += path.stat().st_size if path.is_file() else 0
        return total


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
