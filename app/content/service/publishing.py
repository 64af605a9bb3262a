"""Publishing and commenting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict

from sqlalchemy import select

from app.content.events import CommentAdded, ContentPublished
from app.content.models import ANSWER, COMMENT, DELETED, MEMBERS, PUBLISHED, QUESTION, ContentItem, Draft
from app.content.policy import access_item, access_publication
from app.content.queries.accepted import accepted_answers
from app.content.schemas import AddComment, Made, Place, Publish, kinds
from app.content.service import texts
from app.content.service.places import resolve_place
from app.core import clock, idempotency
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.core.i18n import lazy_gettext as _
from app.core.outbox import emit
from app.files import queries as files_of
from app.files import service as files
from app.lib.ids import new_public_id
from app.lib.ranking import usefulness


def publish(
    actor: Actor,
    command: Publish,
    *,
    key: str | None = None,
    complete: Callable[[ContentItem], None] | None = None,
    is_same: Callable[[ContentItem], bool] | None = None,
) -> Made:
    """Publish news or a question; once per `key`, however often it is asked.

    A kind that is composed comes from its feature, which makes it whole in the same transaction with `complete` and
    may say with `is_same` whether what stands under the key is what is asked for.

    Raises `Invalid` (fields kind, place, title, body, files), also for a key that stands for another text, kind or
    place, and `Forbidden`. About ten statements.
    """
    kind = kinds().get(command.kind)
    if kind is None or kind.composed != (complete is not None):
        raise Invalid(_("This can't be published."), field="kind")
    unreached: tuple[str, ...] = ()

    def act() -> str:
        nonlocal unreached
        if kind.titled:
            texts.demand_title(command.title)
        place = resolve_place(actor, command.place)
        text = texts.prepare(
            actor,
            title=command.title,
            body=command.body,
            members_of=place.group_id if place.audience == MEMBERS else None,
            with_files=bool(command.file_ids) and not kind.composed,
        )
        unreached = text.mentions.unreached
        now = clock.now()
        item = ContentItem(
            public_id=new_public_id(), kind=command.kind, author_id=actor.person_id, published_at=now, activity_at=now,
            usefulness=usefulness(now, likes=0, comments=0, answered=False), **asdict(place),
        )  # fmt: skip
        texts.store(item, text)
        db.session.add(item)
        db.session.flush()  # topics, mentions and files point at its id
        topic_ids = texts.link_topics(item, text.topics, actor.person_id, origin="text")
        texts.add_mentions(item, text.mentions)
        if command.file_ids:
            files.claim(actor, command.file_ids, item.id, command.alts)
        kind.on_create(item.id)
        if complete is not None:
            complete(item)
        elif not command.late:
            _drop_draft(actor, "publish")
        emit(ContentPublished(item.id, item.kind, actor.person_id, tuple(topic_ids)))
        return item.public_id

    public_id, fresh = idempotency.once(actor.person_id, key and f"publish:{key}", act)
    if not fresh:

        def is_this(made: ContentItem) -> bool:
            return (
                made.kind == command.kind
                and _may_stand_in(actor, made, command.place)
                and (is_same is None or is_same(made))
            )

        _refuse_another(public_id, command.title, command.body, command.file_ids, is_this)
    return Made(public_id, public_id, unreached, fresh)


def comment(actor: Actor, root_public_id: str, command: AddComment, *, key: str | None = None) -> Made:
    """Comment on a publication or answer a question; once per `key`.

    Raises `NotFound`, `Invalid` (fields parent, body, files), also for a key that stands for another text, and
    `Conflict` for a thread that is no longer open.
    Locks the publication's row while it counts.
    """
    unreached: tuple[str, ...] = ()

    def act() -> str:
        nonlocal unreached
        root = access_publication(actor, root_public_id, lock=True)
        if root.state != PUBLISHED:
            raise Conflict(_("This publication is hidden; nobody can comment on it now."))
        parent = _parent(actor, root, command.parent)
        text = texts.prepare(
            actor,
            title="",
            body=command.body,
            members_of=root.group_id if root.audience == MEMBERS else None,
            with_files=bool(command.file_ids),
        )
        unreached = text.mentions.unreached
        now = clock.now()
        is_answer = command.answer and root.kind == QUESTION and parent is None
        item = ContentItem(
            public_id=new_public_id(), kind=ANSWER if is_answer else COMMENT, author_id=actor.person_id,
            root_id=root.id, parent_id=parent.id if parent else None, place_kind=root.place_kind,
            group_id=root.group_id, person_id=root.person_id, shop_id=root.shop_id,
            department_id=root.department_id, region_id=root.region_id, audience=root.audience,
            published_at=now, activity_at=now,
        )  # fmt: skip
        texts.store(item, text)
        db.session.add(item)
        db.session.flush()  # mentions and files point at its id
        texts.add_mentions(item, text.mentions)
        if command.file_ids:
            files.claim(actor, command.file_ids, item.id, command.alts)
        root.comments_count += 1
        root.answers_count += is_answer
        root.activity_at = now
        root.version += 1
        rank(root)
        if not command.late:
            _drop_draft(actor, f"comment-{root.public_id}")
        emit(CommentAdded(item.id, root.id, item.kind, actor.person_id, item.parent_id))
        return item.public_id

    public_id, fresh = idempotency.once(actor.person_id, key and f"comment:{key}", act)
    if not fresh:

        def is_this(made: ContentItem) -> bool:
            root = db.session.get_one(ContentItem, made.root_id)
            parent = db.session.get_one(ContentItem, made.parent_id).public_id if made.parent_id else ""
            return (root.public_id, parent) == (root_public_id, command.parent)

        _refuse_another(public_id, "", command.body, command.file_ids, is_this)
    return Made(public_id, root_public_id, unreached, fresh)


def rank(root: ContentItem, *, answered: bool | None = None) -> None:
    """Set the publication's place in "most useful" from its counters; `answered` when that has just changed."""
    if answered is None:
        answered = root.kind == QUESTION and root.id in accepted_answers([root.id])
    root.usefulness = usefulness(
        root.published_at, likes=root.likes_count, comments=root.comments_count, answered=answered
    )


def touch(root_id: int) -> None:
    """Raise the version of a publication, so that every cache shows it anew. One UPDATE."""
    item = db.session.get_one(ContentItem, root_id)
    item.version = ContentItem.version + 1


def _refuse_another(
    public_id: str, title: str, body: str, file_ids: Sequence[str], is_this: Callable[[ContentItem], bool]
) -> None:
    """A key that comes again with another text, or for another place, is no retry: answering it with what was made
    would swallow what is sent now.

    Once the first has been edited nobody can tell. Some four SELECTs.
    """
    made = db.session.scalars(select(ContentItem).where(ContentItem.public_id == public_id)).first()
    if made is None or made.revision > 1 or made.state == DELETED:
        return
    said = (texts.titled(title), texts.checked(body, with_files=True), set(file_ids))
    stands = (made.title, made.body_source, {each.id for each in files_of.attached(made.id)})
    if said != stands or not is_this(made):
        raise Invalid(
            _("Another text was sent from this form and has arrived. Send again to publish this one too."),
            field="body",
        )


def _may_stand_in(actor: Actor, made: ContentItem, place: Place) -> bool:
    """Whether a publication stands in the place; of one that the person may not write in any more nobody can tell."""
    try:
        wanted = resolve_place(actor, place)
    except (Invalid, Forbidden):
        return made.place_kind == place.kind
    columns = ("place_kind", "group_id", "person_id", "shop_id", "department_id")
    return all(getattr(made, each) == getattr(wanted, each) for each in columns)


def _parent(actor: Actor, root: ContentItem, public_id: str) -> ContentItem | None:
    if not public_id:
        return None
    try:
        parent, its_root = access_item(actor, public_id)
    except NotFound:
        parent = None
    if parent is None or its_root.id != root.id or parent.id == root.id or parent.state == DELETED:
        raise Invalid(_("The comment you reply to is no longer there."), field="parent")
    return parent


def _drop_draft(actor: Actor, key: str) -> None:
    """What was typed into the form is published; what a program publishes is something else."""
    if actor.token_id is not None:
        return
    draft = db.session.scalars(
        select(Draft).where(Draft.person_id == actor.person_id, Draft.key == key)
    ).first()
    if draft is not None:
        db.session.delete(draft)
