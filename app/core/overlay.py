"""HTML rendered once for everybody, with what differs between readers laid over it.

A template calls `overlay(key, value)` where something depends on the reader; that leaves a marker. `split` takes the
rendered HTML apart at the markers, once, and keeps it as the bytes that go over the wire; `lay` puts it together for
one reader, which is one join.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any, Generic, NamedTuple, TypeVar

from markupsafe import Markup

#: Stands around markers. No text can hold it, whatever people write or put into an address: templates escape "<", and
#: the sanitiser lets no such tag through.
EDGE = "<\x1e>"

#: Say what stands in the place of a mark, by its key, from its value: HTML as it is sent.
Overlays = Mapping[str, Callable[[str], bytes]]
K = TypeVar("K")
V = TypeVar("V")


class Segments(NamedTuple):
    """HTML taken apart: fixed texts, and between each two of them a mark, "key" and "value"."""

    texts: tuple[bytes, ...]
    marks: tuple[tuple[str, str], ...]


def overlay(key: str, value: object) -> Markup:
    """The marker for something the reader decides; for templates."""
    return Markup(f"{EDGE}{key}:{value}{EDGE}")  # noqa: S704 - keys come from templates, values are ids


def split(html: str) -> Segments:
    """Take HTML apart at its markers."""
    parts = html.split(EDGE)
    marks = (part.partition(":") for part in parts[1::2])
    texts = tuple(part.encode() for part in parts[::2])
    return Segments(texts, tuple((key, value) for key, _, value in marks))


def lay(segments: Segments, overlays: Overlays) -> bytes:
    """Put a reader's version together. Raises `KeyError` for a key without an overlay."""
    texts, marks = segments
    parts = [b""] * (len(texts) + len(marks))
    parts[::2] = texts
    parts[1::2] = [overlays[key](value) for key, value in marks]
    return b"".join(parts)


def markup(laid: bytes) -> Markup:
    """What was laid, for a template to put into more HTML."""
    return Markup(laid.decode())  # noqa: S704 - rendered by autoescaping templates


_personal: dict[str, Callable[[Any], Callable[[str], bytes]]] = {}


def register_personal(key: str, make: Callable[[Any], Callable[[str], bytes]]) -> None:
    """Let a feature say what stands in the place of a mark for an actor, from its value alone; called at bootstrap."""
    _personal[key] = make


def personal(actor: Any) -> dict[str, Callable[[str], bytes]]:
    """What features have registered, for one reader. No SQL."""
    return {key: make(actor) for key, make in _personal.items()}


class BoundedCache(Generic[K, V]):
    """The most recently used values, at most `size` of them. Safe for threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._values: OrderedDict[K, V] = OrderedDict()
        self._lock = Lock()

    def get(self, key: K) -> V | None:
        """The value, which counts as used now, or None."""
        with self._lock:
            value = self._values.get(key)
            if value is not None:
                self._values.move_to_end(key)
            return value

    def put(self, key: K, value: V) -> None:
        """Keep a value; the least recently used one may go."""
        with self._lock:
            self._values[key] = value
            self._values.move_to_end(key)
            while len(self._values) > self._size:
                self._values.popitem(last=False)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._values.clear()

    def __len__(self) -> int:
        return len(self._values)
