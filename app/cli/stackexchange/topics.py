"""Tags become topics, with their wiki as description."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from app.cli.bulk import insert_rows, update_rows
from app.cli.stackexchange.memory import Memory, fingerprint
from app.cli.stackexchange.naming import topic_name
from app.cli.stackexchange.rows import Tag
from app.cli.stackexchange.run import Outcome, Run
from app.cli.stackexchange.texts import CONVERTER_VERSION, from_tag
from app.content.models import TopicOrigin
from app.core.db import db
from app.core.unit_of_work import unit_of_work
from app.lib.hashtags import fold_topic
from app.lib.markup import RENDERER_VERSION
from app.search.schemas import TOPIC
from app.topics.models import Topic
from app.topics.service import ensure_topics


def import_topics(run: Run) -> None:
    """Bring the tags in; afterwards `run.topics` has the topic of every tag that a question may carry.

    A topic that people here made already is joined, and a description that they wrote stays. One transaction.
    """
    memory = Memory(run.source_id, "tag:")
    tags: dict[str, Tag | None] = {topic_name(tag.name): tag for tag in run.reader.tags()}
    tags.update(dict.fromkeys(_unlisted(run, tags)))
    names = list(tags)
    with unit_of_work():
        known = set(db.session.scalars(select(TopicOrigin.key).where(TopicOrigin.source_id == run.source_id)))
        existed = set(db.session.scalars(select(Topic.name)))
        folded = dict.fromkeys(map(fold_topic, names))
        by_fold = dict(zip(folded, ensure_topics(names, None), strict=True))
        ids = {name: by_fold[fold_topic(name)] for name in names}
        run.topics.update(ids)
        new = [name for name in names if name not in known]
        insert_rows(
            TopicOrigin, [{"source_id": run.source_id, "key": name, "topic_id": ids[name]} for name in new]
        )
        memory.remember({f"tag:{name}": {"made": fold_topic(name) not in existed} for name in new})
        described = _describe(run, tags, memory)
    run.tally.add("topics", Outcome.ADDED, len(new))
    run.tally.add("topics", Outcome.UPDATED, len(described - set(new)))
    run.tally.add("topics", Outcome.UNCHANGED, len(names) - len(described | set(new)))


def _unlisted(run: Run, tags: Iterable[str]) -> list[str]:
    """Topics of questions that Tags.xml does not list, or all when there is no such file."""
    used = {topic_name(tag): None for post in run.reader.posts() for tag in post.tags}
    return [name for name in used if name not in set(tags)]


def _describe(run: Run, tags: dict[str, Tag | None], memory: Memory) -> set[str]:
    """Write the descriptions that are new or different at the source; the names of those topics."""
    wanted = {name: _texts(run, tag) for name, tag in tags.items()}
    marks = {name: fingerprint(*html, RENDERER_VERSION, CONVERTER_VERSION) for name, html in wanted.items()}
    wanted = {
        name: html for name, html in wanted.items() if memory[f"tag:{name}"].get("source") != marks[name]
    }
    if not wanted:
        return set()
    shown = dict(
        db.session.execute(
            select(Topic.id, Topic.description).where(Topic.id.in_([run.topics[name] for name in wanted]))
        ).all()
    )
    rows: list[dict[str, Any]] = []
    remembered: dict[str, dict[str, Any]] = {}
    for name, html in wanted.items():
        before = memory[f"tag:{name}"]
        description = shown[run.topics[name]]
        if description and fingerprint(description) != before.get("description"):
            run.tally.add("topics", Outcome.OURS)
            continue
        text = from_tag(*html, run.site)
        rows.append({"id": run.topics[name], "description": text.source, "description_html": text.html})
        remembered[f"tag:{name}"] = {
            **before,
            "source": marks[name],
            "description": fingerprint(text.source),
        }
    update_rows(Topic, [row for row in rows if row["description"] != shown[row["id"]]])
    run.note(TOPIC, [row["id"] for row in rows])
    memory.remember(remembered)
    return {key.removeprefix("tag:") for key in remembered}


def _texts(run: Run, tag: Tag | None) -> tuple[str, str]:
    """The tag's excerpt and wiki as HTML; either may be missing or empty."""
    texts = run.outline.tag_texts
    if tag is None:
        return "", ""
    return texts.get(tag.excerpt_post_id or 0, ""), texts.get(tag.wiki_post_id or 0, "")
