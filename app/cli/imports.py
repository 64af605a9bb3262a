"""`flask import …`: what comes from elsewhere."""

from flask.cli import AppGroup

from app.cli.stackexchange.command import stackexchange
from app.cli.staff.command import staff
from app.core.schema import make_if_fresh

import_group = AppGroup("import", callback=make_if_fresh, help="Bring in people and content from elsewhere.")
import_group.add_command(staff)
import_group.add_command(stackexchange)
