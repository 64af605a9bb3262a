"""What will be written: questions, answers and comments of the dump, with everything but database ids."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.cli.stackexchange.memory import fingerprint
from app.cli.stackexchange.mentions import Span, find_spans
from app.cli.stackexchange.naming import comment_url, licence_of, post_url, topic_name, user_url
from app.cli.stackexchange.outline import author_key, comment_key, post_key
from app.cli.stackexchange.rows import Comment, Post, PostKind
from app.cli.stackexchange.run import PersonRef, Run
from app.cli.stackexchange.texts import CONVERTER_VERSION, Text, from_comment, from_html
from app.content.models import ANSWER, COMMENT, QUESTION
from app.core.clock import as_moment
from app.lib.characters import clean_characters
from app.lib.markup import RENDERER_VERSION
from app.lib.text import clean_line

MAX_TITLE = 200


@dataclass(frozen=True, slots=True)
class Draft:
    """One row to be. `author`, `root` and `parent` are keys; `written` is the text as the source has it."""

    key: str
    kind: str
    author: str
    root: str | None
    parent: str | None
    title: str
    written: str
    spans: tuple[Span, ...]
    published: int
    edited: int | None
    tags: tuple[str, ...]
    url: str
    author_name: str
    author_url: str
    licence: str
    score: int

    def mark(self, people: dict[int, PersonRef]) -> str:
        """A fingerprint of everything that the row is made of."""
        named = [people.get(span.user_id) for span in self.spans]
        return fingerprint(self, named, RENDERER_VERSION, CONVERTER_VERSION)

    def text(self, site: str, people: dict[int, PersonRef]) -> Text:
        """The text made ready to store."""
        if self.kind == COMMENT:
            return from_comment(self.written, self.spans, people)
        return from_html(self.written, site)


def questions(run: Run) -> Iterator[Draft]:
    """The questions of the dump."""
    return (
        _post_draft(run, post)
        for post in run.reader.posts()
        if post.kind is PostKind.QUESTION and post.id in run.outline.root_of
    )


def answers(run: Run) -> Iterator[Draft]:
    """The answers of the dump whose question is there."""
    return (
        _post_draft(run, post)
        for post in run.reader.posts()
        if post.kind is PostKind.ANSWER and post.id in run.outline.root_of
    )


def comments(run: Run) -> Iterator[Draft]:
    """The comments of the dump whose question or answer is there."""
    return (
        _comment_draft(run, comment)
        for comment in run.reader.comments()
        if comment.post_id in run.outline.root_of
    )


def _post_draft(run: Run, post: Post) -> Draft:
    is_question = post.kind is PostKind.QUESTION
    return Draft(
        key=post_key(post.id),
        kind=QUESTION if is_question else ANSWER,
        author=author_key(post.owner_id, post.owner_name),
        root=None if is_question else post_key(run.outline.root_of[post.id]),
        parent=None,
        title=clean_line(post.title, MAX_TITLE) if is_question else "",
        written=post.body_html,
        spans=(),
        published=as_moment(post.created),
        edited=as_moment(post.edited) if post.edited else None,
        tags=tuple(dict.fromkeys(map(topic_name, post.tags))) if is_question else (),
        url=post_url(run.site, post.id, is_question=is_question),
        author_name=run.outline.author_name(post.owner_id, post.owner_name),
        author_url=_author_url(run, post.owner_id),
        licence=licence_of(post.licence, post.created),
        score=post.score,
    )


def _comment_draft(run: Run, comment: Comment) -> Draft:
    outline = run.outline
    root = outline.root_of[comment.post_id]
    written = clean_characters(comment.text)
    thread = ((user_id, outline.names[user_id]) for user_id in outline.participants.get(root, ()))
    return Draft(
        key=comment_key(comment.id),
        kind=COMMENT,
        author=author_key(comment.user_id, comment.user_name),
        root=post_key(root),
        parent=None if root == comment.post_id else post_key(comment.post_id),
        title="",
        written=written,
        spans=find_spans(written, thread),
        published=as_moment(comment.created),
        edited=None,
        tags=(),
        url=comment_url(run.site, comment.id),
        author_name=outline.author_name(comment.user_id, comment.user_name),
        author_url=_author_url(run, comment.user_id),
        licence=licence_of(comment.licence, comment.created),
        score=comment.score,
    )


def _author_url(run: Run, user_id: int | None) -> str:
    return user_url(run.site, user_id) if user_id is not None and user_id in run.outline.names else ""
