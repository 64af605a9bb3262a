"""Periodic care of the index."""

from __future__ import annotations

import logging

from app.core.background import run_beside
from app.core.fulltext.interface import SearchUnavailable
from app.search import service

log = logging.getLogger(__name__)


def drain() -> None:
    """Apply what a killed process left marked; an index that can't take it is looked at."""
    if not service.drain_if_possible():
        heal()


def heal() -> None:
    """Rebuild a lost or damaged index while everything else goes on."""
    if service.is_broken():
        run_beside("search rebuild", service.rebuild)


def verify() -> None:
    """Compare the index with the database and repair what differs."""
    try:
        drift = service.verify()
    except SearchUnavailable:
        return  # `heal` is at it
    if drift.keys:
        log.warning(
            "search index repaired: %s missing, %s left over, %s outdated",
            len(drift.missing), len(drift.left_over), len(drift.outdated),
        )  # fmt: skip
