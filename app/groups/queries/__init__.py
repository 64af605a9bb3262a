"""What is read about groups: one function per page or fragment."""

from app.groups.queries.directory import directory, mine, of_person
from app.groups.queries.head import card, head, register_tab
from app.groups.queries.members import members, near

__all__ = ["card", "directory", "head", "members", "mine", "near", "of_person", "register_tab"]
