"""Writing questions, answers and comments: what is new, what is different at the source, and nothing else.

A row whose source is as it was is not even read, so what people here have done to it stays. A text that changed both
there and here stays ours.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, select

from app.cli.bulk import in_chunks, insert_for_ids, insert_rows, update_rows
from app.cli.stackexchange.drafts import Draft
from app.cli.stackexchange.memory import Memory, fingerprint
from app.cli.stackexchange.run import Outcome, PersonRef, Run
from app.cli.stackexchange.texts import Text
from app.content.models import (
    DELETED,
    PUBLISHED,
    QUESTION,
    ContentItem,
    ContentOrigin,
    ContentTopic,
    PersonMention,
)
from app.core.db import db
from app.core.unit_of_work import unit_of_work
from app.core.upsert import insert
from app.lib.ids import new_public_id
from app.lib.markup import RENDERER_VERSION
from app.questions.models import Question
from app.search.schemas import COMMENT, PUBLICATION


class ItemWriter:
    """Writes the drafts of one kind; `seen` are the keys it was given."""

    def __init__(self, run: Run, what: str, memory: Memory) -> None:
        self._run = run
        self._what = what
        self._memory = memory
        self._people = _by_user(run.people)
        self.seen: set[str] = set()

    def write(self, drafts: Iterable[Draft]) -> None:
        """Write all drafts, a transaction for each chunk. Texts are rendered between the transactions."""
        for chunk in in_chunks(drafts):
            marks = {draft.key: draft.mark(self._people) for draft in chunk}
            self.seen.update(marks)
            fresh = [draft for draft in chunk if draft.key not in self._run.content]
            other = [
                draft
                for draft in chunk
                if draft.key in self._run.content and self._memory[draft.key].get("whole") != marks[draft.key]
            ]
            self._add(fresh, marks)
            self._update(other, marks)
            self._run.tally.add(self._what, Outcome.UNCHANGED, len(chunk) - len(fresh) - len(other))

    def _add(self, drafts: list[Draft], marks: dict[str, str]) -> None:
        run = self._run
        texts = {draft.key: draft.text(run.site, self._people) for draft in drafts}
        rows = [
            {
                "public_id": new_public_id(),
                "kind": draft.kind,
                "activity_at": draft.published,
                "usefulness": draft.published,
                **self._columns(draft),
                **_text_columns(draft, texts[draft.key]),
            }
            for draft in drafts
        ]
        with unit_of_work():
            ids = insert_for_ids(ContentItem, rows)
            keyed = {draft.key: id_ for draft, id_ in zip(drafts, ids, strict=True)}
            insert_rows(
                ContentOrigin,
                [
                    {
                        "content_id": keyed[draft.key],
                        "source_id": run.source_id,
                        "key": draft.key,
                        **_origin(draft),
                    }
                    for draft in drafts
                ],
            )
            insert_rows(
                Question, [{"content_id": keyed[draft.key]} for draft in drafts if draft.kind == QUESTION]
            )
            self._link_topics(drafts, keyed)
            self._mention(texts, keyed)
            self._memory.remember({draft.key: _remembered(marks, texts, draft) for draft in drafts})
            self._note(drafts, keyed)
        run.content.update(keyed)
        self._touch(drafts)
        run.tally.add(self._what, Outcome.ADDED, len(drafts))

    def _update(self, drafts: list[Draft], marks: dict[str, str]) -> None:
        """Write rows that are different at the source; one that had gone from there and is back appears again."""
        run = self._run
        if not drafts:
            return
        ids = {draft.key: run.content[draft.key] for draft in drafts}
        shown = {
            row.id: row
            for row in db.session.execute(
                select(
                    ContentItem.id, ContentItem.title, ContentItem.body_source, ContentItem.body_html,
                    ContentItem.excerpt, ContentItem.edited_at,
                    ContentItem.renderer, ContentItem.state,
                ).where(ContentItem.id.in_(list(ids.values())))
            )
        }  # fmt: skip
        texts = {draft.key: draft.text(run.site, self._people) for draft in drafts}
        rows: list[dict[str, Any]] = []
        remembered: dict[str, dict[str, Any]] = {}
        for draft in drafts:
            before, now = self._memory[draft.key], shown[ids[draft.key]]
            columns = _text_columns(draft, texts[draft.key])
            remembered[draft.key] = _remembered(marks, texts, draft)
            if before and fingerprint(now.title, now.body_source) != before["text"]:
                columns = {name: getattr(now, name) for name in columns}
                remembered[draft.key]["text"] = before["text"]
                texts.pop(draft.key)
                run.tally.add(self._what, Outcome.OURS)
            state = now.state if before or now.state != DELETED else PUBLISHED
            rows.append({"id": now.id, "state": state, **self._columns(draft), **columns})
        with unit_of_work():
            update_rows(ContentItem, rows)
            update_rows(
                ContentOrigin,
                [{"content_id": ids[draft.key], **_origin(draft)} for draft in drafts],
                key="content_id",
            )
            self._unlink_topics(drafts, ids)
            self._link_topics(drafts, ids)
            theirs = [ids[key] for key in texts]
            db.session.execute(delete(PersonMention).where(PersonMention.content_id.in_(theirs)))
            self._mention(texts, ids)
            self._memory.remember(remembered)
            self._note(drafts, ids)
            for row in rows:
                if row["state"] != shown[row["id"]].state:
                    run.note_thread(row["id"], row["root_id"] or row["id"])
        self._touch(drafts)
        run.tally.add(self._what, Outcome.UPDATED, len(drafts))

    def _columns(self, draft: Draft) -> dict[str, Any]:
        """Columns that only the source decides."""
        content = self._run.content
        return {
            "author_id": self._run.people[draft.author].id,
            "root_id": content[draft.root] if draft.root else None,
            "parent_id": content[draft.parent] if draft.parent else None,
            "published_at": draft.published,
        }

    def _link_topics(self, drafts: list[Draft], ids: dict[str, int]) -> None:
        rows = [
            {
                "content_id": ids[draft.key],
                "topic_id": self._run.topics[tag],
                "added_by": self._run.people[draft.author].id,
                "origin": "added",
                "added_at": draft.published,
            }
            for draft in drafts
            for tag in draft.tags
        ]
        if rows:
            db.session.execute(
                insert(ContentTopic).on_conflict_do_nothing(index_elements=["content_id", "topic_id"]), rows
            )

    def _unlink_topics(self, drafts: list[Draft], ids: dict[str, int]) -> None:
        """Take away the topics that the source gave; those that people here added stay."""
        imported = {person.id for person in (*self._run.people.values(), *self._run.gone_people.values())}
        rows = db.session.execute(
            select(ContentTopic.content_id, ContentTopic.topic_id, ContentTopic.added_by).where(
                ContentTopic.content_id.in_([ids[draft.key] for draft in drafts if draft.kind == QUESTION])
            )
        )
        for content_id, topic_id, added_by in rows.all():
            if added_by in imported:
                db.session.execute(
                    delete(ContentTopic).where(
                        ContentTopic.content_id == content_id, ContentTopic.topic_id == topic_id
                    )
                )

    def _mention(self, texts: dict[str, Text], ids: dict[str, int]) -> None:
        insert_rows(
            PersonMention,
            [
                {"content_id": ids[key], "person_id": id_}
                for key, text in texts.items()
                for id_ in text.mentioned
            ],
        )

    def _note(self, drafts: list[Draft], ids: dict[str, int]) -> None:
        self._run.note(PUBLICATION, [ids[draft.key] for draft in drafts if draft.root is None])
        self._run.note(COMMENT, [ids[draft.key] for draft in drafts if draft.root is not None])

    def _touch(self, drafts: list[Draft]) -> None:
        self._run.touched.update(self._run.content[draft.root or draft.key] for draft in drafts)


def known_content(source_id: int) -> dict[str, int]:
    """Every content row of a source by its key. One SELECT."""
    rows = db.session.execute(
        select(ContentOrigin.key, ContentOrigin.content_id).where(ContentOrigin.source_id == source_id)
    )
    return dict(rows.all())


def _by_user(people: dict[str, PersonRef]) -> dict[int, PersonRef]:
    """The people who are users, by user id."""
    numbers = ((key.removeprefix("user:"), person) for key, person in people.items())
    return {int(number): person for number, person in numbers if not number.startswith("removed")}


def _text_columns(draft: Draft, text: Text) -> dict[str, Any]:
    return {
        "title": draft.title,
        "body_source": text.source,
        "body_html": text.html,
        "excerpt": text.excerpt,
        "edited_at": draft.edited,
        "renderer": RENDERER_VERSION,
    }


def _origin(draft: Draft) -> dict[str, Any]:
    return {
        "url": draft.url,
        "author_name": draft.author_name,
        "author_url": draft.author_url,
        "licence": draft.licence,
        "score": draft.score,
    }


def _remembered(marks: dict[str, str], texts: dict[str, Text], draft: Draft) -> dict[str, Any]:
    return {"whole": marks[draft.key], "text": fingerprint(draft.title, texts[draft.key].source)}
