"""What people do with groups: make and change them, join and leave, ask, invite and let in, keep order."""

from app.groups.service.admission import (
    Invited,
    accept_invitation,
    answer_request,
    decline_invitation,
    invite,
    take_back_invitation,
)
from app.groups.service.counting import set_publications_count
from app.groups.service.editing import VisibilityHook, change_group, create_group, register_visibility_hook
from app.groups.service.mandatory import make_mandatory, make_voluntary
from app.groups.service.membership import (
    join,
    leave,
    remove_member,
    set_role,
    settle_departure,
    take_back_request,
)

__all__ = [
    "Invited",
    "VisibilityHook",
    "accept_invitation",
    "answer_request",
    "change_group",
    "create_group",
    "decline_invitation",
    "invite",
    "join",
    "leave",
    "make_mandatory",
    "make_voluntary",
    "register_visibility_hook",
    "remove_member",
    "set_publications_count",
    "set_role",
    "settle_departure",
    "take_back_invitation",
    "take_back_request",
]
