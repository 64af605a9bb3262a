"""What a feature hands to the composition root."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import click
from flask import Blueprint
from flask_socketio import SocketIO

from app.core.outbox import Listener


@dataclass(frozen=True)
class Job:
    """Periodic work. `every_minutes` divides an hour, or is a multiple of 60 up to a day."""

    name: str
    every_minutes: int
    run: Callable[[], object]


@dataclass(frozen=True)
class Feature:
    """Everything one feature mounts."""

    name: str
    blueprints: tuple[Blueprint, ...] = ()
    listeners: tuple[Listener, ...] = ()
    jobs: tuple[Job, ...] = ()
    commands: tuple[click.Command, ...] = ()
    #: Registers socket events; called once with the server.
    sockets: Callable[[SocketIO], None] | None = None
