"""Counts the statements of the home page: `python -m bench.statements PERSONNEL_NUMBER` prints [cold, warm]."""

from __future__ import annotations

import json
import sys

from sqlalchemy import Engine, event

from app import create_app
from app.accounts.service import open_session
from app.core.db import db
from app.people.models import Person


def main(personnel_number: str) -> None:
    """Ask for the page three times: to fill what all share, with no cards cached, and with all."""
    flask_app = create_app()
    with flask_app.app_context():
        person = db.session.query(Person).filter_by(personnel_number=personnel_number).one()
        token = open_session(person.id, "bench", "127.0.0.1")
    client = flask_app.test_client()
    client.set_cookie("session_token", token)
    statements: list[str] = []
    event.listen(Engine, "before_cursor_execute", lambda *arguments: statements.append(arguments[2]))
    counts = []
    for cold in (True, True, False):
        if cold:
            flask_app.extensions["shopfloor_cards"].clear()
        statements.clear()
        client.get("/")
        counts.append(len([one for one in statements if not one.startswith(("BEGIN", "PRAGMA", "ROLLBACK"))]))
    print(json.dumps(counts[1:]))


if __name__ == "__main__":
    main(sys.argv[1])
