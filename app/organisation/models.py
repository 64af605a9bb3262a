"""Tables of consent. Name, logo and colour are settings (`app.core.identity`)."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, Moment


class ConsentText(Model):
    """A version of what people are asked to agree to. The latest one counts."""

    __tablename__ = "consent_texts"
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    #: As it is written; either may be empty, and then the other is shown. With both empty nothing is asked.
    text_ru: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str] = mapped_column(Text)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    made_at: Mapped[int] = mapped_column(Moment)


class Consent(Model):
    """A person agreed to a version."""

    __tablename__ = "consents"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(ForeignKey("consent_texts.version"), primary_key=True, index=True)
    agreed_at: Mapped[int] = mapped_column(Moment)
    #: The language in which it was read.
    locale: Mapped[str] = mapped_column(String(8))
