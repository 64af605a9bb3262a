"""What pages of the organisation are given: frozen values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ConsentPage:
    """A version of the consent as somebody reads it."""

    version: int
    #: As it was written.
    text: str
    made_at: int
    #: When the reader agreed; None when they have not.
    agreed_at: int | None = None


@dataclass(frozen=True, slots=True)
class ConsentDesk:
    """The present version as an administrator sets it."""

    #: 0 when there has never been one.
    version: int
    text_ru: str
    text_en: str
    made_at: int | None
    #: Active people who have agreed to it.
    agreed: int
    people: int
