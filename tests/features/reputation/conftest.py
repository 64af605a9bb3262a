"""What tests of reputation need."""

import pytest

from app.core import shared


@pytest.fixture(autouse=True)
def _levels_of_this_test():
    """No test finds the levels and rights that another one has set and a process remembers for a while."""
    shared.forget_now()
    yield
    shared.forget_now()
