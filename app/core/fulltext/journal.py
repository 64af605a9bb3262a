"""Changes made while a rebuild runs, written down so that the new generation gets them before the swap."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.core.fulltext.interface import Change, Document, Put, Remove


def append(path: Path, batch: Iterable[Change]) -> None:
    """Add the batch at the end of the journal, one line a change. The caller holds the lane."""
    with path.open("a", encoding="utf-8") as journal:
        journal.writelines(json.dumps(_as_row(change)) + "\n" for change in batch)


def read(path: Path) -> Iterator[Change]:
    """The changes in the order they were made. A last line cut short by a killed process is left out."""
    with path.open(encoding="utf-8") as journal:
        for line in journal:
            if line.endswith("\n"):
                yield _from_row(json.loads(line))


def _as_row(change: Change) -> dict[str, Any]:
    if isinstance(change, Put):
        return {"put": asdict(change.document)}
    return {"remove": asdict(change)}


def _from_row(row: dict[str, Any]) -> Change:
    if "remove" in row:
        return Remove(**row["remove"])
    fields = row["put"]
    for name in ("topics", "aliases"):
        fields[name] = tuple(fields[name])
    return Put(Document(**fields))
