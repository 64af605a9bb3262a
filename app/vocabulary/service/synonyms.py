"""What editors do with synonyms. Everything is audited, and every process has it within seconds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from app.core import audit, clock, shared
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Invalid, NotFound
from app.core.i18n import lazy_gettext as _
from app.core.unit_of_work import unit_of_work
from app.vocabulary.forms import key_of, read_words
from app.vocabulary.models import Synonym, SynonymGroup
from app.vocabulary.policy import access_desk
from app.vocabulary.schemas import MOST_WORDS, BroughtIn


def add(actor: Actor, words: Sequence[str]) -> int:
    """Make a group of words that mean the same; its id. Five statements.

    Raises `Forbidden` for all but editors, `Invalid` (field "words") for a word that stands in another group.
    """
    access_desk(actor)
    with _changing():
        _refuse_taken(words, _taken(words))
        return _add(actor, words)


def change(actor: Actor, group_id: int, words: Sequence[str]) -> None:
    """Give a group other words. Raises as `add`, and `NotFound`."""
    access_desk(actor)
    with _changing():
        group = _access(group_id)
        _refuse_taken(words, _taken(words, but=group_id))
        _rewrite(actor, group, words)


def remove(actor: Actor, group_id: int) -> None:
    """Forget a group: its words mean what they say again. Raises `Forbidden`, `NotFound`."""
    access_desk(actor)
    with _changing():
        group = _access(group_id)
        audit.record(
            "synonyms.removed", _subject(group_id), actor_id=actor.person_id, words=_words_of(group_id)
        )
        db.session.execute(delete(Synonym).where(Synonym.group_id == group_id))
        db.session.delete(group)


def bring_in(actor: Actor, rows: Sequence[tuple[int, tuple[str, ...]]]) -> BroughtIn:
    """Add the groups of a file, given with their lines: all of them or none.

    A group that has a word of one that is there already adds its words to it. Some statements a group. Raises
    `Forbidden`, and `Invalid` (field "file") that names the line at fault.
    """
    access_desk(actor)
    done = {"added": 0, "extended": 0, "unchanged": 0}
    with _changing():
        for line, cells in rows:
            try:
                words = read_words(cells)
                done[_bring(actor, words)] += 1
            except Invalid as error:
                message = _("Line %(line)s: %(error)s", line=line, error=error.errors["words"])
                raise Invalid(message, field="file") from error
    return BroughtIn(**done)


@contextmanager
def _changing() -> Iterator[None]:
    """A unit of work after which search reads the words anew. Of two editors at once, the second is told."""
    try:
        with unit_of_work():
            yield
            shared.forget()
    except IntegrityError as clash:
        raise Invalid(_("Somebody has just added one of these words. Look again."), field="words") from clash


def _bring(actor: Actor, words: Sequence[str]) -> str:
    taken = _taken(words)
    groups = sorted({group_id for group_id, _written in taken.values()})
    if len(groups) > 1:
        raise Invalid(_("Its words stand in different groups already."), field="words")
    if not groups:
        _add(actor, words)
        return "added"
    known = _words_of(groups[0])
    fresh = [word for word in words if key_of(word) not in taken]
    if not fresh:
        return "unchanged"
    if len(known) + len(fresh) > MOST_WORDS:
        raise Invalid(_("The group would get more than %(num)s words.", num=MOST_WORDS), field="words")
    _rewrite(actor, _access(groups[0]), [*known, *fresh])
    return "extended"


def _add(actor: Actor, words: Sequence[str]) -> int:
    group = SynonymGroup(changed_at=clock.now())
    db.session.add(group)
    db.session.flush()  # the words and the audit log name the id
    _write(group.id, words)
    audit.record("synonyms.added", _subject(group.id), actor_id=actor.person_id, words=list(words))
    return group.id


def _rewrite(actor: Actor, group: SynonymGroup, words: Sequence[str]) -> None:
    before = _words_of(group.id)
    group.changed_at = clock.now()
    db.session.execute(delete(Synonym).where(Synonym.group_id == group.id))
    _write(group.id, words)
    audit.record(
        "synonyms.changed", _subject(group.id), actor_id=actor.person_id, before=before, words=list(words)
    )


def _write(group_id: int, words: Sequence[str]) -> None:
    db.session.add_all(
        Synonym(key=key_of(word), group_id=group_id, place=place, written=word)
        for place, word in enumerate(words)
    )
    db.session.flush()  # a word that somebody else has just added is found here


def _taken(words: Sequence[str], *, but: int = 0) -> Mapping[str, tuple[int, str]]:
    """Of the words, those that stand in a group other than `but`: group and spelling by key."""
    keys = [key_of(word) for word in words]
    rows = db.session.execute(
        select(Synonym.key, Synonym.group_id, Synonym.written).where(
            Synonym.key.in_(keys), Synonym.group_id != but
        )
    )
    return {row.key: (row.group_id, row.written) for row in rows}


def _refuse_taken(words: Sequence[str], taken: Mapping[str, tuple[int, str]]) -> None:
    for word in words:
        if key_of(word) in taken:
            group = ", ".join(_words_of(taken[key_of(word)][0]))
            raise Invalid(
                _("“%(word)s” stands in a group already: %(group)s", word=word, group=group), field="words"
            )


def _words_of(group_id: int) -> list[str]:
    return list(
        db.session.scalars(
            select(Synonym.written).where(Synonym.group_id == group_id).order_by(Synonym.place)
        )
    )


def _access(group_id: int) -> SynonymGroup:
    group = db.session.get(SynonymGroup, group_id)
    if group is None:
        raise NotFound(_("There is no such group of words."))
    return group


def _subject(group_id: int) -> str:
    return f"synonyms:{group_id}"
