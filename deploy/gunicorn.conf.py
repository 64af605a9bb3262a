"""How the web server runs: one process, many threads, so that pages, live sockets and jobs need nothing else.

HOST and PORT say where to listen (default: this machine alone, 8000). A live socket holds one thread for as
long as its page is open, so the number of threads bounds the pages that are live at once (`app/web/open_pages.py`).
"""

import os
import signal
import sys
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from config import load

_settings = load()

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = _settings.web_processes
threads = _settings.web_threads
# Also counts connections that are kept alive and ask for nothing, of which browsers hold several.
worker_connections = 4 * threads
# A thread that waits on a live socket is not a hung worker: only a process without a heartbeat is.
timeout = 120
graceful_timeout = 10
keepalive = 15
# The heartbeat file must not wait for a busy disk.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108
accesslog = None
errorlog = "-"
loglevel = "warning"


def post_worker_init(worker):
    """Run the jobs inside this process, unless `flask worker` runs them, and stop without waiting for sockets."""
    worker.wsgi.extensions["shopfloor_queue"].start_if_inside()
    # Ctrl+C reaches every process of the terminal. The master tells the workers to stop; a worker that is told
    # twice waits for its own threads for ever.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGQUIT):
        _close_sockets_first(worker, number)


def worker_exit(server, worker):
    """Finish the job that is running; what was not begun stands in the outbox."""
    flask_app = getattr(worker, "wsgi", None)  # None when it could not be loaded
    if flask_app is not None:
        flask_app.extensions["shopfloor_queue"].stop_inside()


def _close_sockets_first(worker, number):
    """Cut the live sockets when told to stop: each holds a thread that would else be waited for.

    Pages connect again by themselves, to the process that comes next.
    """
    usual = signal.getsignal(number)
    sockets = worker.wsgi.extensions["socketio"].server.eio

    def stop(signum, frame):
        threading.Thread(target=sockets.disconnect, daemon=True).start()
        usual(signum, frame)

    signal.signal(number, stop)
