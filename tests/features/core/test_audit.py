"""The audit log only grows."""

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DatabaseError

from app.core import audit
from app.core.audit import AuditEntry
from app.core.db import db
from app.core.unit_of_work import unit_of_work
from tests import factories


@pytest.fixture
def entry(database):
    person = factories.person()
    with unit_of_work():
        audit.record("role.granted", f"person:{person.id}", actor_id=person.id, role="editor")
    return db.session.scalars(select(AuditEntry)).one()


def test_an_entry_says_who_did_what_to_whom(entry):
    assert (entry.action, entry.subject, entry.details) == (
        "role.granted",
        f"person:{entry.actor_id}",
        {"role": "editor"},
    )


@pytest.mark.parametrize("statement", [update(AuditEntry).values(action="nothing"), delete(AuditEntry)])
def test_the_database_refuses_to_change_it(entry, statement):
    with pytest.raises(DatabaseError, match="append-only"), unit_of_work():
        db.session.execute(statement)

    assert db.session.scalars(select(AuditEntry.action)).all() == ["role.granted"]
