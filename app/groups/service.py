"""What people do with groups."""

from __future__ import annotations

from collections.abc import Callable

#: Called with (group id, visibility) inside the unit of work that changes a group's visibility.
VisibilityHook = Callable[[int, str], None]

_visibility_hooks: list[VisibilityHook] = []


def register_visibility_hook(hook: VisibilityHook) -> None:
    """Have `hook` called in the same transaction whenever a group is opened, closed or made secret.

    For what repeats the visibility on its own rows and may not lag behind by a moment: the audience of content.
    """
    if hook not in _visibility_hooks:
        _visibility_hooks.append(hook)
