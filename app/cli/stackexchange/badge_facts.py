"""Reads what is kept of an imported site as badge rules want it: a handful of SELECTs, everything held in memory."""

from collections import Counter, defaultdict
from collections.abc import Collection

from sqlalchemy import func, select

from app.cli.stackexchange.badge_rules import Facts, Post
from app.cli.stackexchange.comparing import Site, users_of
from app.cli.stackexchange.evidence import COUNTED
from app.cli.stackexchange.memory import Memory
from app.cli.stackexchange.rows import VoteKind
from app.content.models import COMMENT, DELETED, QUESTION, ContentItem, ContentOrigin
from app.core.db import db

_WORTH = {VoteKind.UP: 1, VoteKind.DOWN: -1}


def read_facts(site: Site) -> Facts:
    """What is kept of the site. People are numbered as they are there."""
    facts = Facts()
    users = users_of(site)
    numbers = {person_id: number for number, person_id in users.items()}
    scores = _votes(site, facts, users)
    _posts(site, facts, numbers, scores)
    accepted = Memory(site.id, "accepted:")
    for key in accepted:
        if (answer := accepted[key].get("answer")) is not None:
            facts.accepted[int(key.rpartition(":")[2])] = answer
    rows = db.session.execute(
        select(ContentItem.author_id, func.count())
        .join(ContentOrigin, ContentOrigin.content_id == ContentItem.id)
        .where(ContentOrigin.source_id == site.id, ContentItem.kind == COMMENT, ContentItem.state != DELETED)
        .group_by(ContentItem.author_id)
    )
    facts.comments.update({numbers[person]: number for person, number in rows if person in numbers})
    return facts


def given_badges(site: Site) -> dict[str, Counter[int]]:
    """Who was given which badge how often, by the site itself."""
    badges = Memory(site.id, "badge:")
    given: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for key in badges:
        fields = badges[key]
        if not fields["TagBased"]:
            given[fields["Name"]][fields["UserId"]] += 1
    return given


def _votes(site: Site, facts: Facts, users: Collection[int]) -> Counter[int]:
    """The score of every post; notes the bounties that people offered."""
    votes = Memory(site.id, "vote:")
    scores: Counter[int] = Counter()
    for key in votes:
        fields = votes[key]
        scores[fields["PostId"]] += _WORTH.get(fields["VoteTypeId"], 0)
        if fields["VoteTypeId"] == VoteKind.BOUNTY_START and fields.get("UserId") in users:
            facts.bounties.append((fields["UserId"], fields["PostId"]))
    return scores


def _posts(site: Site, facts: Facts, numbers: dict[int, int], scores: Counter[int]) -> None:
    counted = Memory(site.id, COUNTED)
    rows = db.session.execute(
        select(
            ContentOrigin.key, ContentItem.id, ContentItem.kind, ContentItem.author_id, ContentItem.root_id,
            ContentItem.published_at,
        )
        .join(ContentItem, ContentItem.id == ContentOrigin.content_id)
        .where(
            ContentOrigin.source_id == site.id, ContentOrigin.key.startswith("post:"), ContentItem.state != DELETED
        )
    ).all()  # fmt: skip
    number_of = {row.id: int(row.key.rpartition(":")[2]) for row in rows}
    for row in rows:
        number = number_of[row.id]
        post = Post(
            number=number,
            owner=numbers.get(row.author_id),
            at=row.published_at,
            score=scores[number],
            views=counted[f"{COUNTED}{number}"].get("ViewCount", 0),
            question=number_of.get(row.root_id or row.id, 0),
        )
        (facts.questions if row.kind == QUESTION else facts.answers)[number] = post
