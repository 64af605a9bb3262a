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
    """A consumer that leaves the process's signals to whoever owns them: the web server, or another consumer."""

    def _set_signal_handlers(self) -> None:
        """Nothing."""


class Queue:
    """The queues of one application, each with threads of its own: one for deliveries, one for the periodic jobs.

    A job may take half a minute (sizes of photos, counting anew), and nobody's live page is to wait for it.
    """

    def __init__(self, flask_app: Flask, config: Config, jobs: Sequence[Job]) -> None:
        self.flask_app = flask_app
        self._config = config
        self.deliveries = _make_huey(config, "shopfloor")
        self.jobs = _make_huey(config, "shopfloor-jobs")
        self._consumers: list[Consumer] = []
        self._lock = threading.Lock()
        self._pid = 0
        self._deliver = self.deliveries.task(name="deliver")(self._in_app(_deliver_all))
        for job in (Job("outbox.sweep", 1, outbox.sweep), *jobs):
            self.jobs.periodic_task(_schedule(job.every_minutes), name=f"job:{job.name}")(
                self._in_app(job.run)
            )

    def wake(self, delivery_ids: Sequence[int], after: int = 0) -> None:
        """Tell the worker of deliveries that are due now, or `after` so many seconds.

        Never raises: the sweep finds what a broken queue forgot.
        """
        try:
            if after:
                self._deliver.schedule((list(delivery_ids),), delay=after)
            else:
                self._deliver(list(delivery_ids))
        except Exception:
            log.exception("the queue did not take %s deliveries; the sweep will", len(delivery_ids))

    def start_if_inside(self) -> None:
        """Run the consumers in this process when the settings say so."""
        if self._config.worker == "inside":
            self.start_inside()

    def start_inside(self) -> None:
        """Run the consumers in threads of this process; once, again after a fork."""
        with self._lock:
            if self._pid == os.getpid():
                return
            self._pid = os.getpid()
            self._consumers = [_quiet(self.deliveries), _quiet(self.jobs)]
            for consumer in self._consumers:
                consumer.start()

    def stop_inside(self) -> None:
        """Stop the threads started by `start_inside`; what they were doing is finished first."""
        with self._lock:
            if self._pid == os.getpid():
                for consumer in self._consumers:
                    consumer.stop(graceful=True)
            self._consumers, self._pid = [], 0

    def run_outside(self, workers: int) -> None:
        """Be the worker process, with so many threads for deliveries: returns when told to stop."""
        jobs = _quiet(self.jobs)
        jobs.start()
        Consumer(
            self.deliveries, workers=workers, worker_type="thread", initial_delay=0.05, max_delay=0.3
        ).run()
        jobs.stop(graceful=True)

    def pending(self) -> int:
        """How many tasks wait in the queues."""
        return int(self.deliveries.pending_count()) + int(self.jobs.pending_count())

    def _in_app(self, act: Callable[..., object]) -> Callable[..., None]:
        def task(*args: Any) -> None:
            with self.flask_app.app_context():
                act(*args)

        return task


def _deliver_all(delivery_ids: Sequence[int]) -> None:
    for delivery_id in delivery_ids:
        outbox.deliver(delivery_id)
    assert not in_unit_of_work()


def _quiet(huey: Huey) -> QuietConsumer:
    return QuietConsumer(
        huey,
        worker_type="thread",
        initial_delay=0.05,
        max_delay=0.2,
        backoff=1.3,
        check_worker_health=False,
    )


def _make_huey(config: Config, name: str) -> Huey:
    if config.worker == "none":
        return MemoryHuey(name, results=False)
    if config.redis_url:
        return RedisHuey(name, url=config.redis_url, results=False)
    return SqliteHuey(name, filename=str(config.queue_path), fsync=False, results=False, timeout=10)


def _schedule(every_minutes: int) -> Any:
    if every_minutes < 60:
        return crontab(minute=f"*/{every_minutes}")
    hours = every_minutes // 60
    return crontab(minute="7", hour=f"*/{hours}" if hours < 24 else "3")
