"""Rows of who reads which topics, and of what the editors put first."""

from __future__ import annotations

from itertools import accumulate
from random import Random

from app.cli.demo.cast import CAST, place_of
from app.cli.demo.company import Company
from app.cli.demo.loader.sink import Sink
from app.cli.demo.rhythm import Rhythm
from app.cli.demo.society import Society
from app.cli.demo.vocabulary.topics import MANDATORY, PRIORITY
from app.core.clock import DAY, HOUR
from app.topics.models import MandatorySubscription, PriorityTopic, TopicSubscription

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
    """Add subscriptions, priority topics and mandatory ones; `topics` maps folded names to ids, the oldest first."""
    rng = Random(f"{company.seed}/subscriptions")
    subscriptions = sink.bin(TopicSubscription, "topic_id person_id mandatory created_at")
    priorities = sink.bin(PriorityTopic, "topic_id position until chosen_by chosen_at")
    mandatory = sink.bin(MandatorySubscription, "topic_id group_id made_by made_at")
    editor, start, now = place_of("Соколова") + 1, rhythm.start, rhythm.now
    for position, (name, days) in enumerate(PRIORITY, 1):
        if name in topics:
            priorities.add(topics[name], position, now + days * DAY if days else None, editor, now - 9 * DAY)
    everybody = [topics[name] for name in MANDATORY if name in topics]
    for topic in everybody:
        mandatory.add(topic, None, editor, start)
    for index, group in enumerate(society.groups):
        if group.mandatory:
            mandatory.add(None, index + 1, editor, start)
    ids = [topic for topic in topics.values() if topic not in everybody]
    weights = list(accumulate((place + 6) ** -0.9 for place in range(len(ids))))
    takes_part = set(society.likers)
    favourites = {place_of(name): words for name, words in _FAVOURITES.items()}
    for index, person in enumerate(company.people):
        if person.left is not None:
            continue
        for topic in everybody:
            subscriptions.add(topic, index + 1, True, start)
        if index in takes_part or index < len(CAST):
            chosen = set(rng.choices(ids, cum_weights=weights, k=min(20, int(rng.lognormvariate(1.3, 0.7)))))
            chosen.update(topics[word] for word in favourites.get(index, ()) if word in topics)
            for topic in sorted(chosen):
                subscriptions.add(topic, index + 1, False, start + int(rng.random() * (now - HOUR - start)))
        sink.flush_if_full()
