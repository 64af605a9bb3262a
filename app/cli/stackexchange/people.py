"""Users become people: those of the dump, and those of whom only something written is left."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.cli.bulk import in_chunks, insert_for_ids, insert_rows, update_rows
from app.cli.stackexchange.memory import Memory, fingerprint
from app.cli.stackexchange.naming import naming_of, user_url
from app.cli.stackexchange.outline import user_key
from app.cli.stackexchange.run import Outcome, PersonRef, Run
from app.cli.stackexchange.texts import CONVERTER_VERSION, from_html
from app.content.models import PersonOrigin
from app.core import clock
from app.core.clock import as_moment
from app.core.db import db
from app.core.outbox import emit
from app.core.unit_of_work import unit_of_work
from app.lib.handles import suggest_handle, unique_handle
from app.lib.markup import RENDERER_VERSION
from app.lib.text import transliterate
from app.people.events import PersonChanged
from app.people.models import ACTIVE, LEFT, Handle, Person
from app.people.schemas import Naming
from app.people.service import colour_of, sort_name_of
from app.search.schemas import PERSON

SOURCE = "stackexchange"
#: The site's own background process: it owns posts, but is nobody to follow or mention.
_COMMUNITY = -1


@dataclass(frozen=True, slots=True)
class _PersonDraft:
    """One person to be."""

    key: str
    personnel_number: str
    naming: Naming
    about_html: str
    state: str
    created: int
    url: str

    def mark(self) -> str:
        return fingerprint(self, RENDERER_VERSION, CONVERTER_VERSION)


def import_people(run: Run) -> None:
    """Bring the people in; afterwards `run.people` has everybody who wrote something.

    A changed name is taken over, the handle stays: texts written here refer to it.
    """
    memory = Memory(run.source_id, "user:")
    wanted = {*map(user_key, run.outline.names), *run.outline.strangers}
    for key, person in _known_people(run.source_id).items():
        (run.people if key in wanted or not run.outline.is_whole else run.gone_people)[key] = person
    taken = set(db.session.scalars(select(Handle.handle)))
    number = len(run.outline.names) + len(run.outline.strangers)
    for chunk in in_chunks(run.steps("People", _drafts(run), number)):
        fresh = [draft for draft in chunk if draft.key not in run.people]
        changed = [
            draft
            for draft in chunk
            if draft.key in run.people and memory[draft.key] != {"whole": draft.mark()}
        ]
        _add(run, memory, fresh, taken)
        _update(run, memory, changed)
        run.tally.add("people", Outcome.UNCHANGED, len(chunk) - len(fresh) - len(changed))


def _drafts(run: Run) -> Iterator[_PersonDraft]:
    for user in run.reader.users():
        yield _PersonDraft(
            key=user_key(user.id),
            personnel_number=f"{run.site}/{user.id}",
            naming=naming_of(user.name, f"user{user.id}"),
            about_html=user.about_html,
            state=LEFT if user.id == _COMMUNITY else ACTIVE,
            created=as_moment(user.created),
            url=user_url(run.site, user.id),
        )
    for key, name in run.outline.strangers.items():
        yield _PersonDraft(
            key=key,
            personnel_number=f"{run.site}/{key.removeprefix('user:').replace('removed:', 'r-')}",
            naming=naming_of(name, "Former user"),
            about_html="",
            state=LEFT,
            created=0,
            url="",
        )


def _known_people(source_id: int) -> dict[str, PersonRef]:
    rows = db.session.execute(
        select(PersonOrigin.key, Person.id, Person.handle, Person.name)
        .join(Person, Person.id == PersonOrigin.person_id)
        .where(PersonOrigin.source_id == source_id)
    )
    return {key: PersonRef(person_id, handle, name) for key, person_id, handle, name in rows}


def _add(run: Run, memory: Memory, drafts: list[_PersonDraft], taken: set[str]) -> None:
    rows: list[dict[str, Any]] = []
    for draft in drafts:
        handle = unique_handle(suggest_handle(draft.naming.first, draft.naming.last), taken)
        taken.add(handle)
        rows.append(
            {
                "personnel_number": draft.personnel_number,
                "handle": handle,
                "colour": colour_of(draft.personnel_number),
                "source": SOURCE,
                "created_at": draft.created or clock.now(),
                **_columns(run, draft),
            }
        )
    with unit_of_work():
        ids = insert_for_ids(Person, rows)
        insert_rows(
            Handle, [{"handle": row["handle"], "person_id": id_} for row, id_ in zip(rows, ids, strict=True)]
        )
        insert_rows(
            PersonOrigin,
            [
                {"person_id": id_, "source_id": run.source_id, "key": draft.key, "url": draft.url}
                for draft, id_ in zip(drafts, ids, strict=True)
            ],
        )
        memory.remember({draft.key: {"whole": draft.mark()} for draft in drafts})
        run.note(PERSON, ids)
    for draft, row, id_ in zip(drafts, rows, ids, strict=True):
        run.people[draft.key] = PersonRef(id_, row["handle"], row["name"])
    run.tally.add("people", Outcome.ADDED, len(drafts))


def _update(run: Run, memory: Memory, drafts: list[_PersonDraft]) -> None:
    """Write what is different at the source since the last import; what is not stays as it is here."""
    rows = [{"id": run.people[draft.key].id, **_columns(run, draft)} for draft in drafts]
    with unit_of_work():
        update_rows(Person, rows)
        memory.remember({draft.key: {"whole": draft.mark()} for draft in drafts})
        for draft in drafts:
            emit(PersonChanged(run.people[draft.key].id))
    for draft, row in zip(drafts, rows, strict=True):
        person = run.people[draft.key]
        run.people[draft.key] = PersonRef(person.id, person.handle, row["name"])
    run.tally.add("people", Outcome.UPDATED, len(drafts))


def _columns(run: Run, draft: _PersonDraft) -> dict[str, Any]:
    about = from_html(draft.about_html, run.site) if draft.about_html else None
    naming = draft.naming
    sort_name = sort_name_of(naming.first, naming.last)
    return {
        "first_name": naming.first,
        "last_name": naming.last,
        "name": naming.full,
        "sort_name": sort_name,
        "latin_name": transliterate(sort_name),
        "about": about.source if about else "",
        "about_html": about.html if about else "",
        "state": draft.state,
    }
