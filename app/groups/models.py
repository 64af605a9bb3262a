"""Tables of groups, members, and requests to join."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Identity, Model, Moment

OPEN = "open"
CLOSED = "closed"
SECRET = "secret"  # noqa: S105 - a visibility, no password

MEMBER = "member"
MODERATOR = "moderator"
OWNER = "owner"
ROLES = (MEMBER, MODERATOR, OWNER)

#: Who may publish.
MEMBERS = "members"
MODERATORS = "moderators"

REQUEST = "request"
INVITATION = "invitation"


class Group(Model):
    """A group of people who write to each other."""

    __tablename__ = "groups"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    #: How it is mentioned and addressed; also in `handles`.
    handle: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    #: `name` folded, for sorting and completion.
    sort_name: Mapped[str] = mapped_column(String(160), index=True)
    description: Mapped[str] = mapped_column(Text, default="")
    visibility: Mapped[str] = mapped_column(String(12), default=OPEN)
    #: Who may publish here: "members" or "moderators".
    who_posts: Mapped[str] = mapped_column(String(12), default="members")
    colour: Mapped[int] = mapped_column(default=0)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    created_at: Mapped[int] = mapped_column(Moment)
    members_count: Mapped[int] = mapped_column(default=0)
    publications_count: Mapped[int] = mapped_column(default=0)
    #: Raised when anything that cards show of the group changes.
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        CheckConstraint("visibility IN ('open', 'closed', 'secret')", name="visibility"),
        CheckConstraint("who_posts IN ('members', 'moderators')", name="who_posts"),
    )


class GroupMember(Model):
    """A person's membership."""

    __tablename__ = "group_members"
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    #: "member", "moderator" or "owner".
    role: Mapped[str] = mapped_column(String(12), default="member")
    #: Made by a mandatory subscription: the person can't leave.
    mandatory: Mapped[bool] = mapped_column(default=False)
    joined_at: Mapped[int] = mapped_column(Moment)

    __table_args__ = (
        CheckConstraint("role IN ('member', 'moderator', 'owner')", name="role"),
        Index(None, "person_id", "group_id"),
    )


class GroupRequest(Model):
    """A person asks to join, or is invited."""

    __tablename__ = "group_requests"
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    #: "request" (the person asked) or "invitation".
    kind: Mapped[str] = mapped_column(String(12))
    invited_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    created_at: Mapped[int] = mapped_column(Moment)

    __table_args__ = (CheckConstraint("kind IN ('request', 'invitation')", name="kind"),)
