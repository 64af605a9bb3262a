"""One item's page of trust, the comparison of two of its versions, and what forms choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy import bindparam, literal, or_, select, union_all

from app.content.models import ContentItem, Revision
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.prepared import Prepared, among
from app.lib.comparing import Comparison, compare
from app.lib.text import excerpt
from app.people.models import ACTIVE, Person, Position, Region
from app.people.queries import LINE, joined, line, lines
from app.people.schemas import PersonLine
from app.trust import policy
from app.trust.models import OFFICIAL, ContentConfirmation, ContentTrust
from app.trust.queries.marks import confirmations_needed, confirmers, is_shown, marks, trust_row
from app.trust.queries.versions import files_changed_since
from app.trust.schemas import TrustMark, TrustPage, Where, versions


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """What a text said and what it says now."""

    public_id: str
    address: str
    kind: str
    author: PersonLine
    excerpt: str
    title: Comparison
    body: Comparison
    older_at: int
    newer_at: int
    #: Whether it is official still.
    official: bool
    #: What it is to be called now: "opinion", "confirmed", "official" or "check".
    state: str
    #: The revision of the item that is the present one.
    revision: int
    #: That of the question that it answers; None of an article.
    question_revision: int | None
    #: Of the comparison of a question, the answer that is to be checked; else None.
    answer: Markup | None
    #: Whether photos or files came or went since.
    files_changed: bool
    #: How far it may be trusted now, or None.
    mark: TrustMark | None
    #: Of what was rewritten: what the reader may say of it, as on its page of trust.
    actions: tuple[str, ...]

    @property
    def versions(self) -> Mapping[str, int]:
        """The versions that whoever vouches here has read, as forms send them."""
        return versions(self.revision, self.question_revision)


@dataclass(frozen=True, slots=True)
class Choices:
    """What limits can be chosen from: pairs (id, name)."""

    regions: tuple[tuple[int, str], ...]
    positions: tuple[tuple[int, str], ...]


#: The people named, and those who confirm an item, who come first to last.
_PEOPLE = Prepared(
    joined(
        select(*LINE, ContentConfirmation.confirmed_at, ContentConfirmation.revision)
        .select_from(Person)
        .outerjoin(
            ContentConfirmation,
            (ContentConfirmation.person_id == Person.id)
            & (ContentConfirmation.content_id == bindparam("content_id")),
        )
    )
    .where(or_(among(Person.id, "ids"), ContentConfirmation.confirmed_at.is_not(None)))
    .order_by(ContentConfirmation.confirmed_at, Person.id)
)


def access(actor: Actor, public_id: str) -> tuple[ContentItem, ContentItem]:
    """The item and its publication, if the reader may see it and it can be trusted. Raises `NotFound`."""
    item, root = policy.access_item(actor, public_id)
    if not policy.can_trust(item):
        raise NotFound
    return item, root


def trust_page(actor: Actor, public_id: str) -> TrustPage:
    """What is known of an item's trust, and what the reader may do. Raises `NotFound`.

    Seven statements, and what features above ask who say who owns topics and who may confirm.
    """
    item, root = access(actor, public_id)
    row = trust_row(item.id)
    accepted = is_shown(item, root)
    mark = marks([item.id]).get(item.id) if row is not None else None
    shown = mark or _nothing(item)
    rows = _PEOPLE.all(ids=[item.author_id, *_named(row)], content_id=item.id)
    people = {each.id: line(each) for each in rows}
    text_from = row.text_from if row is not None else 1
    by = [each.id for each in rows if each.confirmed_at is not None and each.revision >= text_from]
    earlier = [each.id for each in rows if each.confirmed_at is not None and each.revision < text_from]
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
        confirmed_by=tuple(people[each] for each in by),
        confirmed_before=tuple(people[each] for each in earlier),
        changed_from=row.changed_from if row is not None else None,
        of_question=row is not None and row.changed_from is not None and row.because_id is not None,
        revision=item.revision,
        question_revision=root.revision if item is not root else None,
        needed=confirmations_needed(),
        because=_because(actor, row),
        actions=_actions(actor, item, root, row, accepted, _said(actor, by, earlier)),
    )


def _nothing(item: ContentItem) -> TrustMark:
    """The mark of an item of which nothing is stored."""
    return TrustMark(item.id, "opinion", "", item.published_at)


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
    return address_of(item, root), excerpt(item.title or item.excerpt, 100)


def _said(actor: Actor, by: Sequence[int], earlier: Sequence[int]) -> str:
    """What the actor confirms: "now" what it says, "before" what it said; or ""."""
    return "now" if actor.person_id in by else "before" if actor.person_id in earlier else ""


def _actions(
    actor: Actor, item: ContentItem, root: ContentItem, row: ContentTrust | None, accepted: bool, said: str
) -> tuple[str, ...]:
    official = row is not None and OFFICIAL in (row.state, row.was)
    rights = policy.Rights(actor, item, root, row)
    looks = rights.checks and not (said == "now" and not rights.settles)
    rewritten = row is not None and row.changed_from is not None
    rules = {
        "check": looks,
        "extend": rights.extends,
        "official": rights.owns and not official,
        "withdraw": rights.owns and official,
        "confirm": said != "now" and not official and not accepted and not looks and rights.confirms,
        "unconfirm": bool(said) and not official,
        "unaccept": rewritten and accepted and not official and policy.can_accept(actor, root),
        "limits": rights.limits,
    }
    return tuple(name for name, allowed in rules.items() if allowed)


def address_of(item: ContentItem, root: ContentItem) -> str:
    """Where an item stands."""
    return f"/p/{root.public_id}" + ("" if item is root else f"#c-{item.public_id}")


def comparison(actor: Actor, public_id: str, older: int, *, of_question: bool = False) -> ComparisonPage:
    """The version `older` of a text, or of the question that it answers, beside the present one; only what changed.

    A version in which other files alone came has the text of the one before it. At most ten statements. Raises
    `NotFound` for what the reader may not see and for a version that there is not.
    """
    item, root = access(actor, public_id)
    text = root if of_question else item
    row = trust_row(item.id)
    kept = select(Revision).where(Revision.content_id == text.id, Revision.number <= older)
    before = db.session.scalars(kept.order_by(Revision.number.desc()).limit(1)).first()
    if not 0 < older <= text.revision or (of_question and item is root):
        raise NotFound
    old_title = before.title if before is not None else text.title
    mark, accepted = marks([item.id]).get(item.id), is_shown(item, root)
    old_body = before.body_source if before is not None else text.body_source
    return ComparisonPage(
        public_id=item.public_id,
        address=address_of(item, root),
        kind=item.kind,
        author=lines([text.author_id])[text.author_id],
        excerpt=text.title or text.excerpt,
        title=compare(old_title, text.title),
        body=compare(old_body, text.body_source),
        older_at=before.edited_at if before is not None else text.published_at,
        newer_at=text.edited_at or text.published_at,
        official=row is not None and OFFICIAL in (row.state, row.was),
        state=(mark or _nothing(item)).state(accepted=accepted),
        revision=item.revision,
        question_revision=root.revision if item is not root else None,
        answer=Markup(item.body_html) if of_question else None,  # noqa: S704 - sanitised when it was written
        files_changed=files_changed_since(text, older),
        mark=mark,
        actions=_verdicts(actor, item, root, row, accepted),
    )


def _verdicts(
    actor: Actor, item: ContentItem, root: ContentItem, row: ContentTrust | None, accepted: bool
) -> tuple[str, ...]:
    """What the reader may say of what was rewritten. Two statements and what features above ask, none of the rest."""
    if row is None or row.changed_from is None:
        return ()
    now, ever = confirmers(item.id, since=row.text_from), confirmers(item.id)
    said = _said(actor, now, ever)
    asked = _actions(actor, item, root, row, accepted, said)
    return tuple(each for each in asked if each in ("check", "unconfirm", "unaccept"))


_HELD = select(Person.position_id).where(Person.state == ACTIVE, Person.position_id.is_not(None))
_CHOICES = Prepared(
    union_all(
        select(literal("region").label("sort"), Region.id, Region.name),
        select(literal("position"), Position.id, Position.name).where(Position.id.in_(_HELD)),
    ).order_by("sort", "name")
)


def choices() -> Choices:
    """Regions, and the positions that somebody has. One statement."""
    rows = _CHOICES.all()
    regions = tuple((row.id, row.name) for row in rows if row.sort == "region")
    return Choices(regions, tuple((row.id, row.name) for row in rows if row.sort == "position"))
