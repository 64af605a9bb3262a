"""Few pages are made at once, however many are asked for: one for each core, over all processes.

Making a page is Python, and Python runs one thread at a time. Eight threads that share it spend a third of their time
on handing it to each other; in turns they don't, and each page is ready sooner. Only reading takes turns: its request
is whole when it gets here and its answer is sent by others, so that nobody's slow line holds a turn. And nobody waits
long: should those inside be held up, say by an import that is writing, the next go in without a turn.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

#: Seconds to wait for a turn.
PATIENCE = 0.25


def pages_at_once(processes: int, *, waits_for_database: bool) -> int:
    """How many pages one of so many processes makes at once: its share of the cores, at least one.

    One more where the database is a server: one page waits for it while another is made.
    """
    return max(1, (os.cpu_count() or 1) // processes) + waits_for_database


class Turns:
    """WSGI middleware that lets `at_once` GET requests into the application, and all others."""

    def __init__(self, application: WSGIApplication, at_once: int, patience: float = PATIENCE) -> None:
        self._application = application
        self._patience = patience
        self._turns = threading.BoundedSemaphore(at_once)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serve one request, when it is its turn."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self._application(environ, start_response)
        is_my_turn = self._turns.acquire(timeout=self._patience)
        try:
            return self._application(environ, start_response)
        finally:
            if is_my_turn:
                self._turns.release()
