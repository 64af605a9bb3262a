"""The blueprint that the modules of this package fill."""

from flask import Blueprint

blueprint = Blueprint("accounts", __name__)
