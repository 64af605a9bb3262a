"""The job queue: Huey on SQLite inside the web process by default, on Redis with `flask worker` at scale.

The queue is only a hint of what to do next; what must be done stands in the outbox. So it needs no durability: a lost
queue is refilled by the sweep.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Sequence
from typing import Any

from flask import Flask
from huey import Huey, MemoryHuey, RedisHuey, SqliteHuey, crontab
from huey.consumer import Consumer

from app.core import outbox
from app.core.feature import Job
from app.core.unit_of_work import in_unit_of_work
from config import Config

log = logging.getLogger(__name__)


class QuietConsumer(Consumer):  # type: ignore[misc]
    """A consumer that leaves the process's signals to the web server."""

    def _set_signal_handlers(self) -> None:
        """Nothing: gunicorn owns the signals."""


class Queue:
    """The queue of one application: enqueues deliveries, runs them and the periodic jobs."""

    def __init__(self, flask_app: Flask, config: Config, jobs: Sequence[Job]) -> None:
        self.flask_app = flask_app
        self._config = config
        self.huey = _make_huey(config)
        self._consumer: Consumer | None = None
        self._lock = threading.Lock()
        self._pid = 0
        self._deliver = self.huey.task(name="deliver")(self._in_app(_deliver_all))
        for job in (Job("outbox.sweep", 1, outbox.sweep), *jobs):
            self.huey.periodic_task(_schedule(job.every_minutes), name=f"job:{job.name}")(
                self._in_app(job.run)
            )

    def wake(self, delivery_ids: Sequence[int]) -> None:
        """Tell the worker of fresh deliveries. Never raises: the sweep finds what a broken queue forgot."""
        try:
            self._deliver(list(delivery_ids))
        except Exception:
            log.exception("the queue did not take %s deliveries; the sweep will", len(delivery_ids))

    def start_if_inside(self) -> None:
        """Run the consumer in this process when the settings say so."""
        if self._config.worker == "inside":
            self.start_inside()

    def start_inside(self, workers: int = 1) -> None:
        """Run the consumer in threads of this process; once, again after a fork."""
        with self._lock:
            if self._pid == os.getpid():
                return
            self._pid = os.getpid()
            self._consumer = QuietConsumer(
                self.huey,
                workers=workers,
                worker_type="thread",
                initial_delay=0.05,
                max_delay=0.2,
                backoff=1.3,
                check_worker_health=False,
            )
            self._consumer.start()

    def stop_inside(self) -> None:
        """Stop the threads started by `start_inside`; what they were doing is finished first."""
        with self._lock:
            if self._consumer is not None and self._pid == os.getpid():
                self._consumer.stop(graceful=True)
            self._consumer, self._pid = None, 0

    def run_outside(self, workers: int) -> None:
        """Be the worker process: returns when told to stop."""
        Consumer(self.huey, workers=workers, worker_type="thread", initial_delay=0.05, max_delay=0.3).run()

    def pending(self) -> int:
        """How many tasks wait in the queue."""
        return int(self.huey.pending_count())

    def _in_app(self, act: Callable[..., object]) -> Callable[..., None]:
        def task(*args: Any) -> None:
            with self.flask_app.app_context():
                act(*args)

        return task


def _deliver_all(delivery_ids: Sequence[int]) -> None:
    for delivery_id in delivery_ids:
        outbox.deliver(delivery_id)
    assert not in_unit_of_work()


def _make_huey(config: Config) -> Huey:
    if config.worker == "none":
        return MemoryHuey("shopfloor", results=False)
    if config.redis_url:
        return RedisHuey("shopfloor", url=config.redis_url, results=False)
    return SqliteHuey("shopfloor", filename=str(config.queue_path), fsync=False, results=False, timeout=10)


def _schedule(every_minutes: int) -> Any:
    if every_minutes < 60:
        return crontab(minute=f"*/{every_minutes}")
    hours = every_minutes // 60
    return crontab(minute="7", hour=f"*/{hours}" if hours < 24 else "3")
