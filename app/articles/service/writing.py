"""Writing, changing and restoring articles."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from app.articles.models import Article, Contributor
from app.articles.policy import access_article
from app.articles.schemas import RESTORED, ArticleText, ChangeArticle, WriteArticle
from app.content.models import ARTICLE, COMPANY, ContentItem, Revision
from app.content.policy import access_item, access_publication, can_edit
from app.content.queries.attachments import attachments
from app.content.schemas import Edit, Made, Publish
from app.content.service.changing import MAX_TOPICS, edit
from app.content.service.publishing import publish
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden, Invalid, NotFound
from app.core.i18n import lazy_gettext as _
from app.core.unit_of_work import unit_of_work
from app.core.upsert import insert
from app.files.service import copy
from app.lib.topicline import topic_names, with_topics
from app.trust.service import set_owner

#: Dates further away are mistakes.
_LAST_DATE_IN_DAYS = 5 * 366


def write(actor: Actor, command: WriteArticle, *, key: str | None = None) -> Made:
    """Publish an article of which the person is the owner; once per `key`, however often it is asked.

    Files of what it is made of are copied for it.
    Raises `Invalid` (fields title, body, topics, review, place, files, source) and `Forbidden`. About fifteen
    statements, and three for each text it was made of.
    """
    text = command.text
    check_date(text.review_by)
    body = joined(text.body, text.topics)
    source, texts = _made_of(actor, command)
    people = {each.author_id for each in texts}
    copies = copy(actor, text.file_ids, [each.id for each in texts])

    def complete(item: ContentItem) -> None:
        if source is not None and source.audience != COMPANY and item.group_id != source.group_id:
            message = _("What only a group reads can become an article of that group alone.")
            raise Invalid(message, field="place")
        article = Article(
            content_id=item.id, owner_id=actor.person_id, review_by=text.review_by,
            source_id=source.id if source is not None else None,
        )  # fmt: skip
        db.session.add(article)
        db.session.flush()  # contributors point at its row
        _add_contributors(item.id, people - {actor.person_id})
        set_owner(item, actor.person_id)

    file_ids = tuple(copies.get(each, each) for each in text.file_ids)
    alts = {copies.get(each, each): alt for each, alt in text.alts.items()}
    wanted = Publish(ARTICLE, body, command.place, text.title, file_ids, alts=alts)
    return publish(actor, wanted, key=key, complete=complete)


def change(actor: Actor, public_id: str, command: ChangeArticle) -> tuple[str, ...]:
    """Change an article; names of newly mentioned people who may not see it.

    Raises `NotFound`, `Forbidden`, `Invalid` by field, and `StaleEdit` when somebody was faster, with nothing changed.
    A form that differs only in the date makes no revision.
    """
    text = command.text
    body = joined(text.body, text.topics)
    with unit_of_work():
        item, article = access_article(actor, public_id, lock=True)
        if not can_edit(actor, item):
            raise Forbidden(_("Only the owner and editors can change this. Suggest it in a comment."))
        if text.review_by != article.review_by:
            check_date(text.review_by)
        unreached: tuple[str, ...] = ()
        if not _says(item, text, body):
            wanted = Edit(body, command.revision, text.title, text.file_ids, command.note, alts=text.alts)
            unreached = edit(actor, public_id, wanted)
            _contribute(actor, item, article)
        if article.review_by != text.review_by:
            article.review_by = text.review_by
            item.version += 1
        return unreached


def restore(actor: Actor, public_id: str, number: int, *, revision: int) -> None:
    """Let an article read as it did in an earlier version: a new revision; `revision` is the one the person looked at.

    Files stay as they are. Raises `NotFound`, also for a version there is none of, `Forbidden` and `StaleEdit`.
    """
    with unit_of_work():
        item, article = access_article(actor, public_id, lock=True)
        if not can_edit(actor, item):
            raise Forbidden(_("Only the owner and editors can change this. Suggest it in a comment."))
        wanted = (Revision.content_id == item.id, Revision.number == number)
        old = db.session.scalars(select(Revision).where(*wanted)).first()
        if old is None:
            raise NotFound
        if (old.title, old.body_source) == (item.title, item.body_source):
            return
        edit(actor, public_id, Edit(old.body_source, revision, old.title, note=f"{RESTORED}{number}"))
        _contribute(actor, item, article)


def joined(body: str, topics: str) -> str:
    """The source of an article: its text, and below it the topics that were typed into their own field.

    Raises `Invalid` (field "topics") for words that are no topics, and for too many.
    """
    names = topic_names(topics)
    if names is None:
        raise Invalid(_("A topic is one word of letters, digits and hyphens."), field="topics")
    if len(names) > MAX_TOPICS:
        raise Invalid(_("A publication has at most %(most)s topics.", most=MAX_TOPICS), field="topics")
    return with_topics(body, names)


def _says(item: ContentItem, text: ArticleText, body: str) -> bool:
    """Whether the article says already what is wanted. One SELECT."""
    pictures, documents = attachments([item.id]).get(item.id, ((), ()))
    has = {each.id for each in pictures} | {each.id for each in documents}
    described = all(text.alts.get(each.id, each.alt) == each.alt for each in pictures)
    shown = [each.id for each in pictures]
    in_order = shown == [name for name in text.file_ids if name in shown]
    says = (item.title, item.body_source, has) == (text.title.strip(), body.strip(), set(text.file_ids))
    return says and described and in_order


def check_date(review_by: date | None) -> None:
    """Raises `Invalid` (field "review") for a day that is over or too far away."""
    if review_by is None:
        return
    days = (review_by - clock.today()).days
    if days < 0:
        raise Invalid(_("This day is over already."), field="review")
    if days > _LAST_DATE_IN_DAYS:
        raise Invalid(_("An article has to be checked at least every five years."), field="review")


def _made_of(actor: Actor, command: WriteArticle) -> tuple[ContentItem | None, list[ContentItem]]:
    """The publication an article is made of; with it the texts that it takes, that publication's among them."""
    if not command.source:
        return None, []
    try:
        source = access_publication(actor, command.source)
        texts = [access_item(actor, each) for each in dict.fromkeys(command.answers)]
    except NotFound:
        message = _("What this article was made of is no longer there.")
        raise Invalid(message, field="source") from None
    return source, [source, *(each for each, root in texts if root.id == source.id and each.id != root.id)]


def _contribute(actor: Actor, item: ContentItem, article: Article) -> None:
    if actor.person_id not in (item.author_id, article.owner_id):
        _add_contributors(item.id, {actor.person_id})


def _add_contributors(content_id: int, people: Iterable[int]) -> None:
    rows = [{"content_id": content_id, "person_id": person_id} for person_id in sorted(people)]
    if rows:
        statement = insert(Contributor).on_conflict_do_nothing(index_elements=["content_id", "person_id"])
        db.session.execute(statement, rows)
