"""Rows of who reads which topics, and of what the editors put first."""

from __future__ import annotations

from itertools import accumulate
from random import Random

from app.cli.demo.cast import CAST, place_of
from app.cli.demo.company import Company
from app.cli.demo.loader.sink import Sink
from app.cli.demo.rhythm import Rhythm
from app.cli.demo.scripts import Library, library
from app.cli.demo.society import Society
from app.cli.demo.vocabulary.places import CITIES
from app.cli.demo.vocabulary.topics import MANDATORY, PRIORITY, SYNONYMS
from app.core.clock import DAY, HOUR
from app.lib.hashtags import fold_topic
from app.topics.models import MandatorySubscription, PriorityPeriod, PriorityTopic, Topic, TopicSubscription

_FAVOURITES = {
    "Гареева": ("дмс", "эквайринг", "настройка-телефонов", "график"),
    "Дорохов": ("график", "схема-премирования", "команда", "инвентаризация"),
    "Соколова": ("новости", "вопрос-ответ", "идеи"),
    "Whitfield": ("analytics", "shop-visits", "planogram"),
    "Щукина": ("help-desk", "касса", "интернет"),
}


def load_subscriptions(
    company: Company, society: Society, topics: dict[str, int], rhythm: Rhythm, sink: Sink
) -> None:
    """Add subscriptions, priority topics and mandatory ones; `topics` maps folded names to ids, the most used first."""
    everybody = [topics[name] for name in MANDATORY if name in topics]
    _editors_choice(society, topics, everybody, rhythm, sink)
    rng = Random(f"{company.seed}/subscriptions")
    subscriptions = sink.bin(TopicSubscription, "topic_id person_id mandatory created_at")
    choices = {english: _choice(topics, english=english) for english in (False, True)}
    takes_part = set(society.likers) | set(range(len(CAST)))
    favourites = {place_of(name): words for name, words in _FAVOURITES.items()}
    start, span = rhythm.start, rhythm.now - HOUR - rhythm.start
    for index, person in enumerate(company.people):
        if person.left is not None:
            continue
        for topic in everybody:
            subscriptions.add(topic, index + 1, True, start)
        if index in takes_part:
            names, weights = choices[person.english]
            some = rng.choices(names, cum_weights=weights, k=min(20, int(rng.lognormvariate(1.3, 0.7))))
            chosen = {topics[name] for name in (*some, *favourites.get(index, ())) if name in topics}
            for topic in sorted(chosen.difference(everybody)):
                subscriptions.add(topic, index + 1, False, rhythm.fit(start + int(rng.random() * span)))
        sink.flush_if_full()


def _editors_choice(
    society: Society, topics: dict[str, int], everybody: list[int], rhythm: Rhythm, sink: Sink
) -> None:
    """Topics that were merged, priority topics, and the rules that make a topic or a group everybody's."""
    names = sink.bin(Topic, "id name title created_by created_at merged_into_id merged_at")
    priorities = sink.bin(PriorityTopic, "topic_id position until chosen_by chosen_at")
    periods = sink.bin(PriorityPeriod, "topic_id begins ends")
    rules = sink.bin(MandatorySubscription, "topic_id group_id made_by made_at")
    editor, now = place_of("Соколова") + 1, rhythm.now
    merged = [(old, new) for old, new in SYNONYMS.items() if new in topics and old not in topics]
    for topic, (old, new) in enumerate(merged, max(topics.values(), default=0) + 1):
        names.add(topic, old, old, editor, rhythm.start, topics[new], now - 20 * DAY)
    for position, (name, days) in enumerate(PRIORITY, 1):
        if name in topics:
            until = now + days * DAY if days else None
            priorities.add(topics[name], position, until, editor, now - 9 * DAY)
            periods.add(topics[name], now - 9 * DAY, until)
    for topic in everybody:
        rules.add(topic, None, editor, rhythm.start)
    for index, group in enumerate(society.groups):
        if group.mandatory:
            rules.add(None, index + 1, editor, rhythm.start)


def _choice(topics: dict[str, int], *, english: bool) -> tuple[list[str], list[float]]:
    """Topics that people of a language read, with weights: by use, those of the other language left out."""
    own, other = (library(language) for language in (("en", "ru") if english else ("ru", "en")))
    foreign = _topics_of(other) - _topics_of(own)
    cities = {fold_topic(city.name.replace(" ", "-")) for city in CITIES}
    first = [fold_topic(name) for name, _ in PRIORITY]
    names = [
        name for name in dict.fromkeys((*first, *topics)) if name in topics and name not in foreign | cities
    ]
    return names, list(accumulate((place + 6) ** -0.9 for place in range(len(names))))


def _topics_of(books: Library) -> set[str]:
    return {fold_topic(name) for case in (*books.questions, *books.news) for name in case.topics}
