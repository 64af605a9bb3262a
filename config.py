"""Every setting of Shopfloor, once: its name, environment variable, type, default and meaning.

Settings are read from the environment (prefix ``SHOPFLOOR_``) when the application is made. `check` refuses to
start in production with anything unsafe; `flask doctor` prints what is in force.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from click import ClickException

ROOT = Path(__file__).resolve().parent
PREFIX = "SHOPFLOOR_"


class UnsafeConfiguration(ClickException):
    """Raised at start when a setting is missing, unreadable or unsafe; the text names each one.

    A command prints the text alone, without a traceback.
    """


def _setting(default: Any, meaning: str) -> Any:
    return field(default=default, metadata={"meaning": meaning})


@dataclass(frozen=True)
class Config:
    """The settings in force. Field `data_dir` is set by the variable ``SHOPFLOOR_DATA_DIR``, and so on."""

    environment: str = _setting("development", "development, test or production")
    data_dir: str = _setting("", "folder of everything that is written; default: var/ beside the code")
    database_url: str = _setting("", "SQLAlchemy address of the database; default: SQLite in the data folder")
    redis_url: str = _setting("", "Redis for queue, sockets and throttling; empty: all inside this process")
    secret_key: str = _setting("", "signs forms; default in development: a file in the data folder")
    public_url: str = _setting(
        "", "address people type, e.g. https://shopfloor.example; https turns on secure cookies"
    )
    trusted_hosts: str = _setting(
        "", "host names that may be asked for, comma separated; default: any in development"
    )
    proxy_hops: int = _setting(0, "exact number of reverse proxies in front")
    compress: bool = _setting(True, "0 when a reverse proxy in front compresses answers")
    organisation: str = _setting("Shopfloor", "name of the network until an administrator sets one")
    default_locale: str = _setting("ru", "language of a person who has chosen none: ru or en")
    default_time_zone: str = _setting("Europe/Moscow", "time zone of a person without a shop")
    worker: str = _setting(
        "inside", "inside: jobs run in the web process; outside: `flask worker` runs them; none: tests"
    )
    web_processes: int = _setting(1, "processes of the web server; more than one need Redis")
    web_threads: int = _setting(400, "threads of each; a page that is open and live holds one")
    search_backend: str = _setting(
        "whoosh", "whoosh: an index in the data folder; postgresql: beside the data, for several machines"
    )
    sqlite_synchronous: str = _setting(
        "FULL", "FULL loses nothing on a power cut; NORMAL is faster, may lose the last commits"
    )
    upload_max_bytes: int = _setting(25 * 1024 * 1024, "largest file that may be uploaded, bytes")
    session_idle_days: int = _setting(14, "a session ends after so many days without a visit")
    session_absolute_days: int = _setting(30, "a session ends after so many days in any case")
    administrator_session_hours: int = _setting(12, "an administrator's session ends after so many hours")
    card_cache_cards: int = _setting(5_000, "publication cards kept rendered in each web process")
    log_level: str = _setting("INFO", "DEBUG, INFO, WARNING or ERROR")

    @property
    def data_path(self) -> Path:
        """The folder of everything that is written."""
        return Path(self.data_dir).resolve() if self.data_dir else ROOT / "var"

    @property
    def uploads_path(self) -> Path:
        """Where uploaded files lie, outside any served folder."""
        return self.data_path / "uploads"

    @property
    def search_index_path(self) -> Path:
        """Where the search index generations lie; disposable."""
        return self.data_path / "search_index" if self.data_dir else ROOT / "search_index"

    @property
    def queue_path(self) -> Path:
        """The SQLite file of the in-process job queue; disposable."""
        return self.data_path / "queue.sqlite3"

    @property
    def database_address(self) -> str:
        """The database's address with the driver named."""
        url = self.database_url or f"sqlite:///{self.data_path / 'shopfloor.sqlite3'}"
        for short in ("postgres://", "postgresql://"):
            if url.startswith(short):
                return "postgresql+psycopg://" + url.removeprefix(short)
        return url

    @property
    def on_sqlite(self) -> bool:
        """Whether the database is a file and no server."""
        return self.database_address.startswith("sqlite:")

    @property
    def secure_cookies(self) -> bool:
        """Whether people arrive by https, so that cookies are Secure and `__Host-`."""
        return self.public_url.startswith("https://")

    @property
    def origin(self) -> str:
        """What browsers name as the origin of our pages, or empty when no address is set."""
        parts = urlsplit(self.public_url)
        return f"{parts.scheme}://{parts.netloc}".lower() if parts.netloc else ""

    @property
    def production(self) -> bool:
        return self.environment == "production"


def load(environ: Mapping[str, str] | None = None, **overrides: Any) -> Config:
    """Read the settings from `environ` (default: the process's), then `overrides` by field name.

    Raises `UnsafeConfiguration` for a value that can't be read.
    """
    environ = os.environ if environ is None else environ
    values: dict[str, Any] = {}
    for item in fields(Config):
        raw = environ.get(PREFIX + item.name.upper())
        if raw is None:
            continue
        try:
            values[item.name] = int(raw) if isinstance(item.default, int) else raw.strip()
        except ValueError as error:
            raise UnsafeConfiguration(
                f"{PREFIX}{item.name.upper()} must be a whole number, not {raw!r}"
            ) from error
    config = Config(**{**values, **overrides})
    try:
        config.data_path.mkdir(mode=0o700, parents=True, exist_ok=True)  # it holds what people wrote
        if not config.secret_key and not config.production:
            object.__setattr__(config, "secret_key", _kept_secret(config.data_path / "secret_key"))
    except OSError as error:
        raise UnsafeConfiguration(
            f"{PREFIX}DATA_DIR: {config.data_path} can't be used: {error.strerror}"
        ) from error
    return config


def _kept_secret(path: Path) -> str:
    """A secret made once and kept in the data folder, readable by its owner alone."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        secret = secrets.token_urlsafe(32)
        file.write(secret)
    return secret


def check(config: Config) -> list[str]:
    """What is unsafe or wrong in `config`, one sentence each; empty when all is well."""
    wrong = {
        "SHOPFLOOR_ENVIRONMENT must be development, test or production.":
            config.environment not in ("development", "test", "production"),
        "SHOPFLOOR_DATABASE_URL must be an address such as postgresql://host/name or sqlite:////path/file.":
            not config.database_address.startswith(("sqlite:///", "postgresql+psycopg://")),
        "SHOPFLOOR_WORKER must be inside, outside or none.":
            config.worker not in ("inside", "outside", "none"),
        "SHOPFLOOR_WEB_PROCESSES and SHOPFLOOR_WEB_THREADS must be at least 1.":
            config.web_processes < 1 or config.web_threads < 1,
        "SHOPFLOOR_WEB_PROCESSES above 1 needs SHOPFLOOR_REDIS_URL, which joins them.":
            config.web_processes > 1 and not config.redis_url,
        "SHOPFLOOR_DEFAULT_LOCALE must be ru or en.":
            config.default_locale not in ("ru", "en"),
        "SHOPFLOOR_SEARCH_BACKEND must be whoosh or postgresql.":
            config.search_backend not in ("whoosh", "postgresql"),
        "SHOPFLOOR_SEARCH_BACKEND=postgresql needs SHOPFLOOR_DATABASE_URL to name a PostgreSQL database.":
            config.search_backend == "postgresql" and not config.database_address.startswith("postgresql"),
        "SHOPFLOOR_DEFAULT_TIME_ZONE must be the name of a time zone, such as Europe/Moscow.":
            not _is_time_zone(config.default_time_zone),
        "SHOPFLOOR_SESSION_IDLE_DAYS, SHOPFLOOR_SESSION_ABSOLUTE_DAYS and SHOPFLOOR_ADMINISTRATOR_SESSION_HOURS"
        " must be at least 1.":
            min(config.session_idle_days, config.session_absolute_days, config.administrator_session_hours) < 1,
        "SHOPFLOOR_UPLOAD_MAX_BYTES must be at least 1.":
            config.upload_max_bytes < 1,
        "SHOPFLOOR_PROXY_HOPS and SHOPFLOOR_CARD_CACHE_CARDS must be at least 0.":
            min(config.proxy_hops, config.card_cache_cards) < 0,
        "SHOPFLOOR_LOG_LEVEL must be DEBUG, INFO, WARNING or ERROR.":
            config.log_level not in ("DEBUG", "INFO", "WARNING", "ERROR"),
        "SHOPFLOOR_SQLITE_SYNCHRONOUS must be FULL or NORMAL.":
            config.sqlite_synchronous not in ("FULL", "NORMAL"),
        "SHOPFLOOR_SECRET_KEY must be at least 32 random characters in production.":
            config.production and len(config.secret_key) < 32,
        "SHOPFLOOR_PUBLIC_URL must be the https address of the network in production.":
            config.production and not config.public_url.startswith("https://"),
        "SHOPFLOOR_TRUSTED_HOSTS must name the hosts that may be asked for in production.":
            config.production and not config.trusted_hosts,
    }  # fmt: skip
    return [problem for problem, is_so in wrong.items() if is_so]


def _is_time_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def refuse_if_unsafe(config: Config) -> None:
    """Raise `UnsafeConfiguration` with every problem of `config`."""
    problems = check(config)
    if problems:
        raise UnsafeConfiguration("\n".join(problems))
