"""The data that every page's frame shows: me, unread counters, my groups and topics, priority topics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request

from app.core import shared, web
from app.core.identity import Identity, identity
from app.moderation.policy import moderates_anything
from app.people.schemas import PersonLine, actor_line
from app.reputation.queries import is_recognised
from app.topics.queries import priority
from app.web.mine import mine

#: Groups and topics listed in the left column.
MOST_LISTED = 7
#: Groups the composer offers.
MOST_PLACES = 60

#: Whose page shows which stream.
_STREAMS = {"group": "groups", "topic": "topics", "person": "people"}
#: Entries to which pages of other names belong.
_SECTIONS = {
    "comms": "desk",
    "rules": "desk",
    "badge_desk": "desk",
    "reward_desk": "desk",
    "orders": "rewards",
    "routing_desk": "desk",
    "figures": "desk",
    "routing": "questions",
    "care": "questions",
    "articles": "knowledge",
    "article_history": "knowledge",
    "article_care": "knowledge",
    "organisation": "administration",
}


@dataclass(frozen=True, slots=True)
class Shell:
    """What `layouts/shell.html` asks for."""

    me: PersonLine
    locale: str
    theme: str
    #: IANA name; scripts tell exact moments in it.
    time_zone: str
    #: Whether single letters are shortcuts.
    letter_keys: bool
    #: Whether pictures come only when they are tapped.
    saves_data: bool
    organisation_name: str
    #: Whose network this is, with logo and colour.
    brand: Identity
    nav: str
    unread_notifications: int
    unread_mentions: int
    my_groups: Sequence[Any]
    #: Groups the composer offers.
    writable_groups: Sequence[Any]
    my_topics: Sequence[Any]
    priority_topics: Sequence[Any]
    can_moderate: bool
    #: Texts that wait for the person's decision, if they moderate anything.
    open_reports: int
    can_edit: bool
    can_administer: bool
    #: Whether thanks are offered: recognition may be off where the person works.
    recognised: bool
    #: Whether the page answers a form, at the address the form was sent to.
    refused: bool = False
    #: Loaded by the page itself, beside the feed, as it is no business of the first paint.
    suggested_people: Sequence[PersonLine] = ()


def gather() -> Shell:
    """The frame for the signed-in person. One statement; what all share is read seldom."""
    actor = web.actor()
    brand = identity()
    groups, topics, unread, open_cases = mine(actor, most_groups=MOST_PLACES, most_topics=MOST_LISTED)
    return Shell(
        me=actor_line(actor),
        locale=actor.locale,
        theme=actor.theme,
        organisation_name=brand.name,
        brand=brand,
        time_zone=actor.time_zone,
        letter_keys=actor.letter_keys,
        saves_data=web.saves_data(),
        nav=_nav(),
        unread_notifications=unread.notifications,
        unread_mentions=unread.mentions,
        my_groups=groups[:MOST_LISTED],
        writable_groups=tuple(group for group in groups if group.can_post),
        my_topics=topics,
        priority_topics=shared.recall("priority topics", priority),
        can_moderate=moderates_anything(actor),
        open_reports=open_cases,
        can_edit=actor.is_editor,
        can_administer=actor.is_administrator,
        recognised=is_recognised(actor),
        refused=request.method == "POST",
    )


def _nav() -> str:
    """Which entry of the frame the present page belongs to."""
    blueprint, _dot, view = (request.endpoint or "").partition(".")
    section = _STREAMS.get(view, "") if blueprint == "streams" else blueprint
    handle = (request.view_args or {}).get("handle")
    if section == "groups" and handle:
        return f"group:{handle}"
    if section == "people" and handle == web.actor().handle:
        return "me"
    return _SECTIONS.get(section, section)
