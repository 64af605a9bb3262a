"""At-least-once delivery is safe: every listener has a test that runs it twice."""

import re

from app.core import outbox
from tests.support.sources import ROOT

CALL = re.compile(r"deliver_twice\(\s*\"([^\"]+)\"")


def test_every_listener_has_a_test_that_runs_it_twice(flask_app):
    tested = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in CALL.findall(path.read_text(encoding="utf-8"))
    }

    assert {listener.name for listener in outbox.listeners()} - tested == set()
