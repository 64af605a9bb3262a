"""A program that acts for a person."""

import re

import pytest

from app.accounts.service.tokens import create_token
from app.core.fulltext.engine import engine, use_engine
from app.core.fulltext.whoosh_backend import WhooshBackend
from app.search import service as search
from app.search.schemas import KINDS
from tests.features.api.json_schema import mismatches


class Program:
    """Sends requests with a person's token, and holds every answer against the published description."""

    def __init__(self, client, description, person):
        self._client = client
        self._description = description
        self.token = create_token(person.id, "A test", by=person.id)

    def get(self, path, **kwargs):
        """GET `path` below /api/v1."""
        return self.send("GET", path, **kwargs)

    def post(self, path, json=None, **kwargs):
        """POST `json` to `path` below /api/v1."""
        return self.send("POST", path, json=json, **kwargs)

    def send(self, method, path, *, headers=(), **kwargs):
        """Make a request; fails when its answer is none the description promises."""
        headers = {"Authorization": f"Bearer {self.token}", **dict(headers)}
        response = self._client.open(f"/api/v1{path}", method=method, headers=headers, csrf=False, **kwargs)
        self._hold_against_description(response, method, path)
        return response

    def _hold_against_description(self, response, method, path):
        promised = self._operation(method, path)["responses"].get(str(response.status_code))
        assert promised is not None, f"{method} {path} answered {response.status_code}: {response.text}"
        content = promised.get("content", {})
        if response.status_code == 204:
            assert (content, response.data) == ({}, b"")
        elif "*/*" not in content:
            schema = content[response.mimetype]["schema"]
            assert mismatches(response.get_json(), schema, self._description) == []

    def _operation(self, method, path):
        address = "/api/v1" + path.partition("?")[0]
        fits = [
            operations
            for template, operations in self._description["paths"].items()
            if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), address) and method.lower() in operations
        ]
        assert fits, f"{method} {address} is not described"
        return fits[0][method.lower()]


@pytest.fixture
def description(client):
    """The published OpenAPI description."""
    return client.get("/api/v1/openapi.json").get_json()


@pytest.fixture
def program(new_client, description):
    """Makes the program of a person: `program(person).get("/feed")`."""
    return lambda person: Program(new_client(), description, person)


@pytest.fixture
def index(database, tmp_path):
    """A search index of the test's own, kept up by listeners from now on."""
    before = engine()
    use_engine(WhooshBackend(tmp_path / "search_index", KINDS))
    search.rebuild()
    yield
    use_engine(before)
