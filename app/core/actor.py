"""Who acts: a frozen value made once per request, token or socket, and handed down to every use case.

It holds what permission rules ask for, so that deciding needs no SQL.
"""

from __future__ import annotations

from dataclasses import dataclass, field

EMPLOYEE = "employee"
MANAGER = "manager"
EDITOR = "editor"
MODERATOR = "moderator"
ADMINISTRATOR = "administrator"
#: The roles that are granted; every active person is an employee without a grant.
GRANTED_ROLES = (MANAGER, EDITOR, MODERATOR, ADMINISTRATOR)


@dataclass(frozen=True)
class Actor:
    """A signed-in person and what their rights depend on."""

    person_id: int
    handle: str
    name: str
    roles: frozenset[str] = frozenset()
    shop_id: int | None = None
    region_id: int | None = None
    department_id: int | None = None
    position_id: int | None = None
    #: Of the person's shop: its format, and the time zone in which its days begin; the company's for who has none.
    shop_format: str | None = None
    shop_time_zone: str = "Europe/Moscow"
    #: Groups the person is a member of.
    group_ids: tuple[int, ...] = ()
    #: Groups the person moderates or owns.
    moderated_group_ids: frozenset[int] = field(default_factory=frozenset)
    locale: str = "ru"
    time_zone: str = "Europe/Moscow"
    #: The server-side session, or None for a token or a command.
    session_id: int | None = None
    #: The API token, or None.
    token_id: int | None = None
    colour: int = 0
    photo_key: str | None = None
    theme: str = "auto"
    feed_order: str = "activity"
    #: "first" for who has to agree before anything else, "anew" for who agreed to an earlier text, or nothing.
    consent: str = ""
    #: First steps that are left, the next one first.
    welcome: tuple[str, ...] = ()
    letter_keys: bool = True
    #: Whether pictures come by themselves: "auto" (as the device asks), "always" or "tapped".
    pictures: str = "auto"

    def has(self, role: str) -> bool:
        """Whether the role was granted."""
        return role in self.roles

    @property
    def is_editor(self) -> bool:
        """Internal comms, or an administrator."""
        return EDITOR in self.roles or ADMINISTRATOR in self.roles

    @property
    def is_moderator(self) -> bool:
        """A company moderator, or an administrator."""
        return MODERATOR in self.roles or ADMINISTRATOR in self.roles

    @property
    def is_administrator(self) -> bool:
        return ADMINISTRATOR in self.roles
