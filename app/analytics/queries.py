"""Figures from the rows: a statement for the questions, one for their topics, names; sums are made here.

Medians are not SQL on both databases, and a period holds some thousand questions, so their times are read and counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, and_, bindparam, func, literal_column, or_, select
from sqlalchemy.orm import aliased

from app.accounts.models import Preference
from app.accounts.service.sessions import rules
from app.analytics.policy import held_to
from app.analytics.schemas import Figures, FiguresLine, FiguresPage, Found, Lonely, Period, QuestionFacts
from app.content.models import COMPANY, PUBLISHED, ContentItem, ContentTopic
from app.core import clock
from app.core.actor import Actor
from app.core.prepared import Prepared, among
from app.people.models import Person, Region, Shop
from app.people.schemas import region_url
from app.questions.models import Question
from app.routing.models import Routing
from app.search.models import Deflection
from app.topics.models import Topic
from app.topics.schemas import topic_url

#: Topics and lonely questions on the page; the table for spreadsheets has all topics.
MOST_TOPICS = 25
MOST_LONELY = 10

_Answer = aliased(ContentItem, name="answer")
_Accepted = aliased(ContentItem, name="accepted")

# The kinds stand in the text of the statements, so that the partial indexes fit them.
_IS_QUESTION = ContentItem.kind == literal_column("'question'")
_first = (
    select(func.min(_Answer.published_at))
    .where(
        _Answer.root_id == ContentItem.id,
        _Answer.kind == literal_column("'answer'"),
        _Answer.state == literal_column("'published'"),
        _Answer.author_id != ContentItem.author_id,
    )
    .correlate(ContentItem)
    .scalar_subquery()
)
_in_period = and_(
    _IS_QUESTION,
    ContentItem.state == PUBLISHED,
    ContentItem.audience == COMPANY,
    ContentItem.published_at >= bindparam("begins"),
    ContentItem.published_at < bindparam("ends"),
)
_here = or_(bindparam("region") == 0, Shop.region_id == bindparam("region"))

_QUESTIONS = Prepared(
    select(
        ContentItem.id, ContentItem.published_at, Shop.region_id, Shop.time_zone.label("shop_zone"),
        Preference.time_zone, _first.label("first"), _Accepted.published_at.label("accepted"), Routing.knowers,
    )
    .select_from(ContentItem)
    .join(Person, Person.id == ContentItem.author_id)
    .outerjoin(Shop, Shop.id == Person.shop_id)
    .outerjoin(Preference, Preference.person_id == Person.id)
    .outerjoin(Question, Question.content_id == ContentItem.id)
    .outerjoin(
        _Accepted,
        and_(
            _Accepted.id == Question.accepted_id,
            _Accepted.state == PUBLISHED,
            _Accepted.author_id != ContentItem.author_id,
        ),
    )
    .outerjoin(Routing, Routing.content_id == ContentItem.id)
    .where(_in_period, _here)
    .order_by(ContentItem.published_at, ContentItem.id)
)  # fmt: skip
_TOPICS = Prepared(
    select(ContentTopic.content_id, ContentTopic.topic_id)
    .select_from(ContentItem)
    .join(ContentTopic, ContentTopic.content_id == ContentItem.id)
    .where(_in_period)
)
_FOUND = Prepared(
    select(
        Deflection.content_id,
        Deflection.at,
        Shop.region_id,
        Shop.time_zone.label("shop_zone"),
        Preference.time_zone,
    )
    .select_from(Deflection)
    .join(ContentItem, ContentItem.id == Deflection.content_id)
    .join(Person, Person.id == Deflection.person_id)
    .outerjoin(Shop, Shop.id == Person.shop_id)
    .outerjoin(Preference, Preference.person_id == Person.id)
    .where(
        Deflection.at >= bindparam("begins"),
        Deflection.at < bindparam("ends"),
        ContentItem.state == PUBLISHED,
        ContentItem.audience == COMPANY,
        _here,
    )
)
_ABOUT = Prepared(
    select(ContentTopic.content_id, ContentTopic.topic_id).where(among(ContentTopic.content_id, "ids"))
)
_NAMES = Prepared(select(Topic.id, Topic.name, Topic.title).where(among(Topic.id, "ids")))
_REGIONS = Prepared(select(Region.id, Region.code, Region.name))
_TITLES = Prepared(
    select(ContentItem.id, ContentItem.public_id, ContentItem.title, ContentItem.excerpt).where(
        among(ContentItem.id, "ids")
    )
)


def figures(actor: Actor, period: Period, *, most_topics: int = MOST_TOPICS) -> FiguresPage:
    """The figures of a period, by topic, region and hour. Seven statements, however many questions.

    Raises `Forbidden` for who may not see them.
    """
    region = held_to(actor)
    facts, gone = questions(period, region), found(period, region)
    regions = {row.id: row for row in _REGIONS.all()}
    return FiguresPage(
        period=period,
        whole=summed(facts, len(gone)),
        topics=_by_topic(period, facts, gone, most_topics),
        regions=_by_region(facts, gone, regions),
        hours=_by_hour(facts, gone),
        lonely=_lonely(facts),
        only_region=regions[region].name if region is not None else "",
    )


def questions(period: Period, region_id: int | None = None) -> list[QuestionFacts]:
    """The questions of a period that the whole company may read, of one region's askers or of all. One statement."""
    rows = _QUESTIONS.all(begins=period.begins, ends=period.ends, region=region_id or 0)
    house = rules().default_time_zone
    return [_facts(row, house) for row in rows]


def found(period: Period, region_id: int | None = None) -> list[Found]:
    """Who found an answer in a period instead of asking, in what the whole company may read. One statement."""
    rows = _FOUND.all(begins=period.begins, ends=period.ends, region=region_id or 0)
    house = rules().default_time_zone
    return [
        Found(row.content_id, row.at, row.shop_zone or row.time_zone or house, row.region_id) for row in rows
    ]


def summed(facts: Sequence[QuestionFacts], deflected: int = 0) -> Figures:
    """What the questions come to."""
    first = sorted(each.first for each in facts if each.first is not None)
    accepted = sorted(each.accepted for each in facts if each.accepted is not None)
    return Figures(
        asked=len(facts),
        answered=len(first),
        accepted=len(accepted),
        median_first=median(first),
        p90_first=ninetieth(first),
        median_accepted=median(accepted),
        p90_accepted=ninetieth(accepted),
        without_expert=sum(each.knowers == 0 for each in facts),
        deflected=deflected,
    )


def median(times: Sequence[int]) -> int | None:
    """The middle of sorted times, of an even number the mean of the two in the middle."""
    if not times:
        return None
    half = len(times) // 2
    return times[half] if len(times) % 2 else (times[half - 1] + times[half]) // 2


def ninetieth(times: Sequence[int]) -> int | None:
    """The smallest of sorted times within which nine of ten lie."""
    return times[-(-9 * len(times) // 10) - 1] if times else None


def _facts(row: Row[Any], house: str) -> QuestionFacts:
    def after(moment: int | None) -> int | None:
        return None if moment is None else max(0, moment - row.published_at)

    zone = row.shop_zone or row.time_zone or house
    return QuestionFacts(
        row.id, row.published_at, zone, row.region_id, after(row.first), after(row.accepted), row.knowers
    )


def _by_topic(
    period: Period, facts: Sequence[QuestionFacts], gone: Sequence[Found], most: int
) -> tuple[FiguresLine, ...]:
    """A question about two topics counts in both."""
    by_id = {each.id: each for each in facts}
    about: dict[int, list[QuestionFacts]] = defaultdict(list)
    for row in _TOPICS.all(begins=period.begins, ends=period.ends):
        if row.content_id in by_id:
            about[row.topic_id].append(by_id[row.content_id])
    threads = Counter(each.content_id for each in gone)
    spared: Counter[int] = Counter()
    for row in _ABOUT.all(ids=sorted(threads)):
        spared[row.topic_id] += threads[row.content_id]
    largest = sorted(
        {*about, *spared}, key=lambda topic_id: (-len(about.get(topic_id, ())), -spared[topic_id], topic_id)
    )[:most]
    names = _NAMES.by("id", ids=largest)
    return tuple(
        FiguresLine(
            names[topic_id].title,
            topic_url(names[topic_id].name),
            summed(about.get(topic_id, []), spared[topic_id]),
        )
        for topic_id in largest
    )


def _by_region(
    facts: Sequence[QuestionFacts], gone: Sequence[Found], regions: Mapping[int, Row[Any]]
) -> tuple[FiguresLine, ...]:
    """Where the asker works now; who works in no shop, in the office."""
    groups = _grouped(facts, lambda each: each.region_id)
    spared = Counter(each.region_id for each in gone)
    lines = [
        FiguresLine(
            regions[region_id].name,
            region_url(regions[region_id].code),
            summed(groups.get(region_id, []), spared[region_id]),
        )
        for region_id in {*groups, *spared} - {None}
    ]
    lines.sort(key=lambda line: (-line.figures.asked, line.name))
    if None in groups or None in spared:
        lines.append(FiguresLine("", "", summed(groups.get(None, []), spared[None])))
    return tuple(lines)


def _by_hour(facts: Sequence[QuestionFacts], gone: Sequence[Found]) -> tuple[FiguresLine, ...]:
    """The hour it was for the asker."""
    zones = {zone: ZoneInfo(zone) for zone in {*(each.zone for each in facts), *(each.zone for each in gone)}}
    groups = _grouped(facts, lambda each: _hour(each.asked_at, zones[each.zone]))
    spared = Counter(_hour(each.at, zones[each.zone]) for each in gone)
    return tuple(FiguresLine(f"{hour}", "", summed(groups.get(hour, []), spared[hour])) for hour in range(24))


def _hour(moment: int, zone: ZoneInfo) -> int:
    return clock.as_datetime(moment).astimezone(zone).hour


def _grouped(
    facts: Iterable[QuestionFacts], key: Callable[[QuestionFacts], Any]
) -> dict[Any, list[QuestionFacts]]:
    groups: dict[Any, list[QuestionFacts]] = defaultdict(list)
    for each in facts:
        groups[key(each)].append(each)
    return groups


def _lonely(facts: Sequence[QuestionFacts]) -> tuple[Lonely, ...]:
    """Questions without an expert, those without an answer first, then the latest."""
    alone = [each for each in facts if each.knowers == 0]
    alone.sort(key=lambda each: (each.first is not None, -each.asked_at))
    shown = alone[:MOST_LONELY]
    titles = _TITLES.by("id", ids=[each.id for each in shown])
    return tuple(
        Lonely(
            f"/p/{titles[each.id].public_id}", titles[each.id].title or titles[each.id].excerpt, each.asked_at,
            each.first is not None,
        )
        for each in shown
    )  # fmt: skip
