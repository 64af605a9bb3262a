"""Rows of what people wrote: publications, comments, their topics, mentions, likes, and what moderators did.

Ids rise with time, as in a network that was really used: remarks wait on a heap until their moment.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random

from app.cli.demo.cast import place_of
from app.cli.demo.company import Company
from app.cli.demo.gratitude import Gratitude
from app.cli.demo.loader.articles import ArticleLoader
from app.cli.demo.loader.attention import Attention
from app.cli.demo.loader.files import FilesLoader
from app.cli.demo.loader.rendering import Finished, TextRenderer
from app.cli.demo.loader.sink import Sink
from app.cli.demo.loader.thanks import ThanksLoader
from app.cli.demo.society import Society
from app.cli.demo.stories import QUESTION, Complaint, Like, Remark, Story
from app.cli.demo.vocabulary.topics import DESCRIPTIONS
from app.content.models import (
    ANSWER,
    COMMENT,
    COMPANY,
    HIDDEN,
    MEMBERS,
    PUBLISHED,
    ContentItem,
    ContentTopic,
    GroupMention,
    PersonMention,
    Reaction,
    Revision,
)
from app.core.audit import AuditEntry
from app.lib import markup
from app.lib.hashtags import fold_topic
from app.lib.ranking import usefulness
from app.moderation.models import HIDE, KEEP, UPHELD, Decision, Report
from app.questions.models import Question
from app.topics.models import Topic

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"

_REASONS = {
    "rude": "Грубость. Спорьте о деле, не о людях.",
    "spam": "Не по теме этой сети. Для объявлений есть доска в приложении.",
    "confidential": "Внутренние цифры не для всей компании. Напишите в закрытую группу.",
    "customer_data": "Видны данные клиента. Уберите их и опубликуйте снова.",
    "other": "Нарушены правила сети.",
}


class _Open:
    """A story that is being written: which of its remarks have ids."""

    __slots__ = ("ids", "left", "place", "root", "story")

    def __init__(self, story: Story, root: int, place: tuple[object, ...]) -> None:
        self.story = story
        self.root = root
        #: place_kind, group_id, person_id, shop_id, department_id, region_id, audience
        self.place = place
        self.ids: dict[int, int] = {}
        self.left = len(story.remarks)


class ContentLoader:
    """Writes stories as they come. Memory: the remarks of some days, the sentences, and one row a topic."""

    def __init__(
        self, company: Company, society: Society, sink: Sink, start: int, thanks: Sequence[Gratitude]
    ) -> None:
        self.company = company
        self.society = society
        self.sink = sink
        self.start = start
        self.rng = Random(f"{company.seed}/ids")
        names = {person.handle: person.name for person in company.people}
        names.update((group.handle, group.name) for group in society.groups)
        self.renderer = TextRenderer(names)
        self.people = {person.handle: index for index, person in enumerate(company.people)}
        self.groups = {group.handle: index for index, group in enumerate(society.groups)}
        self.topics: dict[str, int] = {}
        self._used: Counter[str] = Counter()
        self.moderator = place_of("Хрулёв")
        self.last_id = 0
        self._waiting: list[tuple[int, int, int, _Open]] = []
        self._order = 0
        self._make_bins()
        self.attention = Attention(society, sink)
        self.thanks = ThanksLoader(thanks, company.seed, sink, self._items, self.attention)
        self.files = FilesLoader(sink, self.public_id)
        self.articles = ArticleLoader(sink)

    def _make_bins(self) -> None:
        bin_ = self.sink.bin
        self._topics = bin_(Topic, "id name title description description_html created_by created_at")
        self._items = bin_(
            ContentItem,
            "id public_id kind author_id root_id parent_id place_kind group_id person_id shop_id department_id "
            "region_id audience state title body_source body_html excerpt renderer published_at edited_at activity_at "
            "revision pinned_at likes_count comments_count answers_count last_liker_id usefulness",
        )
        self._questions = bin_(Question, "content_id accepted_id accepted_by accepted_at")
        self._links = bin_(ContentTopic, "content_id topic_id added_by origin added_at")
        self._mentions = bin_(PersonMention, "content_id person_id")
        self._group_mentions = bin_(GroupMention, "content_id group_id")
        self._likes = bin_(Reaction, "content_id person_id created_at")
        self._revisions = bin_(Revision, "content_id number title body_source edited_by edited_at comment")
        self._reports = bin_(
            Report, "content_id reporter_id reason note created_at state handled_by handled_at"
        )
        self._decisions = bin_(Decision, "content_id action reason moderator_id decided_at")
        self._audit = bin_(AuditEntry, "happened_at actor_id action subject details")

    def load(self, stories: Iterator[Story]) -> Iterator[int]:
        """Write all stories; yields how many items each step made, so that the caller can commit between them."""
        for story in stories:
            made = self._until(story.at)
            self._publish(story)
            self.sink.flush_if_full()
            yield made + 1
        yield self._until(None)

    @property
    def usage(self) -> dict[str, int]:
        """Ids of the topics by folded name, the most used first."""
        return {name: self.topics[name] for name, _ in self._used.most_common()}

    def public_id(self) -> str:
        """A public id of the demo: reproducible from the seed, unlike `app.lib.ids`."""
        return "".join(self.rng.choices(_ALPHABET, k=14))

    # Publications.

    def _publish(self, story: Story) -> None:
        self.last_id += 1
        root = self.last_id
        place = self._place(story)
        text = self.renderer.render(story.text)
        hidden = story.hidden(None)
        seen = [remark for index, remark in enumerate(story.remarks) if story.hidden(index) is None]
        public_id = self.public_id()
        self._items.add(
            root, public_id, story.kind, story.author + 1, None, None, *place, HIDDEN if hidden else PUBLISHED,
            story.title, text.source, text.html, text.excerpt, markup.RENDERER_VERSION, story.at, story.edited_at,
            max((remark.at for remark in story.remarks), default=story.at), 2 if story.edited_at else 1,
            None if hidden else story.pinned_at, len(story.likes), len(seen), sum(remark.answer for remark in seen),
            _last(story.likes),
            usefulness(story.at, likes=len(story.likes), comments=len(seen), answered=story.accepted is not None),
        )  # fmt: skip
        if story.edited_at and story.first_text:
            author = story.author + 1
            first = self.renderer.render(story.first_text)
            self._revisions.add(root, 1, story.title, first.source, author, story.at, "")
            self._revisions.add(root, 2, story.title, text.source, author, story.edited_at, "")
        self._link(story, root, text)
        self._mention(root, story.author, text)
        self._like(root, story.likes)
        self._moderate(root, public_id, story.author, [one for one in story.complaints if one.remark is None])
        self.files.attach(story, root)
        story.row = root
        self.articles.shelve(story)
        if hidden:
            self.attention.hidden(story.author, root, hidden.handled_at or hidden.at)
        else:
            self.attention.published(story, root, self._mentioned(text))
        opened = _Open(story, root, place)
        for index, remark in enumerate(story.remarks):
            self._order += 1
            heapq.heappush(self._waiting, (remark.at, self._order, index, opened))
        if story.kind == QUESTION and story.accepted is None:
            self._questions.add(root, None, None, None)

    def _place(self, story: Story) -> tuple[object, ...]:
        kind, index = story.place.kind, story.place.index
        audience = COMPANY
        if kind == "group" and self.society.groups[index].inside_only:
            audience = MEMBERS
        row = index + 1
        region = self.company.shops[index].region + 1 if kind == "shop" else None
        return (
            kind, row if kind == "group" else None, row if kind == "person" else None, row if kind == "shop" else None,
            row if kind == "department" else None, region, audience,
        )  # fmt: skip

    def _link(self, story: Story, root: int, text: Finished) -> None:
        linked = {self._topic(name, story.author, story.at) for name in text.topics}
        for topic in sorted(linked):
            self._links.add(root, topic, story.author + 1, "text", story.at)
        added = story.added
        if added is None:
            return
        topics = sorted({self._topic(name, added.person, added.at) for name in added.topics} - linked)
        for topic in topics:
            self._links.add(root, topic, added.person + 1, "added", added.at)

    def _topic(self, name: str, person: int, at: int) -> int:
        """The id of a topic, made when it is first written."""
        key = fold_topic(name)
        self._used[key] += 1
        if key not in self.topics:
            self.topics[key] = len(self.topics) + 1
            description = DESCRIPTIONS.get(name, "")
            html = markup.render(description).html if description else ""
            self._topics.add(self.topics[key], key, name, description, html, person + 1, at)
        return self.topics[key]

    def _until(self, moment: int | None) -> int:
        """Write the thanks and the remarks whose moment has come; how many remarks."""
        made = 0

        def new_id(at: int) -> int:
            nonlocal made
            made += self._remarks_until(at)
            self.last_id += 1
            return self.last_id

        for _one in self.thanks.until(moment, new_id):
            self.sink.flush_if_full()
        return made + self._remarks_until(moment)

    # Remarks.

    def _remarks_until(self, moment: int | None) -> int:
        """Write the remarks whose moment has come; how many."""
        made = 0
        while self._waiting and (moment is None or self._waiting[0][0] < moment):
            _, _, index, opened = heapq.heappop(self._waiting)
            self._remark(opened, index, opened.story.remarks[index])
            made += 1
            if made % 1_000 == 0:
                self.sink.flush_if_full()
        return made

    def _remark(self, opened: _Open, index: int, remark: Remark) -> None:
        self.last_id += 1
        opened.ids[index] = self.last_id
        opened.left -= 1
        story, row = opened.story, self.last_id
        parent = opened.ids[remark.reply_to] if remark.reply_to is not None else None
        text = self.renderer.render(remark.text)
        hidden = story.hidden(index)
        public_id = self.public_id()
        self._items.add(
            row, public_id, ANSWER if remark.answer else COMMENT, remark.author + 1, opened.root, parent, *opened.place,
            HIDDEN if hidden else PUBLISHED, "", text.source, text.html, text.excerpt,
            markup.RENDERER_VERSION, remark.at, None, remark.at, 1, None, len(remark.likes), 0, 0, _last(remark.likes),
            0,
        )  # fmt: skip
        self._mention(row, remark.author, text)
        self._like(row, remark.likes)
        self._moderate(
            row, public_id, remark.author, [one for one in story.complaints if one.remark == index]
        )
        if hidden:
            self.attention.hidden(remark.author, row, hidden.handled_at or hidden.at)
        else:
            self.attention.remarked(story, opened.root, index, row, self._mentioned(text))
        if index == story.accepted:
            self._questions.add(opened.root, row, story.author + 1, story.accepted_at)

    # What both have.

    def _mentioned(self, text: Finished) -> list[int]:
        """People mentioned who still work here, by index."""
        found = [self.people[handle] for handle in text.handles if handle in self.people]
        return [index for index in found if self.company.people[index].left is None]

    def _mention(self, row: int, author: int, text: Finished) -> None:
        for index in self._mentioned(text):
            if index != author:
                self._mentions.add(row, index + 1)
        for handle in text.handles:
            if handle in self.groups:
                self._group_mentions.add(row, self.groups[handle] + 1)

    def _like(self, row: int, likes: list[Like]) -> None:
        for one in likes:
            self._likes.add(row, one.person + 1, one.at)

    def _moderate(self, row: int, public_id: str, author: int, complaints: list[Complaint]) -> None:
        """Reports, and the decision when a moderator hid it."""
        for one in complaints:
            handler = self.moderator + 1 if one.handled_at else None
            self._reports.add(
                row, one.reporter + 1, one.reason, "", one.at, one.outcome, handler, one.handled_at
            )
            if one.handled_at:
                action, reason = (HIDE, _REASONS[one.reason]) if one.outcome == UPHELD else (KEEP, "")
                self._decisions.add(row, action, reason, self.moderator + 1, one.handled_at)
                name = "content.hidden" if action == HIDE else "content.kept"
                details = {"author_id": author + 1, "reason": reason}
                self._audit.add(one.handled_at, self.moderator + 1, name, f"item:{public_id}", details)


def _last(likes: list[Like]) -> int | None:
    """The id of who liked last."""
    return max(likes, key=lambda one: one.at).person + 1 if likes else None
