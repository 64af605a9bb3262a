"""Counts SQL: `python -m bench.statements TOKEN PATH…` prints {path: [cold card cache, warm]} as JSON."""

from __future__ import annotations

import json
import sys
from typing import Any

from sqlalchemy import Engine, event

import config as configuration
from app import create_app

#: Statements that steer transactions and cost next to nothing.
STEERING = ("BEGIN", "PRAGMA", "ROLLBACK", "COMMIT", "SAVEPOINT", "RELEASE")


def main(token: str, paths: list[str]) -> None:
    """Ask for each page three times: to fill what all share, with no cards cached, and with all."""
    flask_app = create_app(configuration.load(worker="none"))
    client = flask_app.test_client()
    client.set_cookie("session_token", token)
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.lstrip().startswith(STEERING):
            statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)

    def count(path: str, *, cold: bool) -> int:
        if cold:
            flask_app.extensions["shopfloor_cards"].clear()
        statements.clear()
        assert client.get(path).status_code == 200, path
        return len(statements)

    counts = {}
    for path in paths:
        count(path, cold=True)
        counts[path] = [count(path, cold=True), count(path, cold=False)]
    print(json.dumps(counts))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
