"""The test client: a browser without a screen that keeps requests apart, as a server does."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core.db import db


class Client(FlaskClient):
    """Opens every request in an application context of its own, so that no request sees another's session or `g`."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Make a request. Rows the test holds are read again afterwards, for the request may have changed them."""
        db.session.rollback()
        with self.application.app_context():
            return super().open(*args, **kwargs)
