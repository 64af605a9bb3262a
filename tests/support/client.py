"""The test client: a browser without a screen that keeps requests apart, as a server does."""

from __future__ import annotations

import secrets
from typing import Any, Self

from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from app.accounts.service.sessions import open_session
from app.core.db import db
from app.people.models import Person

UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
SESSION_COOKIE = "session_token"


class Client(FlaskClient):
    """Sends the CSRF token with every unsafe request, as the product's pages do.

    Each request runs in an application context of its own, so that none sees another's database session or `g`.
    """

    def open(self, *args: Any, csrf: bool = True, **kwargs: Any) -> TestResponse:
        """Make a request, with `csrf=False` one that a foreign page could make.

        Rows the test holds are read again afterwards, for the request may have changed them.
        """
        db.session.rollback()
        if csrf and kwargs.get("method") in UNSAFE:
            kwargs["headers"] = {"X-CSRFToken": self.csrf_token(), **dict(kwargs.get("headers") or {})}
        with self.application.app_context():
            return super().open(*args, **kwargs)

    def sign_in(self, person: Person) -> Self:
        """Become `person`, with a session of their own."""
        token = open_session(person.id, "A browser in a test", "127.0.0.1")
        self.set_cookie(SESSION_COOKIE, token)
        return self

    def csrf_token(self) -> str:
        """A token that fits this client's cookie."""
        with self.session_transaction() as session:
            raw = session.setdefault("csrf_token", secrets.token_hex(20))
        signer = URLSafeTimedSerializer(str(self.application.secret_key), salt="wtf-csrf-token")
        return str(signer.dumps(raw))
