"""What the import tests share."""

import os
from pathlib import Path

import pytest

import config

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
