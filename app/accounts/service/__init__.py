"""Use cases of accounts: signing in, sessions, tokens, passwords, roles, leaving, preferences."""

from app.accounts.service.erasing import erase, erase_for
from app.accounts.service.inviting import arrive, invite
from app.accounts.service.leaving import come_back, end_access, leave, reset_password, sign_out_everywhere
from app.accounts.service.passwords import (
    Checked,
    change_password,
    check_new_password,
    check_password,
    choose_password,
    confirm,
    hash_password,
    set_one_time_password,
    verify,
)
from app.accounts.service.preferences import keep_first_locale, save_preferences, set_feed_order, set_locale
from app.accounts.service.roles import grant, grant_role, revoke, revoke_role
from app.accounts.service.sessions import (
    actor_for_person,
    actor_for_session,
    end_all_sessions,
    end_expired_sessions,
    end_own_session,
    end_session,
    forget_old_sessions,
    open_session,
    person_of_dead_session,
    rules,
    use_rules,
)
from app.accounts.service.signing_in import sign_in, sign_in_anew
from app.accounts.service.tokens import actor_for_token, create_token, end_all_tokens, end_token
from app.accounts.service.welcoming import put_welcome_away, skip_step, take_step

__all__ = [
    "Checked",
    "actor_for_person",
    "actor_for_session",
    "actor_for_token",
    "arrive",
    "change_password",
    "check_new_password",
    "check_password",
    "choose_password",
    "come_back",
    "confirm",
    "create_token",
    "end_access",
    "end_all_sessions",
    "end_all_tokens",
    "end_expired_sessions",
    "end_own_session",
    "end_session",
    "end_token",
    "erase",
    "erase_for",
    "forget_old_sessions",
    "grant",
    "grant_role",
    "hash_password",
    "invite",
    "keep_first_locale",
    "leave",
    "open_session",
    "person_of_dead_session",
    "put_welcome_away",
    "reset_password",
    "revoke",
    "revoke_role",
    "rules",
    "save_preferences",
    "set_feed_order",
    "set_locale",
    "set_one_time_password",
    "sign_in",
    "sign_in_anew",
    "sign_out_everywhere",
    "skip_step",
    "take_step",
    "use_rules",
    "verify",
]
