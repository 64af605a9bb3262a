"""Saying thanks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, or_, select

from app.badges.models import MANAGERS, RULES, Badge, Thanks, ThanksRecipient
from app.badges.policy import below, demand_recognition, is_given, manages, may_give, month_begins
from app.badges.queries import about_item
from app.badges.schemas import MOST_PEOPLE, MOST_WORDS, BadgeLine, SayThanks
from app.content.models import DELETED, THANKS, ContentItem
from app.content.schemas import Made, Publish
from app.content.service.publishing import publish
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Invalid
from app.core.i18n import lazy_gettext as _
from app.lib.handles import fold_handle
from app.people.models import ACTIVE, Person
from app.reputation.queries import unrecognised


def say_thanks(actor: Actor, command: SayThanks, *, key: str | None = None) -> Made:
    """Thank colleagues before the whole company; once per `key`, however often it is asked.

    Raises `Invalid` (fields people, badge, body, about, files), and `Forbidden` for who works where recognition is off.
    About twenty statements; holds the giver's row, so that
    what is left of the month's badges is counted by one at a time.
    """
    demand_recognition(actor)
    if wrong := _wrong_words(command.body):
        try:
            _chosen(actor, command)
        except Invalid as error:
            wrong |= error.errors
        raise Invalid(next(iter(wrong.values())), errors=wrong)

    def complete(item: ContentItem) -> None:
        people, badge = _chosen(actor, command)
        about = about_item(actor, command.about) if command.about else None
        # Other rows may still point at the giver meanwhile.
        db.session.execute(
            select(Person.id).where(Person.id == actor.person_id).with_for_update(key_share=True)
        )
        _check_allowance(actor, badge, people)
        _check_pairs(actor, badge, people)
        db.session.add(
            Thanks(
                content_id=item.id, badge_id=badge.id, giver_id=actor.person_id, given_at=item.published_at,
                about_id=about.id if about else None,
            )
        )  # fmt: skip
        db.session.flush()  # the people point at its row
        db.session.add_all(ThanksRecipient(content_id=item.id, person_id=each.id) for each in people)

    def is_same(item: ContentItem) -> bool:
        given = (
            select(Badge.code).join(Thanks, Thanks.badge_id == Badge.id).where(Thanks.content_id == item.id)
        )
        thanked = select(ThanksRecipient.person_id).where(ThanksRecipient.content_id == item.id)
        people = {each.id for each in _people(actor, command.people)}
        return db.session.scalar(given) == command.badge and set(db.session.scalars(thanked)) == people

    wanted = Publish(THANKS, command.body, file_ids=command.file_ids, alts=command.alts)
    return publish(actor, wanted, key=key, complete=complete, is_same=is_same)


def _wrong_words(body: str) -> dict[str, Any]:
    if not body.strip():
        return {"body": _("Write what for: one sentence is enough.")}
    if len(body) > MOST_WORDS:
        return {"body": _("Thanks have at most %(most)s characters.", most=MOST_WORDS)}
    return {}


def _chosen(actor: Actor, command: SayThanks) -> tuple[list[Any], Badge]:
    """Who is thanked, and with what. Raises `Invalid` with all that is wrong, so that it is put right at once."""
    wrong: dict[str, Any] = {}
    people: list[Any] = []
    try:
        people = _people(actor, command.people)
    except Invalid as error:
        wrong |= error.errors
    try:
        badge = _badge(actor, command.badge, people)
    except Invalid as error:
        wrong |= error.errors
    if wrong:
        raise Invalid(next(iter(wrong.values())), errors=wrong)
    return people, badge


def _people(actor: Actor, written: Sequence[str]) -> list[Any]:
    """The colleagues who are named by handle or by whole name. One SELECT, two with recognition off somewhere."""
    names = list(dict.fromkeys(each.strip() for each in written if each.strip()))
    if not names:
        raise Invalid(_("Choose at least one colleague."), field="people")
    if len(names) > MOST_PEOPLE:
        raise Invalid(
            _("At most %(most)s colleagues can be thanked at once.", most=MOST_PEOPLE), field="people"
        )
    handles = [fold_handle(name.lstrip("@＠")) for name in names]
    rows = db.session.execute(
        select(Person.id, Person.handle, Person.name).where(
            Person.state == ACTIVE, or_(Person.handle.in_(handles), Person.name.in_(names))
        )
    ).all()
    found: dict[int, Any] = {}
    for name, handle in zip(names, handles, strict=True):
        fits = [row for row in rows if row.handle == handle] or [row for row in rows if row.name == name]
        if not fits:
            raise Invalid(_("Nobody here is called %(name)s.", name=name), field="people")
        if len(fits) > 1:
            message = _("Several colleagues are called %(name)s: type @ and choose one.", name=name)
            raise Invalid(message, field="people")
        if fits[0].id == actor.person_id:
            raise Invalid(_("You can't thank yourself."), field="people")
        found[fits[0].id] = fits[0]
    off = unrecognised(found.keys())
    if off:
        message = _(
            "Recognition is switched off where these colleagues work: %(names)s.",
            names=_few([each.name for each in found.values() if each.id in off]),
        )
        raise Invalid(message, field="people")
    return list(found.values())


def _badge(actor: Actor, code: str, people: Sequence[Any]) -> Badge:
    """The badge, if the person may give it to all of these. At most three SELECTs."""
    badge = db.session.scalars(select(Badge).where(Badge.code == code)).first()
    if badge is None or badge.given_by == RULES:
        raise Invalid(_("Choose a badge."), field="badge")
    if not is_given(badge, clock.now()):
        raise Invalid(_("This badge isn't given now; choose another one."), field="badge")
    by_manager = badge.given_by == MANAGERS
    if not may_give(actor, badge.given_by, a_manager=by_manager and manages(actor)):
        message = _("Only managers give this badge.") if by_manager else _("Only editors give this badge.")
        raise Invalid(message, field="badge")
    if by_manager:
        theirs = below(actor.person_id, [each.id for each in people])
        others = [each.name for each in people if each.id not in theirs]
        if others:
            message = _(
                "You give this badge only to people who work for you. Not yours: %(names)s.",
                names=_few(others),
            )
            raise Invalid(message, field="badge")
    return badge


def _check_allowance(actor: Actor, badge: Badge, people: Sequence[Any]) -> None:
    """One SELECT for a badge with an allowance."""
    if badge.allowance is None:
        return
    left = badge.allowance - (db.session.scalar(_given(actor, badge, func.count())) or 0)
    if len(people) > left:
        message = _(
            "This month you have %(left)s more of “%(badge)s”, and chose %(wanted)s colleagues.",
            left=max(0, left), badge=_name(badge), wanted=len(people),
        )  # fmt: skip
        raise Invalid(message, field="badge")


def _check_pairs(actor: Actor, badge: Badge, people: Sequence[Any]) -> None:
    """One SELECT for a badge with a pair limit."""
    if badge.pair_limit is None:
        return
    person = ThanksRecipient.person_id
    counted = _given(actor, badge, person, func.count().label("number")).where(
        person.in_([each.id for each in people])
    )
    had = {row.person_id: row.number for row in db.session.execute(counted.group_by(person))}
    over = [each.name for each in people if had.get(each.id, 0) >= badge.pair_limit]
    if over:
        message = _(
            "You gave “%(badge)s” this month already, as often as one can: %(names)s. Choose another badge.",
            badge=_name(badge), names=_few(over),
        )  # fmt: skip
        raise Invalid(message, field="badge")


def _given(actor: Actor, badge: Badge, *columns: Any) -> Any:
    """What the person gave of a badge this month; deleted thanks do not count."""
    return (
        select(*columns)
        .select_from(Thanks)
        .join(ThanksRecipient, ThanksRecipient.content_id == Thanks.content_id)
        .join(ContentItem, ContentItem.id == Thanks.content_id)
        .where(
            Thanks.giver_id == actor.person_id,
            Thanks.badge_id == badge.id,
            Thanks.given_at >= month_begins(actor),
            ContentItem.state != DELETED,
        )
    )


def _name(badge: Badge) -> BadgeLine:
    """The badge as a message names it, in the language in which the message is read."""
    return BadgeLine(badge.code, {"ru": badge.name_ru, "en": badge.name_en}, {}, badge.picture)


def _few(names: Sequence[str]) -> str:
    """The first names of a list, and a sign that there are more."""
    return ", ".join(names[:5]) + (", …" if len(names) > 5 else "")
