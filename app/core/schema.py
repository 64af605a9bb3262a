"""The tables of a database that nobody has used yet."""

from __future__ import annotations

from flask.cli import with_appcontext
from flask_migrate import upgrade
from sqlalchemy import inspect

from app.core.db import db


@with_appcontext
def make_if_fresh() -> None:
    """Make the tables in a database that has none, before a command looks into it.

    A database with tables is left as it is: bringing it up to date is `flask db upgrade`, which its keeper decides on.
    Reads the list of tables.
    """
    if not inspect(db.engine).get_table_names():
        upgrade()
