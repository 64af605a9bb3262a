"""The three kinds of models, and moments."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from app.core import clock


class Body(BaseModel):
    """What a request's JSON body may hold: these fields, of these types, and nothing else."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    #: Whether a request without a body stands for one in which nothing is said.
    may_be_left_out: ClassVar[bool] = False


class Query(BaseModel):
    """What the address may hold after "?"; numbers are read from text."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Answer(BaseModel):
    """What a program gets. A field that is not declared can't slip out."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def moment(microseconds: int) -> datetime:
    """A moment of the database as JSON shows it: ISO 8601 in UTC."""
    return clock.as_datetime(microseconds)
