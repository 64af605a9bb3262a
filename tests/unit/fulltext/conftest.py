from pathlib import Path

import pytest

from app.core.fulltext.interface import SearchBackend
from app.core.fulltext.whoosh_backend import WhooshBackend
from tests.support.search_documents import KINDS


@pytest.fixture
def index_folder(tmp_path: Path) -> Path:
    return tmp_path / "search_index"


@pytest.fixture
def backend(index_folder: Path) -> SearchBackend:
    """An engine with an empty index. Every engine passes the tests that use this."""
    backend = WhooshBackend(index_folder, KINDS)
    backend.rebuild([])
    return backend
