"""Work that takes minutes and must not hold up the job queue."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from flask import current_app

from app.core.db import db

log = logging.getLogger(__name__)


def run_beside(name: str, act: Callable[[], object]) -> threading.Thread:
    """Run `act` in a thread of its own within the application; it dies with the process, so something must start it
    again. What it raises is logged.
    """
    flask_app = current_app._get_current_object()  # type: ignore[attr-defined]

    def run() -> None:
        with flask_app.app_context():
            try:
                act()
            except Exception:
                log.exception("%s failed", name)
            finally:
                db.session.remove()

    thread = threading.Thread(target=run, name=name, daemon=True)
    thread.start()
    return thread
