"""`flask import …`: what comes from elsewhere."""

from flask.cli import AppGroup

from app.cli.stackexchange.command import stackexchange
from app.cli.staff.command import staff

import_group = AppGroup("import", help="Bring in people and content from elsewhere.")
import_group.add_command(staff)
import_group.add_command(stackexchange)
