"""Questions that needed no asking: colleagues who found the answer while they typed."""

from __future__ import annotations

from random import Random

from sqlalchemy import select

from app.cli.demo.loader.sink import Sink
from app.content.models import COMPANY, PUBLISHED, ContentItem
from app.core import clock
from app.core.db import db
from app.lib.text import excerpt
from app.people.models import ACTIVE, Person
from app.questions.models import Question
from app.search.models import Deflection
from app.search.schemas import KEEP_ASKED

#: Of a hundred answered questions, so many have helped others, and how many colleagues each on average.
_SHARE = 0.4
_MEAN = 2.5
_TYPED = 80


def load_deflections(seed: int, now: int, sink: Sink) -> None:
    """Let colleagues find answers that the whole company may read. Two SELECTs; the rows wait in the sink."""
    rng = Random(f"{seed}/deflections")
    found = sink.bin(Deflection, "person_id content_id answer_id asked at day")
    people = db.session.scalars(select(Person.id).where(Person.state == ACTIVE).order_by(Person.id)).all()
    answered = db.session.execute(
        select(
            ContentItem.id, ContentItem.author_id, ContentItem.excerpt, Question.accepted_id, Question.accepted_at
        )
        .join(Question, Question.content_id == ContentItem.id)
        .where(
            ContentItem.state == PUBLISHED, ContentItem.audience == COMPANY, Question.accepted_at.is_not(None)
        )
        .order_by(ContentItem.id)
    )  # fmt: skip
    for question in answered:
        if rng.random() >= _SHARE:
            continue
        count = 1 + int(rng.expovariate(1 / _MEAN))
        for person in sorted(rng.sample(people, min(count, len(people)))):
            at = rng.randint(min(question.accepted_at, now), now)
            if person != question.author_id:
                typed = excerpt(question.excerpt, _TYPED) if at > now - KEEP_ASKED else None
                found.add(person, question.id, question.accepted_id, typed, at, at // clock.DAY)
        sink.flush_if_full()
