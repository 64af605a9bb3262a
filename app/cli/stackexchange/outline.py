"""What a dump holds, seen from above: which posts there are, who takes part in which thread, who must exist.

One pass over Users, Posts and Comments before anything is written. It holds ids and names, no texts but those of
tags: about 1 KB for each post and user.
"""

import hashlib
from dataclasses import dataclass, field, replace

from app.cli.stackexchange.problems import Problems
from app.cli.stackexchange.reader import DumpReader
from app.cli.stackexchange.rows import Comment, Post, PostKind
from app.cli.stackexchange.source import Table

#: Key of the person who stands for everybody whose account and name are gone.
NAMELESS = "user:removed"

_TAG_TEXTS = (PostKind.TAG_EXCERPT, PostKind.TAG_WIKI)


def user_key(user_id: int) -> str:
    """The key under which a user's person is remembered."""
    return f"user:{user_id}"


def post_key(post_id: int) -> str:
    """The key under which a question's or answer's row is remembered."""
    return f"post:{post_id}"


def comment_key(comment_id: int) -> str:
    """The key under which a comment's row is remembered."""
    return f"comment:{comment_id}"


def author_key(user_id: int | None, name: str) -> str:
    """Who wrote something: a user, somebody of whom only the name is left, or nobody known."""
    if user_id is not None:
        return user_key(user_id)
    if name.strip():
        return f"{NAMELESS}:{hashlib.sha256(name.strip().encode()).hexdigest()[:12]}"
    return NAMELESS


@dataclass
class Outline:
    """The shape of a dump."""

    #: Display names of the users, by id.
    names: dict[int, str] = field(default_factory=dict)
    #: People who wrote something but have no account (any more): key and name, which may be empty.
    strangers: dict[str, str] = field(default_factory=dict)
    #: The question of every question and answer, by post id: what will be brought in.
    root_of: dict[int, int] = field(default_factory=dict)
    #: Every post in the dump, of any kind.
    posts: set[int] = field(default_factory=set)
    #: The accepted answer of a question, where it is there.
    accepted: dict[int, int] = field(default_factory=dict)
    #: Users who wrote in a question's thread.
    participants: dict[int, set[int]] = field(default_factory=dict)
    #: Texts about tags, by post id, as HTML.
    tag_texts: dict[int, str] = field(default_factory=dict)
    questions: int = 0
    answers: int = 0
    comments: int = 0
    #: Whether users, posts and comments were all read to their end: only then are missing rows gone.
    is_whole: bool = False

    def author_name(self, user_id: int | None, name: str) -> str:
        """The name to show for an author."""
        if user_id is not None and self.names.get(user_id):
            return self.names[user_id]
        return name.strip() or (f"user{user_id}" if user_id is not None else "")


def read_outline(reader: DumpReader, problems: Problems) -> Outline:
    """Read users, posts and comments once. Rows that lead nowhere are noted and have no place in the outline."""
    outline = Outline()
    for user in reader.users():
        outline.names[user.id] = user.name
    accepted = _read_posts(reader, problems, outline)
    for question_id, answer_id in accepted.items():
        if outline.root_of.get(answer_id) == question_id:
            outline.accepted[question_id] = answer_id
        else:
            problems.add(Table.POSTS, question_id, "the accepted answer is not among the question's answers")
    for comment in reader.comments():
        _place_comment(comment, problems, outline)
    outline.is_whole = all(reader.is_whole(table) for table in (Table.USERS, Table.POSTS, Table.COMMENTS))
    return outline


def _read_posts(reader: DumpReader, problems: Problems, outline: Outline) -> dict[int, int]:
    """Place questions, answers and tag texts; the accepted answers as the questions name them."""
    accepted: dict[int, int] = {}
    answers: list[Post] = []
    for post in reader.posts():
        outline.posts.add(post.id)
        if post.kind in _TAG_TEXTS:
            outline.tag_texts[post.id] = post.body_html
        elif post.kind is PostKind.QUESTION:
            outline.root_of[post.id] = post.id
            outline.questions += 1
            _note_author(outline, post.id, post.owner_id, post.owner_name)
            if post.accepted_answer_id is not None:
                accepted[post.id] = post.accepted_answer_id
        elif post.kind is PostKind.ANSWER:
            answers.append(replace(post, body_html=""))
        else:
            kind = post.kind.name.lower().replace("_", " ")
            problems.add(Table.POSTS, post.id, f"posts of this kind ({kind}) have no place here")
    for answer in answers:
        _place_answer(answer, problems, outline)
    return accepted


def _place_answer(answer: Post, problems: Problems, outline: Outline) -> None:
    question = answer.parent_id
    if question is None or outline.root_of.get(question) != question:
        problems.add(Table.POSTS, answer.id, "the question it answers is not in the dump")
        return
    outline.root_of[answer.id] = question
    outline.answers += 1
    _note_author(outline, question, answer.owner_id, answer.owner_name)


def _place_comment(comment: Comment, problems: Problems, outline: Outline) -> None:
    root = outline.root_of.get(comment.post_id)
    if root is None:
        reason = "not a question or answer" if comment.post_id in outline.posts else "not in the dump"
        problems.add(Table.COMMENTS, comment.id, f"the post it belongs to is {reason}")
        return
    outline.comments += 1
    _note_author(outline, root, comment.user_id, comment.user_name)


def _note_author(outline: Outline, root: int, user_id: int | None, name: str) -> None:
    if user_id is not None and user_id in outline.names:
        outline.participants.setdefault(root, set()).add(user_id)
    else:
        outline.strangers.setdefault(author_key(user_id, name), outline.author_name(user_id, name))
