"""Who may see and do what with content: the one rule, as Python for one row and as SQL for many.

Seen is: published, or hidden and one's own; and open to the company, or in a group one is a member of. A comment is
seen when its publication is seen as well. Deleted is seen by nobody. A matrix test asserts that both forms agree.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, or_, select
from sqlalchemy.orm import aliased

from app.content.models import (
    ANSWER,
    ARTICLE,
    COMMENT,
    COMPANY,
    DELETED,
    HIDDEN,
    PUBLISHED,
    QUESTION,
    ContentItem,
)  # fmt: skip
from app.content.schemas import kinds
from app.core.actor import MANAGER, Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.prepared import among
from app.people.queries import shops_below

#: What the rule asks of a row: a `ContentItem`, or a plain row with its author, state, audience and group.
Judged = ContentItem | Row[Any]

#: A thread's publication, joined to a comment.
Root = aliased(ContentItem, name="root")


def actor_values(actor: Actor) -> dict[str, Any]:
    """The values that `visible_to` needs bound."""
    return {"actor_id": actor.person_id, "actor_groups": list(actor.group_ids)}


def visible_to(item: Any = ContentItem) -> ColumnElement[bool]:
    """The SQL rule for a publication (or a comment's own part of it); bind `actor_values`.

    For comments use `comment_visible_to`, which asks the publication too.
    """
    return and_(
        or_(item.state == PUBLISHED, and_(item.state == HIDDEN, item.author_id == bindparam("actor_id"))),
        or_(item.audience == COMPANY, among(item.group_id, "actor_groups")),
    )


def comment_visible_to() -> ColumnElement[bool]:
    """The SQL rule for any row of `ContentItem` outer-joined to `Root` by `join_root`; bind `actor_values`."""
    return and_(visible_to(ContentItem), or_(ContentItem.root_id.is_(None), visible_to(Root)))


def join_root(statement: Any) -> Any:
    """Outer-join the publication of each comment as `Root`."""
    return statement.outerjoin(Root, Root.id == ContentItem.root_id)


def can_see(actor: Actor, item: Judged, root: Judged | None = None) -> bool:
    """Whether the person may see the row; `root` is the publication of a comment. No SQL."""
    if root is not None and not can_see(actor, root):
        return False
    if item.state != PUBLISHED and not (item.state == HIDDEN and item.author_id == actor.person_id):
        return False
    return item.audience == COMPANY or item.group_id in actor.group_ids


def can_moderate(actor: Actor, item: Judged) -> bool:
    """Whether the person may hide and restore it: company moderators in what all see, group moderators in theirs."""
    if item.group_id is not None and item.group_id in actor.moderated_group_ids:
        return True
    return actor.is_moderator and (item.audience == COMPANY or item.group_id in actor.group_ids)


def can_edit(actor: Actor, item: ContentItem) -> bool:
    """Authors edit their own published text; some kinds say otherwise, at the cost of what they ask."""
    kind = kinds().get(item.kind)
    if kind is not None and kind.may_edit is not None:
        return item.state == PUBLISHED and kind.may_edit(actor, item)
    return item.author_id == actor.person_id and item.state == PUBLISHED


def can_delete(actor: Actor, item: ContentItem) -> bool:
    """Authors take back their own, also what a moderator hid; some kinds say otherwise."""
    kind = kinds().get(item.kind)
    if kind is not None and kind.may_delete is not None:
        return item.state in (PUBLISHED, HIDDEN) and kind.may_delete(actor, item)
    return item.author_id == actor.person_id and item.state in (PUBLISHED, HIDDEN)


def can_pin(actor: Actor, item: ContentItem) -> bool:
    """Who keeps the place pins in it: group moderators, oneself on one's own page, a manager in the shops below them.

    Editors do everywhere but in groups and on the pages of people. A manager on a shop's page costs one statement.
    """
    if item.root_id is not None or item.state != PUBLISHED:
        return False
    if item.place_kind == "group":
        return item.group_id in actor.moderated_group_ids
    if item.place_kind == "person":
        return item.person_id == actor.person_id
    return actor.is_editor or _keeps_shop(actor, item.shop_id)


def _keeps_shop(actor: Actor, shop_id: int | None) -> bool:
    return shop_id is not None and actor.has(MANAGER) and shop_id in shops_below(actor.person_id)


_earned: list[Callable[[Actor], bool]] = []


def register_topics_right(earned: Callable[[Actor], bool]) -> None:
    """Let a feature above say who else may give topics to what others published. Again changes nothing."""
    if earned not in _earned:
        _earned.append(earned)


def can_add_topics(actor: Actor, item: ContentItem) -> bool:
    """The author, editors, moderators of the place, managers, and who has earned it give topics to a publication.

    No SQL for all but the last.
    """
    if item.root_id is not None or item.state != PUBLISHED:
        return False
    return (
        item.author_id == actor.person_id
        or actor.is_editor
        or actor.has(MANAGER)
        or can_moderate(actor, item)
        or any(earned(actor) for earned in _earned)
    )


_thanks: list[Callable[[Actor], bool]] = []


def register_thanks_right(may_thank: Callable[[Actor], bool]) -> None:
    """Let a feature above say who may thank for what others wrote; without one nobody does. Again changes nothing."""
    if may_thank not in _thanks:
        _thanks.append(may_thank)


def can_thank(actor: Actor, item: ContentItem) -> bool:
    """Whether to offer thanks for something that the whole company reads."""
    return (
        can_report(actor, item)
        and item.audience == COMPANY
        and any(may_thank(actor) for may_thank in _thanks)
    )


_confirming: list[Callable[[Actor], bool]] = []


def register_confirm_right(earned: Callable[[Actor], bool]) -> None:
    """Let a feature above say who has earned to confirm answers to others' questions. Again changes nothing."""
    if earned not in _confirming:
        _confirming.append(earned)


_confirmers: list[Callable[[Actor, ContentItem, ContentItem], bool]] = []


def register_confirmers(may: Callable[[Actor, ContentItem, ContentItem], bool]) -> None:
    """Let a feature above say who else may confirm this answer to this question. Again changes nothing."""
    if may not in _confirmers:
        _confirmers.append(may)


def can_confirm(actor: Actor, answer: ContentItem, question: ContentItem) -> bool:
    """Whether the person may confirm an answer that the asker has not judged: never their own, nor to themselves.

    Or an article that others wrote, which is given as both. No SQL but for who is asked whether they have earned it.
    """
    if answer.kind not in (ANSWER, ARTICLE) or answer.state != PUBLISHED or question.state != PUBLISHED:
        return False
    if actor.person_id in (answer.author_id, question.author_id):
        return False
    return any(earned(actor) for earned in _confirming) or any(
        may(actor, answer, question) for may in _confirmers
    )


def can_accept(actor: Actor, question: ContentItem) -> bool:
    """The asker accepts an answer; an editor may do it for them."""
    return question.kind == QUESTION and (question.author_id == actor.person_id or actor.is_editor)


def can_report(actor: Actor, item: ContentItem) -> bool:
    """Anyone reports what others published."""
    return item.author_id != actor.person_id and item.state == PUBLISHED


def can_open(actor: Actor, item: Judged, root: Judged) -> bool:
    """Whether the person may read the row: they see it, or it is hidden and they moderate the place. No SQL.

    `root` is its publication, or the row itself.
    """
    if can_see(actor, item, root if root is not item else None):
        return True
    states = (item.state, root.state)
    return HIDDEN in states and DELETED not in states and can_moderate(actor, item)


def may_read(actor: Actor, content_id: int) -> bool:
    """`can_open` for an id, as files of content ask it. One or two SELECTs."""
    item = db.session.get(ContentItem, content_id)
    if item is None:
        return False
    root = item if item.root_id is None else db.session.get_one(ContentItem, item.root_id)
    return can_open(actor, item, root)


def find_item(public_id: str, *, lock: bool = False) -> tuple[ContentItem, ContentItem]:
    """The row and its publication (the same row for a publication), whoever asks: decide before showing anything.

    Raises `NotFound`. One or two SELECTs; `lock` takes row locks on PostgreSQL, the publication's first, so that two
    threads of work never wait for each other.
    """
    item = db.session.scalars(select(ContentItem).where(ContentItem.public_id == public_id)).first()
    if item is None:
        raise NotFound
    root = item if item.root_id is None else db.session.get_one(ContentItem, item.root_id)
    if lock:
        db.session.refresh(root, with_for_update=True)
        if item is not root:
            db.session.refresh(item, with_for_update=True)
    return item, root


def access_item(actor: Actor, public_id: str, *, lock: bool = False) -> tuple[ContentItem, ContentItem]:
    """`find_item`, if the person may see the row, or may moderate it.

    Raises `NotFound` for missing and for unseen alike. Costs and locks what `find_item` does.
    """
    item, root = find_item(public_id, lock=lock)
    if not can_open(actor, item, root):
        raise NotFound
    return item, root


def access_publication(actor: Actor, public_id: str, *, lock: bool = False) -> ContentItem:
    """The publication, if the person may see or moderate it. Raises `NotFound`, for comments too."""
    item, _ = access_item(actor, public_id, lock=lock)
    if item.kind in (COMMENT, ANSWER):
        raise NotFound
    return item


def root_public_id(item: ContentItem) -> str:
    """The address of the publication a comment belongs to. At most one SELECT."""
    if item.root_id is None:
        return item.public_id
    return db.session.get_one(ContentItem, item.root_id).public_id
