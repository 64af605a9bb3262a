"""The composition root: which features there are, and how their parts are joined."""

from __future__ import annotations

import importlib
import pkgutil

import click
from flask import Flask

import app as package
from app.content.views.acts import rescue
from app.core import outbox
from app.core.feature import Feature
from app.core.fulltext.engine import use_engine
from app.core.fulltext.interface import SearchBackend
from app.core.fulltext.postgres_backend import PostgresBackend
from app.core.fulltext.whoosh_backend import WhooshBackend
from app.core.live import socketio
from app.core.queue import Queue
from app.core.storage import LocalStorage, use_storage
from app.search.schemas import KINDS
from app.web.auth import rescue_with
from app.web.setup import install
from config import Config

#: Mounted in this order; lower layers first.
FEATURES = (
    "people", "organisation", "accounts", "groups", "topics", "files", "vocabulary", "content", "trust", "feed",
    "questions", "articles", "mentions", "welcome", "reputation", "badges", "expertise", "rewards",
    "moderation", "search", "routing", "notifications", "comms", "analytics", "api", "web", "cli",
)  # fmt: skip


def load_features() -> list[Feature]:
    """The `Feature` of every feature package, in order."""
    return [importlib.import_module(f"app.{name}.feature").FEATURE for name in FEATURES]


def load_models() -> None:
    """Import every module that defines tables, so that the metadata is whole."""
    for module in pkgutil.iter_modules(package.__path__):
        if module.ispkg and importlib.util.find_spec(f"app.{module.name}.models"):
            importlib.import_module(f"app.{module.name}.models")
    for name in ("audit", "idempotency", "outbox", "settings"):
        importlib.import_module(f"app.core.{name}")


def mount(flask_app: Flask, config: Config) -> None:
    """Give the application its features."""
    load_models()
    use_storage(LocalStorage(config.uploads_path))
    use_engine(search_backend(config))
    features = load_features()
    install(flask_app, config)
    rescue_with(flask_app, rescue)
    outbox.register(listener for feature in features for listener in feature.listeners)
    queue = Queue(flask_app, config, [job for feature in features for job in feature.jobs])
    outbox.on_wake(queue.wake)
    flask_app.extensions["shopfloor_queue"] = queue
    for feature in features:
        for blueprint in feature.blueprints:
            flask_app.register_blueprint(blueprint)
        for command in feature.commands:
            add_command_to(flask_app.cli, command)
        if feature.sockets is not None:
            feature.sockets(socketio)


def search_backend(config: Config) -> SearchBackend:
    """The search engine that the settings name; it opens nothing before it is used."""
    if config.search_backend == "postgresql":
        return PostgresBackend(config.database_address, KINDS)
    return WhooshBackend(config.search_index_path, KINDS)


def add_command_to(cli: click.Group, command: click.Command) -> None:
    """Add a command; commands of groups that share a name are found in one group."""
    known = cli.commands.get(command.name or "")
    if isinstance(known, click.Group) and isinstance(command, click.Group):
        for each in command.commands.values():
            known.add_command(each)
    else:
        cli.add_command(command)
