"""One import at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class ImportRunning(Exception):
    """Another import is under way."""


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the one place for an import, marked by a lock in `folder`. Raises `ImportRunning` when it is taken.

    The lock ends with the process, however that ends.
    """
    with (folder / "import.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ImportRunning from None
        yield
