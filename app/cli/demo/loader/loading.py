"""Loading a demo company, whole or not at all visible: a mark in the settings says how far it came."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any, TypeVar

from flask_migrate import downgrade, upgrade
from sqlalchemy import exists, select

from app.badges.service import award
from app.cli.demo.company import plan_company
from app.cli.demo.gratitude import plan_thanks
from app.cli.demo.loader.content import ContentLoader
from app.cli.demo.loader.counters import continue_sequences, count
from app.cli.demo.loader.deflections import load_deflections
from app.cli.demo.loader.organisation import forget_logo, load_organisation
from app.cli.demo.loader.people import PeopleLoader
from app.cli.demo.loader.rewards import load_catalogue
from app.cli.demo.loader.routing import load_routing
from app.cli.demo.loader.sink import Sink
from app.cli.demo.loader.subscriptions import load_subscriptions
from app.cli.demo.loader.trust import load_trust
from app.cli.demo.loader.words import load_words
from app.cli.demo.rhythm import day_of
from app.cli.demo.sizes import Size
from app.cli.demo.society import group_handles, plan_society
from app.cli.demo.storyteller import Storyteller
from app.content.models import ContentItem
from app.core import settings
from app.core.db import db
from app.core.storage import the_storage
from app.core.unit_of_work import unit_of_work
from app.files.models import File
from app.groups.models import REQUEST, Group
from app.people.models import Person

#: The setting that says that the data is a demo, and of which make.
MARK = "demo"
#: Publications written in one transaction.
_CHUNK = 4_000

_T = TypeVar("_T")


@dataclass(frozen=True)
class Made:
    """Which demo company is in the database."""

    size: str
    seed: int
    #: The moment at which its five months end, microseconds.
    ends_at: int
    complete: bool


def present() -> Made | None:
    """The demo company in the database, or None. One SELECT."""
    mark = settings.get(MARK)
    return Made(**mark) if mark else None


def is_empty() -> bool:
    """Whether nobody and nothing is in the database yet. One SELECT."""
    return not db.session.scalar(
        select(
            exists().where(Person.id > 0) | exists().where(Group.id > 0) | exists().where(ContentItem.id > 0)
        )
    )


def clear() -> None:
    """Remove everything: files, then tables, which are made anew. For demo data only; the caller makes sure."""
    for key in db.session.scalars(select(File.storage_key)).all():
        the_storage().delete(key)
    forget_logo()
    db.session.remove()
    downgrade(revision="base")
    upgrade()


def load(size: Size, seed: int, now: int, progress: Callable[[int], None]) -> int:
    """Fill an empty database with the demo company of this size, seed and moment; how many rows.

    Same arguments, same rows, on both databases. Writes in transactions of some thousand publications; a load that
    was interrupted leaves its mark incomplete. `progress` is told how many publications and comments were made.
    """
    company = plan_company(size, seed, day_of(now), group_handles(size))
    society = plan_society(company)
    teller = Storyteller(company, society, now)
    thanks = plan_thanks(company, society, teller.rhythm, size.publications)
    sink = Sink()
    people = PeopleLoader(company, society, teller.rhythm, sink)
    with unit_of_work():
        _make_room()
        _mark(size, seed, now, complete=False)
        people.load()
    content = ContentLoader(company, society, sink, teller.rhythm.start, thanks)
    steps = content.load(teller.tell())
    for chunk in _chunks(steps):
        with unit_of_work():
            _make_room()
            for made in chunk:
                progress(made)
            sink.flush()
    earned = award()
    with unit_of_work():
        load_organisation(now)
        _tell_of_people(people, content)
        load_trust(seed, now, content.attention)
        content.attention.write(now)
        load_catalogue(seed, now)
        load_deflections(seed, now, sink)
        load_subscriptions(company, society, content.usage, teller.rhythm, sink)
        sink.flush()
        count()
        routed = load_routing(seed, now)
        words = load_words(seed, now)
        continue_sequences()
        _mark(size, seed, now, complete=True)
    return sink.written + earned + routed + words


def _tell_of_people(people: PeopleLoader, content: ContentLoader) -> None:
    """Notices of who follows, asks and invites the people one can sign in as."""
    for followed, follower, at in people.followers:
        content.attention.followed(followed, follower, at)
    for group, person, kind, at in people.asked:
        if kind == REQUEST:
            content.attention.asked_in(group, person, at)
        else:
            content.attention.invited(group, person, at)


def _chunks(steps: Iterator[_T]) -> Iterator[Iterable[_T]]:
    """The steps in runs of `_CHUNK`, each made only while it is consumed."""
    for first in steps:

        def run(first: _T = first) -> Iterator[_T]:
            yield first
            yield from islice(steps, _CHUNK - 1)

        yield run()


def _mark(size: Size, seed: int, now: int, *, complete: bool) -> None:
    mark: dict[str, Any] = asdict(Made(size.name, seed, now, complete))
    settings.put(MARK, mark)


def _make_room() -> None:
    """Let SQLite keep more pages in memory while it writes; a hint for this connection alone."""
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA cache_size=-131072")
