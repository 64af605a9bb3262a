"""One item's page of trust, the comparison of two of its versions, and what forms choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.content.models import ContentItem, Revision
from app.content.policy import can_accept, can_confirm
from app.content.queries.accepted import accepted_answers
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.lib.compare import AROUND, Stretch, compare
from app.people.models import Person, Position, Region
from app.people.queries import lines
from app.people.schemas import PersonLine
from app.trust import policy
from app.trust.models import OFFICIAL, ContentTrust
from app.trust.queries.marks import confirmations_needed, confirmers, marks, trust_row
from app.trust.schemas import TrustMark, TrustPage, Where


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """What a text said and what it says now."""

    public_id: str
    address: str
    author: PersonLine
    excerpt: str
    title: tuple[Stretch, ...]
    body: tuple[Stretch, ...]
    older_at: int
    newer_at: int
    #: Whether the versions differ at all.
    differs: bool
    #: Whether it is official still.
    official: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """What limits can be chosen from: pairs (id, name)."""

    regions: tuple[tuple[int, str], ...]
    positions: tuple[tuple[int, str], ...]


def access(actor: Actor, public_id: str) -> tuple[ContentItem, ContentItem]:
    """The item and its publication, if the reader may see it and it can be trusted. Raises `NotFound`."""
    item, root = policy.access_item(actor, public_id)
    if not policy.can_trust(item):
        raise NotFound
    return item, root


def trust_page(actor: Actor, public_id: str) -> TrustPage:
    """What is known of an item's trust, and what the reader may do. At most ten statements. Raises `NotFound`."""
    item, root = access(actor, public_id)
    row = trust_row(item.id)
    accepted = item is not root and accepted_answers([root.id]).get(root.id) == item.id
    mark = marks([item.id]).get(item.id) if row is not None else None
    shown = mark or TrustMark(item.id, "opinion", "", item.published_at)
    by = confirmers(item.id)
    concerned = [item.author_id, *by, *(_named(row))]
    people = lines(concerned)
    return TrustPage(
        public_id=item.public_id,
        address=address_of(item, root),
        kind=item.kind,
        author=people[item.author_id],
        excerpt=item.title or item.excerpt,
        mark=shown,
        state=shown.state(accepted=accepted),
        verdict=shown.limits.judge(Where.of(actor)),
        official_at=row.official_at if row is not None else None,
        official_by=people.get(row.official_by or 0) if row is not None else None,
        owner=people.get(row.owner_id or 0) if row is not None else None,
        confirmed_by=tuple(people[each] for each in by if each in people),
        needed=confirmations_needed(),
        because=_because(actor, row),
        actions=_actions(actor, item, root, row, accepted=accepted, confirmed=actor.person_id in by),
    )


def _named(row: ContentTrust | None) -> list[int]:
    return [each for each in (row.official_by, row.owner_id) if each] if row is not None else []


def _because(actor: Actor, row: ContentTrust | None) -> tuple[str, str] | None:
    """What has changed, if the reader may see it. At most two statements."""
    if row is None or row.because_id is None:
        return None
    item = db.session.get(ContentItem, row.because_id)
    if item is None:
        return None
    root = item if item.root_id is None else db.session.get_one(ContentItem, item.root_id)
    if not policy.can_open(actor, item, root):
        return None
    return address_of(item, root), item.title or item.excerpt


def _actions(
    actor: Actor,
    item: ContentItem,
    root: ContentItem,
    row: ContentTrust | None,
    *,
    accepted: bool,
    confirmed: bool,
) -> tuple[str, ...]:
    official = row is not None and OFFICIAL in (row.state, row.was)
    owns = policy.can_make_official(actor, item, root)
    by_right = not can_accept(actor, root) and can_confirm(actor, item, root)
    rules = {
        "check": policy.can_check(actor, item, root, row),
        "extend": policy.can_extend(actor, item, root, row),
        "official": owns and not official,
        "withdraw": owns and official,
        "confirm": by_right and not confirmed and not official and not accepted,
        "unconfirm": confirmed and not official,
        "limits": policy.can_limit(actor, item, root, row),
    }
    return tuple(name for name, allowed in rules.items() if allowed)


def address_of(item: ContentItem, root: ContentItem) -> str:
    """Where an item stands."""
    return f"/p/{root.public_id}" + ("" if item is root else f"#c-{item.public_id}")


def comparison(actor: Actor, public_id: str, older: int) -> ComparisonPage:
    """The version `older` of a text beside the present one, shortened to what changed. Five statements.

    Raises `NotFound` for what the reader may not see and for a version that there is not.
    """
    item, root = access(actor, public_id)
    row = trust_row(item.id)
    before = db.session.scalars(
        select(Revision).where(Revision.content_id == item.id, Revision.number == older)
    ).first()
    if before is None and older != item.revision:
        raise NotFound
    old_title = before.title if before is not None else item.title
    old_body = before.body_source if before is not None else item.body_source
    title, body = compare(old_title, item.title), compare(old_body, item.body_source, around=AROUND)
    return ComparisonPage(
        public_id=item.public_id,
        address=address_of(item, root),
        author=lines([item.author_id])[item.author_id],
        excerpt=item.title or item.excerpt,
        title=title if old_title != item.title else (),
        body=body,
        older_at=before.edited_at if before is not None else item.published_at,
        newer_at=item.edited_at or item.published_at,
        differs=(old_title, old_body) != (item.title, item.body_source),
        official=row is not None and OFFICIAL in (row.state, row.was),
    )


def choices() -> Choices:
    """Regions and the positions that somebody has. Two statements."""
    regions = db.session.execute(select(Region.id, Region.name).order_by(Region.name)).all()
    held = select(Person.position_id).where(Person.state == "active", Person.position_id.is_not(None))
    positions = db.session.execute(
        select(Position.id, Position.name).where(Position.id.in_(held)).order_by(Position.name)
    ).all()
    return Choices(_pairs(regions), _pairs(positions))


def _pairs(rows: Sequence[object]) -> tuple[tuple[int, str], ...]:
    return tuple((row.id, row.name) for row in rows)  # type: ignore[attr-defined]
