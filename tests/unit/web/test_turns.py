import threading

import pytest

from app.web.turns import Turns, pages_at_once


class Slow:
    """An application whose answers wait to be let go; knows how many are inside."""

    def __init__(self):
        self.inside = threading.Semaphore(0)
        self.go = threading.Semaphore(0)

    def __call__(self, environ, start_response):
        self.inside.release()
        assert self.go.acquire(timeout=60)
        return [environ["REQUEST_METHOD"].encode()]


@pytest.fixture
def slow():
    return Slow()


@pytest.fixture(params=[60])
def ask(slow, request):
    """Asks in a thread of its own; all are let go in the end. The parameter is how long one waits for a turn."""
    application = Turns(slow, at_once=2, patience=request.param)
    threads = []

    def start(method):
        threads.append(
            threading.Thread(target=application, args=({"REQUEST_METHOD": method}, None), daemon=True)
        )
        threads[-1].start()

    yield start
    slow.go.release(len(threads))
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()


def test_readers_take_turns(slow, ask):
    for _ in range(3):
        ask("GET")

    assert all(slow.inside.acquire(timeout=60) for _ in range(2))
    assert not slow.inside.acquire(timeout=0.1)
    slow.go.release()
    assert slow.inside.acquire(timeout=60)


def test_writers_wait_for_nobody(slow, ask):
    for method in ("GET", "GET", "POST", "PUT", "DELETE"):
        ask(method)

    assert all(slow.inside.acquire(timeout=60) for _ in range(5))


@pytest.mark.parametrize("ask", [0.01], indirect=True)
def test_nobody_waits_long_for_those_who_are_held_up(slow, ask):
    for _ in range(4):
        ask("GET")

    assert all(slow.inside.acquire(timeout=60) for _ in range(4))


def test_a_turn_ends_with_an_error_too():
    def broken(environ, start_response):
        raise RuntimeError

    application = Turns(broken, at_once=1)
    for _ in range(3):
        with pytest.raises(RuntimeError):
            application({"REQUEST_METHOD": "GET"}, None)


@pytest.mark.parametrize(
    ("cores", "processes", "waits", "pages"),
    [(2, 1, False, 2), (2, 2, False, 1), (2, 2, True, 2), (1, 4, False, 1), (8, 2, False, 4)],
)
def test_processes_share_the_cores(monkeypatch, cores, processes, waits, pages):
    monkeypatch.setattr("os.cpu_count", lambda: cores)

    assert pages_at_once(processes, waits_for_database=waits) == pages
