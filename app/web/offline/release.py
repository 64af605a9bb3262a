"""The service worker's script, made of its parts, and the static files it keeps."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from flask import url_for

from app.core import web
from app.core.i18n import LOCALES, speaking
from app.core.i18n import gettext as _
from app.web.words import words, words_url
from config import ROOT

_STATIC = ROOT / "static"
#: Why a page can't be had; for each there is a page that helps.
HELPS = ("offline", "maintenance", "leaving")
#: The parts of the worker, in the order in which they are joined.
_PARTS = ("state", "kept", "pages", "files", "sharing", "leaving", "main")
#: What pages are made of, with the badges that stand in feeds; pictures of rewards come as they are needed.
_SHELL = (
    "css/app.css", "icons/*.svg", "icons/app-192.png", "badges/*.svg", "js/main.js", "js/lib/*.js",
    "js/controllers/*.js", "js/unsent/*.js", "vendor/*/*.js",
    "vendor/inter/inter-cyrillic.woff2", "vendor/inter/inter-latin.woff2",
)  # fmt: skip


@lru_cache(maxsize=1)
def release() -> str:
    """A name for the static files as they are; another one when any of them changes. Reads them once a process."""
    digest = sha256()
    for path in (*shell_files(), *worker_files()):
        digest.update(path.read_bytes())
    for locale in LOCALES:
        digest.update(words(locale).encode())
    return digest.hexdigest()[:12]


def shell_files() -> Iterator[Path]:
    """The static files that are kept."""
    for pattern in _SHELL:
        yield from sorted(_STATIC.glob(pattern))


def worker_files() -> Iterator[Path]:
    """The parts of the service worker."""
    for name in _PARTS:
        yield ROOT / "app" / "web" / "offline" / "worker" / f"{name}.js"


def worker_script() -> str:
    """The whole service worker: what it must know before it starts, then its parts."""
    knows = {
        "release": release(),
        # While one works on the files they are asked for each time.
        "fileFirst": web.config().environment != "development",
        "shell": [
            *(url_for("static", filename=path.relative_to(_STATIC).as_posix()) for path in shell_files()),
            *_words_addresses(),
        ],
        "help": {
            why: {locale: url_for("offline.help_page", why=why, locale=locale) for locale in LOCALES}
            for why in HELPS
        },
        "words": {locale: _words(locale) for locale in LOCALES},
    }
    head = f"const KNOWS = {json.dumps(knows, ensure_ascii=False)};\n"
    return head + "\n".join(path.read_text(encoding="utf-8") for path in worker_files())


def _words_addresses() -> Iterator[str]:
    for locale in LOCALES:
        with speaking(locale):
            yield words_url()


def _words(locale: str) -> dict[str, str]:
    """What the worker itself says, above a kept page."""
    with speaking(locale):
        return {
            "offline": _("No connection"),
            "slow": _("The connection is slow"),
            "maintenance": _("The network is being maintained"),
            "kept": _("kept copy of %(moment)s", moment="{moment}"),
            "again": _("Try again"),
            "list": _("What can be read"),
        }
