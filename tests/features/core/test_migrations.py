"""The migrations lead to the models, and back, on both databases."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from flask_migrate import downgrade, upgrade
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, PrimaryKeyConstraint, UniqueConstraint, inspect

from app.core.db import db


def differences():
    """What autogenerate would still change."""
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        return compare_metadata(context, db.metadata)


def tables():
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_the_migrations_equal_the_models(real_database):
    assert differences() == []


@pytest.mark.slow
def test_they_go_down_and_up_again(real_database):
    upgraded = tables()
    downgrade(revision="base")
    assert tables() == set()
    upgrade()

    assert tables() == upgraded == set(db.metadata.tables)
    assert differences() == []


@pytest.mark.slow
def test_each_step_goes_up_down_and_up(real_database):
    downgrade(revision="base")
    scripts = ScriptDirectory.from_config(current_app.extensions["migrate"].migrate.get_config())
    for step in reversed(list(scripts.walk_revisions())):
        upgrade(revision=step.revision)
        downgrade(revision=step.down_revision or "base")
        upgrade(revision=step.revision)

    assert differences() == []


def test_there_is_one_history(flask_app):
    with flask_app.app_context():
        scripts = ScriptDirectory.from_config(current_app.extensions["migrate"].migrate.get_config())

    assert len(scripts.get_heads()) == 1


def test_every_constraint_and_index_has_a_name(flask_app):
    kinds = (CheckConstraint, ForeignKeyConstraint, PrimaryKeyConstraint, UniqueConstraint)
    nameless = [
        f"{table.name}: {thing!r}"
        for table in db.metadata.tables.values()
        for thing in (*table.constraints, *table.indexes)
        if (isinstance(thing, kinds) or thing in table.indexes) and not thing.name
    ]

    assert nameless == []


def test_every_foreign_key_can_be_looked_up(real_database):
    """A foreign key without an index makes every delete of the other row a scan."""
    inspector = inspect(db.engine)
    slow = []
    for table in sorted(tables()):
        leading = {
            index["column_names"][0] for index in inspector.get_indexes(table) if index["column_names"]
        }
        leading |= {unique["column_names"][0] for unique in inspector.get_unique_constraints(table)}
        leading |= set(inspector.get_pk_constraint(table)["constrained_columns"][:1])
        slow += [
            f"{table}.{key['constrained_columns'][0]}"
            for key in inspector.get_foreign_keys(table)
            if key["constrained_columns"][0] not in leading
        ]

    assert slow == []
