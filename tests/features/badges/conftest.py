"""What tests of badges need."""

from tests.features.files.conftest import storage

__all__ = ["storage"]
