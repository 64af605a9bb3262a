"""What the import tests share."""

import os
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest

import config
from app.cli.stackexchange.importer import import_dump
from app.cli.stackexchange.source import open_dump
from tests.features.imports import dumps
from tests.features.imports.snapshots import Site

SITE = "beer.stackexchange.com"

#: Where real input lies for the tests that read it; they are skipped where it does not.
SAMPLE_DATA = Path(os.environ.get("SHOPFLOOR_SAMPLE_DATA", config.ROOT.parent / "shared" / "data"))


@pytest.fixture(scope="session")
def sample():
    """Gives the path of a file of the sample data, or skips the test."""

    def path_of(name: str) -> Path:
        path = SAMPLE_DATA / name
        if not path.exists():
            pytest.skip(f"no sample data at {path}; set SHOPFLOOR_SAMPLE_DATA to the folder that has it")
        return path

    return path_of


@pytest.fixture
def has_time():
    """Skips a test of half a minute, unless this is the full run."""
    if not {"CI", "SHOPFLOOR_SAMPLE_DATA"} & os.environ.keys():
        pytest.skip("takes half a minute; set SHOPFLOOR_SAMPLE_DATA or CI")


@contextmanager
def _quietly(label, length):
    yield SimpleNamespace(update=lambda n_steps: None)


@pytest.fixture
def bring_in(database, tmp_path):
    """Import a hand-made dump of beer.stackexchange.com; gives the report."""
    numbers = count()

    def importing(**tables):
        empty = dict.fromkeys(("Comments", "Votes", "Tags", "PostLinks", "PostHistory", "Badges"), ())
        folder = dumps.write_dump(tmp_path / f"dump-{next(numbers)}", **{**empty, **tables})
        with open_dump(folder, SITE) as dump:
            return import_dump(dump, _quietly, is_indexed=True)

    return importing


@pytest.fixture
def bring_in_path(database):
    """Import a dump that lies in a folder or archive; gives the report."""

    def importing(path, site=None):
        with open_dump(path, site) as dump:
            return import_dump(dump, _quietly, is_indexed=True)

    return importing


@pytest.fixture
def site():
    """Reads what the database holds of beer.stackexchange.com now."""
    return lambda name=SITE: Site(name)
