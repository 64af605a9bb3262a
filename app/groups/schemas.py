"""What views, templates and other features are given of groups."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote


def group_path(handle: str) -> str:
    """The path of a group's page."""
    return "/groups/" + quote(handle, safe="")


@dataclass(frozen=True)
class GroupTab:
    """A tab of a group's page."""

    name: str
    #: The word shown, a lazy translation.
    label: object
    url: str
    count: int | None = None
