"""Who is told of what. One function for each event; in each the strongest reason of a person comes first."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import exists, select

from app.accounts.queries import people_with_role
from app.articles.policy import owner_of
from app.badges.queries import recipients
from app.content.models import ANSWER, ARTICLE, PUBLISHED, THANKS, ContentItem, Reaction
from app.core import clock, live
from app.core.db import db
from app.core.outbox import Delivered
from app.core.unit_of_work import after_commit
from app.lib.points import level
from app.notifications import queries, service
from app.notifications.schemas import OF_QUESTION
from app.people.models import Person
from app.questions.models import Question
from app.reputation.queries import goes_without, levels, standing
from app.trust.queries import is_official, openers
from app.trust.service.openings import KEPT

#: Where people come from who stand for accounts of an imported site.
IMPORTED = "stackexchange"

#: The reasons of each person, the strongest first.
Reasons = dict[int, list[str]]


def on_published(delivered: Delivered) -> None:
    """Tell whom a publication thanks or mentions, and whose page it stands on."""
    item = _published(delivered.event.content_id)
    if item is None:
        return
    reasons: Reasons = {}
    if item.kind == THANKS:
        _add(reasons, "thanked", recipients(item.id))
    _add(reasons, "mentioned", queries.mentioned(item))
    if item.person_id is not None:
        _add(reasons, "wrote_on_page", [item.person_id])
    _add(reasons, "group_mentioned", queries.members_of_mentioned(item))
    service.tell(delivered.event_id, reasons, actor_id=item.author_id, content=item)


def on_comment(delivered: Delivered) -> None:
    """Tell whom a comment mentions or answers, whose publication it is on, and who wrote in the thread before."""
    item = _published(delivered.event.content_id)
    if item is None or item.root_id is None:
        return
    root = db.session.get_one(ContentItem, item.root_id)
    reasons: Reasons = {}
    _add(reasons, "mentioned", queries.mentioned(item))
    if item.kind == ANSWER:
        _add(reasons, "answered", [root.author_id])
    if item.parent_id is not None:
        _add(reasons, "replied", [db.session.get_one(ContentItem, item.parent_id).author_id])
    _add(reasons, "commented", [root.author_id])
    if root.kind == ARTICLE and (owner := owner_of(root.id)) is not None:
        _add(reasons, "commented", [owner])
    _add(reasons, "group_mentioned", queries.members_of_mentioned(item))
    _add(reasons, "also_commented", queries.participants(root.id, item.id))
    # Mentions and likes are told one by one; new comments of one thread make one line.
    service.tell(
        delivered.event_id, reasons, actor_id=item.author_id, content=item, subject=f"item:{root.id}",
        apart=("mentioned",),
    )  # fmt: skip


def on_edited(delivered: Delivered) -> None:
    """Tell whom the new text mentions and the old one did not."""
    item = _published(delivered.event.content_id)
    if item is None:
        return
    reasons: Reasons = {}
    _add(reasons, "mentioned", delivered.event.new_person_ids)
    _add(reasons, "group_mentioned", queries.members(delivered.event.new_group_ids))
    service.tell(delivered.event_id, reasons, actor_id=delivered.event.editor_id, content=item)


def on_liked(delivered: Delivered) -> None:
    """Tell the author, if the like still stands: the news of its end may have come first."""
    event = delivered.event
    item = _published(event.content_id)
    mine = (Reaction.content_id == event.content_id, Reaction.person_id == event.person_id)
    if item is not None and db.session.scalar(select(exists().where(*mine))):
        service.tell(delivered.event_id, {event.author_id: "liked"}, actor_id=event.person_id, content=item)


def on_unliked(delivered: Delivered) -> None:
    """Take the notice back, unless it was read."""
    event = delivered.event
    service.withdraw(
        person_id=event.author_id, reason="liked", content_id=event.content_id, actor_id=event.person_id
    )


def on_accepted(delivered: Delivered) -> None:
    """Tell whose answer it is, if it still is the accepted one."""
    event = delivered.event
    item = _published(event.answer_id)
    question = db.session.get(Question, event.question_id)
    # Of an official answer its author is told that it is official.
    accepted = question is not None and question.accepted_id == event.answer_id
    if item is not None and question is not None and accepted and question.accepted_by is not None:
        service.tell(
            delivered.event_id, {event.answer_author_id: "accepted"}, actor_id=event.actor_id, content=item
        )


def on_official(delivered: Delivered) -> None:
    """Tell whose text it is, if it is official still."""
    event = delivered.event
    item = _published(event.content_id)
    if item is not None and is_official(item.id):
        service.tell(delivered.event_id, {event.author_id: "official"}, actor_id=event.actor_id, content=item)


def on_recall(delivered: Delivered) -> None:
    """Tell who has opened it in the last thirty days that something official is different now, or is no more.

    Of what was hidden or deleted nothing can be shown: nobody is told. Nor that its last day has come: it said so
    before, and who read it before it had that day was told then.
    """
    event = delivered.event
    item = _published(event.content_id)
    if item is None or event.why == "over":
        return
    readers = openers(item.id, clock.now() - KEPT)
    reasons = dict.fromkeys((each for each in readers if each != event.actor_id), "recalled")
    # Who did it is not said: the organisation stands behind what is official.
    service.tell(
        delivered.event_id, reasons, actor_id=None, content=item, subject=f"{item.id}:{event.revision}"
    )


def on_still_true(delivered: Delivered) -> None:
    """Ask who answers for something whether it is still true."""
    event = delivered.event
    item = _published(event.content_id)
    if item is not None:
        reasons = dict.fromkeys(event.person_ids, "still_true")
        service.tell(delivered.event_id, reasons, actor_id=None, content=item)


def on_check_asked(delivered: Delivered) -> None:
    """Ask who answers for something, and who wrote it, to look at it again."""
    event = delivered.event
    item = _published(event.content_id)
    if item is not None:
        reasons = dict.fromkeys(event.person_ids, "to_check")
        service.tell(delivered.event_id, reasons, actor_id=None, content=item)


def on_reworded(delivered: Delivered) -> None:
    """Ask who vouched for an answer that was rewritten, or whose question was, whether it is still right."""
    event = delivered.event
    item = _published(event.content_id)
    if item is not None:
        reasons = dict.fromkeys(event.person_ids, "reworded")
        text = f"{OF_QUESTION}:" if event.of_question else ""
        subject = f"{item.id}:{text}{event.revision}"
        service.tell(delivered.event_id, reasons, actor_id=event.editor_id, content=item, subject=subject)


def on_found(delivered: Delivered) -> None:
    """Tell whose answer it is that it helped somebody who began to ask, or take that back; not whom it helped."""
    event = delivered.event
    item = _published(event.content_id)
    if item is None:
        return
    author = (owner_of(item.id) if item.kind == ARTICLE else None) or item.author_id
    helped, told = queries.helped(event.thread_id, item.id, author)
    if told < helped:
        service.tell(delivered.event_id, {author: "helped"}, actor_id=None, content=item)
    elif told > helped:
        service.withdraw_latest(person_id=author, reason="helped", content_id=item.id, number=told - helped)


def on_topics_added(delivered: Delivered) -> None:
    """Tell the author."""
    event = delivered.event
    item = _published(event.content_id)
    if item is not None:
        service.tell(
            delivered.event_id, {event.author_id: "topics_added"}, actor_id=event.actor_id, content=item
        )


def on_hidden(delivered: Delivered) -> None:
    """Tell the author; who decided stands in the audit log, not in the bell."""
    _tell_author(delivered, "hidden")


def on_restored(delivered: Delivered) -> None:
    """Tell the author."""
    _tell_author(delivered, "restored")


def on_reported(delivered: Delivered) -> None:
    """Tell who decides about it: the company's moderators and those of its group. Who reported stands in the queue."""
    event = delivered.event
    item = _published(event.content_id)
    if item is None:
        return
    deciders = {*people_with_role("moderator"), *queries.keepers(event.group_id)} - {
        event.reporter_id,
        item.author_id,
    }
    service.tell(delivered.event_id, dict.fromkeys(deciders, "reported"), actor_id=None, subject="queue")


def on_level(delivered: Delivered) -> None:
    """Tell who has reached a level and still has it, once for each level.

    People who were imported are told nothing, nor who works where recognition is off.
    """
    event = delivered.event
    reached = level(event.after, levels())
    person = db.session.get(Person, event.person_id)
    if reached <= level(event.before, levels()) or person is None or person.source == IMPORTED:
        return
    if standing(event.person_id).level >= reached and not goes_without(event.person_id):
        # The level stands for the event, so that falling and rising again tells nothing new.
        service.tell(-reached, {event.person_id: "level"}, actor_id=None, subject=str(reached))


def on_badge(delivered: Delivered) -> None:
    """Tell whom a rule has just given a badge; nobody who was imported or works where recognition is off."""
    event = delivered.event
    person = db.session.get(Person, event.person_id)
    if person is not None and person.source != IMPORTED and not goes_without(event.person_id):
        service.tell(
            delivered.event_id, {event.person_id: "badge"}, actor_id=None, subject=str(event.badge_id)
        )


def on_ordered(delivered: Delivered) -> None:
    """Tell the editors that an order waits for them; where there are none, the administrators."""
    event = delivered.event
    handlers = people_with_role("editor") or people_with_role("administrator")
    reasons = dict.fromkeys(handlers, "reward_ordered")
    service.tell(delivered.event_id, reasons, actor_id=event.person_id, subject=str(event.order_id))


def on_order_moved(delivered: Delivered) -> None:
    """Tell whose order it is; not of what they did themselves. Who decided stands in the audit log, not in the bell."""
    event = delivered.event
    if event.actor_id != event.person_id:
        reasons = {event.person_id: f"reward_{event.state}"}
        service.tell(delivered.event_id, reasons, actor_id=None, subject=str(event.order_id))


def on_expiring(delivered: Delivered) -> None:
    """Tell whose bonus points expire soon."""
    event = delivered.event
    reasons = {event.person_id: "bonus_expiring"}
    service.tell(delivered.event_id, reasons, actor_id=None, subject=f"{event.until}:{event.points}")


def on_routed(delivered: Delivered) -> None:
    """Tell whom a question is put to."""
    event = delivered.event
    item = _published(event.content_id)
    if item is not None:
        reasons = dict.fromkeys(event.person_ids, "routed")
        service.tell(delivered.event_id, reasons, actor_id=item.author_id, content=item)


def on_passed(delivered: Delivered) -> None:
    """Tell whom a colleague named to answer a question."""
    event = delivered.event
    item = _published(event.content_id)
    if item is not None:
        service.tell(delivered.event_id, {event.to_id: "routed"}, actor_id=event.from_id, content=item)


def on_topics_handed(delivered: Delivered) -> None:
    """Tell a manager what somebody of theirs looked after who left or moved; the editors, where there is none."""
    event = delivered.event
    reasons = (
        {event.to_id: "topics_handed"}
        if event.to_id is not None
        else dict.fromkeys(people_with_role("editor"), "topics_left")
    )
    service.tell(delivered.event_id, reasons, actor_id=event.from_id, subject=f"care:{event.from_id}")


def on_articles_handed(delivered: Delivered) -> None:
    """Tell the manager whose list they stand on now; the editors, where there is none."""
    event = delivered.event
    deciders = [event.to_id] if event.to_id is not None else people_with_role("editor")
    reasons = dict.fromkeys(deciders, "articles_handed")
    service.tell(delivered.event_id, reasons, actor_id=event.from_id, subject=f"care:{event.articles}")


def on_article_passed(delivered: Delivered) -> None:
    """Tell who looks after an article from now on, if they still do."""
    event = delivered.event
    item = _published(event.content_id)
    if item is not None and owner_of(item.id) == event.to_id:
        service.tell(
            delivered.event_id, {event.to_id: "article_passed"}, actor_id=event.actor_id, content=item
        )


def on_article_due(delivered: Delivered) -> None:
    """Remind whoever looks after an article now that it has to be checked."""
    event = delivered.event
    item = _published(event.content_id)
    owner = owner_of(event.content_id)
    if item is not None and owner is not None:
        service.tell(delivered.event_id, {owner: f"article_{event.kind}"}, actor_id=None, content=item)


def on_followed(delivered: Delivered) -> None:
    """Tell who is read."""
    event = delivered.event
    reasons = {event.followed_id: "followed"}
    service.tell(delivered.event_id, reasons, actor_id=event.follower_id, subject="me")


def on_came(delivered: Delivered) -> None:
    """Tell who invited a colleague that they are here."""
    service.tell(delivered.event_id, {delivered.event.inviter_id: "came"}, actor_id=delivered.event.person_id)


def on_invited(delivered: Delivered) -> None:
    """Tell who is invited to a group."""
    event = delivered.event
    service.tell(
        delivered.event_id, {event.person_id: "invited"}, actor_id=event.actor_id, group_id=event.group_id
    )


def on_requested(delivered: Delivered) -> None:
    """Tell who lets people into a group."""
    event = delivered.event
    reasons = dict.fromkeys(queries.keepers(event.group_id), "requested")
    service.tell(delivered.event_id, reasons, actor_id=event.person_id, group_id=event.group_id)


def on_request_answered(delivered: Delivered) -> None:
    """Tell who was let in. A refusal is silent."""
    event = delivered.event
    if event.approved:
        service.tell(
            delivered.event_id, {event.person_id: "let_in"}, actor_id=event.actor_id, group_id=event.group_id
        )


def on_mentions_read(delivered: Delivered) -> None:
    """Quiet the counter of mentions."""
    service.read_mentions(delivered.event.person_id, delivered.event.until)


def ring(delivered: Delivered) -> None:
    """Have the open pages of these people refresh their bells."""
    people: tuple[int, ...] = delivered.event.person_ids

    def ring_all() -> None:
        for person_id in people:
            live.hint(live.person_room(person_id), "notification")

    after_commit(ring_all)


def _tell_author(delivered: Delivered, reason: str) -> None:
    item = db.session.get(ContentItem, delivered.event.content_id)
    if item is not None:
        service.tell(delivered.event_id, {item.author_id: reason}, actor_id=None, content=item)


def _published(content_id: int) -> ContentItem | None:
    item = db.session.get(ContentItem, content_id)
    return item if item is not None and item.state == PUBLISHED else None


def _add(reasons: Reasons, reason: str, person_ids: Iterable[int]) -> None:
    for person_id in person_ids:
        reasons.setdefault(person_id, []).append(reason)


def on_erased(delivered: Delivered) -> None:
    """Somebody was erased: what they were told goes with them."""
    service.forget_person(delivered.event.person_id)
