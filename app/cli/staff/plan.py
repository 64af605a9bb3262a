"""What taking over a staff file would change, computed before anything does."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from app.cli.staff.columns import Field
from app.cli.staff.people import FilePerson, Job, LineProblem, Shop, StaffFile


class Departures(StrEnum):
    """Who is taken to have left: also whoever the file no longer has, or only those it says so of."""

    ABSENT = "absent"
    STATED = "stated"


class Kind(StrEnum):
    """What happens to one person. Somebody who moves and changes besides counts as moved."""

    NEW = "new"
    RETURNED = "returned"
    MOVED = "moved"
    CHANGED = "changed"
    DEPARTED = "departed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person as Shopfloor has them now. `from_staff_file`: an earlier staff import brought or confirmed them."""

    personnel_number: str
    last_name: str
    first_name: str
    middle_name: str
    email: str
    phone: str
    manager: str
    hired: date | None
    job: Job
    past_jobs: tuple[Job, ...]
    is_active: bool
    from_staff_file: bool


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One value before and after, as text."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one person and how they will be: `after` is complete, ready to be written.

    `line` is 0 for somebody who departs because the file no longer has them.
    """

    kind: Kind
    personnel_number: str
    name: str
    line: int
    details: tuple[FieldChange, ...]
    after: KnownPerson
    left_on: date | None = None


class Named(NamedTuple):
    """Somebody, as a report names them."""

    personnel_number: str
    name: str


@dataclass(frozen=True)
class Plan:
    """All changes, in file order with the departed last, and what was found wrong while comparing."""

    changes: tuple[Change, ...]
    shops: tuple[Shop, ...]
    problems: tuple[LineProblem, ...]
    known_active: int
    #: Who has people below them afterwards and had none, and the other way round: with it comes and goes the role.
    new_managers: tuple[Named, ...] = ()
    former_managers: tuple[Named, ...] = ()

    def of_kind(self, kind: Kind) -> tuple[Change, ...]:
        """The changes of one kind."""
        return tuple(change for change in self.changes if change.kind is kind)

    def counts(self) -> dict[Kind, int]:
        """How many people each kind has; every kind is there."""
        return {kind: len(self.of_kind(kind)) for kind in Kind}


def make_plan(
    file: StaffFile,
    known: Iterable[KnownPerson],
    *,
    today: date,
    departures: Departures = Departures.ABSENT,
) -> Plan:
    """Compare a staff file with the people known now.

    What the file has no column for stays. An empty cell leaves names, e-mail, phone and dates as they are, for the
    person may have filled them in; position, department, shop and manager are the personnel system's to empty.
    """
    before = {person.personnel_number: person for person in known}
    comparison = _Comparison(file, before, today, departures)
    changes = [*(comparison.change(person) for person in file.people), *comparison.absent()]
    after = {**before, **{change.personnel_number: change.after for change in changes}}
    managed, manage = _managers(before.values()), _managers(after.values())
    return Plan(
        changes=tuple(changes),
        shops=file.shops,
        problems=tuple(comparison.problems),
        known_active=sum(person.is_active and person.from_staff_file for person in before.values()),
        new_managers=_named(manage - managed, after),
        former_managers=_named(managed - manage, after),
    )


def _managers(people: Iterable[KnownPerson]) -> set[str]:
    """The numbers of those to whom somebody who works here reports."""
    return {person.manager for person in people if person.is_active and person.manager}


def _named(numbers: Set[str], people: Mapping[str, KnownPerson]) -> tuple[Named, ...]:
    """Those of them who work here, in order; who has departed is reported as such."""
    return tuple(
        Named(number, _name(people[number]))
        for number in sorted(numbers & people.keys())
        if people[number].is_active
    )


class _Comparison:
    """One comparison of a file with the known people."""

    def __init__(
        self,
        file: StaffFile,
        known: Mapping[str, KnownPerson],
        today: date,
        departures: Departures,
    ) -> None:
        self.problems: list[LineProblem] = []
        self._file = file
        self._known = known
        self._today = today
        mentioned = {person.personnel_number for person in file.people} | file.unreadable
        self._departing = {
            number
            for number, person in known.items()
            if departures is Departures.ABSENT
            and person.is_active
            and person.from_staff_file
            and number not in mentioned
        }
        self._staying = {person.personnel_number for person in file.people if not person.has_left} | {
            number
            for number, person in known.items()
            if person.is_active
            and number not in self._departing
            and number not in {left.personnel_number for left in file.people if left.has_left}
        }
        self._email_owner = _owners(
            ((person.email, number) for number, person in known.items()),
            {person.personnel_number for person in file.people if person.email},
        )
        self._phone_owner = _owners(
            ((person.phone, number) for number, person in known.items()),
            {person.personnel_number for person in file.people if person.phone},
        )

    def change(self, person: FilePerson) -> Change:
        """What happens to one person of the file."""
        before = self._known.get(person.personnel_number)
        after = self._merged(person, before)
        details = _details(before, after) if before else ()
        kind = _kind(before, after, details)
        left_on = (person.job.ended or self._today) if kind is Kind.DEPARTED else None
        return Change(kind, person.personnel_number, _name(after), person.line, details, after, left_on)

    def absent(self) -> list[Change]:
        """The departures of people whom the file no longer has: their job ends today."""
        return [
            self._departure(person) for number, person in self._known.items() if number in self._departing
        ]

    def _departure(self, person: KnownPerson) -> Change:
        last = max(self._today, person.job.started or self._today)
        after = replace(person, is_active=False, job=replace(person.job, ended=last))
        return Change(
            kind=Kind.DEPARTED,
            personnel_number=person.personnel_number,
            name=_name(person),
            line=0,
            details=(FieldChange("state", "active", "departed"),),
            after=after,
            left_on=last,
        )

    def _merged(self, person: FilePerson, before: KnownPerson | None) -> KnownPerson:
        """The person as they will be: the file's word where it has one, what is known where it has not."""
        base = before or _nobody(person.personnel_number)
        job = self._job(person, base)
        return KnownPerson(
            personnel_number=person.personnel_number,
            last_name=person.last_name,
            first_name=person.first_name,
            middle_name=person.middle_name or base.middle_name,
            email=self._contact(person, "e-mail", person.email, base.email, self._email_owner),
            phone=self._contact(person, "phone", person.phone, base.phone, self._phone_owner),
            manager=self._manager(person, base),
            hired=person.hired or base.hired,
            job=job,
            past_jobs=_history(base, person.past_jobs, job),
            is_active=not person.has_left,
            from_staff_file=True,
        )

    def _job(self, person: FilePerson, base: KnownPerson) -> Job:
        """The file's present job, or the last one of somebody who has left; what has no column stays.

        Without a stated start an unchanged job keeps its known one; a first job starts with the employment and a
        new one today.
        """
        has = self._file.fields
        job = Job(
            position=person.job.position if Field.POSITION in has else base.job.position,
            department=person.job.department if Field.DEPARTMENT in has else base.job.department,
            shop=person.job.shop if Field.SHOP in has else base.job.shop,
            started=person.job.started,
            ended=person.job.ended,
        )
        if person.has_left and job.ended is None:
            job = replace(job, ended=self._today if base.job.ended is None else base.job.ended)
        if job.started is not None:
            return job
        goes_on = base.job.started is not None and _same_place(job, base.job) and base.is_active
        if goes_on or person.has_left:
            return replace(job, started=base.job.started or person.hired or job.ended)
        first = base.job.started is None and not base.past_jobs
        return replace(job, started=(person.hired if first else None) or self._today)

    def _manager(self, person: FilePerson, base: KnownPerson) -> str:
        if Field.MANAGER not in self._file.fields:
            return base.manager
        if person.manager and person.manager not in self._staying:
            gone = person.manager in self._known or person.manager in self._departing
            word = "has left" if gone else "is not known"
            self._note(person, f"the manager {person.manager!r} {word}; the manager was left out")
            return ""
        return person.manager

    def _contact(
        self, person: FilePerson, word: str, stated: str, known: str, owners: Mapping[str, str]
    ) -> str:
        """The file's e-mail or phone, unless somebody about whom the file says nothing new has it already."""
        if not stated:
            return known
        owner = owners.get(stated, person.personnel_number)
        if owner != person.personnel_number:
            self._note(person, f"{word} {stated} belongs to {owner} already; it was left out")
            return known
        return stated

    def _note(self, person: FilePerson, reason: str) -> None:
        self.problems.append(LineProblem(person.line, person.personnel_number, reason))


def _owners(contacts: Iterable[tuple[str, str]], restated: Set[str]) -> dict[str, str]:
    """Who keeps which e-mail or phone, of those for whom the file states no new one."""
    return {contact: number for contact, number in contacts if contact and number not in restated}


def _nobody(personnel_number: str) -> KnownPerson:
    """What is known of somebody new."""
    return KnownPerson(
        personnel_number=personnel_number,
        last_name="",
        first_name="",
        middle_name="",
        email="",
        phone="",
        manager="",
        hired=None,
        job=Job("", "", "", None, None),
        past_jobs=(),
        is_active=False,
        from_staff_file=False,
    )


def _kind(before: KnownPerson | None, after: KnownPerson, details: tuple[FieldChange, ...]) -> Kind:
    if before is None:
        return Kind.NEW
    if before.is_active and not after.is_active:
        return Kind.DEPARTED
    if after.is_active and not before.is_active:
        return Kind.RETURNED
    if not _same_place(before.job, after.job):
        return Kind.MOVED
    return Kind.CHANGED if details else Kind.UNCHANGED


def _same_place(one: Job, other: Job) -> bool:
    """Whether two jobs are the same position in the same department and shop, whatever their dates."""
    return (one.position, one.department, one.shop) == (other.position, other.department, other.shop)


def _history(base: KnownPerson, stated: tuple[Job, ...], job: Job) -> tuple[Job, ...]:
    """Known and stated past jobs, the file's word first where two begin on one day.

    A known job that is over becomes history on the day on which the new one starts.
    """
    by_start = {past.started: past for past in base.past_jobs}
    if base.job.started is not None and base.job.started != job.started:
        ended = base.job.ended or (job.started if job.started and job.started > base.job.started else None)
        if ended is not None:
            by_start[base.job.started] = replace(base.job, ended=ended)
    by_start.update((past.started, past) for past in stated)
    by_start.pop(job.started, None)
    return tuple(sorted(by_start.values(), key=lambda past: past.started or date.min))


def _details(before: KnownPerson, after: KnownPerson) -> tuple[FieldChange, ...]:
    """What differs, field by field, in words of the file."""
    pairs = (
        ("last_name", before.last_name, after.last_name),
        ("first_name", before.first_name, after.first_name),
        ("middle_name", before.middle_name, after.middle_name),
        ("email", before.email, after.email),
        ("phone", before.phone, after.phone),
        ("manager", before.manager, after.manager),
        ("hired", _day(before.hired), _day(after.hired)),
        ("position", before.job.position, after.job.position),
        ("department", before.job.department, after.job.department),
        ("shop", before.job.shop, after.job.shop),
        ("job_start", _day(before.job.started), _day(after.job.started)),
        ("past_jobs", _jobs(before.past_jobs), _jobs(after.past_jobs)),
        ("state", _state(before), _state(after)),
    )
    return tuple(FieldChange(field, old, new) for field, old, new in pairs if old != new)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _state(person: KnownPerson) -> str:
    return "active" if person.is_active else "departed"


def _jobs(jobs: Iterable[Job]) -> str:
    return "; ".join(
        f"{_day(job.started)}..{_day(job.ended)} "
        + ", ".join(part for part in (job.position, job.department, job.shop) if part)
        for job in jobs
    )


def _name(person: KnownPerson) -> str:
    return f"{person.first_name} {person.last_name}".strip()
