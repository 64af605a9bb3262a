"""What narrows a search: from the names in an address to what the index is asked, and how much each way would find."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import bindparam, select

from app.core import clock
from app.core.actor import Actor
from app.core.errors import Invalid
from app.core.fulltext import interface
from app.core.fulltext.interface import Hits, Query
from app.core.i18n import lazy_gettext as _
from app.core.prepared import Prepared, among
from app.groups.models import Group
from app.groups.policy import groups_visible_to
from app.lib.handles import fold_handle
from app.lib.hashtags import fold_topic, is_topic_name
from app.people.models import Person
from app.search.schemas import (
    ANSWERED,
    ARTICLE,
    ASKED,
    COMMENT,
    MINE,
    OFFICIAL,
    PERIODS,
    STATES,
    UNANSWERED,
    WRITTEN,
    Filters,
    FoundText,
    Option,
    Wanted,
)  # fmt: skip
from app.topics.schemas import TopicLine

#: Authors of a page that are offered.
_MOST_PEOPLE = 6
#: The id of nobody and of no group.
_NONE = 0

#: Flags that a document must have and must not have, by state.
_FLAGS = {
    ASKED: (interface.QUESTION, 0),
    ANSWERED: (interface.ANSWERED, 0),
    UNANSWERED: (interface.QUESTION, interface.ANSWERED),
    OFFICIAL: (interface.OFFICIAL, 0),
    ARTICLE: (interface.ARTICLE, 0),
}

#: Groups that have the most of what was found, so many are offered.
_MOST_GROUPS = 8

_GROUPS = Prepared(
    select(Group.id, Group.handle, Group.name).where(among(Group.id, "ids"), groups_visible_to())
)
_GROUP = Prepared(
    select(Group.id, Group.name).where(Group.handle == bindparam("handle"), groups_visible_to())
)
_PERSON = Prepared(select(Person.id, Person.name).where(Person.handle == bindparam("handle")))

#: Answers a query.
Ask = Callable[[Query], Hits]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a search is narrowed to, in the terms of the index, and the names of that for people."""

    flags_all: int = 0
    flags_none: int = 0
    created_from: int | None = None
    group_ids: tuple[int, ...] = ()
    author_ids: tuple[int, ...] = ()
    topics: tuple[str, ...] = ()
    group_name: str = ""
    person_name: str = ""


def read_scope(actor: Actor, wanted: Wanted) -> Scope:
    """What is wanted, as the index knows it. At most two statements.

    Raises `Invalid` for an unknown state or period, for a group or person that is not there, and for what no topic can
    be called. A group that the reader may not know of is not there either.
    """
    if wanted.state and wanted.state not in STATES:
        raise Invalid(_("There is nothing of this state to look for."), field="state")
    if wanted.period and wanted.period not in PERIODS:
        raise Invalid(_("There is no such period."), field="period")
    flags_all, flags_none = _FLAGS.get(wanted.state, (0, 0))
    group_ids, group_name = _groups(actor, wanted.group)
    author_ids, person_name = _author(wanted.person)
    return Scope(
        flags_all=flags_all,
        flags_none=flags_none,
        created_from=_since(wanted.period),
        group_ids=group_ids,
        author_ids=author_ids,
        topics=_topics(wanted.topic),
        group_name=group_name,
        person_name=person_name,
    )


def narrowed(query: Query, scope: Scope) -> Query:
    """The query within the scope; what it is narrowed to already stays."""
    since = [each for each in (query.created_from, scope.created_from) if each is not None]
    return replace(
        query,
        flags_all=query.flags_all | scope.flags_all,
        flags_none=query.flags_none | scope.flags_none,
        created_from=max(since, default=None),
        group_ids=_both(query.group_ids, scope.group_ids),
        author_ids=_both(query.author_ids, scope.author_ids),
        topics=tuple(dict.fromkeys((*query.topics, *scope.topics))),
    )


def filters(
    actor: Actor, wanted: Wanted, scope: Scope, query: Query, written: Hits, ask: Ask,
    texts: Iterable[FoundText], topics: Iterable[TopicLine],
) -> Filters:  # fmt: skip
    """How the texts of `query` can be narrowed, with the matches of each way under all other filters.

    `written` is what the query found within the scope. At most one statement, and six searches of a few milliseconds.
    Who named groups in the words is offered no others. Authors are those of the page, topics those whose name was
    found; they are not counted.
    """
    kinds = (wanted.kind,) if wanted.kind else WRITTEN

    def count(narrower: Scope) -> int:
        return ask(replace(narrowed(query, narrower), kinds=kinds, limit=0)).total

    periods = (Option(each, count=count(replace(scope, created_from=_since(each)))) for each in PERIODS)
    anywhere = narrowed(query, replace(scope, group_ids=()))
    by_group = ask(replace(anywhere, kinds=kinds, limit=0, count_groups=True)).group_counts
    people = {wanted.person: scope.person_name} if wanted.person else {}
    people |= {text.author.handle: text.author.name for text in texts}
    about = {name: name for name in scope.topics} | {topic.key: topic.name for topic in topics}
    return Filters(
        states=_filled(_states(wanted, scope, written, count), wanted.state),
        periods=_filled(periods, wanted.period),
        groups=_filled(
            _group_options(actor, wanted, scope, by_group, most=0 if query.group_ids else _MOST_GROUPS),
            wanted.group,
        ),
        people=tuple(Option(*each) for each in list(people.items())[:_MOST_PEOPLE]),
        topics=tuple(Option(*each) for each in about.items()),
    )


def _group_options(
    actor: Actor, wanted: Wanted, scope: Scope, counts: Mapping[int, int], *, most: int
) -> Iterable[Option]:
    """The reader's own groups as one, the chosen one, and those with the most matches. One statement."""
    yield Option(MINE, count=sum(counts.get(id_, 0) for id_ in actor.group_ids))
    chosen = scope.group_ids if scope.group_name else ()
    for id_ in chosen:
        yield Option(wanted.group, scope.group_name, counts.get(id_, 0))
    others = sorted(counts.keys() - chosen, key=lambda id_: (-counts[id_], id_))[:most]
    rows = _GROUPS.by("id", ids=others, actor_groups=actor.group_ids) if others else {}
    for id_ in others:
        if id_ in rows:
            yield Option(rows[id_].handle, rows[id_].name, counts[id_])


def _states(wanted: Wanted, scope: Scope, written: Hits, count: Callable[[Scope], int]) -> Iterable[Option]:
    """Only publications are asked, answered or articles; what is official may also be an answer below one."""
    flags = written.flag_counts if wanted.kind != COMMENT else {}
    asked, answered = flags.get(interface.QUESTION, 0), flags.get(interface.ANSWERED, 0)
    if wanted.kind:
        official = count(replace(scope, flags_all=interface.OFFICIAL, flags_none=0))
    else:
        official = flags.get(interface.OFFICIAL, 0)
    yield Option(ASKED, count=asked)
    yield Option(ANSWERED, count=answered)
    yield Option(UNANSWERED, count=asked - answered)
    yield Option(OFFICIAL, count=official)
    yield Option(ARTICLE, count=flags.get(interface.ARTICLE, 0))


def _filled(options: Iterable[Option], chosen: str) -> tuple[Option, ...]:
    """Those that would find something, and what is chosen."""
    return tuple(option for option in options if option.count or option.value == chosen)


def _since(period: str) -> int | None:
    return (clock.now() - PERIODS[period]) // clock.SECOND if period else None


def _groups(actor: Actor, wanted: str) -> tuple[tuple[int, ...], str]:
    if not wanted:
        return (), ""
    if wanted == MINE:
        return actor.group_ids or (_NONE,), ""
    found = _GROUP.first(handle=fold_handle(wanted), actor_groups=actor.group_ids)
    if found is None:
        raise Invalid(_("There is no such group."), field="group")
    return (found.id,), found.name


def _author(wanted: str) -> tuple[tuple[int, ...], str]:
    if not wanted:
        return (), ""
    found = _PERSON.first(handle=fold_handle(wanted))
    if found is None:
        raise Invalid(_("Nobody is called that."), field="person")
    return (found.id,), found.name


def _topics(wanted: str) -> tuple[str, ...]:
    if not wanted:
        return ()
    name = fold_topic(wanted)
    if not is_topic_name(name):
        raise Invalid(_("No topic can be called that."), field="topic")
    return (name,)


def _both(these: tuple[int, ...], those: tuple[int, ...]) -> tuple[int, ...]:
    """What both lists let through, of which an empty one lets everything."""
    if not these or not those:
        return these or those
    return tuple(id_ for id_ in these if id_ in those) or (_NONE,)
