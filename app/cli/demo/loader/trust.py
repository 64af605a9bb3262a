"""Official answers, what is limited to a time or a region, what has ended, and what is to be checked."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import aliased

from app.cli.bulk import in_chunks, insert_rows
from app.cli.demo.cast import place_of
from app.cli.demo.loader.attention import Attention
from app.cli.demo.rhythm import day_of
from app.content.models import COMPANY, PUBLISHED, ContentItem, ContentLink
from app.core import clock
from app.core.db import db
from app.people.models import Person, Shop
from app.questions.models import Question
from app.trust.models import CHECK, OFFICIAL, OPINION, ContentScope, ContentTrust

#: Of the answers of departments that were accepted, so many are official; of those, shares with an end or a scope.
_OFFICIAL = 0.12
_ENDED = 0.12
_ENDING = 0.3
_SCOPED = 0.2
#: Of other accepted answers so many link to an official one that has changed since.
_TO_CHECK = 0.025
_ASKED_LATELY = 2 * clock.DAY

_Root = aliased(ContentItem, name="asked")
_Asker = aliased(Person, name="asker")


def load_trust(seed: int, now: int, attention: Attention) -> None:
    """Say of which accepted answers the organisation is sure. Rows of content are there; reproducible from the seed."""
    rng = Random(f"{seed}/trust")
    editor, expert = place_of("Соколова") + 1, place_of("Ахметова") + 1
    rows = _accepted()
    trust: list[dict[str, Any]] = []
    scopes: list[dict[str, Any]] = []
    official: list[tuple[int, int]] = []
    links: list[dict[str, Any]] = []
    for row in rows:
        luck = rng.random()
        if row.author_id == expert or (row.department_id is not None and luck < _OFFICIAL):
            made = _official(rng, row, now, row.manager_id or editor)
            if row.author_id == expert:  # the first one a visitor sees holds for everybody
                made |= {"valid_until": None, "asked_at": None, "expired_at": None}
            trust.append(made)
            official.append((row.id, row.root_id))
            if rng.random() < _SCOPED and row.region_id is not None and row.author_id != expert:
                scopes.append(_scope(row.id, region_id=row.region_id))
            if made["asked_at"] is not None and made["owner_id"] == editor:
                attention.asked_still_true(editor - 1, row.id, made["asked_at"])
        elif luck > 1 - _TO_CHECK and official and now - row.accepted_at > _ASKED_LATELY:
            since = max(row.accepted_at, now - int(rng.random() * 5 * clock.DAY))
            answer, asked = rng.choice(official)
            trust.append(_row(row.id, CHECK, since, was=OPINION, because_id=answer))
            links.append({"from_id": row.root_id, "to_id": asked, "kind": "linked", "created_at": since})
    for model, made_rows in ((ContentTrust, trust), (ContentScope, scopes), (ContentLink, links)):
        for chunk in in_chunks(made_rows):
            insert_rows(model, chunk)


def _accepted() -> list[Any]:
    """Accepted answers that all may see, oldest first, with where the asker works. One statement."""
    query = (
        select(
            ContentItem.id, ContentItem.root_id, ContentItem.author_id, Question.accepted_at, Person.department_id,
            Person.manager_id, Shop.region_id,
        )
        .join(Question, Question.accepted_id == ContentItem.id)
        .join(_Root, _Root.id == ContentItem.root_id)
        .join(Person, Person.id == ContentItem.author_id)
        .join(_Asker, _Asker.id == _Root.author_id)
        .outerjoin(Shop, Shop.id == _Asker.shop_id)
        .where(
            ContentItem.state == PUBLISHED, _Root.state == PUBLISHED, ContentItem.audience == COMPANY
        )
        .order_by(ContentItem.id)
    )  # fmt: skip
    return list(db.session.execute(query))


def _official(rng: Random, row: Row[Any], now: int, by: int) -> dict[str, Any]:
    at = min(now, row.accepted_at + int(rng.random() * 20 * clock.HOUR))
    today, luck = day_of(now), rng.random()
    if luck < _ENDED and row.accepted_at < now - 8 * clock.DAY:
        days = rng.choice((1, 1, 2, 4, 6))
        ended = now - (days - 1) * clock.DAY - clock.HOUR
        return _row(
            row.id, OFFICIAL, at, official_by=by, official_at=at, owner_id=place_of("Соколова") + 1,
            valid_until=today - timedelta(days=days), asked_at=ended, expired_at=ended,
        )  # fmt: skip
    until = today + timedelta(days=rng.randint(3, 200)) if luck < _ENDED + _ENDING else None
    return _row(row.id, OFFICIAL, at, official_by=by, official_at=at, owner_id=by, valid_until=until)


def _row(content_id: int, state: str, since: int, **values: Any) -> dict[str, Any]:
    empty = dict.fromkeys(
        (
            "because_id",
            "official_by",
            "official_at",
            "valid_from",
            "valid_until",
            "owner_id",
            "asked_at",
            "expired_at",
        )
    )
    return {
        **empty,
        "content_id": content_id,
        "state": state,
        "was": "",
        "since": since,
        "revision": 1,
        **values,
    }


def _scope(content_id: int, *, region_id: int) -> dict[str, Any]:
    return {"content_id": content_id, "region_id": region_id, "shop_format": None, "position_id": None}
