"""Tables of credentials, sessions, tokens, role grants, preferences, and who has come by whose invitation."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, String, true
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Identity, Model, Moment


class Credential(Model):
    """A person's password."""

    __tablename__ = "credentials"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    #: Argon2id, with its parameters.
    password_hash: Mapped[str] = mapped_column(String(200))
    changed_at: Mapped[int] = mapped_column(Moment)
    #: Whether the person must choose a new one on the next sign-in.
    must_change: Mapped[bool] = mapped_column(default=False)


class RoleGrant(Model):
    """A role beyond employee."""

    __tablename__ = "role_grants"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(String(20), primary_key=True)
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    granted_at: Mapped[int] = mapped_column(Moment)

    __table_args__ = (
        CheckConstraint("role IN ('manager', 'editor', 'moderator', 'administrator')", name="role"),
    )


class Session(Model):
    """One signed-in browser."""

    __tablename__ = "sessions"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    #: SHA-256 of the cookie's 128-bit token.
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    created_at: Mapped[int] = mapped_column(Moment)
    #: Last visit, written at most every five minutes.
    seen_at: Mapped[int] = mapped_column(Moment)
    #: The end in any case.
    expires_at: Mapped[int] = mapped_column(Moment)
    ended_at: Mapped[int | None] = mapped_column(Moment)
    #: What the browser calls itself, for the session list.
    user_agent: Mapped[str] = mapped_column(String(240), default="")
    address: Mapped[str] = mapped_column(String(64), default="")

    __table_args__ = (Index(None, "person_id", "ended_at"),)


class ApiToken(Model):
    """A bearer token that acts for a person."""

    __tablename__ = "api_tokens"
    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    #: What the person calls it.
    name: Mapped[str] = mapped_column(String(120))
    #: SHA-256 of the token.
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    #: First characters, so that the person can tell tokens apart.
    hint: Mapped[str] = mapped_column(String(12))
    created_at: Mapped[int] = mapped_column(Moment)
    last_used_at: Mapped[int | None] = mapped_column(Moment)
    ended_at: Mapped[int | None] = mapped_column(Moment)


class Preference(Model):
    """What a person has set for themselves; a missing row means the defaults."""

    __tablename__ = "preferences"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    locale: Mapped[str | None] = mapped_column(String(8))
    #: "auto", "light" or "dark".
    theme: Mapped[str] = mapped_column(String(8), default="auto")
    #: IANA name; NULL means the shop's.
    time_zone: Mapped[str | None] = mapped_column(String(60))
    #: "activity" or "useful".
    feed_order: Mapped[str] = mapped_column(String(12), default="activity")
    #: Whether single letters do something when one is not typing (WCAG 2.1.4).
    letter_keys: Mapped[bool] = mapped_column(Boolean, default=True, server_default=true())
    #: "auto" (as the device asks), "always" or "tapped": whether pictures come by themselves.
    pictures: Mapped[str] = mapped_column(String(8), default="auto", server_default="auto")


class Arrival(Model):
    """When somebody first signed in, and by whose invitation; before that, who has invited them."""

    __tablename__ = "arrivals"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    #: NULL for somebody who was invited and has not been here yet.
    arrived_at: Mapped[int | None] = mapped_column(Moment)
    #: Who invited them; once they are here, only if the invitation still counted.
    invited_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    invited_at: Mapped[int | None] = mapped_column(Moment)
    #: First steps that are left, the next one first ("photo interests"); NULL when they were taken or put away.
    welcome: Mapped[str | None] = mapped_column(String(40))

    __table_args__ = (
        CheckConstraint("(invited_by IS NULL) = (invited_at IS NULL)", name="invited_at_a_moment"),
        CheckConstraint("invited_by <> person_id", name="by_another"),
    )
