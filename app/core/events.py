"""What an event is: a frozen dataclass of plain values that says what has happened, named in the past tense.

Events carry ids and facts, never words and never rows, so that they can be stored and read again by a later release.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar, TypeVar

E = TypeVar("E", bound="Event")

_types: dict[str, type[Event]] = {}


@dataclass(frozen=True)
class Event:
    """Base of every event. Subclasses register themselves by class name, which is stored: don't rename them."""

    name: ClassVar[str] = "Event"

    def __init_subclass__(cls) -> None:
        cls.name = cls.__name__
        _types[cls.name] = cls

    def to_payload(self) -> dict[str, Any]:
        """The fields as JSON-ready values."""
        return asdict(self)

    @classmethod
    def from_payload(cls: type[E], payload: dict[str, Any]) -> E:
        """The event again. Fields unknown to this release are dropped; JSON lists become tuples."""
        known = {item.name for item in fields(cls)}
        return cls(**{k: tuple(v) if isinstance(v, list) else v for k, v in payload.items() if k in known})


def event_type(name: str) -> type[Event]:
    """The class of a stored event's name. Raises `KeyError` when this release has none."""
    return _types[name]
