"""What is read about accounts: whom a session or token acts for, one's own settings, the administrators' pages."""

from app.accounts.queries.actors import (
    actor_from,
    people_with_role,
    person_row,
    roles_in,
    session_row,
    token_row,
)
from app.accounts.queries.administration import invited, staff, staff_page
from app.accounts.queries.inviting import inviting
from app.accounts.queries.own import own_profile, preferences, sessions, tokens

__all__ = [
    "actor_from",
    "invited",
    "inviting",
    "own_profile",
    "people_with_role",
    "person_row",
    "preferences",
    "roles_in",
    "session_row",
    "sessions",
    "staff",
    "staff_page",
    "token_row",
    "tokens",
]
