import threading

from flask import current_app

from app.core.background import run_beside


def test_work_runs_in_a_thread_within_the_application(flask_app):
    seen = []

    def act():
        seen.append((threading.current_thread().name, current_app.name))

    with flask_app.app_context():
        run_beside("some work", act).join()
    assert seen == [("some work", flask_app.name)]


def test_failures_are_logged(flask_app, caplog):
    def act():
        raise ValueError("no good")

    with flask_app.app_context():
        run_beside("some work", act).join()
    assert "some work failed" in caplog.text
    assert "no good" in caplog.text
