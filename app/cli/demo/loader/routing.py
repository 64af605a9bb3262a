"""Rows of routing: who looks after topics, and whom the questions of the last weeks were put to.

Those who answered are among those who were asked, and nobody is asked more than a day allows; what still waits goes on
by the product's own clock.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.cli.bulk import insert_rows
from app.cli.demo.cast import SIGN_INS, place_of
from app.content.models import ANSWER, COMPANY, PUBLISHED, QUESTION, ContentItem, ContentTopic
from app.core import clock
from app.core.db import db
from app.lib.hashtags import fold_topic
from app.notifications.models import Notification
from app.people.models import ACTIVE, LEFT, Person, Shop
from app.questions.models import Question
from app.routing.models import ENDED, OPEN, Ask, Routing, TopicCare, TopicCurator
from app.routing.schemas import ANSWERED, CURATORS, EXPERTS, NEAR, SHOP, Plan, Terms, Wave
from app.topics.models import Topic

#: So far back questions were put to people.
_SINCE = 14 * clock.DAY
#: Questions that wait are driven on when they are so young.
_GOES_ON = 6 * clock.HOUR
_UNREAD_FOR = 5 * clock.HOUR
_MOST_TOPICS = 40
#: Whom the editors of every demo company have chosen: topic and last name.
_CHOSEN = (
    ("дмс", "Ахметова"),
    ("льготы", "Ахметова"),
    ("help-desk", "Щукина"),
    ("важное", "Соколова"),
    ("обучение", "Ильина"),
)
#: The topic that can't wait.
_QUICK = ("эквайринг", Plan((Wave(NEAR, 0, 8), Wave(EXPERTS, 5, 5), Wave(CURATORS, 10, 3))))


@dataclass
class _Loader:
    """What was read of the company, and the rows that are made."""

    rng: Random
    now: int
    people: Mapping[int, Any]
    #: Answers of each person in a topic, of who works here; the most first.
    knowing: Mapping[int, Sequence[tuple[int, int]]]
    at_shop: Mapping[int, Sequence[int]]
    slots: Counter[tuple[int, int]] = field(default_factory=Counter)
    routings: list[dict[str, Any]] = field(default_factory=list)
    asks: list[dict[str, Any]] = field(default_factory=list)

    def question(self, row: Any, topics: Sequence[int], answers: Sequence[tuple[int, int]]) -> None:
        """Put one question to people."""
        rng = self.rng
        numbers: dict[int, tuple[int, int]] = {}
        for topic_id in topics:
            for person_id, number in self.knowing.get(topic_id, ()):
                if number > numbers.get(person_id, (0, 0))[1]:
                    numbers[person_id] = (topic_id, number)
        numbers.pop(row.author_id, None)
        answered = [person_id for _at, person_id in answers if person_id in numbers]
        best = sorted(numbers, key=lambda person_id: -numbers[person_id][1])[:12]
        rng.shuffle(best)
        # Who can be signed in as meets some of what waits.
        cast = [] if answers else [each for each in numbers if each <= len(SIGN_INS)]
        helpers = list(dict.fromkeys((*cast, *answered, *best)))
        beside = [
            each
            for each in self.at_shop.get(row.shop_id, ())
            if each not in numbers and each != row.author_id
        ]
        first = answers[0][0] if answers else self.now
        for person_id in helpers[: rng.randint(2, 4)]:
            self._ask(row, person_id, 1, NEAR, ANSWERED, row.published_at, numbers[person_id])
        for person_id in rng.sample(beside, min(len(beside), rng.randint(1, 3))):
            self._ask(row, person_id, 1, NEAR, SHOP, row.published_at, (None, 0))
        wave, later = 1, row.published_at + 15 * clock.MINUTE
        if later < first:
            wave = 2
            for person_id in helpers[4 : 4 + rng.randint(2, 4)]:
                self._ask(row, person_id, 2, EXPERTS, ANSWERED, later, numbers[person_id])
        waits = not answers and row.accepted_id is None
        goes_on = waits and self.now - row.published_at < _GOES_ON
        due_at = self.now + rng.randint(5, 45) * clock.MINUTE if goes_on else None
        self.routings.append(
            {
                "content_id": row.id, "state": OPEN if waits else ENDED, "wave": wave if goes_on else 4,
                "knowers": len(numbers), "started_at": row.published_at, "due_at": due_at, "claimed_by": None,
                "claimed_until": None,
            }
        )  # fmt: skip

    def _ask(
        self,
        row: Any,
        person_id: int,
        wave: int,
        audience: str,
        reason: str,
        at: int,
        why: tuple[int | None, int],
    ) -> None:
        zone = ZoneInfo(self.people[person_id].zone or "Europe/Moscow")
        day = clock.as_datetime(at).astimezone(zone).date().toordinal()
        if at > self.now or self.slots[person_id, day] >= Terms.a_day:
            return
        self.slots[person_id, day] += 1
        seen = at + self.rng.randint(1, 40) * clock.MINUTE
        self.asks.append(
            {
                "content_id": row.id, "person_id": person_id, "wave": wave, "audience": audience, "reason": reason,
                "topic_id": why[0], "number": why[1], "passed_by": None, "asked_at": at, "day": day,
                "slot": self.slots[person_id, day],
                "seen_at": seen if seen < self.now and self.rng.random() < 0.7 else None, "declined_at": None,
            }
        )  # fmt: skip


def load_routing(seed: int, now: int) -> int:
    """Write who looks after topics and how the last questions went out; how many rows. In the open unit of work."""
    rng = Random(f"{seed}/routing")
    people = {row.id: row for row in db.session.execute(_people())}
    knowing = _knowing(people)
    cared = _care(rng, people, knowing, now)
    at_shop: dict[int, list[int]] = defaultdict(list)
    for person_id, row in people.items():
        if row.shop_id is not None:
            at_shop[row.shop_id].append(person_id)
    loader = _Loader(rng, now, people, knowing, at_shop)
    rows = db.session.execute(_questions(now)).all()
    ids = [row.id for row in rows]
    topics, answers = _topics(ids), _answers(ids, now)
    for row in rows:
        loader.question(row, topics.get(row.id, ()), answers.get(row.id, ()))
    _claim(loader, {row.id: row.author_id for row in rows}, now)
    insert_rows(Routing, loader.routings)
    insert_rows(Ask, loader.asks)
    told = _tell(loader, {row.id: row for row in rows}, now)
    return cared + len(loader.routings) + len(loader.asks) + told


def _people() -> Any:
    return (
        select(Person.id, Person.shop_id, Person.department_id, Shop.time_zone.label("zone"))
        .outerjoin(Shop, Shop.id == Person.shop_id)
        .where(Person.state == ACTIVE)
        .order_by(Person.id)
    )


def _questions(now: int) -> Any:
    return (
        select(ContentItem.id, ContentItem.author_id, Person.shop_id, ContentItem.published_at, Question.accepted_id)
        .join(Question, Question.content_id == ContentItem.id)
        .join(Person, Person.id == ContentItem.author_id)
        .where(
            ContentItem.kind == QUESTION, ContentItem.state == PUBLISHED, ContentItem.audience == COMPANY,
            ContentItem.published_at >= now - _SINCE,
        )
        .order_by(ContentItem.id)
    )  # fmt: skip


def _knowing(people: Mapping[int, Any]) -> dict[int, list[tuple[int, int]]]:
    """Who answered how often in each topic, the most first."""
    rows = db.session.execute(
        select(ContentTopic.topic_id, ContentItem.author_id, func.count().label("number"))
        .join(ContentItem, ContentItem.root_id == ContentTopic.content_id)
        .where(ContentItem.kind == ANSWER, ContentItem.state == PUBLISHED, ContentItem.audience == COMPANY)
        .group_by(ContentTopic.topic_id, ContentItem.author_id)
        .order_by(ContentTopic.topic_id, func.count().desc(), ContentItem.author_id)
    )
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for topic_id, person_id, number in rows:
        if person_id in people and len(found[topic_id]) < 60:
            found[topic_id].append((person_id, number))
    return found


def _topics(ids: Sequence[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    query = select(ContentTopic.content_id, ContentTopic.topic_id).order_by(ContentTopic.topic_id)
    for content_id, topic_id in db.session.execute(
        query.where(ContentTopic.content_id >= min(ids, default=0))
    ):
        found[content_id].append(topic_id)
    return found


def _answers(ids: Sequence[int], now: int) -> dict[int, list[tuple[int, int]]]:
    """When who answered, in the order of time."""
    root = aliased(ContentItem, name="asked")
    rows = db.session.execute(
        select(ContentItem.root_id, ContentItem.published_at, ContentItem.author_id)
        .join(root, root.id == ContentItem.root_id)
        .where(
            root.published_at >= now - _SINCE, root.id >= min(ids, default=0), ContentItem.kind == ANSWER,
            ContentItem.state == PUBLISHED,
        )
        .order_by(ContentItem.published_at, ContentItem.id)
    )  # fmt: skip
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for root_id, at, author_id in rows:
        if root_id is not None:
            found[root_id].append((at, author_id))
    return found


def _care(
    rng: Random, people: Mapping[int, Any], knowing: Mapping[int, Iterable[tuple[int, int]]], now: int
) -> int:
    """The largest topics belong to the department that answers most in them; its best two look after them."""
    names = {row.name: row.id for row in db.session.execute(select(Topic.name, Topic.id))}
    largest = db.session.scalars(
        select(Topic.id).order_by(Topic.publications_count.desc(), Topic.id).limit(_MOST_TOPICS)
    ).all()
    curators: dict[tuple[int, int], int | None] = {}
    owners: dict[int, int | None] = {}
    for topic, last in _CHOSEN:
        topic_id = names.get(fold_topic(topic))
        if topic_id is not None:
            curators[topic_id, place_of(last) + 1] = None
    for topic_id in largest:
        office = [each for each in knowing.get(topic_id, ()) if people[each[0]].department_id is not None]
        weights: Counter[int] = Counter()
        for person_id, number in office:
            weights[people[person_id].department_id] += number
        if not weights or rng.random() < 0.1:
            continue
        owners[topic_id] = department_id = weights.most_common(1)[0][0]
        own = [person_id for person_id, _n in office if people[person_id].department_id == department_id]
        for person_id in own[:2]:
            curators.setdefault((topic_id, person_id), None)
    _hand_over(curators, names)
    quick = names.get(fold_topic(_QUICK[0]))
    plans = {quick: _QUICK[1].stored()} if quick is not None else {}
    since = now - 90 * clock.DAY
    care = [
        {"topic_id": topic_id, "department_id": owners.get(topic_id), "plan": plans.get(topic_id)}
        for topic_id in sorted({*owners, *plans})
    ]
    kept = [
        {"topic_id": topic_id, "person_id": person_id, "since": since, "handed_by": before}
        for (topic_id, person_id), before in sorted(curators.items())
    ]
    insert_rows(TopicCare, care)
    insert_rows(TopicCurator, kept)
    return len(care) + len(kept)


def _hand_over(curators: dict[tuple[int, int], int | None], names: Mapping[str, int]) -> None:
    """A colleague has left, and what they looked after is on the list of the manager one can sign in as."""
    gone = db.session.scalar(select(Person.id).where(Person.state == LEFT).order_by(Person.id).limit(1))
    topic_id = names.get(fold_topic("витрина"))
    if gone is not None and topic_id is not None:
        curators[topic_id, place_of("Дорохов") + 1] = gone


def _claim(loader: _Loader, authors: Mapping[int, int], now: int) -> None:
    """Of the latest questions that go on, one of the cast's and some others are being answered."""
    asked: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for ask in loader.asks:
        if ask["reason"] == ANSWERED:
            asked[ask["content_id"]].append(ask)
    going = [row for row in loader.routings if row["due_at"] is not None and asked[row["content_id"]]]
    going.sort(key=lambda row: (authors[row["content_id"]] > len(SIGN_INS), -row["content_id"]))
    for place, row in enumerate(going):
        if place % 3 == 0:
            # Rather a colleague whom nobody can sign in as.
            ask = max(asked[row["content_id"]], key=lambda each: each["person_id"] > len(SIGN_INS))
            ask["seen_at"] = max(ask["asked_at"], now - 3 * clock.MINUTE)
            row["claimed_by"] = ask["person_id"]
            row["claimed_until"] = row["due_at"] = now + 25 * clock.MINUTE


def _tell(loader: _Loader, questions: Mapping[int, Any], now: int) -> int:
    """Notices for the people one can sign in as."""
    event = db.session.scalar(select(func.min(Notification.event_id))) or 0
    rows = [
        {
            "person_id": row["person_id"], "event_id": min(event, 0) - number, "reason": "routed",
            "group_key": f"routed:item:{row['content_id']}", "actor_id": questions[row["content_id"]].author_id,
            "content_id": row["content_id"], "created_at": row["asked_at"],
            "read_at": None if row["asked_at"] > now - _UNREAD_FOR else row["asked_at"] + clock.HOUR,
        }
        for number, row in enumerate(loader.asks, start=1)
        if row["person_id"] <= len(SIGN_INS)
    ]  # fmt: skip
    insert_rows(Notification, rows)
    return len(rows)
