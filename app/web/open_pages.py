"""Live sockets hold a thread each, for as long as their page is open; some threads are kept for requests.

Without that the last socket there is room for would stop every page for everybody. A page whose socket is turned away
works as ever, only not live, and asks again by itself after up to half a minute.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

#: Of so many threads one is kept for requests; never fewer than `FEWEST_KEPT`.
KEPT_ONE_OF = 8
FEWEST_KEPT = 4


def sockets_for(threads: int) -> int:
    """How many live sockets a process with so many threads takes; at least one."""
    return max(1, threads - max(FEWEST_KEPT, threads // KEPT_ONE_OF))


class OpenPages:
    """WSGI middleware around the sockets' own: lets in `most` sockets, and answers 503 to more."""

    def __init__(self, application: WSGIApplication, most: int, path: str = "/socket.io/") -> None:
        self._application = application
        self._path = path
        self._free = threading.BoundedSemaphore(most)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serve one request; one that opens a socket returns when it is closed."""
        if not environ["PATH_INFO"].startswith(self._path):
            return self._application(environ, start_response)
        if not self._free.acquire(blocking=False):
            start_response("503 Service Unavailable", [("Retry-After", "30"), ("Content-Length", "0")])
            return []
        try:
            return self._application(environ, start_response)
        finally:
            self._free.release()
