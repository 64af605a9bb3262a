"""Runs migrations inside the application's own engine and habits."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from app.core.db import WRITES

database = current_app.extensions["migrate"].db
arguments = dict(current_app.extensions["migrate"].configure_args)


def run(connection: Connection) -> None:
    """Upgrade or downgrade in one transaction."""
    context.configure(connection=connection, target_metadata=database.metadata, **arguments)
    with context.begin_transaction():
        context.run_migrations()


def main() -> None:
    """Open a writing connection. SQLite rebuilds tables, so foreign keys rest meanwhile and are checked at the end."""
    engine = database.engine
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        if engine.dialect.name == "sqlite":
            raw = connection.connection.dbapi_connection
            raw.execute("PRAGMA foreign_keys=OFF")
            run(connection)
            connection.commit()
            broken = raw.execute("PRAGMA foreign_key_check").fetchall()
            raw.execute("PRAGMA foreign_keys=ON")
            if broken:
                raise RuntimeError(f"the migration left dangling references: {broken[:5]}")
        else:
            connection.exec_driver_sql("SET lock_timeout = '5s'")
            run(connection)
            connection.commit()


main()
