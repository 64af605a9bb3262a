"""Deliveries and periodic jobs have threads of their own: no open page waits for a job that takes long."""

import threading
from dataclasses import replace

import pytest

from app.core.feature import Job
from app.core.queue import Queue

PATIENCE = 30


@pytest.fixture
def queue(flask_app, tmp_path):
    """Makes a queue whose consumers run in this process: `queue(job)`."""
    made = []

    def make(*jobs):
        config = replace(flask_app.extensions["shopfloor_config"], worker="inside", data_dir=str(tmp_path))
        made.append(Queue(flask_app, config, jobs))
        return made[-1]

    yield make
    for each in made:
        each.stop_inside()


def test_a_delivery_does_not_wait_for_a_long_job(queue):
    begun, may_end, delivered = threading.Event(), threading.Event(), threading.Event()

    def take_long():
        begun.set()
        may_end.wait(PATIENCE)

    queues = queue(Job("take_long", 1440, take_long))
    deliver = queues.deliveries.task()(delivered.set)
    queues.start_inside()
    (long,) = (task for task in queues.jobs._registry.periodic_tasks if task.name == "job:take_long")
    try:
        queues.jobs.enqueue(long)
        assert begun.wait(PATIENCE)
        deliver()
        assert delivered.wait(PATIENCE)
    finally:
        may_end.set()
