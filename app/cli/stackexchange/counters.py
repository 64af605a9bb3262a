"""Counters of what an import touched, computed from the rows: ours and theirs together."""

from collections import defaultdict
from typing import Any

from sqlalchemy import func, select

from app.cli.bulk import in_chunks, update_rows
from app.cli.stackexchange.run import Run
from app.content.models import ANSWER, COMPANY, PUBLISHED, ContentItem, ContentTopic, Reaction
from app.core.db import db
from app.core.unit_of_work import unit_of_work
from app.lib.ranking import usefulness
from app.people.models import Person
from app.questions.models import Question
from app.search.schemas import TOPIC
from app.topics.models import Topic


def recount(run: Run) -> None:
    """Make the counters of the source's rows, their topics and authors right, and raise the versions of what changed.

    A transaction for each chunk of rows; rows whose counters were right and that were not touched are not written.
    """
    ids = list(run.content.values())
    written: set[int] = set()
    for chunk in in_chunks(run.steps("Counters", ids, len(ids))):
        written.update(_recount_items(run, chunk))
    with unit_of_work():
        update_rows(ContentItem, [{"id": id_} for id_ in run.touched - written])
    _recount(run, Topic, sorted({*run.topics.values(), *run.gone_topics}), _topic_counts)
    people = (*run.people.values(), *run.gone_people.values())
    _recount(run, Person, sorted({person.id for person in people}), _author_counts)


def _recount_items(run: Run, ids: list[int]) -> list[int]:
    """Make the counters of these rows right; the ids of those that were not."""
    items = db.session.execute(
        select(
            ContentItem.id, ContentItem.root_id, ContentItem.published_at, ContentItem.activity_at,
            ContentItem.likes_count, ContentItem.comments_count, ContentItem.answers_count, ContentItem.usefulness,
            Question.accepted_id,
        )
        .outerjoin(Question, Question.content_id == ContentItem.id)
        .where(ContentItem.id.in_(ids))
    ).all()  # fmt: skip
    likes = _count(
        select(Reaction.content_id, func.count()).where(Reaction.content_id.in_(ids)), Reaction.content_id
    )
    threads = _threads(ids)
    rows: list[dict[str, Any]] = []
    for item in items:
        thread = threads.get(item.id, {})
        counted = {
            "activity_at": max([item.published_at, *(latest for _, latest in thread.values())]),
            "likes_count": likes.get(item.id, 0),
            "comments_count": sum(number for number, _ in thread.values()),
            "answers_count": thread.get(ANSWER, (0, 0))[0],
        }
        counted["usefulness"] = (
            item.usefulness
            if item.root_id
            else usefulness(
                item.published_at,
                likes=counted["likes_count"],
                comments=counted["comments_count"],
                answered=item.accepted_id is not None,
            )
        )
        differs = any(getattr(item, name) != value for name, value in counted.items())
        if differs:
            rows.append({"id": item.id, **counted})
            run.touched.add(item.root_id or item.id)
    with unit_of_work():
        update_rows(ContentItem, rows)
    return [row["id"] for row in rows]


def _threads(root_ids: list[int]) -> dict[int, dict[str, tuple[int, int]]]:
    """Of each publication: by kind, how many published comments there are and when the latest was written."""
    threads: defaultdict[int, dict[str, tuple[int, int]]] = defaultdict(dict)
    rows = db.session.execute(
        select(ContentItem.root_id, ContentItem.kind, func.count(), func.max(ContentItem.published_at))
        .where(ContentItem.root_id.in_(root_ids), ContentItem.state == PUBLISHED)
        .group_by(ContentItem.root_id, ContentItem.kind)
    )
    for root_id, kind, number, latest in rows:
        assert root_id is not None  # the rows were chosen by it
        threads[root_id][kind] = (number, latest)
    return threads


def _topic_counts(ids: list[int]) -> dict[int, int]:
    return _count(
        select(ContentTopic.topic_id, func.count())
        .join(ContentItem, ContentItem.id == ContentTopic.content_id)
        .where(
            ContentTopic.topic_id.in_(ids),
            ContentItem.root_id.is_(None),
            ContentItem.state == PUBLISHED,
            ContentItem.audience == COMPANY,
        ),
        ContentTopic.topic_id,
    )


def _author_counts(ids: list[int]) -> dict[int, int]:
    return _count(
        select(ContentItem.author_id, func.count()).where(
            ContentItem.author_id.in_(ids), ContentItem.root_id.is_(None), ContentItem.state == PUBLISHED
        ),
        ContentItem.author_id,
    )


def _count(statement: Any, by: Any) -> dict[int, int]:
    return dict(db.session.execute(statement.group_by(by)).all())


def _recount(run: Run, model: Any, ids: list[int], count: Any) -> None:
    """Set `publications_count` where it is wrong. Whether a topic is found depends on what is written about it."""
    for chunk in in_chunks(ids):
        right = count(chunk)
        stored = db.session.execute(select(model.id, model.publications_count).where(model.id.in_(chunk)))
        rows = [
            {"id": id_, "publications_count": right.get(id_, 0)}
            for id_, number in stored
            if number != right.get(id_, 0)
        ]
        with unit_of_work():
            update_rows(model, rows)
            if model is Topic:
                run.note(TOPIC, [row["id"] for row in rows])
