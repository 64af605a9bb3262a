"""Random identities for addresses: they tell neither order nor number."""

from __future__ import annotations

import secrets

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def new_public_id() -> str:
    """Fourteen characters without look-alikes: 81 bits."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(14))
