"""Measuring who can help on a site whose past is known: what would have been said at a moment, and who did answer."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import func, select

from app.content.models import ContentOrigin, PersonOrigin, Source, TopicOrigin
from app.core import clock
from app.core.db import db
from app.expertise.queries.helping import AskedQuestion, past_at, rank, text_at
from app.lib.helping import Answer, Past
from app.reputation.models import REPUTATION, Entry

#: People in a ranking.
LENGTH = 50
OURS = "who_can_help"
#: The plain rankings it is measured against.
BASELINES = (
    "answers_per_tag",
    "reputation",
    "recent_30_days",
    "recent_90_days",
    "recent_half_life_90_days",
)
#: How a case's best answerer stood at the cut: around; rarely or long ago; never having answered, so nobody's to find.
AROUND, SELDOM, UNKNOWN = "around", "seldom", "unknown"
#: Who is around answered at least so often, the last time within so many days.
OFTEN, LATELY = 4, 90


class WrongCases(Exception):
    """A line is no case, or its question was not imported; the message says which."""


@dataclass(frozen=True)
class Case:
    """A question of which is known who answered it best; nothing after `cut` may be used."""

    site: str
    #: Its number at the site.
    question: int
    cut: int
    best_user: int
    title: str
    tags: tuple[str, ...]
    asker: int | None


@dataclass(frozen=True)
class Ranked:
    """A case with its rankings by name, as the site's numbers of people, the best first."""

    case: Case
    named: Mapping[str, Sequence[int]]
    #: `AROUND`, `SELDOM` or `UNKNOWN`.
    best: str


def read_cases(lines: Iterable[str]) -> list[Case]:
    """The cases of a file with one JSON object a line. Raises `WrongCases`."""
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            cut = clock.as_moment(datetime.fromisoformat(row["cut"]))
            tags = tuple(str(tag) for tag in row["tags"])
            found.append(
                Case(
                    row["site"],
                    int(row["question"]),
                    cut,
                    int(row["best_user"]),
                    row["title"],
                    tags,
                    row.get("asker"),
                )
            )
        except (ValueError, KeyError, TypeError) as error:
            raise WrongCases(f"line {number} is no case: {error!r}") from error
    return found


def rankings(cases: Sequence[Case], advance: Callable[[int], object]) -> Iterator[Ranked]:
    """Each case with its rankings. For each moment what was known then is read once.

    Raises `WrongCases` for a question that was not imported.
    """
    of_cut: dict[tuple[str, int], list[Case]] = defaultdict(list)
    for case in cases:
        of_cut[case.site, case.cut].append(case)
    for (site, cut), together in of_cut.items():
        known = _Site(site)
        past = past_at(cut)
        plain = _Plain(past)
        for case in together:
            asked = known.asked(case)
            named = {
                OURS: [each.person_id for each in rank(past, asked, LENGTH)],
                **{name: plain.rank(name, asked) for name in BASELINES},
            }
            yield Ranked(
                case,
                {
                    name: [known.users[each] for each in people if each in known.users]
                    for name, people in named.items()
                },
                _standing(past, known.person(case.best_user)),
            )
            advance(1)


def measured(found: Sequence[Ranked], name: str = OURS) -> dict[str, float]:
    """How well a ranking did: hit@1, hit@5, hit@10 and mean reciprocal rank of who answered best."""
    rankings = [(each.case.best_user, each.named[name]) for each in found]
    places = [ranking.index(best) + 1 if best in ranking else 0 for best, ranking in rankings]
    total = len(places) or 1
    hits = {f"hit@{most}": sum(0 < place <= most for place in places) / total for most in (1, 5, 10)}
    return {
        key: round(value, 4)
        for key, value in (hits | {"MRR": sum(1 / place for place in places if place) / total}).items()
    }


def by_best_answerer(found: Sequence[Ranked]) -> dict[str, dict[str, float]]:
    """The same apart for cases whose best answerer was around, had answered seldom or never: what could be known."""
    parts = {best: [each for each in found if each.best == best] for best in (AROUND, SELDOM, UNKNOWN)}
    return {best: {"cases": len(part), **measured(part)} for best, part in parts.items()}


def _standing(past: Past, person_id: int | None) -> str:
    times = [each.at for each in past.answers if each.person_id == person_id]
    if not times:
        return UNKNOWN
    return AROUND if len(times) >= OFTEN and past.now - max(times) <= LATELY * clock.DAY else SELDOM


class _Site:
    """Which rows here stand for what at an imported site."""

    def __init__(self, site: str) -> None:
        source_id = db.session.scalar(select(Source.id).where(Source.code == f"stackexchange:{site}"))
        if source_id is None:
            raise WrongCases(f"{site} was not imported")
        people = db.session.execute(
            select(PersonOrigin.person_id, PersonOrigin.key).where(PersonOrigin.source_id == source_id)
        )
        #: The site's numbers of people by the ids here; removed accounts have none.
        self.users = {
            row.person_id: int(number)
            for row in people
            if (number := row.key.removeprefix("user:")).isdecimal()
        }
        self._people = {number: person_id for person_id, number in self.users.items()}
        self._topics = dict(
            db.session.execute(
                select(TopicOrigin.key, TopicOrigin.topic_id).where(TopicOrigin.source_id == source_id)
            ).all()
        )
        self._posts = dict(
            db.session.execute(
                select(ContentOrigin.key, ContentOrigin.content_id).where(
                    ContentOrigin.source_id == source_id, ContentOrigin.key.startswith("post:")
                )
            ).all()
        )

    def person(self, number: int) -> int | None:
        """Who has this number at the site, or None."""
        return self._people.get(number)

    def asked(self, case: Case) -> AskedQuestion:
        """The question of a case, in the words in which it was first asked. Two statements."""
        content_id = self._posts.get(f"post:{case.question}")
        if content_id is None:
            raise WrongCases(f"question {case.question} was not imported")
        topics = tuple(self._topics[tag] for tag in case.tags if tag in self._topics)
        asker = self._people.get(case.asker) if case.asker is not None else None
        return AskedQuestion(text_at(content_id, 0), topics, asker, case.title)


class _Plain:
    """The rankings that need no thought."""

    def __init__(self, past: Past) -> None:
        self._past = past
        self._all = Counter(each.person_id for each in past.answers)
        self._points = cache(self._reputation)

    def rank(self, name: str, asked: AskedQuestion) -> list[int]:
        """People by what the ranking counts, then by all their answers; never the asker."""
        counted = self._counted(name, asked)
        order = sorted(self._all, key=lambda each: (-counted.get(each, 0), -self._all[each], each))
        return [each for each in order[: LENGTH + 1] if each != asked.asker_id][:LENGTH]

    def _counted(self, name: str, asked: AskedQuestion) -> Mapping[int, float]:
        if name == "reputation":
            return self._points()
        if name == "answers_per_tag":
            wanted = set(asked.topic_ids)
            return _count(self._past.answers, lambda each: len(wanted.intersection(each.topics)))
        if name == "recent_half_life_90_days":
            return _count(
                self._past.answers, lambda each: 0.5 ** ((self._past.now - each.at) / (90 * clock.DAY))
            )
        since = self._past.now - (30 if name == "recent_30_days" else 90) * clock.DAY
        return _count(self._past.answers, lambda each: int(each.at >= since))

    def _reputation(self) -> Mapping[int, int]:
        points = func.sum(Entry.delta)
        rows = db.session.execute(
            select(Entry.person_id, points.label("points"))
            .where(Entry.account == REPUTATION, Entry.happened_at < self._past.now)
            .group_by(Entry.person_id)
        )
        return {row.person_id: row.points for row in rows}


def _count(answers: Sequence[Answer], worth: Callable[[Answer], float]) -> Mapping[int, float]:
    counted: dict[int, float] = defaultdict(float)
    for each in answers:
        counted[each.person_id] += worth(each)
    return counted
