"""What tests of badges need."""

import pytest

from app.core import shared
from tests.features.files.conftest import storage

__all__ = ["storage"]


@pytest.fixture(autouse=True)
def _recognition_of_this_test():
    """No test finds recognition switched off by another one, which a process remembers for a while."""
    shared.forget_now()
    yield
    shared.forget_now()
