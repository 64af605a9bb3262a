import threading

import pytest

from app.web.open_pages import OpenPages, sockets_for


class Held:
    """An application whose sockets stay open until they are let go."""

    def __init__(self):
        self.inside = threading.Semaphore(0)
        self.go = threading.Semaphore(0)

    def __call__(self, environ, start_response):
        if environ["PATH_INFO"].startswith("/socket.io/"):
            self.inside.release()
            assert self.go.acquire(timeout=60)
        start_response("200 OK", [])
        return [b"served"]


@pytest.fixture
def held():
    return Held()


@pytest.fixture
def pages(held):
    """Room for two sockets."""
    return OpenPages(held, most=2)


@pytest.fixture
def open_socket(held, pages):
    threads = []

    def start():
        threads.append(threading.Thread(target=ask, args=(pages, "/socket.io/"), daemon=True))
        threads[-1].start()
        assert held.inside.acquire(timeout=60)
        return threads[-1]

    yield start
    held.go.release(len(threads))
    for thread in threads:
        thread.join(10)


def ask(application, path):
    said = []
    application({"PATH_INFO": path}, lambda status, headers: said.append(status))
    return said[0]


def test_a_socket_too_many_is_turned_away_and_pages_go_on(pages, open_socket):
    open_socket()
    open_socket()

    assert ask(pages, "/socket.io/") == "503 Service Unavailable"
    assert ask(pages, "/") == "200 OK"


def test_a_closed_socket_makes_room(held, pages, open_socket):
    first, second = open_socket(), open_socket()
    held.go.release(2)
    first.join(10)
    second.join(10)

    assert open_socket().is_alive()


def test_a_socket_that_fails_makes_room():
    def broken(environ, start_response):
        raise ConnectionError

    pages = OpenPages(broken, most=1)
    for _ in range(2):
        with pytest.raises(ConnectionError):
            pages({"PATH_INFO": "/socket.io/"}, None)


@pytest.mark.parametrize(("threads", "sockets"), [(1, 1), (8, 4), (40, 35), (400, 350)])
def test_some_threads_are_kept_for_requests(threads, sockets):
    assert sockets_for(threads) == sockets
