"""From what somebody typed to what the engine is asked: names become ids, as far as this person may know of them.

What an operator names and the reader may not see is like what does not exist: nothing is found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, bindparam, or_, select, union_all

from app.core import clock, shared
from app.core.actor import Actor
from app.core.db import db
from app.core.fulltext import interface
from app.core.fulltext.analysis import fold_words, stem
from app.core.fulltext.interface import Query
from app.core.fulltext.stopwords import STOP_WORDS
from app.core.like import containing, like, starting
from app.core.prepared import Prepared
from app.groups.models import SECRET, Group
from app.groups.policy import groups_visible_to
from app.lib import variants
from app.lib.handles import fold_handle
from app.lib.hashtags import fold_topic
from app.lib.text import fold, squeeze, swap_layout, transliterate
from app.lib.typedquery import (
    ANSWERED,
    ARTICLE,
    FILES,
    FROM,
    IN,
    IS,
    OFFICIAL,
    PERSON,
    PHRASE,
    QUESTION,
    TOPIC,
    UNANSWERED,
    WORD,
    TypedQuery,
    read,
)
from app.people.models import Department, Person, Shop
from app.people.queries import name_matches
from app.search.queries.places import department_label, phone_word, shop_label
from app.vocabulary.queries import alternatives

#: A name that more people or groups have is not told apart.
MOST_NAMED = 50
#: Of operators of one sort so many are read; each is looked up by itself.
MOST_OPERATORS = 5
#: In longer questions words say enough without other spellings of them.
MOST_RESPELLED = 4

_FLAGS = {
    QUESTION: interface.QUESTION,
    ANSWERED: interface.ANSWERED,
    OFFICIAL: interface.OFFICIAL,
    ARTICLE: interface.ARTICLE,
    FILES: interface.HAS_FILES,
}
_ME = ("me", "я", "меня", "мне")

_GROUPS = Prepared(
    select(Group.id, Group.handle, Group.sort_name)
    .where(
        groups_visible_to(),
        or_(
            Group.handle == bindparam("handle"),
            like(Group.sort_name, "start"),
            like(Group.sort_name, "part"),
        ),
    )
    .order_by(Group.members_count.desc(), Group.id)
    .limit(MOST_NAMED)
)


@dataclass(frozen=True)
class Filters:
    """What the operators leave of everything."""

    author_ids: tuple[int, ...] = ()
    group_ids: tuple[int, ...] = ()
    #: Labels of the places, as documents have them among their topics.
    labels: tuple[str, ...] = ()
    #: The names of those who are mentioned with "@", by handle.
    names: Mapping[str, str] = field(default_factory=dict)
    #: Operators that name nothing this person may know of, as they were typed.
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asking:
    """What one person asks for."""

    actor: Actor
    typed: TypedQuery
    filters: Filters

    @property
    def is_possible(self) -> bool:
        """Whether anything can be found at all: every operator names something."""
        return not self.filters.unknown

    @cached_property
    def is_narrowed(self) -> bool:
        """Whether it is written by somebody, somewhere or some day, so that no person, topic or group can be it."""
        typed = self.typed
        return bool(
            typed.of(FROM)
            or typed.of(IN)
            or typed.of(IS)
            or typed.of(IS, minus=True)
            or typed.after
            or typed.before
        )

    def named(self) -> Query:
        """For people, topics and groups, whose names may be unfinished; of a phone number the last digits do."""
        phone = phone_word(self.typed.phone)
        asked = self._query(prefix=True)
        return replace(asked, text=phone, alternatives=(), prefix=False) if phone else asked

    def written(self) -> Query:
        """For what people wrote. A phone number is looked for whole: its parts are in every price list."""
        asked, groups = self._query(prefix=False), self.typed.phone_groups
        if not groups:
            same = self.typed.phone_in_one
            return replace(asked, alternatives=(same,)) if same else asked
        return replace(asked, text="", alternatives=(), phrases=(*asked.phrases, " ".join(groups)))

    def of(self, typed: TypedQuery) -> Asking:
        """The same with other words."""
        return replace(self, typed=typed)

    def _mentioned(self, *, minus: bool) -> tuple[str, ...]:
        names = self.filters.names
        return tuple(names[handle] for handle in self.typed.of(PERSON, minus=minus) if handle in names)

    def _query(self, *, prefix: bool) -> Query:
        typed = self.typed
        wanted = [_FLAGS[state] for state in typed.of(IS) if state in _FLAGS]
        unwanted = [_FLAGS[state] for state in typed.of(IS, minus=True) if state in _FLAGS]
        if UNANSWERED in typed.of(IS):
            wanted.append(interface.QUESTION)
            unwanted.append(interface.ANSWERED)
        if UNANSWERED in typed.of(IS, minus=True):
            wanted.append(interface.ANSWERED)
        return Query(
            text=typed.text,
            visible_groups=self.actor.group_ids,
            author_ids=self.filters.author_ids,
            group_ids=self.filters.group_ids,
            topics=(*map(fold_topic, typed.of(TOPIC)), *self.filters.labels),
            created_from=_seconds(typed.after, self.actor.time_zone),
            created_until=_seconds(typed.before, self.actor.time_zone),
            flags_all=_sum(wanted),
            flags_none=_sum(unwanted),
            phrases=(*typed.of(PHRASE), *self._mentioned(minus=False)),
            without=(
                *typed.of(WORD, minus=True),
                *typed.of(PHRASE, minus=True),
                *(f"#{name}" for name in typed.of(TOPIC, minus=True)),
                *self._mentioned(minus=True),
            ),
            alternatives=meaning_the_same(typed, unfinished=prefix),
            prefix=prefix,
        )


def understand(actor: Actor, text: str) -> Asking:
    """What was typed, with the names in it looked up: one statement for mentions, at most two for each of the
    first `MOST_OPERATORS` `from:`, three for each `in:`; none without any.
    """
    typed = read(text, _today(actor.time_zone))
    return Asking(actor, typed, _filters(actor, typed))


def meaning_the_same(typed: TypedQuery, *, unfinished: bool = False) -> tuple[tuple[str, ...], ...]:
    """Synonyms that editors keep, and other spellings of the words when there are few.

    A word that has a synonym is not spelled otherwise, nor is a stop word beside others; one that may be `unfinished`
    only if it is a code, for names have their other spellings in the index. No statement but now and then, for all.
    """
    same = alternatives(typed.text)
    taken = {each for words in same for word in words for each in fold_words(word).split()}
    words = typed.words if len(typed.words) <= MOST_RESPELLED else ()
    words = tuple(word for word in words if fold_words(word) not in STOP_WORDS) or words
    if unfinished:
        words = tuple(word for word in words if any(map(str.isdecimal, word)))
    return (
        *same,
        *(
            (word, *spelled)
            for word in words
            if fold_words(word) not in taken and (spelled := variants.of_word(word))
        ),
    )


def _filters(actor: Actor, typed: TypedQuery) -> Filters:
    handles = (*typed.of(PERSON), *typed.of(PERSON, minus=True))
    names = _names(actor, handles) if handles else {}
    nobody = tuple(f"@{handle}" for handle in typed.of(PERSON) if handle not in names)
    found = Filters(names=names, unknown=nobody)
    for name in _first(typed.of(FROM)):
        ids = (actor.person_id,) if fold(name) in _ME else _people(name)
        found = _joined(found, f"from:{name}", Filters(author_ids=ids))
    for name in _first(typed.of(IN)):
        found = _joined(found, f"in:{name}", _place(actor, name))
    return found


def _first(names: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(names))[:MOST_OPERATORS]


def _joined(found: Filters, named: str, more: Filters) -> Filters:
    """Of several people any may have written it; of several groups, in any; a shop and a group is nowhere."""
    known = more.author_ids or more.group_ids or more.labels
    return Filters(
        (*found.author_ids, *more.author_ids),
        (*found.group_ids, *more.group_ids),
        (*found.labels, *more.labels),
        found.names,
        found.unknown if known else (*found.unknown, named),
    )


def _names(actor: Actor, handles: Sequence[str]) -> Mapping[str, str]:
    """What people and groups with these handles are called, as mentions show it. One statement."""
    rows = db.session.execute(
        union_all(
            select(Person.handle, Person.name).where(Person.handle.in_(handles)),
            select(Group.handle, Group.name).where(
                Group.handle.in_(handles), or_(Group.visibility != SECRET, Group.id.in_(actor.group_ids))
            ),
        )
    )
    return {row.handle: row.name for row in rows}


def _people(name: str) -> tuple[int, ...]:
    """Who is called so, in any spelling or case form, leavers too, for what they wrote stays.

    One statement, two for a case form.
    """
    words = squeeze(name).split()[:4]
    rows = db.session.execute(_called(words, fold_handle(name))).all()
    if not rows:
        rows = db.session.execute(_called([stem(fold_words(word)) for word in words], "")).all()
    exact = [row.id for row in rows if row.handle == fold_handle(name)]
    return tuple(exact or [row.id for row in rows])


def handles_of(handle: str, words: Sequence[str]) -> tuple[str, ...]:
    """The handle when somebody has it, else those of everybody whose name these words are. One statement."""
    handles = db.session.scalars(_called(words, handle).with_only_columns(Person.handle)).all()
    return (handle,) if handle in handles else tuple(sorted(handles))


def _called(words: Sequence[str], handle: str) -> Any:
    called: ColumnElement[bool] = and_(*(name_matches(word) for word in words))
    return select(Person.id, Person.handle).where(or_(called, Person.handle == handle)).limit(MOST_NAMED)


def _place(actor: Actor, name: str) -> Filters:
    """The groups, else the shop, else the departments of this name. At most three statements."""
    groups = _groups(actor, name)
    if groups:
        return Filters(group_ids=groups)
    shop = db.session.scalar(select(Shop.id).where(Shop.code.in_(_codes(name))).limit(1))
    if shop is not None:
        return Filters(labels=(shop_label(shop),))
    department = _best(shared.recall("departments by name", _departments), fold(squeeze(name)))
    return Filters(labels=(department_label(department),)) if department is not None else Filters()


def _groups(actor: Actor, name: str) -> tuple[int, ...]:
    folded, handle = fold(squeeze(name)), fold_handle(name)
    rows = _GROUPS.all(
        actor_groups=actor.group_ids, handle=handle, start=starting(folded), part=containing(f" {folded}")
    )
    exact = [row.id for row in rows if handle == row.handle or folded == row.sort_name]
    return tuple(exact or [row.id for row in rows])


def _codes(name: str) -> set[str]:
    """How a shop's code may be written: codes are in capital letters."""
    spelled = (name, swap_layout(name), transliterate(name), *variants.of_word(name))
    return {each.upper() for each in spelled}


def _departments() -> Mapping[str, int]:
    rows = db.session.execute(select(Department.name, Department.id).order_by(Department.id.desc()))
    return {fold(row.name): row.id for row in rows}


def _best(known: Mapping[str, int], name: str) -> int | None:
    """What is called so, else the shortest name that begins so or has such a word."""
    if name in known:
        return known[name]
    near = [each for each in known if each.startswith(name) or f" {name}" in each]
    return known[min(near, key=len)] if near else None


def _today(time_zone: str) -> date:
    return clock.as_datetime(clock.now()).astimezone(ZoneInfo(time_zone)).date()


def _seconds(day: date | None, time_zone: str) -> int | None:
    """The moment at which the day begins where the reader is."""
    if day is None:
        return None
    return clock.as_moment(datetime.combine(day, time.min, ZoneInfo(time_zone))) // clock.SECOND


def _sum(flags: Sequence[int]) -> int:
    total = 0
    for flag in flags:
        total |= flag
    return total
