"""The engine of these tests is the one for the database they run on, so that both pass the same suite."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.core.fulltext.interface import Remove, SearchBackend
from app.core.fulltext.postgres_backend import PostgresBackend
from app.core.fulltext.whoosh_backend import WhooshBackend
from tests.support.search_documents import KINDS


@pytest.fixture
def index_folder(tmp_path: Path) -> Path:
    return tmp_path / "search_index"


if os.environ.get("SHOPFLOOR_TEST_DATABASE") == "postgresql":

    @pytest.fixture
    def backend(flask_app: Flask) -> Iterator[SearchBackend]:
        """An engine with an empty index. Every engine passes the tests that use this."""
        address = flask_app.extensions["shopfloor_config"].database_address
        backend = PostgresBackend(address, KINDS, "search_of_a_test")
        if backend.status().healthy:
            # Takes a tenth of the time of making it anew.
            backend.apply([Remove(kind, id_) for kind, id_, _ in backend.all_ids()])
        else:
            backend.rebuild([])
        yield backend
        backend.close()

else:

    @pytest.fixture
    def backend(index_folder: Path) -> SearchBackend:
        """An engine with an empty index. Every engine passes the tests that use this."""
        backend = WhooshBackend(index_folder, KINDS)
        backend.rebuild([])
        return backend
